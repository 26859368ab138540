"""数、百分数、日期的读法：存成数的、写成文字的、格式与类型不合的。"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import exact_percent
from xltool.facts.entry import BLANK, Entry, EntryState
from xltool.intake.context import chinese_day, expected_of, slipped_in, wrong
from xltool.messages import entries as say
from xltool.scheme.model import FieldKind
from xltool.values import (
    LIKELY_SERIALS,
    digits_lost,
    excel_number,
    plain,
    read_date,
    read_decimal,
    read_percent,
    serial_date,
)
from xltool.values.excerpt import excerpt
from xltool.xlsx.grid import FormatClass

if TYPE_CHECKING:
    from xltool.finding import Finding
    from xltool.intake.context import Context, Understood
    from xltool.scheme.model import Field
    from xltool.values import Reading
    from xltool.xlsx.grid import GridCell

_BARE = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_WHOLE = "填整数"
_HUNDRED = Decimal(100)
_RATIO_LIMIT = Decimal("1.5")  # 没有百分号时，不超过它的看作比率（0.95），超过的看作百分数（95）
_EIGHT_DIGITS = (Decimal(19_000_101), Decimal(20_991_231))  # 20241231 这样写的日期


# ---------------------------------------------------------------- 数


def read_number(cell: GridCell, context: Context) -> Understood:
    """整数、小数、分数、金额。"""
    if cell.boolean:
        return wrong("TRUE" if cell.text == "1" else "FALSE", "逻辑值", context)
    if not cell.numeric:
        reading = read_decimal(cell.text, unit=context.field.unit)
        return _written(cell, context, reading, reading.value)

    number = excel_number(cell.text)
    if cell.format is FormatClass.DATE:
        return _dated(number, cell, context)
    raw = plain(number)
    findings = _range(number, context)
    if digits_lost(number):
        findings += context.say(say.DIGITS_LOST, raw=excerpt(raw))
    percent = cell.format is FormatClass.PERCENT
    if percent and number != 0:
        findings += context.say(say.PERCENT_FORMAT, raw=exact_percent(number), value=raw)
    return Entry(number, raw, percent=percent), findings


def _dated(number: Decimal, cell: GridCell, context: Context) -> Understood:
    shown, what, _ = slipped_in(number, cell.look, context)
    return wrong(shown, what, context)


def _written(
    cell: GridCell, context: Context, reading: Reading[Decimal], value: Decimal | None
) -> Understood:
    """写成文字的数：读成什么、作过什么换算，都说出来。"""
    if reading.not_applicable:  # 写了“-”“无”“不适用”：选填的当作没有填，必填的要填数
        raw = excerpt(cell.text)
        if not context.field.required:
            return BLANK, context.say(say.NOT_APPLICABLE, raw=raw)
        needed = context.say(say.NUMBER_NEEDED, raw=raw, expected=expected_of(context.field))
        return Entry(None, cell.text, EntryState.UNREADABLE), needed
    findings = reading.findings(f"“{context.field.label}”", context.place)
    if value is None:
        if findings:
            return Entry(None, cell.text, EntryState.UNREADABLE), findings
        return wrong(cell.text, "文字", context)
    if not findings and context.field.kind is not FieldKind.PERCENT:
        findings = context.say(say.TEXT_NUMBER, raw=excerpt(cell.text))
    return Entry(value, cell.text), (*findings, *_range(value, context))


def in_range(value: Decimal, field: Field) -> str:
    """在范围之内的为空；否则是超出了什么：不是整数，或应不小于、不大于多少。"""
    if field.minimum is not None and value < field.minimum:
        return f"不小于 {_shown(field.minimum, field)}"
    if field.maximum is not None and value > field.maximum:
        return f"不大于 {_shown(field.maximum, field)}"
    if field.kind is FieldKind.INTEGER and value != value.to_integral_value():
        return _WHOLE
    return ""


def _shown(value: Decimal, field: Field) -> str:
    return exact_percent(value) if field.kind is FieldKind.PERCENT else plain(value)


def _range(value: Decimal, context: Context) -> tuple[Finding, ...]:
    """超出范围的值照留，但说出来。"""
    limit = in_range(value, context.field)
    if not limit:
        return ()
    raw = _shown(value, context.field)
    if limit == _WHOLE:
        return context.say(say.NOT_INTEGER, raw=raw)
    return context.say(say.OUT_OF_RANGE, raw=raw, expected=limit)


# ---------------------------------------------------------------- 百分数


def read_ratio(cell: GridCell, context: Context) -> Understood:
    """百分数，值以比率存（0.95）。"""
    if cell.boolean:
        return wrong("TRUE" if cell.text == "1" else "FALSE", "逻辑值", context)
    if not cell.numeric:
        if _BARE.fullmatch(cell.text.strip()):
            return _bare_ratio(Decimal(cell.text.strip()), cell.text, context)
        reading = read_percent(cell.text)
        value = None if reading.value is None else reading.value / _HUNDRED
        return _written(cell, context, reading, value)

    number = excel_number(cell.text)
    if cell.format is FormatClass.DATE:
        return _dated(number, cell, context)
    if cell.format is FormatClass.PERCENT:
        return Entry(number, plain(number), percent=True), _range(number, context)
    return _bare_ratio(number, plain(number), context)


def _bare_ratio(number: Decimal, raw: str, context: Context) -> Understood:
    """没有百分号的数：小的看作比率，大的看作百分数，都说出来。"""
    guessed = abs(number) <= _RATIO_LIMIT
    value = number if guessed else number / _HUNDRED
    findings = _range(value, context)
    if number != 0:
        message = say.PERCENT_GUESSED if guessed else say.PERCENT_READ
        findings += context.say(message, raw=excerpt(raw), value=exact_percent(value))
    return Entry(value, raw), findings


# ---------------------------------------------------------------- 日期


def read_day(cell: GridCell, context: Context) -> Understood:
    """年月日。"""
    if cell.numeric:
        return _serial(cell, context)
    if cell.boolean:
        return wrong("TRUE" if cell.text == "1" else "FALSE", "逻辑值", context)
    return _written_day(cell.text, context)


def _written_day(text: str, context: Context) -> Understood:
    reading = read_date(text, month=context.field.kind is FieldKind.MONTH)
    findings = reading.findings(f"“{context.field.label}”", context.place)
    if reading.value is not None:
        return Entry(reading.value, text), findings
    if findings:
        return Entry(None, text, EntryState.UNREADABLE), findings
    return wrong(text, "文字", context)


def _serial(cell: GridCell, context: Context) -> Understood:
    number = excel_number(cell.text)
    if _EIGHT_DIGITS[0] <= number <= _EIGHT_DIGITS[1] and cell.format is not FormatClass.DATE:
        entry, findings = _written_day(plain(number), context)
        if not isinstance(entry.value, date):
            return entry, findings
        shown = chinese_day(entry.value)
        return entry, context.say(say.DATE_AS_NUMBER, raw=plain(number), value=shown)
    day = serial_date(number, date_1904=context.date_1904)
    if cell.look.time and number < LIKELY_SERIALS[0]:
        return _dated(number, cell, context)
    if day is not None and cell.format is FormatClass.DATE:
        return Entry(day, day.isoformat()), ()
    if day is None or not LIKELY_SERIALS[0] <= number <= LIKELY_SERIALS[1]:
        return wrong(plain(number), "数字", context)
    findings = context.say(say.DATE_AS_NUMBER, raw=plain(number), value=chinese_day(day))
    return Entry(day, day.isoformat()), findings
