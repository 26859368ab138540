"""普通栏目的读数：小数、整数、百分数；读不出时说清原因，读出了说清换算。"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from xltool.messages import values as say
from xltool.values.excerpt import quote
from xltool.values.kinds import EXACT, Family, Kind
from xltool.values.measure import parse_measure
from xltool.values.numerals import NUMBER, decimal_of, plain
from xltool.values.text import narrow, squeeze, tidy
from xltool.values.units import convert, find_unit

if TYPE_CHECKING:
    from xltool.address import Place
    from xltool.finding import Finding, Message
    from xltool.values.kinds import Measure, MeasureUnit

T = TypeVar("T")
_AMOUNTS: Final = (Kind.NUM, Kind.PP, Kind.DUR)
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")
_SCIENTIFIC = re.compile(r"[-+]?[0-9.]+[eE][-+]?[0-9]+")
_BROKEN_GROUPS = re.compile(r"[-+]?[0-9]+(?:[,. 。、]+[0-9]+)+[^0-9]{0,6}")
_LEADING = re.compile(rf"(?P<number>{NUMBER})(?P<rest>.*)")
_WORDS = re.compile("[^0-9]+")
_PLACEHOLDER = re.compile(r"[*xX×_…、\\]+")
_INSIDE = re.compile("(?<=[0-9０-９])[^0-9０-９](?=[^0-9０-９]*[0-9０-９])")
_OF_NUMBERS = frozenset("+-.,%‰，。％")
_SCALED = (Family.MONEY, Family.COUNT, Family.PHYSICAL)


@dataclass(frozen=True, slots=True)
class Reading(Generic[T]):
    """一个栏目的读法：值、作过的换算、读不出的原因。

    空白的值和原因都空着；`not_applicable` 是填了“不适用”一类的字。
    `cause` 是原因的固定说法，取编码和办法用。
    """

    value: T | None = None
    notices: tuple[str, ...] = ()
    problem: str | None = None
    not_applicable: bool = False
    cause: Message | None = None
    raw: str = ""

    def findings(self, title: str = "", place: Place | None = None) -> tuple[Finding, ...]:
        """换成问题：读不出的一条，或每个换算一条提示；`title` 是栏目名。"""
        prefix = f"{title}：" if title else ""
        if self.cause is not None and self.problem is not None:
            plain_cause = replace(self.cause, sentence="{sentence}")
            return (plain_cause.finding(place, sentence=f"{prefix}{self.problem}"),)
        found = (
            say.CONVERTED.finding(place, raw=quote(self.raw), conversion=notice)
            for notice in self.notices
        )
        return tuple(one._replace(message=f"{prefix}{one.message}") for one in found)


def failed(raw: str, cause: Message, **values: str) -> Reading[T]:
    """读不出：原因里填入原值和要求。"""
    sentence = cause.sentence.format(raw=quote(raw), **values)
    return Reading(problem=sentence, cause=cause, raw=raw)


def unfilled(raw: str, measure: Measure) -> Reading[T] | None:
    """空白或不适用；`XXX`、`*` 是没有改掉的样例，不算。"""
    body = squeeze(narrow(raw)).strip()
    if measure.kind is not Kind.NA or _PLACEHOLDER.fullmatch(body):
        return None
    if any(map(str.isdigit, body)):  # 无（5）：括号里还有一个数，不能当作没有填
        return None
    return Reading(not_applicable=bool(body), raw=raw)


def _between(raw: str) -> str:
    """夹在数字中间的是哪些符号，照原样说。"""
    marks = dict.fromkeys(_INSIDE.findall(raw))
    return "、".join("空格" if mark.isspace() else f"“{mark}”" for mark in marks)


def _mark(raw: str, cause: Message) -> str:
    """使这个数读不成的是哪个字。"""
    if cause is say.BAD_GROUPS:
        return _between(raw)
    if cause is say.FOREIGN_DIGITS:
        return next(filter(_foreign, dict.fromkeys(raw)), "")
    return next(filter(_stray, dict.fromkeys(raw)), "")


def _foreign(char: str) -> bool:
    """别的文字的数字、上下标、带圈的数字。"""
    return not char.isascii() and unicodedata.category(char) in ("Nd", "No")


def _stray(char: str) -> bool:
    """标点或符号，又不会出现在数里。"""
    return unicodedata.category(char)[0] in "PS" and char not in _OF_NUMBERS


def _only_marks(body: str) -> bool:
    """除了数字只有标点、符号，没有字。"""
    chars = set(body)
    return any(map(_stray, chars)) and not any(map(str.isalpha, chars))


def _cause(body: str) -> Message:
    """不是数的文字，最像是什么原因。"""
    if _SCIENTIFIC.fullmatch(body):
        return say.SCIENTIFIC
    if any(map(_foreign, set(body))):  # 一格可以有三万字，一样的字看一次就够
        return say.FOREIGN_DIGITS
    leading = _LEADING.fullmatch(body)
    if leading is not None and decimal_of(leading["number"]) is None:
        return say.OUT_OF_SCALE
    whole = leading is not None and not any(map(str.isdigit, set(leading["rest"])))
    if not whole and _BROKEN_GROUPS.fullmatch(body):
        return say.BAD_GROUPS
    if _only_marks(body) and any(map(str.isdigit, body)):
        return say.STRAY_MARK
    united = leading is not None and _WORDS.fullmatch(leading["rest"])
    return say.UNKNOWN_UNIT if united else say.NOT_NUMBER


def _refused(raw: str, measure: Measure, expected: str) -> Reading[Decimal]:
    """读出的不是一个确定的数。"""
    if measure.kind is Kind.ERR:
        return failed(raw, say.ERROR_VALUE, expected=expected)
    if measure.kind in (Kind.RANGE, Kind.MULTI):
        return failed(raw, say.SEVERAL_NUMBERS, expected=expected)
    if measure.operator is not None and measure.number is not None:
        return failed(raw, say.HAS_OPERATOR, expected=expected)
    body = tidy(raw).body
    leading = _LEADING.fullmatch(body)
    rest = quote(leading["rest"]) if leading else ""
    cause = _cause(body)
    return failed(raw, cause, rest=rest, mark=_mark(raw, cause), expected=expected)


def _converted(measure: Measure, wanted: MeasureUnit | None) -> Decimal | None:
    """按栏目单位写出的数；单位对不上为空。"""
    number = measure.number
    if number is None:
        return None
    if measure.unit is not None and wanted is not None:
        return convert(number, measure.unit, wanted)
    if measure.unit is not None:
        return number if measure.unit.factor == 1 else None
    if measure.magnitude == 1:
        return number
    if wanted is not None and wanted.family not in _SCALED:
        return None
    factor = Decimal(1) if wanted is None else wanted.factor
    return EXACT.divide(EXACT.multiply(number, measure.magnitude), factor)


def _notices(measure: Measure, value: Decimal, unit: str) -> tuple[str, ...]:
    notices = measure.notices
    if measure.unit is not None and unit == measure.unit.name == "%":
        pass  # 百分数带着 % 是正常写法
    elif measure.unit is not None and value == measure.number:
        notices += (say.UNIT_DROPPED.format(unit=measure.unit.name),)
    elif measure.unit is not None or measure.magnitude != 1:
        notices += (say.UNIT_CONVERTED.format(number=plain(value), unit=unit),)
    if measure.note:
        notices += (say.NOTE_DROPPED.format(note=quote(measure.note)),)
    return notices


def _amount(raw: str, measure: Measure, unit: str, expected: str) -> Reading[Decimal]:
    value = _converted(measure, find_unit(unit) if unit else None)
    if value is None:
        written = measure.unit.name if measure.unit else plain(measure.magnitude)
        return failed(raw, say.WRONG_UNIT, written=written, expected=expected)
    if value != measure.number:
        in_scale = decimal_of(plain(value))
        if in_scale is None:
            return failed(raw, say.OUT_OF_SCALE, expected=expected)
        value = in_scale
    return Reading(value, _notices(measure, value, unit), raw=raw)


def _without_unit(text: str, unit: str) -> Measure | None:
    """去掉栏目自己的单位再读：表外的单位，或 2024年 这样像日期的数。"""
    body = tidy(text).body
    if not unit or not body.endswith(unit):
        return None
    measure = parse_measure(body.removesuffix(unit))
    usable = measure.kind is Kind.NUM and measure.unit is None and measure.operator is None
    dropped = say.UNIT_DROPPED.format(unit=unit)
    return replace(measure, notices=(*measure.notices, dropped)) if usable else None


def read_decimal(text: str, *, unit: str = "") -> Reading[Decimal]:
    """读一个数。`unit` 是栏目的单位：写了别的同类单位就换算，不同类就指出。"""
    if _PLAIN.fullmatch(text):
        number = decimal_of(text)
        if number is not None:
            return Reading(number, raw=text)
    measure = parse_measure(text)
    if measure.kind not in _AMOUNTS:
        measure = _without_unit(text, unit) or measure
    empty: Reading[Decimal] | None = unfilled(text, measure)
    if empty is not None:
        return empty
    expected = f"数字（单位：{unit}）" if unit else "数字"
    if unit == "%":
        expected = "百分数，如95%"
    if measure.kind in _AMOUNTS and measure.operator is None:
        return _amount(text, measure, unit, expected)
    return _refused(text, measure, expected)


def read_percent(text: str) -> Reading[Decimal]:
    """读一个百分数，值以百分之一为单位：95% 和 95 都是 95。"""
    reading = read_decimal(text, unit="%")
    if reading.value is None or parse_measure(text).unit is not None:
        return reading
    if not 0 < abs(reading.value) <= 1:
        return reading
    # 0.95 也许是 95%，照写的读，但要说出来
    notice = say.PERCENT_ASSUMED.format(number=plain(reading.value))
    return replace(reading, notices=(*reading.notices, notice))
