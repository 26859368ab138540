"""一格填报值的读法：按填报项的类型，把格子里的东西读成值，每次换算都说出来。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.facts.computed import exact_percent
from xltool.facts.entry import BLANK, Entry, EntryState
from xltool.intake.brief import brief
from xltool.intake.context import Context, chinese_day, expected_of
from xltool.intake.grid import FormatClass, State
from xltool.intake.numbers import read_day, read_number, read_ratio
from xltool.intake.options import nearest_choice, wrong_parent
from xltool.messages import entries as say
from xltool.scheme.model import FieldKind
from xltool.values import (
    digits_lost,
    excel_number,
    match_choice,
    parse_measure,
    plain,
    serial_date,
)
from xltool.values.text import INVISIBLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from xltool.finding import Finding
    from xltool.intake.context import Understood
    from xltool.intake.grid import GridCell

__all__ = ["Context", "expected_of", "understand"]


def understand(cell: GridCell, context: Context) -> Understood:
    """读一格。"""
    if cell.state is State.VALUE:
        if not cell.numeric and _empty(cell.text):
            return BLANK, ()
        return _BY_KIND[context.field.kind](cell, context)
    if cell.state is State.FORMULA:
        return _formula(cell, context)
    expected = expected_of(context.field)
    if cell.state is State.ERROR:
        entry = Entry(None, cell.text, EntryState.ERROR, formula=bool(cell.formula))
        return entry, context.say(say.ERROR_VALUE, raw=brief(cell.text), expected=expected)
    entry = Entry(None, "", EntryState.NO_RESULT, formula=True)
    return entry, context.say(say.NO_RESULT, expected=expected)


def _empty(text: str) -> bool:
    """只有空白和看不见的字符。"""
    return not text.strip() or not INVISIBLE.sub("", text).strip()


def _formula(cell: GridCell, context: Context) -> Understood:
    """填的是公式：照上次算出的结果读，总要说出来。"""
    if not cell.numeric and _empty(cell.text):
        return BLANK, context.say(say.FORMULA, raw="空白")
    entry, findings = _BY_KIND[context.field.kind](cell, context)
    note = context.say(say.FORMULA, raw=brief(entry.raw))
    return replace(entry, formula=True), (*findings, *note)


# ---------------------------------------------------------------- 文字


def _text(cell: GridCell, context: Context) -> Understood:
    if cell.boolean:
        return _boolean(cell, context)
    if not cell.numeric:
        return Entry(cell.text, cell.text), ()
    number = excel_number(cell.text)
    if cell.format is FormatClass.DATE:
        day = serial_date(number, date_1904=context.date_1904)
        if day:
            shown = chinese_day(day)
            return Entry(shown, shown), context.say(say.DATE_AS_TEXT, value=shown)
    shown = exact_percent(number) if cell.format is FormatClass.PERCENT else plain(number)
    return Entry(shown, shown), _digits(number, shown, context)


def _boolean(cell: GridCell, context: Context) -> Understood:
    raw, value = ("TRUE", "是") if cell.text == "1" else ("FALSE", "否")
    return Entry(value, raw), context.say(say.ALIAS, raw=raw, how=f"按“{value}”读取")


def _digits(number: Decimal, shown: str, context: Context) -> tuple[Finding, ...]:
    return context.say(say.DIGITS_LOST, raw=brief(shown)) if digits_lost(number) else ()


def _choice(cell: GridCell, context: Context) -> Understood:
    entry, findings = _text(cell, context)
    options = context.options
    if options is None or entry.value in options.values:
        return entry, findings
    text = str(entry.value)
    value = match_choice(text, options.choices)
    if value is None:
        return Entry(None, entry.raw, EntryState.UNREADABLE), context.say(
            say.NOT_IN_LIST,
            raw=brief(text),
            expected="、".join(options.values),
            suggestion=nearest_choice(text, options) + wrong_parent(text, context),
        )
    return Entry(value, entry.raw), context.say(
        say.ALIAS, raw=brief(entry.raw), how=f"按“{value}”读取"
    )


# ---------------------------------------------------------------- 指标值


def _measure(cell: GridCell, context: Context) -> Understood:
    if cell.boolean:
        entry, findings = _boolean(cell, context)
        value = parse_measure(str(entry.value), year=context.scheme.year)
        return Entry(value, entry.raw), findings
    if cell.numeric:
        return _stored_measure(cell, context)
    value = parse_measure(cell.text, year=context.scheme.year)
    entry = Entry(value, cell.text)
    if not value.notices:
        return entry, ()
    notices = "；".join(value.notices)
    return entry, context.say(say.ALIAS, raw=brief(cell.text), how=f"：{notices}")


def _stored_measure(cell: GridCell, context: Context) -> Understood:
    number = excel_number(cell.text)
    text, is_percent = plain(number), cell.format is FormatClass.PERCENT
    findings = _digits(number, text, context)
    if is_percent:
        text = exact_percent(number)
    elif cell.format is FormatClass.DATE:
        day = serial_date(number, date_1904=context.date_1904)
        if day:
            text = chinese_day(day)
            findings = context.say(say.DATE_AS_TEXT, value=text)
    value = parse_measure(text, year=context.scheme.year)
    return Entry(value, text, percent=is_percent), findings


_BY_KIND: dict[FieldKind, Callable[[GridCell, Context], Understood]] = {
    FieldKind.TEXT: _text,
    FieldKind.SUGGESTION: _text,
    FieldKind.CHOICE: _choice,
    FieldKind.INTEGER: read_number,
    FieldKind.NUMBER: read_number,
    FieldKind.POINTS: read_number,
    FieldKind.MONEY: read_number,
    FieldKind.PERCENT: read_ratio,
    FieldKind.DATE: read_day,
    FieldKind.MEASURE: _measure,
}
