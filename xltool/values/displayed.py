"""存的数照数字格式显示成什么：缩小了多少、前后印着什么字、藏起了哪几位。"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.xlsx.number_formats import GENERAL, sections

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MARK: Final = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<place>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<other>.)",
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"\[(?P<sign><=|>=|<>|<|>|=)(?P<limit>-?[0-9]+(?:\.[0-9]+)?)\]")
_LITERAL: Final = re.compile(r'"[^"]*"?|[\\!].|\[[^\]]*\]', re.DOTALL)
_MOST_DECIMALS: Final = 10
_UNSHOWN: Final = re.compile(r"[eE][+-]|/|general|通用格式|@", re.IGNORECASE)
_TESTS: Final[Mapping[str, Callable[[Decimal, Decimal], bool]]] = {
    "<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne,
}  # fmt: skip
# 格式代码最多读一千个字，一个百分号就多两位：够写下任何一格的数
_WIDE: Final = Context(prec=2_500, rounding=ROUND_HALF_UP)
_ZERO, _ONE = Decimal(0), Decimal(1)
_ZERO_SECTION, _OTHER_SECTION = 2, 2


class Displayed(NamedTuple):
    """显示的样子：`before`、`after` 是数前后的字，`digits` 是数（补零、舍入、夹着的字都照显示）。

    `value` 是 `digits` 的大小，夹着的字不算。
    `factor` 是显示的数对存的数的倍数：0!.0, 是万分之一；百分号不算。没有显示数的 `digits` 为空。
    """

    before: str
    digits: str
    after: str
    factor: Decimal = _ONE
    value: Decimal = _ZERO

    @property
    def text(self) -> str:
        """显示的全文。"""
        return self.before + self.digits + self.after


class _Shape(NamedTuple):
    """格式代码的一段：前后的字，整数、小数各有几位，缩小多少，整数里夹着的字。"""

    before: str
    after: str
    places: str  # 整数的各个位置，如 ##0
    decimals: int
    scale: Decimal  # 显示时乘以多少，连同百分号
    factor: Decimal  # 缩小了多少：不算百分号，算上夹着的小数点
    inner: tuple[tuple[int, str], ...]  # 从右数第几位之前夹着什么字


def displayed(number: Decimal, code: str) -> Displayed | None:
    """一个数照格式代码显示成什么；科学记数、分数之类为空。"""
    parts = sections(code)
    section, own_sign = _chosen(number, parts)
    if GENERAL.search(section) and not GENERAL.fullmatch(section.strip()):
        section = GENERAL.sub(_general(number), section, count=1)
    shape = _shape(section)
    if shape is None:
        return None
    before, after = shape.before, shape.after
    if not shape.places and not shape.decimals:
        return Displayed(before, "", after)
    scaled = _WIDE.multiply(abs(number), shape.scale)
    value = _WIDE.quantize(scaled, _ONE.scaleb(-shape.decimals))
    digits = _digits(value, shape)
    if number < 0:
        bracketed = before.endswith("(") and after.startswith(")")
        before, after = (before[:-1], after[1:]) if bracketed else (before, after)
        if bracketed or not own_sign or "-" in before:
            before, digits, value = before.replace("-", "", 1), f"-{digits}", -value
    return Displayed(before, digits, after, shape.factor, value)


def _general(number: Decimal) -> str:
    """常规格式照存的写，小数有几位就几位。"""
    _, point, fraction = format(number.normalize(), "f").partition(".")
    return f"0{point}{'0' * min(len(fraction), _MOST_DECIMALS)}"


def _chosen(number: Decimal, parts: list[str]) -> tuple[str, bool]:
    """这个数用哪一段，和那一段是不是自己管负号。"""
    conditions = [_CONDITION.search(section) for section in parts[:_OTHER_SECTION]]
    if any(conditions):
        for section, found in zip(parts, conditions, strict=False):
            if found is None or _TESTS[found["sign"]](number, Decimal(found["limit"])):
                return section, False
        return parts[min(_OTHER_SECTION, len(parts) - 1)], False
    if number < 0 and len(parts) > 1:
        return parts[1], True
    if number == 0 and len(parts) > _ZERO_SECTION:
        return parts[_ZERO_SECTION], False
    return parts[0], False


@lru_cache(maxsize=256)
def _shape(section: str) -> _Shape | None:
    if _UNSHOWN.search(_LITERAL.sub("", section)):
        return None
    before, after, places, inner = "", "", "", list[tuple[int, str]]()
    decimals = commas = percents = 0
    pointed = False
    for found in _MARK.finditer(section):
        text = found["quoted"] or found["escaped"] or found["currency"] or found["other"] or ""
        percents += found["other"] == "%"
        if found["place"] and pointed:
            decimals, after, commas = decimals + 1, "", 0
        elif found["place"]:
            inner += [(len(places), after)] if after and places else []
            places, after, commas = places + found["place"], "", 0
        elif found["point"]:
            pointed = True
        elif found["comma"]:
            commas += 1
        elif places or decimals:
            after += text
        else:
            before += text
    fixed = tuple((len(places) - at, text) for at, text in inner)
    dots = next((place for place, text in fixed if text == "."), 0)
    scale, factor = _ONE.scaleb(2 * percents - 3 * commas), _ONE.scaleb(-3 * commas - dots)
    return _Shape(before.strip(), after.strip(), places, decimals, scale, factor, fixed)


def _digits(size: Decimal, shape: _Shape) -> str:
    """显示的数：补零，夹进印着的字。"""
    whole, point, fraction = format(size, "f").partition(".")
    width = len(shape.places.lstrip("#?"))
    whole = "" if whole == "0" else whole
    whole = whole.zfill(width) if width or whole else "0"
    for place, text in shape.inner:
        cut = max(len(whole) - place, 0)
        whole = whole[:cut] + text + whole[cut:]
    return whole + point + fraction
