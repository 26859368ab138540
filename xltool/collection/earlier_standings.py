"""各单位上年度得了几分、几等、第几名、有哪些问题：取自上年度的汇总；给的是自评表的，只有自评得分。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.earlier import Earlier
from xltool.collection.remembered import Remembered
from xltool.collection.table import find_table
from xltool.collection.verdicts import FINDING_HEADINGS, UNFOUNDED
from xltool.finding import EXPLAINED, Severity, named
from xltool.values import excel_number
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.collection.table import HeadedTable
    from xltool.xlsx.grid import Book

# 复核以后的在前；早先的版本没有的，取系统的
_UNITS: Final = {
    "number": ("单位序号",),
    "code": ("预算编码",),
    "name": ("单位名称",),
    "project": ("项目名称",),
    "reviewed": ("复核得分",),
    "total": ("系统得分",),
    "reviewed_grade": ("复核等级",),
    "grade": ("系统等级",),
    "reviewed_rank": ("复核名次",),
    "rank": ("名次",),
    "status": ("报送状态",),
    "file": ("来源文件",),
}
_DOUBTS: Final = {**FINDING_HEADINGS, "severity": ("级别",)}
_COUNTED: Final = frozenset({Severity.ERROR.label, Severity.WARNING.label, EXPLAINED})
_NONE: Final[frozenset[str]] = frozenset()


class EarlierStandings(Remembered[Earlier]):
    """各单位（项目）上年度的得分、等级、名次。"""

    __slots__ = ()


class Standings(NamedTuple):
    """读得几个单位的得分；几个单位的得分是公式，存它的程序没有算出结果。"""

    read: int = 0
    unknown: int = 0


def read_standings(book: Book, found: EarlierStandings) -> Standings:
    """读一份上年度的汇总；不是汇总的，一个也没有。"""
    rules = _rules(book)
    read = unknown = 0
    for grid in book.grids:
        table = find_table(grid, _UNITS, ("number", "name", "status", "total", "file"))
        for row in table.rows() if table else ():
            if table is None or not table.text(row, "number").isdecimal():
                continue  # 没有序号的是小计，或人添的行
            unresolved = _unresolved(table, row, "reviewed", "total")
            unknown += unresolved
            score = _first(table, row, "reviewed", "total")
            if unresolved or score is None:
                continue
            name, code, project = (table.text(row, key) for key in ("name", "code", "project"))
            grade = table.text(row, "reviewed_grade") or table.text(row, "grade")
            rank = _first(table, row, "reviewed_rank", "rank")
            whole = named(name, project)
            earlier = Earlier(score, grade, int(rank) if rank else None, rules.get(whole, _NONE))
            found.add(name, code, project, earlier)
            read += 1
    return Standings(read, unknown)


def _rules(book: Book) -> dict[str, frozenset[str]]:
    """疑点清单里各单位有哪些规则的错误、警告；复核人认为不成立的不算。"""
    found: dict[str, set[str]] = {}
    for grid in book.grids:
        table = find_table(grid, _DOUBTS, ("name", "code", "severity", "message", "verdict"))
        if table is None:
            continue
        for row in table.rows():
            counted = table.text(row, "severity") in _COUNTED
            if counted and table.text(row, "verdict") != UNFOUNDED:
                found.setdefault(table.text(row, "name"), set()).add(table.text(row, "code"))
    return {name: frozenset(rules) for name, rules in found.items()}


def _unresolved(table: HeadedTable, row: int, *keys: str) -> bool:
    """有一格是没有结果的公式。"""
    cells = table.grid.cells
    found = (cells.get((row, table.columns[key])) for key in keys if key in table.columns)
    return any(cell is not None and cell.state is State.NO_RESULT for cell in found)


def _first(table: HeadedTable | None, row: int, *keys: str) -> Decimal | None:
    """头一个写了数的。"""
    for key in keys if table else ():
        column = table.columns.get(key) if table else None
        cell = table.grid.cells.get((row, column)) if table and column else None
        if cell is not None and cell.numeric and cell.text:
            return excel_number(cell.text)
    return None
