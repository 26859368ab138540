"""不超限：实际数不超过每一个限额各得若干分（docs/来源.md §1 第 26 行）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import points_apart
from xltool.scoring.deduction import Loss
from xltool.scoring.method import Method
from xltool.values import plain

if TYPE_CHECKING:
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scoring.score import Score


class Ceiling(Method):
    """实际数与各限额比较；`points` 与 `limits` 一一对应，合计等于指标分值。"""

    __slots__ = ()
    name: ClassVar[str] = "ceiling"
    needs: ClassVar[tuple[str, ...]] = ("actual", "limits")
    several: ClassVar[tuple[str, ...]] = ("limits",)
    numeric: ClassVar[tuple[str, ...]] = needs
    wants: ClassVar[tuple[str, ...]] = ("points",)
    numbered: ClassVar[tuple[str, ...]] = wants

    def check(self) -> None:
        """核对限额和分值。"""
        super().check()
        points = [self.scheme.number(key) for key in self.indicator.method.parameters]
        if len(points) != len(self.inputs("limits")) or sum(points) != self.indicator.points:
            message = "分值要与 limits 一一对应，合计等于指标分值"
            raise self.problem("parameters.points", message)

    @property
    def _keys(self) -> tuple[CellKey, ...]:
        return (self.input("actual"), *self.inputs("limits"))

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        missing = tuple(key for key in self._keys if facts.number(key) is None)
        if missing:
            return self.lacking(facts, missing, self._keys)
        actual, *limits = (facts.number(key) or Decimal(0) for key in self._keys)
        earned = Decimal(0)
        parts, losses = [], []
        for number, (key, limit) in enumerate(zip(self._keys[1:], limits, strict=True), 1):
            points = self.parameter(f"points{number}")
            if actual > limit:
                losses.append(self._loss(points, actual, key, limit))
                points = Decimal(0)
            earned += points
            sign = "≤" if actual <= limit else ">"
            parts.append(f"{plain(actual)}{sign}{self.label(key)}{plain(limit)}，{plain(points)}分")
        trace = f"{self.label(self.input('actual'))}{'；'.join(parts)}；合计"
        return self.scored(earned, trace, self._keys, losses)

    def _loss(self, points: Decimal, actual: Decimal, key: CellKey, limit: Decimal) -> Loss:
        """超过了一个限额。"""
        own = self.input("actual")
        name, more = self.label(own), points_apart(self.quantity_text(own, actual - limit))
        ceiling = f"{self.label(key)}{self.quantity_text(key, limit)}"
        why = f"{name}{self.quantity_text(own, actual)}，超过{ceiling}，超出{more}"
        return Loss(points, why, f"{name}不超过{ceiling}（多了{more}），可不扣", own)

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        actual, *limits = (refs.cell(key) for key in self._keys)
        numbers = ",".join(f"ISNUMBER({refs.cell(key)})" for key in self._keys)
        parts = "+".join(
            f"IF({actual}<={limit},{self.own(refs, f'points{number}')},0)"
            for number, limit in enumerate(limits, 1)
        )
        return f'IF(AND({numbers}),{self.rounded(refs, parts)},"")'

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """实际数。"""
        actual = refs.cell(self.input("actual"))
        return f'IF(ISNUMBER({actual}),{actual},"")', False

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """实际数。"""
        return facts.number(self.input("actual"))

    def sentence(self) -> str:
        """评分标准。"""
        parts = [
            f"不超过{self.label(key)}得{plain(self.parameter(f'points{number}'))}分"
            for number, key in enumerate(self.inputs("limits"), 1)
        ]
        return f"{self.label(self.input('actual'))}{'；'.join(parts)}。"
