"""人写的算式：411×5=2055、76.61亿元÷50.96=约2亿元、7.3%-6%=1.3个百分点、14÷27.45%=22÷43.14%。

只认数和单位、四则、括号和一个等号；长度、项数、括号层数有限；用十进制小数，读不成的不猜。
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values.kinds import EXACT, Operator
from xltool.values.quantity import read_quantity
from xltool.values.text import narrow, squeeze
from xltool.values.units import MAGNITUDES

if TYPE_CHECKING:
    from xltool.values.kinds import MeasureUnit
    from xltool.values.quantity import Quantity

_LONGEST: Final = 120
_MOST_TOKENS: Final = 60
_DEEPEST: Final = 8
_BOTH_SIDES: Final = 2
# 斜线后面是字的是单位的一部分（5万元/家），后面是数或括号的是除号
_PER = re.compile(r"/(?![0-9(])")
_SIGNS: Final = str.maketrans({**dict.fromkeys("xX*✕╳", "×"), "/": "÷", "–": "-", "≈": "="})
_TOKEN = re.compile(r"[()+\-×÷]|[^()+\-×÷]+")
_EXACT_OR_ABOUT: Final = (None, Operator.EQ, Operator.APPROX)
_OPERATIONS: Final = {
    "+": EXACT.add, "-": EXACT.subtract, "×": EXACT.multiply, "÷": EXACT.divide,
}  # fmt: skip
_ONE: Final = Decimal(1)
# 比率换成小数，才能与别的数相乘除
_RATIOS: Final = {"%": Decimal("0.01"), "百分点": Decimal("0.01"), "‰": Decimal("0.001")}
_SCALED, _RATIOS_ONLY, _FACE = range(3)


class Balance(NamedTuple):
    """等号两边的数，按右边的单位。"""

    left: Decimal
    right: Decimal

    @property
    def gap(self) -> Decimal | None:
        """相差占左边的几成；左边为零而右边不为零时为空。"""
        difference = abs(EXACT.subtract(self.left, self.right))
        if self.left == 0:
            return difference if difference == 0 else None
        return EXACT.divide(difference, abs(self.left))


@dataclass(frozen=True, slots=True)
class Equation:
    """读出的等式：右边的单位，和说得通的各种读法，全部按单位换算的在前。

    有的数没有写单位时，“411×5=2055万元”照面上的数也说得通，所以读法可能不止一种。
    """

    unit: str
    balances: tuple[Balance, ...]

    @property
    def closest(self) -> Balance:
        """两边最接近的读法。"""
        known = {one: gap for one in self.balances if (gap := one.gap) is not None}
        return min(known, key=known.__getitem__, default=self.balances[0])


def read_equation(text: str, unit: MeasureUnit | None = None) -> Equation | None:
    """读一个等式；`unit` 是另一格里写的、右边的单位。

    没有等号、有认不得的字、除数为零、太长的，都读不成，为空。
    """
    body = squeeze(narrow(text)).rstrip("。;")
    if len(body) > _LONGEST:
        return None
    sides = _PER.sub("每", body).translate(_SIGNS).replace("==", "=").split("=")
    if len(sides) != _BOTH_SIDES:
        return None
    try:
        left, right = (_Parser(side).whole() for side in sides)
    except _UnreadableError:
        return None
    if unit is not None and right.quantity is not None and right.bare:
        right = _number(right.quantity._replace(unit=unit))
    scales, name = _result_unit(right)
    readings = [_SCALED]
    if left.bare or right.bare:
        readings += [_RATIOS_ONLY, *([_FACE] if left.additive else [])]
    balances = (
        Balance(*(EXACT.divide(side.values[one], scales[one]) for side in (left, right)))
        for one in readings
    )
    return Equation(name, tuple(dict.fromkeys(balances)))


class _UnreadableError(Exception):
    """不是认得的算式；只在本文件里用。"""


# ---------------------------------------------------------------- 求值


class _Node(NamedTuple):
    """一段算式的值，依次是全部按单位换算的、只换算比率的、照面上写的。

    `bare` 是有没有不带单位的数，`additive` 是只有加减，`quantity` 是整段就是一个数时的那个数。
    """

    values: tuple[Decimal, Decimal, Decimal]
    bare: bool
    additive: bool = True
    quantity: Quantity | None = None


class _Parser:
    """逐个符号读下去的一边；`_head` 是还没有用的那个，读完了是空串。"""

    def __init__(self, text: str) -> None:
        tokens = _TOKEN.findall(text)
        if len(tokens) > _MOST_TOKENS:
            raise _UnreadableError
        self._tokens = iter(tokens)
        self._head = next(self._tokens, "")
        self._depth = 0

    def whole(self) -> _Node:
        """整边恰好是一个算式。"""
        node = self._sum()
        if self._head:
            raise _UnreadableError
        return node

    def _next(self) -> str:
        used, self._head = self._head, next(self._tokens, "")
        return used

    def _sum(self) -> _Node:
        node = self._product()
        while self._head in ("+", "-"):
            node = _combined(self._next(), node, self._product())
        return node

    def _product(self) -> _Node:
        node = self._factor()
        while self._head in ("×", "÷"):
            node = _combined(self._next(), node, self._factor())
        return node

    def _factor(self) -> _Node:
        start = self._next()
        if start not in ("-", "("):
            quantity = read_quantity(start)
            if quantity is None or quantity.direction or quantity.operator not in _EXACT_OR_ABOUT:
                raise _UnreadableError
            return _number(quantity)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _UnreadableError
        if start == "-":
            node = self._factor()
            scaled, ratio, face = node.values
            node = node._replace(values=(-scaled, -ratio, -face), quantity=None)
        else:
            node = self._sum()
            if self._next() != ")":
                raise _UnreadableError
        self._depth -= 1
        return node


def _number(quantity: Quantity) -> _Node:
    scaled, ratio, face = (EXACT.multiply(quantity.number, one) for one in _scales(quantity))
    bare = quantity.unit is None and quantity.magnitude == _ONE
    return _Node((scaled, ratio, face), bare, quantity=quantity)


def _scales(quantity: Quantity) -> tuple[Decimal, Decimal, Decimal]:
    """三种读法各乘几。"""
    if quantity.unit is None:
        return quantity.magnitude, _ONE, _ONE
    ratio = _RATIOS.get(quantity.unit.base)
    return (ratio, ratio, _ONE) if ratio else (quantity.unit.factor, _ONE, _ONE)


def _combined(sign: str, left: _Node, right: _Node) -> _Node:
    if sign == "÷" and 0 in right.values:
        raise _UnreadableError
    operation = _OPERATIONS[sign]
    scaled, ratio, face = (
        operation(one, other) for one, other in zip(left.values, right.values, strict=True)
    )
    additive = sign in ("+", "-") and left.additive and right.additive
    return _Node((scaled, ratio, face), left.bare or right.bare, additive)


# ---------------------------------------------------------------- 右边的单位


def _result_unit(right: _Node) -> tuple[tuple[Decimal, Decimal, Decimal], str]:
    """两边各除以几、印什么单位：右边是一个带单位（或“亿”“万”）的数时用它的。"""
    if right.quantity is None or right.bare:
        return (_ONE, _ONE, _ONE), ""
    unit, magnitude = right.quantity.unit, right.quantity.magnitude
    name = unit.name if unit else next(w for w, by in MAGNITUDES.items() if by == magnitude)
    return _scales(right.quantity), name
