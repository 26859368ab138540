"""一格填报值的读法：按填报项的类型，把格子里的东西读成值，每次换算都说出来。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import exact_percent
from xltool.facts.entry import BLANK, Entry, EntryState
from xltool.intake.context import (
    EARLIEST_DAY,
    Context,
    expected_of,
    slipped_in,
    wrong,
    wrong_column,
    wrong_parent,
)
from xltool.intake.looks import ordinary, seen
from xltool.intake.numbers import in_range, read_day, read_number, read_ratio
from xltool.intake.options import nearest_choice
from xltool.intake.pictures import STARTS, is_picture
from xltool.messages import entries as say
from xltool.messages.marking import PICTURE_TEXT
from xltool.messages.values import NOTE_DROPPED
from xltool.scheme.model import FieldKind
from xltool.values import (
    Kind,
    day_serial,
    digits_lost,
    excel_number,
    fold,
    iso_day,
    match_choice,
    parse_measure,
    plain,
    quote,
    read_operator,
)
from xltool.values.excerpt import MOST_CHOICES, excerpt, several
from xltool.values.text import unseen
from xltool.xlsx.grid import PLAIN, FormatClass, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.finding import Finding
    from xltool.intake.context import Understood
    from xltool.intake.options import Options
    from xltool.scheme.model import Field
    from xltool.values import Measure
    from xltool.xlsx.grid import GridCell, Look

__all__ = ["Context", "expected_of", "fast_entry", "understand"]

# 每格都要走：局部名省去查枚举
_VALUE, _DATE, _PERCENT = State.VALUE, FormatClass.DATE, FormatClass.PERCENT
_TEXT, _SUGGESTION, _CHOICE = FieldKind.TEXT, FieldKind.SUGGESTION, FieldKind.CHOICE
_MONEY, _POINTS, _INTEGER = FieldKind.MONEY, FieldKind.POINTS, FieldKind.INTEGER
# 再大、再小的，不会是填报的数；拿去相乘相除，也就没有能印出来的结果
_SMALLEST, _LARGEST = Decimal("1E-30"), Decimal("1E+30")
_OPERATOR = "operator"
_NOT_QUANTIFIED = ("定性", "定性指标")
_SIMPLE = re.compile(r"(?:0|[1-9][0-9]{0,8})(?:\.([0-9]{0,5}[1-9]))?")


def fast_entry(cell: GridCell, field: Field, options: Options | None) -> Entry | None:
    """最常见的写法直接读，读法与 understand 相同；别的写法为空，由 understand 去读。"""
    text, numeric, boolean, state, look, _, _ = cell
    if state is not _VALUE or boolean or look.struck or look.runs:
        return None
    kind = field.kind
    if numeric:
        return _fast_number(text, look, field)
    if kind is _TEXT or kind is _SUGGESTION:
        usable = (
            text.isprintable() and text[0] not in STARTS and look.kind is not _DATE and text.strip()
        )
        return Entry(text, text) if usable else None
    if kind is _CHOICE and options is not None and text in options.values:
        return Entry(text, text)
    return None


def _fast_number(text: str, look: Look, field: Field) -> Entry | None:
    """平常的数，格式显示的就是存的。"""
    kind, form, simple = field.kind, look.kind, _SIMPLE.fullmatch(text)
    plain_kind = kind is _MONEY or kind is _POINTS or kind is _INTEGER
    if not plain_kind or form is _DATE or form is _PERCENT or simple is None:
        return None
    if not look.ordinary or len(simple[1] or "") > look.decimals:
        return None
    number = Decimal(text)
    return Entry(number, text) if not in_range(number, field) else None


def understand(cell: GridCell, context: Context) -> Understood:
    """读一格。"""
    size = abs(excel_number(cell.text)) if cell.numeric else Decimal(0)
    if size and not _SMALLEST <= size <= _LARGEST:
        return wrong(cell.text, "大小离谱的数", context)
    if cell.state is State.VALUE and not cell.text.startswith(STARTS):
        if not cell.numeric and unseen(cell.text):
            return BLANK, ()
        return _read(cell, context)
    if is_picture(cell):
        entry = Entry(None, PICTURE_TEXT, EntryState.UNREADABLE)
        return entry, context.say(say.PICTURE, expected=expected_of(context.field))
    return _computed(cell, context)


def _computed(cell: GridCell, context: Context) -> Understood:
    """公式、错误值，和样子像图片留下的文字。"""
    if cell.state is State.VALUE:
        return _read(cell, context)
    if cell.state is State.FORMULA:
        return _formula(cell, context)
    expected = expected_of(context.field)
    if cell.state is State.ERROR:
        entry = Entry(None, cell.text, EntryState.ERROR, formula=bool(cell.formula))
        return entry, context.say(say.ERROR_VALUE, raw=excerpt(cell.text), expected=expected)
    entry = Entry(None, "", EntryState.NO_RESULT, formula=True)
    return entry, context.say(say.NO_RESULT, expected=expected)


def _read(cell: GridCell, context: Context) -> Understood:
    """有内容的一格：样子改变了意思的按看得见的读，其余照填报项的类型读。"""
    look, read = cell.look, _BY_KIND[context.field.kind]
    if look is PLAIN:
        return read(cell, context)
    if look.kind is _DATE and not cell.numeric:
        cell = _dated(cell, date_1904=context.date_1904)
    understood = None if ordinary(cell) else seen(cell, context, read)
    return understood or read(cell, context)


def _dated(cell: GridCell, *, date_1904: bool) -> GridCell:
    """日期在文件里写成文字的，换成平常的日期序号。"""
    day = iso_day(cell.text)
    if day is None:
        return cell
    return cell._replace(text=str(day_serial(day, date_1904=date_1904)), numeric=True)


def _formula(cell: GridCell, context: Context) -> Understood:
    """填的是公式：照上次算出的结果读，总要说出来。"""
    if not cell.numeric and unseen(cell.text):
        return BLANK, context.say(say.FORMULA, raw="空白")
    entry, findings = _read(cell, context)
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
        shown, _, message = slipped_in(number, cell.look, context)
        return Entry(shown, shown), context.say(message, value=shown)
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
    value = match_choice(text, options.choices) or _operator(text, context)
    if value is None and not context.field.required and _none_chosen(text):
        return BLANK, context.say(say.NOT_APPLICABLE, raw=excerpt(text))
    if value is None:
        return Entry(None, entry.raw, EntryState.UNREADABLE), context.say(
            say.NOT_IN_LIST,
            raw=excerpt(text),
            expected=several(options.values, most=MOST_CHOICES),
            suggestion=wrong_column(text, context)
            or nearest_choice(text, options) + wrong_parent(text, context),
        )
    shown = excerpt(entry.raw)
    blanks = "里有空白或看不见的字符，" if _seen(entry.raw) == value else ""
    return Entry(value, entry.raw), context.say(
        say.ALIAS, raw=shown, how=f"{blanks}按“{value}”读取"
    )


def _seen(text: str) -> str:
    """看得见的字；空白和不占位置的都不算。"""
    return "".join(one for one in text if one.isprintable() and not one.isspace())


def _operator(text: str, context: Context) -> str | None:
    """运算符一栏里别的写法：大于等于、以上、》=。"""
    return read_operator(text) if context.field.options == _OPERATOR else None


def _none_chosen(text: str) -> bool:
    """没有可选的：“无”“/”；定性的指标在运算符一栏写“定性”。"""
    return parse_measure(text).kind is Kind.NA or fold(text) in _NOT_QUANTIFIED


# ---------------------------------------------------------------- 指标值


def _measure(cell: GridCell, context: Context) -> Understood:
    year = context.scheme.year
    if cell.boolean:
        entry, findings = _boolean(cell, context)
        return Entry(parse_measure(str(entry.value), year=year), entry.raw), findings
    if not cell.numeric:
        value = parse_measure(cell.text, year=year)
        entry = Entry(value, cell.text)
        said = (*value.notices, *_beside(value))
        if not said:
            return entry, ()
        notices = "；".join(said)
        return entry, context.say(say.ALIAS, raw=excerpt(cell.text), how=f"：{notices}")

    number = excel_number(cell.text)
    text, is_percent, is_day = plain(number), cell.format is FormatClass.PERCENT, False
    findings = _digits(number, text, context)
    if is_percent:
        text = exact_percent(number)
    elif cell.format is FormatClass.DATE:
        shown, _, message = slipped_in(number, cell.look, context)
        if message is say.DATE_AS_TEXT and 0 < number < EARLIEST_DAY:
            unread = Entry(None, text, EntryState.UNREADABLE)
            return unread, context.say(say.SMALL_DATE, shown=shown, stored=text)
        text, findings = shown, context.say(message, value=shown)
        is_day = message is say.DATE_AS_TEXT
    measure = parse_measure(text, year=year)
    return Entry(measure, text, percent=is_percent, day=is_day), findings


def _beside(value: Measure) -> tuple[str, ...]:
    """括号里另有一个数的，说读的是哪一个：405（年中调整为411）。"""
    two = value.number is not None and any(map(str.isdecimal, value.note))
    return (NOTE_DROPPED.format(note=quote(value.note)),) if two else ()


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
    FieldKind.MONTH: read_day,
    FieldKind.MEASURE: _measure,
}
