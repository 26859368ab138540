"""测试用：汇总工作簿的各登记表，格凭表名、表头和行取；公式格取重新算出的值。"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from parity_cells import Spot

from xltool.address import At, column_letters
from xltool.consolidated.columns import FIRST_ROW, HEADER_ROW
from xltool.sheets.plan import Formula, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parity_cells import Found

    from xltool.address import Area
    from xltool.sheets.plan import Content, SheetPlan, WorkbookPlan

DOUBTS, DETAILS = "疑点清单", "得分明细"
BOARDS = ("说明与核对", "首页", "总览", "统计")  # 不是登记表的
# 复核得分：能用的、零、小于零的、大于分值的、不是数的
WRITTEN: tuple[Content, ...] = (Decimal("1.5"), Decimal(0), Decimal(-2), Decimal(200), "加2分")
USABLE = WRITTEN[:2]
_CELL = re.compile(r"\$?([A-Z]+)\$?\d+")


class Table(NamedTuple):
    """一张登记表里的格，按表头取；公式格是重新算出的值。"""

    sheet: SheetPlan
    columns: dict[str, int]
    rows: int

    def at(self, heading: str, row: int) -> At:
        return At(row, self.columns[heading])

    def headings(self, area: Area) -> tuple[str, ...]:
        """一块区域在哪几栏。"""
        numbers = range(area.first.col, area.last.col + 1)
        return tuple(name for name, number in self.columns.items() if number in numbers)

    def spoken(self, formula: str) -> str:
        """公式里的格换成表头。"""
        headings = {column_letters(number): name for name, number in self.columns.items()}
        return _CELL.sub(lambda found: f"〔{headings[found[1]]}〕", formula)


def tables(plan: WorkbookPlan) -> dict[str, Table]:
    """各登记表：有筛选的就是。"""
    found = {}
    for sheet in plan.sheets:
        if sheet.filter is not None:
            last = sheet.filter.last
            columns = {
                str(cell.content): cell.at.col
                for cell in sheet.every_cell()
                if cell.at.row == HEADER_ROW and cell.at.col <= last.col
            }
            assert len(columns) == last.col, f"{sheet.name} 的表头有重复的"
            found[sheet.name] = Table(sheet, columns, last.row)
    return found


def rows_of(table: Table) -> list[dict[str, Content]]:
    """各行，按表头：公式格取程序写的结果，链接取文字。"""
    headings = {number: heading for heading, number in table.columns.items()}
    rows: dict[int, dict[str, Content]] = {}
    for cell in table.sheet.every_cell():
        if cell.row >= FIRST_ROW and cell.at.col in headings:
            rows.setdefault(cell.row, {})[headings[cell.at.col]] = shown(cell.content)
    return list(rows.values())


def shown(content: Content) -> Content:
    """格里显示的。"""
    if isinstance(content, Formula):
        return content.result
    return content.text if isinstance(content, Link) else content


def reviewed(plan: WorkbookPlan) -> WorkbookPlan:
    """复核过的：得分明细里写上复核得分，疑点清单里退回一条，改动一个程序得分、一个自评得分，

    好让复核得分、核对、名次读错了栏就看得出。
    """
    found = tables(plan)
    edits: dict[Spot, Content] = {
        Spot(name, table.at("复核得分", FIRST_ROW + 4 * n).a1): points
        for name, table in found.items()
        if name.startswith(DETAILS)
        for n, points in enumerate(WRITTEN)
    }
    edits[Spot(DOUBTS, found[DOUBTS].at("复核意见", FIRST_ROW).a1)] = "退回"
    name = next(name for name in found if name.startswith("汇总"))
    edits[numbers(found[name], "程序得分")[0]] = Decimal("12.34")
    edits[numbers(found[name], "自评得分")[-1]] = Decimal("99.99")

    def edited(sheet: SheetPlan) -> SheetPlan:
        cells = tuple(
            cell._replace(content=edits.get(Spot(sheet.name, cell.at.a1), cell.content))
            for cell in sheet.every_cell()
        )
        return replace(sheet, cells=cells)

    return replace(plan, sheets=tuple(edited(sheet) for sheet in plan.sheets))


def numbers(table: Table, heading: str) -> list[Spot]:
    """一栏里写的数，由上到下。"""
    return [
        Spot(table.sheet.name, cell.at.a1)
        for cell in table.sheet.every_cell()
        if cell.at.col == table.columns[heading]
        and cell.row >= FIRST_ROW
        and isinstance(cell.content, Decimal)
    ]


def by_heading(plan: WorkbookPlan, found: Found) -> dict[tuple[str, str, int], object]:
    """各登记表的各格，凭表名、表头和行；公式格是重新算出的，其余是写的（链接连同去处）。"""
    result: dict[tuple[str, str, int], object] = {}
    for name, table in tables(plan).items():
        headings = {number: heading for heading, number in table.columns.items()}
        for cell in table.sheet.every_cell():
            if cell.at.row > HEADER_ROW - 2 and cell.at.col in headings:
                value = cell.content
                if isinstance(value, Formula):
                    value = found[Spot(name, cell.at.a1)]
                result[name, headings[cell.at.col], cell.at.row] = value
    return result


def around(plan: WorkbookPlan, found: Found) -> Iterator[object]:
    """登记表以外的：首页、总览、统计、总核对，和条件格式、数据条、校验在哪一栏。"""
    for name, table in tables(plan).items():
        sheet = table.sheet
        last = max(table.columns.values())
        for cell in sheet.every_cell():
            if cell.at.col > last:
                spot = Spot(name, cell.at.a1)
                yield spot, found[spot] if isinstance(cell.content, Formula) else cell.content
        for bar in sheet.bars:
            yield name, table.headings(bar.area), bar.high
        for rule in sheet.validations:
            yield name, table.headings(rule.area), rule.rule, rule.source
        for one in sheet.highlights:
            yield name, table.headings(one.area), one.role, table.spoken(one.formula)
    for sheet in plan.sheets:
        if sheet.name.partition("_")[0] in BOARDS:
            yield from ((sheet.name, chart) for chart in sheet.charts)
            for cell in sheet.every_cell():
                spot = Spot(sheet.name, cell.at.a1)
                yield spot, found[spot] if isinstance(cell.content, Formula) else cell.content
