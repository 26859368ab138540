"""一格填报值的读法：按填报项的类型，把格子里的东西读成值，每次换算都说出来。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.entry import Entry, EntryState
from xltool.intake.grid import FormatClass, State
from xltool.messages import entries as say
from xltool.scheme.model import FieldKind
from xltool.values import (
    digits_lost,
    excel_number,
    match_choice,
    nearest,
    parse_measure,
    plain,
    quote,
    read_date,
    read_decimal,
    read_percent,
    serial_date,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from xltool.address import Place
    from xltool.finding import Finding
    from xltool.intake.grid import GridCell
    from xltool.scheme.model import Field, OptionList, Scheme

_HUNDRED = Decimal(100)
_RATIO_LIMIT = Decimal("1.5")  # 没有百分号时，不超过它的看作比率（0.95），超过的看作百分数（95）
_SERIALS = (Decimal(20_000), Decimal(80_000))  # 1954 至 2119 年的日期序号


@dataclass(frozen=True, slots=True)
class Context:
    """读一格要知道的：方案、日期制、填报项、位置、下拉列表。"""

    scheme: Scheme
    date_1904: bool
    field: Field
    place: Place
    options: OptionList | None = None


Understood = tuple[Entry, tuple["Finding", ...]]


def understand(cell: GridCell, context: Context) -> Understood:
    """读一格。空白格不在此处。"""
    label = context.field.label
    if cell.state is State.ERROR:
        entry = Entry(None, cell.text, EntryState.ERROR)
        raw, expected = quote(cell.text), expected_of(context.field)
        return entry, (
            say.ERROR_VALUE.finding(context.place, label=label, raw=raw, expected=expected),
        )
    if cell.state is State.NO_RESULT:
        expected = expected_of(context.field)
        entry = Entry(None, "", EntryState.NO_RESULT, formula=True)
        return entry, (say.NO_RESULT.finding(context.place, label=label, expected=expected),)
    entry, findings = _BY_KIND[context.field.kind](cell, context)
    if cell.formula:
        note = say.FORMULA.finding(context.place, label=label, raw=quote(entry.raw))
        return replace(entry, formula=True), (*findings, note)
    return entry, findings


def expected_of(field: Field) -> str:
    """这一项应填什么，给人看。"""
    word = _WORDS.get(field.kind, "数字")
    return f"{word}（单位：{field.unit}）" if field.unit else word


_WORDS = {
    FieldKind.INTEGER: "整数",
    FieldKind.DATE: "年月日",
    FieldKind.CHOICE: "列表里的一项",
    FieldKind.TEXT: "文字",
    FieldKind.SUGGESTION: "文字",
    FieldKind.MEASURE: "数或文字",
    FieldKind.PERCENT: "百分数",
}


# ---------------------------------------------------------------- 文字


def _text(cell: GridCell, context: Context) -> Understood:
    if cell.boolean:
        return Entry("是" if cell.text == "1" else "否", cell.text), ()
    if not cell.numeric:
        return Entry(cell.text, cell.text), ()
    number = excel_number(cell.text)
    if cell.format is FormatClass.DATE:
        day = serial_date(number, date_1904=context.date_1904)
        if day:
            return Entry(_chinese_day(day), cell.text), ()
    shown = percent(number) if cell.format is FormatClass.PERCENT else plain(number)
    return Entry(shown, shown), _digits(number, shown, context)


def _digits(number: Decimal, shown: str, context: Context) -> tuple[Finding, ...]:
    if digits_lost(number):
        return (say.DIGITS_LOST.finding(context.place, label=context.field.label, raw=shown),)
    return ()


def _chinese_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _choice(cell: GridCell, context: Context) -> Understood:
    text = _text(cell, context)[0].raw if cell.numeric else cell.text
    if cell.boolean:
        text = "是" if cell.text == "1" else "否"
    if context.options is None:
        return Entry(text, text), ()
    choices = [(option.value, option.aliases) for option in context.options.options]
    value = match_choice(text, choices)
    label = context.field.label
    if value is None:
        if not text.strip():
            return Entry(None, text, EntryState.BLANK), ()
        values = [option.value for option in context.options.options]
        near = nearest(text, values)
        finding = say.NOT_IN_LIST.finding(
            context.place,
            label=label,
            raw=quote(text),
            expected="、".join(values),
            suggestion=f"“{near}”" if near else "",
        )
        return Entry(None, text, EntryState.UNREADABLE), (finding,)
    if value == text:
        return Entry(value, text), ()
    note = say.ALIAS.finding(context.place, label=label, raw=quote(text), value=value)
    return Entry(value, text), (note,)


def _measure(cell: GridCell, context: Context) -> Understood:
    text, is_percent = cell.text, False
    if cell.boolean:
        text = "是" if cell.text == "1" else "否"
    elif cell.numeric:
        number = excel_number(cell.text)
        text = plain(number)
        if cell.format is FormatClass.PERCENT:
            text, is_percent = f"{plain(number * _HUNDRED)}%", True
        elif cell.format is FormatClass.DATE:
            day = serial_date(number, date_1904=context.date_1904)
            text = _chinese_day(day) if day else text
    value = parse_measure(text, year=context.scheme.year)
    entry = Entry(value, text, percent=is_percent)
    if cell.numeric or not value.notices:
        return entry, ()
    notices = "；".join(value.notices)
    note = say.ALIAS.finding(
        context.place, label=context.field.label, raw=quote(text), value=notices
    )
    return entry, (note,)


# ---------------------------------------------------------------- 数


def _number(cell: GridCell, context: Context) -> Understood:
    if cell.boolean:
        return _wrong(cell.text, "逻辑值", context)
    if not cell.numeric:
        reading = read_decimal(cell.text, unit=context.field.unit)
        if reading.not_applicable and not context.field.required:
            return _unused(cell)
        return _read(
            cell, context, reading.value, reading.findings(context.field.label, context.place)
        )
    number = excel_number(cell.text)
    if cell.format is FormatClass.DATE:
        return _wrong(cell.text, "日期", context)
    findings = _digits(number, plain(number), context)
    return _read(cell, context, number, findings)


def _unused(cell: GridCell) -> Understood:
    """选填的数写“-”“无”“不适用”：就是没有，当作空白。"""
    return Entry(None, cell.text, EntryState.BLANK), ()


def _percent(cell: GridCell, context: Context) -> Understood:
    if cell.boolean or cell.format is FormatClass.DATE:
        return _wrong(cell.text, "逻辑值" if cell.boolean else "日期", context)
    if not cell.numeric:
        reading = read_percent(cell.text)
        if reading.not_applicable and not context.field.required:
            return _unused(cell)
        value = reading.value / _HUNDRED if reading.value is not None else None
        notes = reading.findings(context.field.label, context.place)
        return _read(cell, context, value, notes)
    number = excel_number(cell.text)
    if cell.format is FormatClass.PERCENT:
        return _read(cell, context, number, ())
    guessed = abs(number) <= _RATIO_LIMIT
    value = number if guessed else number / _HUNDRED
    message = say.PERCENT_GUESSED if guessed and number != 0 else say.PERCENT_READ
    note = message.finding(
        context.place, label=context.field.label, raw=plain(number), value=percent(value)
    )
    return _read(cell, context, value, () if number == 0 else (note,))


def _read(
    cell: GridCell, context: Context, value: Decimal | None, findings: tuple[Finding, ...]
) -> Understood:
    """读出的数要在范围之内；超出的值照留，但说出来。"""
    raw = plain(excel_number(cell.text)) if cell.numeric else cell.text
    if value is None:
        blank = not findings and not cell.text.strip()
        state = EntryState.BLANK if blank else EntryState.UNREADABLE
        if not blank and not findings:
            return _wrong(cell.text, "文字", context)
        return Entry(None, raw, state), findings
    is_percent = cell.numeric and cell.format is FormatClass.PERCENT
    return Entry(value, raw, percent=is_percent), (*findings, *_range(value, context))


def _range(value: Decimal, context: Context) -> tuple[Finding, ...]:
    field = context.field
    show: Callable[[Decimal], str] = percent if field.kind is FieldKind.PERCENT else plain
    place, label, raw = context.place, field.label, show(value)
    if field.kind is FieldKind.INTEGER and value != value.to_integral_value():
        return (say.NOT_INTEGER.finding(place, label=label, raw=raw),)
    if field.minimum is not None and value < field.minimum:
        limit = f"不小于 {show(field.minimum)}"
        return (say.OUT_OF_RANGE.finding(place, label=label, raw=raw, expected=limit),)
    if field.maximum is not None and value > field.maximum:
        limit = f"不大于 {show(field.maximum)}"
        return (say.OUT_OF_RANGE.finding(place, label=label, raw=raw, expected=limit),)
    return ()


def _wrong(raw: str, found: str, context: Context) -> Understood:
    finding = say.WRONG_KIND.finding(
        context.place,
        label=context.field.label,
        found=found,
        raw=quote(raw),
        expected=expected_of(context.field),
    )
    return Entry(None, raw, EntryState.UNREADABLE), (finding,)


# ---------------------------------------------------------------- 日期


def _date(cell: GridCell, context: Context) -> Understood:
    if cell.boolean:
        return _wrong(cell.text, "逻辑值", context)
    return _serial(cell, context) if cell.numeric else _written_day(cell, context)


def _written_day(cell: GridCell, context: Context) -> Understood:
    reading = read_date(cell.text)
    findings = reading.findings(context.field.label, context.place)
    if reading.value is not None:
        return Entry(reading.value, cell.text), findings
    if findings:
        return Entry(None, cell.text, EntryState.UNREADABLE), findings
    if cell.text.strip():
        return _wrong(cell.text, "文字", context)
    return Entry(None, cell.text, EntryState.BLANK), ()


def _serial(cell: GridCell, context: Context) -> Understood:
    number = excel_number(cell.text)
    day = serial_date(number, date_1904=context.date_1904)
    if day is not None and cell.format is FormatClass.DATE:
        return Entry(day, day.isoformat()), ()
    if day is None or not _SERIALS[0] <= number <= _SERIALS[1]:
        return _wrong(plain(number), "数字", context)
    note = say.DATE_AS_NUMBER.finding(
        context.place, label=context.field.label, raw=plain(number), value=_chinese_day(day)
    )
    return Entry(day, day.isoformat()), (note,)


_BY_KIND: dict[FieldKind, Callable[[GridCell, Context], Understood]] = {
    FieldKind.TEXT: _text,
    FieldKind.SUGGESTION: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.INTEGER: _number,
    FieldKind.NUMBER: _number,
    FieldKind.POINTS: _number,
    FieldKind.MONEY: _number,
    FieldKind.PERCENT: _percent,
    FieldKind.DATE: _date,
    FieldKind.MEASURE: _measure,
}
