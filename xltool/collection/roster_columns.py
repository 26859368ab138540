"""名单里没有读的栏、填得不像的栏：说出是哪几列，不声不响地丢掉就没有人知道。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.address import At, Place, column_letters
from xltool.collection.roster_rows import form_in, is_number_heading, other_columns
from xltool.collection.variants import variant_names
from xltool.messages import roster as say
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.collection.table import HeadedTable
    from xltool.finding import Finding

_MOST_SHOWN: Final = 10
_PHONE, _NAME = "phone", "name"
_TICKS: Final = frozenset("√✓")


def column_notes(table: HeadedTable) -> Iterator[Finding]:
    """一块里的：有内容而没有读的列，打着勾而不是表种的列，写着别的东西的电话一栏。"""
    rows = [row for row in table.rows() if table.text(row, _NAME)]
    yield from _unread(table, rows)
    yield from _ticked(table, rows)
    odd = [row for row in rows if _no_number(table.text(row, _PHONE))]
    if odd:
        heading, found = table.headings[_PHONE], table.text(odd[0], _PHONE)
        yield say.ROSTER_PHONE.finding(
            table.place(odd[0], _PHONE), heading=quote(heading), count=len(odd), found=quote(found)
        )


def _unread(table: HeadedTable, rows: Sequence[int]) -> Iterator[Finding]:
    """没有表头的，表头与左边一栏相同的。"""
    numbered = {one for one, heading in table.others.items() if is_number_heading(heading)}
    read = {*table.columns.values(), *other_columns(table), *numbered}
    unread: dict[int, str] = {}
    for row in rows:
        for column, text in table.own(row):
            if text and column not in read:
                unread.setdefault(column, text)
    if unread:
        shown = "、".join(
            f" {column_letters(column)} 列（如“{quote(unread[column])}”）"
            for column in sorted(unread)[:_MOST_SHOWN]
        )
        place = Place(table.grid.name, At(table.header, min(unread)))
        yield say.ROSTER_COLUMNS_LEFT.finding(place, columns=shown)


def _ticked(table: HeadedTable, rows: Sequence[int]) -> Iterator[Finding]:
    """打着勾，表头却不是表种的：多半想写应报哪种表。"""
    found = {
        column: heading
        for column, heading in other_columns(table).items()
        if not form_in(table, column, heading)
        and any(table.shown(row, column).strip() in _TICKS for row in rows)
    }
    forms = variant_names()
    named = {one: text for one, text in found.items() if any(fold(f) in fold(text) for f in forms)}
    rest = {one: text for one, text in found.items() if one not in named}
    for message, columns in ((say.ROSTER_FORM_TICKS, named), (say.ROSTER_TICKS, rest)):
        if columns:
            place = Place(table.grid.name, At(table.header, min(columns)))
            shown = "、".join(f"“{quote(heading)}”" for heading in columns.values())
            yield message.finding(place, columns=shown, forms="、".join(forms))


def _no_number(text: str) -> bool:
    """写着字而一个数字也没有。"""
    return any(map(str.isalpha, text)) and not any(map(str.isdigit, text))
