"""显示的样子改变了意思的格：缩小了的、补零的、藏起几位的数，划掉的、带上下标的字。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.facts.entry import BLANK, Entry, EntryState
from xltool.messages import entries as say
from xltool.scheme.model import FieldKind
from xltool.values import excel_number, plain
from xltool.values.displayed import displayed
from xltool.values.excerpt import excerpt
from xltool.values.kinds import EXACT
from xltool.xlsx.grid import PLAIN, FormatClass, GridCell

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.finding import Finding, Message
    from xltool.intake.context import Context, Understood
    from xltool.values.displayed import Displayed
    from xltool.xlsx.grid import Look

    Reader = Callable[[GridCell, Context], Understood]

_WORDS: Final = (FieldKind.TEXT, FieldKind.SUGGESTION, FieldKind.CHOICE)
_ONE: Final = Decimal(1)
_SLIGHT: Final = Decimal("0.01")  # 显示的与存的差不到百分之一，是平常的四舍五入
_WHOLE_PERCENT: Final = Decimal(100)
_DIGIT: Final = re.compile("[0-9]")
_POWER: Final = re.compile(r"(?:^|[^0-9.])10$")  # 10⁴ 的上标是指数，不是注释的标号
_SUPERSCRIPTS: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def ordinary(cell: GridCell) -> bool:
    """看得见的就是存的；多半如此，所以先问。"""
    look, text = cell.look, cell.text
    if look.struck or look.runs:
        return False
    if not cell.numeric:
        return True
    _, point, fraction = text.partition(".")
    shown = look.decimals + (2 if look.kind is FormatClass.PERCENT else 0)
    return look.ordinary and (not point or len(fraction) <= shown) and "E" not in text


def seen(cell: GridCell, context: Context, read: Reader) -> Understood | None:
    """样子改变了意思的一格按看得见的读；没有改变的为空，照常去读。"""
    look = cell.look
    if look.struck:
        raw = excerpt(cell.text)
        return BLANK, context.say(say.STRUCK_CELL, raw=raw)
    if look.runs:
        return _marked(cell, context, read)
    return _shown(cell, context, read) if cell.numeric and look.code else None


# ---------------------------------------------------------------- 字上的记号


def _marked(cell: GridCell, context: Context, read: Reader) -> Understood | None:
    """一格之内有划掉的、上下标的字：按看得见的正文读。"""
    struck = "".join(run.text for run in cell.look.runs if run.struck)
    kept, raised = _without_marks(cell.look)
    words = context.field.kind in _WORDS
    if words and not struck:  # 文字里的注释标号不改变什么
        return None
    if words:
        kept = "".join(run.text for run in cell.look.runs if not run.struck)
    if not kept.strip():
        return BLANK, context.say(say.STRUCK_CELL, raw=excerpt(cell.text))
    entry, findings = read(cell._replace(text=kept, look=PLAIN), context)
    visible = excerpt(kept)
    notes: tuple[Finding, ...] = ()
    if struck.strip():
        notes += context.say(say.STRUCK, struck=excerpt(struck), visible=visible)
    if raised and not words:
        notes += context.say(say.RAISED, raised=excerpt(raised), visible=visible)
    return entry, (*notes, *findings)


def _without_marks(look: Look) -> tuple[str, str]:
    """去掉划掉的字和跟在数字后面的上下标；后者另给出。"""
    kept, raised = "", ""
    for text, struck, script in look.runs:
        if struck:
            continue
        if not (script and _DIGIT.match(kept[-1:]) and _DIGIT.search(text)):
            kept += text
        elif _POWER.search(kept):
            kept += text.translate(_SUPERSCRIPTS)
        else:
            raised += text.strip()
    return kept, raised


# ---------------------------------------------------------------- 数字格式


def _shown(cell: GridCell, context: Context, read: Reader) -> Understood | None:
    """数字格式显示的与存的不同的。"""
    look, number = cell.look, excel_number(cell.text)
    kind = context.field.kind
    dated = kind.dated or look.kind is FormatClass.DATE
    shown = None if dated else displayed(number, look.code)
    if shown is None:
        return None
    if kind in _WORDS:
        percent = look.kind is FormatClass.PERCENT
        return None if percent or look.ordinary else _as_text(number, shown, context)
    if shown.digits and not look.ordinary and look.kind is not FormatClass.PERCENT:
        scaled = _scaled(cell, shown, context, read)
        if scaled is not None:
            return scaled
    hidden = not shown.digits or (
        kind is not FieldKind.INTEGER and _misleading(number, shown, look)
    )
    if hidden:
        return _hidden(cell, shown, context, read)
    rounded = kind is FieldKind.MONEY and shown.factor == 1 and abs(shown.value) != abs(number)
    return _hidden(cell, shown, context, read, say.ROUNDED) if rounded else None


def _as_text(number: Decimal, shown: Displayed, context: Context) -> Understood | None:
    """文字栏里的数，格式补了零、印着字：看见的才是填的，如 001002。"""
    text, stored = shown.text.strip(), plain(number)
    if not text or text == stored:
        return None
    said = context.say(say.SHOWN_TEXT, stored=excerpt(stored), shown=excerpt(text))
    return Entry(text, text), said


def _hidden(
    cell: GridCell,
    shown: Displayed,
    context: Context,
    read: Reader,
    message: Message = say.HIDDEN_DIGITS,
) -> Understood:
    """按存的数读，说出显示的是什么。"""
    entry, findings = read(cell, context)
    stored = plain(excel_number(cell.text))
    note = context.say(message, shown=excerpt(shown.text), stored=excerpt(stored))
    return entry, (*findings, *note)


def _misleading(number: Decimal, shown: Displayed, look: Look) -> bool:
    """舍入以后意思变了：显示成零、显示成 100%，或差出百分之一以上。"""
    percent = look.kind is FormatClass.PERCENT
    stored = number * (_WHOLE_PERCENT if percent else _ONE)
    if shown.value == stored or shown.factor != 1:
        return False
    whole = percent and abs(shown.value) == _WHOLE_PERCENT
    return shown.value == 0 or whole or abs(shown.value - stored) >= _SLIGHT * abs(stored)


def _scaled(cell: GridCell, shown: Displayed, context: Context, read: Reader) -> Understood | None:
    """格式缩小了数，或在数旁边印着单位：单位认得的按显示的读，认不得而缩小了的不采用。"""
    if shown.factor == 1 and not shown.before and not shown.after:
        return None  # 只是补零
    number = excel_number(cell.text)
    exact = plain(EXACT.multiply(number, shown.factor))
    text = f"{shown.before}{exact}{shown.after}"
    entry, findings = read(GridCell(text), context)
    read_well = entry.state is EntryState.VALUE and not any(
        finding.code == say.WRONG_KIND.code for finding in findings
    )
    stored, seen_as = plain(number), excerpt(shown.text)
    if shown.factor == 1 and entry.value == number:
        return None
    if context.field.kind is FieldKind.MEASURE and shown.factor == 1:
        return entry, ()
    if shown.factor == 1 and not read_well:  # 数旁边印着认不得的字：外币、“约”、别的单位
        return _hidden(cell, shown, context, read)
    if not read_well or not shown.after:
        unread = Entry(None, stored, EntryState.UNREADABLE)
        return unread, context.say(say.SCALED_UNREAD, shown=seen_as, stored=stored)
    value = plain(entry.value) if isinstance(entry.value, Decimal) else text
    said = context.say(say.SCALED, shown=seen_as, stored=stored, value=value)
    errors = tuple(one for one in findings if one.severity is not say.SHOWN_TEXT.severity)
    return entry, (*said, *errors)
