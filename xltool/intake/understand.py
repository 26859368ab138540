"""一格填报值的读法：按填报项的类型，把格子里的东西读成值，每次换算都说出来。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import exact_percent
from xltool.facts.entry import BLANK, Entry, EntryState
from xltool.intake.context import Context, chinese_day, expected_of, wrong, wrong_parent
from xltool.intake.numbers import in_range, read_day, read_number, read_ratio
from xltool.intake.options import nearest_choice
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
from xltool.values.excerpt import excerpt
from xltool.values.text import INVISIBLE
from xltool.xlsx.grid import FormatClass, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.finding import Finding
    from xltool.intake.context import Understood
    from xltool.intake.options import Options
    from xltool.scheme.model import Field
    from xltool.xlsx.grid import GridCell

__all__ = ["Context", "expected_of", "fast_entry", "understand"]

# 每格都要走：局部名省去查枚举
_VALUE, _DATE, _PERCENT = State.VALUE, FormatClass.DATE, FormatClass.PERCENT
_TEXT, _SUGGESTION, _CHOICE = FieldKind.TEXT, FieldKind.SUGGESTION, FieldKind.CHOICE
_MONEY, _POINTS, _INTEGER = FieldKind.MONEY, FieldKind.POINTS, FieldKind.INTEGER
# 再大、再小的，不会是填报的数；拿去相乘相除，也就没有能印出来的结果
_SMALLEST, _LARGEST = Decimal("1E-30"), Decimal("1E+30")
_SIMPLE = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{0,5}[1-9])?")


def fast_entry(cell: GridCell, field: Field, options: Options | None) -> Entry | None:
    """最常见的写法直接读，读法与 understand 相同；别的写法为空，由 understand 去读。"""
    text, numeric, boolean, state, form, _ = cell
    if state is not _VALUE or boolean:
        return None
    kind = field.kind
    if numeric:
        plain_kind = kind is _MONEY or kind is _POINTS or kind is _INTEGER
        if not plain_kind or form is _DATE or form is _PERCENT or not _SIMPLE.fullmatch(text):
            return None
        number = Decimal(text)
        return Entry(number, text) if not in_range(number, field) else None
    if kind is _TEXT or kind is _SUGGESTION:
        return Entry(text, text) if text.isprintable() and text.strip() else None
    if kind is _CHOICE and options is not None and text in options.values:
        return Entry(text, text)
    return None


def understand(cell: GridCell, context: Context) -> Understood:
    """读一格。"""
    size = abs(excel_number(cell.text)) if cell.numeric else Decimal(0)
    if size and not _SMALLEST <= size <= _LARGEST:
        return wrong(cell.text, "大小离谱的数", context)
    if cell.state is State.VALUE:
        if not cell.numeric and _empty(cell.text):
            return BLANK, ()
        return _BY_KIND[context.field.kind](cell, context)
    if cell.state is State.FORMULA:
        return _formula(cell, context)
    expected = expected_of(context.field)
    if cell.state is State.ERROR:
        entry = Entry(None, cell.text, EntryState.ERROR, formula=bool(cell.formula))
        return entry, context.say(say.ERROR_VALUE, raw=excerpt(cell.text), expected=expected)
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
    note = context.say(say.FORMULA, raw=excerpt(entry.raw))
    return entry._replace(formula=True), (*findings, *note)


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
    return context.say(say.DIGITS_LOST, raw=excerpt(shown)) if digits_lost(number) else ()


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
            raw=excerpt(text),
            expected="、".join(options.values),
            suggestion=nearest_choice(text, options) + wrong_parent(text, context),
        )
    return Entry(value, entry.raw), context.say(
        say.ALIAS, raw=excerpt(entry.raw), how=f"按“{value}”读取"
    )


# ---------------------------------------------------------------- 指标值


def _measure(cell: GridCell, context: Context) -> Understood:
    year = context.scheme.year
    if cell.boolean:
        entry, findings = _boolean(cell, context)
        return Entry(parse_measure(str(entry.value), year=year), entry.raw), findings
    if not cell.numeric:
        value = parse_measure(cell.text, year=year)
        entry = Entry(value, cell.text)
        if not value.notices:
            return entry, ()
        notices = "；".join(value.notices)
        return entry, context.say(say.ALIAS, raw=excerpt(cell.text), how=f"：{notices}")

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
    return Entry(parse_measure(text, year=year), text, percent=is_percent), findings


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
