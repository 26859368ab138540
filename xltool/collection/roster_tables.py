"""名单在哪几张工作表的哪几块里。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xltool.address import At, Place
from xltool.collection.table import HEADER_ROWS, find_tables
from xltool.headings import rows_of
from xltool.messages import collection as say
from xltool.messages import roster as say_roster
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.collection.table import HeadedTable
    from xltool.finding import Finding
    from xltool.xlsx.grid import Book

# 名单工作簿里另有用处的工作表，不是名单，不必说
_NOT_LISTS: Final = frozenset({"设置", "选项", "下一步", "说明", "填写说明", "填表说明"})
_MOST_SHOWN: Final = 10
_GROUPS: Final = ("部门", "主管部门")  # 另有名称一栏时，这些是归口


def roster_tables(
    book: Book, names: Mapping[str, Sequence[str]]
) -> tuple[list[HeadedTable], list[Finding]]:
    """各张工作表里的名单，和没有读的工作表；隐藏的，没有别的才读。`names` 是各栏认得的表头。"""
    tables = {
        grid.name: find_tables(grid, names, ("name",), date_1904=book.date_1904)
        for grid in sorted(book.grids, key=lambda grid: grid.hidden)
    }
    if any(any(map(_is_firm, one)) for one in tables.values()):
        tables = {name: tuple(filter(_is_firm, one)) for name, one in tables.items()}
    found: list[HeadedTable] = []
    unknown: list[str] = []
    hidden: list[str] = []
    for grid in sorted(book.grids, key=lambda grid: grid.hidden):
        if tables[grid.name] and grid.hidden and found:
            hidden.append(grid.name)
        elif tables[grid.name]:
            found += map(_by_group, tables[grid.name])
        elif grid.cells and not grid.hidden and fold(grid.name) not in _NOT_LISTS:
            unknown.append(grid.name)
    left = ((unknown, say_roster.NO_HEADING), (hidden, say_roster.HIDDEN_SHEET))
    return found, [_left(names, why) for names, why in left if names]


def likely_header(book: Book) -> str:
    """没有认得的表头时，说出看到的最像表头的一行：字格最多的；一行两格都没有的不说。"""
    best: tuple[int, Place, list[str]] | None = None
    for grid in book.grids:
        for row, cells in rows_of(grid, HEADER_ROWS).items():
            texts = {col: cell.text for col, cell in cells.items() if not cell.numeric}
            if len(texts) > 1 and (best is None or len(texts) > best[0]):
                best = len(texts), Place(grid.name, At(row, min(texts))), list(texts.values())
    if best is None:
        return ""
    shown = "、".join(f"“{quote(text)}”" for text in best[2][:_MOST_SHOWN])
    return say.SEEN_HEADINGS.format(where=best[1].label, texts=shown)


def _is_firm(table: HeadedTable) -> bool:
    """真是名单的表头：认得两栏，或写明是谁的名称；别的表里单有一格“单位：”的不算。"""
    return len(table.columns) > 1 or fold(table.headings["name"])[2:].endswith(("名称", "全称"))


def _left(names: Sequence[str], why: str) -> Finding:
    sheets = "、".join(f"“{quote(name)}”" for name in names)
    return say_roster.ROSTER_SHEETS_LEFT.finding(sheet=names[0], sheets=sheets, why=why)


def _by_group(table: HeadedTable) -> HeadedTable:
    """没有归口一栏的，名称一栏以外的“部门”“主管部门”就是归口。"""
    if "group" in table.columns:
        return table
    groups = [fold(one) for one in _GROUPS]
    found = [column for column, text in sorted(table.others.items()) if fold(text) in groups]
    if not found:
        return table
    others = {column: text for column, text in table.others.items() if column != found[0]}
    return replace(table, columns={**table.columns, "group": found[0]}, others=others)
