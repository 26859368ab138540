"""由数和日期构成的值：日期、区间、分数、量、名称=数、一格几个数。"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from typing import TYPE_CHECKING, Final

from xltool.messages import values as say
from xltool.values.dates import read_phrase
from xltool.values.kinds import EXACT, Kind, Operator
from xltool.values.numerals import NUMBER
from xltool.values.quantity import alternatives, read_quantity
from xltool.values.source import kind_of
from xltool.values.units import convert
from xltool.values.words import OPERATORS, SUSPECTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.values.kinds import Measure
    from xltool.values.quantity import Quantity
    from xltool.values.source import Source

_RANGE = re.compile(
    rf"(?:控制在|保持在|介于|在)?(?P<low>(?!0[0-9]){NUMBER}[^-~至—–0-9]{{0,6}})[-~至—–到]"
    rf"(?P<high>{NUMBER}.{{0,8}}?)(?:之间|范围内)?"
)
# 95%≤X≤98%、≥95%且≤98%：上下限各写一次
_BETWEEN = re.compile(
    rf"(?P<low>{NUMBER}[^-~<>≤≥0-9]{{0,6}}?)[<≤][^<>≤≥0-9]{{0,8}}[<≤](?P<high>{NUMBER}[^<>≤≥]{{0,6}})"
    rf"|[>≥](?P<least>{NUMBER}[^<>≤≥0-9]{{0,6}}?)[且并,;、]?[<≤](?P<most>{NUMBER}[^<>≤≥]{{0,6}})"
)
_FRACTION = re.compile(r"([0-9]{1,12})/([0-9]{1,12})")
_OP = alternatives([*OPERATORS, *SUSPECTS])
_NAMED = re.compile(
    f"(?P<name>[^;、。,:<>≤≥=]{{1,30}}?)(?::|(?={_OP}))(?P<value>(?:{_OP})?(?:{NUMBER}|百分之).*)"
)
_SEPARATOR = re.compile(r"[;、。]|,(?![0-9]{3}(?![0-9]))")
_LAST_QUANTITY = re.compile(f"[^0-9]{{0,20}}?(?P<value>{NUMBER}.{{0,8}})")
_BARE = re.compile(r"[-+0-9., ]+")
_LONGEST: Final = 64
_LONGEST_MULTIPLE: Final = 200
_MOST_MONTHS, _MOST_DAYS = 12, 31
_QUOTIENT: Final = Context(prec=28)


def _date(source: Source) -> Measure | None:
    phrase = read_phrase(source.body)
    if phrase is None:
        return None
    deadline = phrase.last_day(source.year)
    return source.measure(
        Kind.DATE,
        operator=Operator.LE if phrase.limit else None,
        begins=phrase.first_day(source.year),
        deadline=deadline,
        notices=phrase.notices(deadline),
    )


def _lower_bound(low: Quantity, high: Quantity) -> Decimal | None:
    """下限按上限的单位写出的数；单位对不上则为空。"""
    if low.unit is None and low.magnitude == 1:
        return low.number
    if high.unit is None:
        same = low.unit is None and low.magnitude == high.magnitude
        return low.number if same else None
    if low.unit is None:
        return EXACT.divide(EXACT.multiply(low.number, low.magnitude), high.unit.factor)
    return convert(low.number, low.unit, high.unit)


def _bounds(found: re.Match[str]) -> tuple[str, str]:
    """上下限各怎样写。"""
    groups = found.groupdict()
    low, high = groups["low"], groups["high"]
    return (low, high) if low else (groups["least"], groups["most"])


def _range(source: Source) -> Measure | None:
    written = source.body.replace("<=", "≤").replace(">=", "≥")
    found = _RANGE.fullmatch(source.body) or _BETWEEN.fullmatch(written)
    low, high = map(read_quantity, _bounds(found)) if found else (None, None)
    if low is None or high is None or low.operator or high.operator:
        return None
    if high.unit is None and high.magnitude == 1:
        high = high._replace(unit=low.unit, magnitude=low.magnitude)
    lower = _lower_bound(low, high)
    if lower is None:
        return None
    swapped = (say.RANGE_SWAPPED,) if lower > high.number else ()
    return source.measure(
        Kind.RANGE,
        number=min(lower, high.number),
        upper=max(lower, high.number),
        unit=high.unit,
        magnitude=high.magnitude,
        notices=low.notices + high.notices + swapped,
    )


def _fraction(source: Source) -> Measure | None:
    found = _FRACTION.fullmatch(source.body)
    if not found:
        return None
    top, bottom = Decimal(found[1]), Decimal(found[2])
    if bottom == 0:
        return source.measure(Kind.FRAC, notices=(say.ZERO_DENOMINATOR,))
    doubtful = top <= _MOST_MONTHS and bottom <= _MOST_DAYS
    return source.measure(
        Kind.FRAC,
        number=_QUOTIENT.divide(top, bottom),
        notices=(say.MAYBE_DATE,) if doubtful else (),
    )


def _quantity(source: Source) -> Measure | None:
    """一个量，前面可以有名称：300万元、新增企业：405家。"""
    quantity, name = read_quantity(source.body), ""
    if quantity is None and len(source.body) <= _LONGEST:
        found = _NAMED.fullmatch(source.body)
        if found and any(map(str.isalpha, found["name"])):
            quantity, name = read_quantity(found["value"]), found["name"]
    if quantity is None:
        return None
    kind = Kind.GROWTH if quantity.direction else kind_of(quantity.unit)
    return source.measure(
        Kind.NAMEVAL if name else kind,
        operator=quantity.operator,
        number=quantity.number,
        unit=quantity.unit,
        magnitude=quantity.magnitude,
        direction=quantity.direction,
        name=name,
        notices=quantity.notices,
    )


def _is_quantity(part: str) -> bool:
    """带单位或名称的量；光是数字的不算，那多半是分位打错的一个数。"""
    if _BARE.fullmatch(part):
        return False
    if read_quantity(part) is not None:
        return True
    found = _LAST_QUANTITY.fullmatch(part)
    return found is not None and read_quantity(found["value"]) is not None


def _multiple(source: Source) -> Measure | None:
    body = source.body
    if len(body) > _LONGEST_MULTIPLE:
        return None
    parts = [part for part in _SEPARATOR.split(body) if part]
    several = len(parts) > 1 and all(map(_is_quantity, parts))
    return source.measure(Kind.MULTI) if several else None


# 日期先于区间和分数：2024-12-31、2024/12
NUMERIC_READERS: Final[tuple[Callable[[Source], Measure | None], ...]] = (
    _date,
    _range,
    _fraction,
    _quantity,
    _multiple,
)
