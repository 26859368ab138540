"""一格原样搬过去是什么：写成文字的照写，存成数、日期的照数、日期。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.facts.entry import EntryState
from xltool.intake.pictures import is_picture
from xltool.messages import migrating as say
from xltool.scheme.model import FieldKind
from xltool.values import excel_number, plain

if TYPE_CHECKING:
    from xltool.facts.entry import Entry
    from xltool.facts.typed import Typed
    from xltool.finding import Message
    from xltool.scheme.model import Field
    from xltool.xlsx.grid import GridCell

_NONE: Final = frozenset({EntryState.ERROR, EntryState.NO_RESULT, EntryState.BLANK})


class Raw(NamedTuple):
    """搬什么；`note` 是要说的，没有可搬的 `value` 为空。"""

    value: Typed | None
    note: Message | None = None


def raw_of(entry: Entry, cell: GridCell, field: Field) -> Raw:
    """一格搬什么。

    显示的与存的不同的（如元存、万元显示），照读出的搬：新表的格没有那种格式，照存的搬意思就变了。
    """
    if entry.state in _NONE or is_picture(cell):
        return Raw(None, say.NO_VALUE)
    value = _typed(entry, cell, field)
    if entry.formula:
        return Raw(value, say.FORMULA)
    same = value == excel_number(cell.text) if _is_number(value, cell) else value == cell.text
    dated = isinstance(value, date) or cell.boolean
    return Raw(value, None if same or dated else say.AS_READ)


def _is_number(value: Typed, cell: GridCell) -> bool:
    return cell.numeric and isinstance(value, Decimal)


def _typed(entry: Entry, cell: GridCell, field: Field) -> Typed:
    value = entry.value
    if cell.boolean:
        return value if isinstance(value, str) else ("是" if cell.text == "1" else "否")
    if not cell.numeric:
        return entry.raw
    if isinstance(value, (Decimal, date)):
        return value
    number = excel_number(cell.text)
    plainly = entry.raw == plain(number) and (field.kind.numeric or field.kind is FieldKind.MEASURE)
    return number if plainly else entry.raw
