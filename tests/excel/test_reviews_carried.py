"""复核意见跟着疑点走：改了的报送、插了的行、改了名的表，再汇总两次，一条不丢，一条不错。"""

from __future__ import annotations

import random
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest
from collection_builder import SCHEME, filled
from openpyxl.comments import Comment

from xltool.address import At
from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.excel.consolidated_book import write_consolidated
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.facts.typed import Typed

UNITS, ROWS = 8, 9
HEADER, FIRST = 5, 6
DOUBTS, DETAILS, GONE, OTHERS = "疑点清单", "得分明细", "已不再出现", "复核人另写的"
Titles = dict[int, list[str]]  # 各单位绩效指标的名称，由上到下


class Told(NamedTuple):
    """一条意见原来说的是什么：单位、规则、说的是哪一处，和那时的事实。"""

    unit: str
    code: str
    about: str
    fact: str


class Season:
    """一季的报送：各单位的绩效指标，可以改数、插行、删行、改表名。"""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a season, no secret
        self.inbox = folder / "报送"
        self.inbox.mkdir()
        self.book = folder / "汇总.xlsx"
        self.rows = {
            unit: [(f"第{unit}局指标{n}", self.chance.choice((3, 9, 40))) for n in range(ROWS)]
            for unit in range(UNITS)
        }
        self.renamed: set[int] = set()
        self.send()

    def send(self) -> None:
        """各单位照现在的样子报送。"""
        for unit, rows in self.rows.items():
            path = self.inbox / f"{unit}.xlsx"
            path.write_bytes(form(unit, tuple(rows)))
            if unit in self.renamed:
                book = openpyxl.load_workbook(path)
                book["绩效目标完成情况"].title = "目标表"
                book.save(path)

    def resubmit(self) -> None:
        """一半的单位：插一行、删一行、改几个数；两个单位改了表名。"""
        for unit in self.chance.sample(sorted(self.rows), UNITS // 2):
            rows = self.rows[unit]
            rows.insert(self.chance.randrange(3), (f"第{unit}局新添{len(rows)}", 40))
            rows.pop(self.chance.randrange(3, len(rows)))
            at = self.chance.randrange(len(rows))
            rows[at] = (rows[at][0], 77)
            self.chance.shuffle(rows)
        self.renamed = set(self.chance.sample(sorted(self.rows), 2))
        self.send()

    def collect(self) -> None:
        write_consolidated(collect(Request(folder=self.inbox, jobs=1)), self.book)

    def about(self, unit: str, where: str) -> str:
        """位置说的是哪一处：绩效指标的写名称，其他的写位置本身。"""
        sheet, _, cell = where.partition("!")
        if sheet not in ("绩效目标完成情况", "目标表") or not cell:
            return where
        at = At.parse(cell)
        row = at.row - 7
        names = [name for name, _ in self.rows[int(unit[4])]]
        column = "" if row >= len(names) else f" 第{at.col}列"
        return f"{names[row]}{column}" if row < len(names) else where


@cache
def form(unit: int, rows: tuple[tuple[str, int], ...]) -> bytes:
    scheme, _ = ready_scheme(SCHEME)
    cells: dict[CellKey, Typed] = filled(scheme, 1)
    cells[CellKey("cover", "department")] = f"示例市第{unit}局"
    cells[CellKey("cover", "department_code")] = f"90{unit}"
    first = {key.column: value for key, value in cells.items() if key.sheet == "indicators"}
    for number, (title, actual) in enumerate(rows, 1):
        own = first | {"title": title, "expected": Decimal(10), "actual": Decimal(actual)}
        own |= {"note": "", "evidence": ""} if actual != 40 else {"evidence": ""}
        for column, value in own.items():
            cells[CellKey("indicators", str(number), column)] = value
    kept = {key: value for key, value in cells.items() if value != ""}
    return render_book(form_plan(make_form(scheme, kept)))


def columns(sheet: Worksheet) -> dict[str, int]:
    header = next(row for row in range(1, 12) if sheet.cell(row, 1).value not in (None, "返回")
                  and sheet.cell(row + 1, 2).value is not None and sheet.cell(row, 3).value)
    return {str(cell.value): cell.column for cell in sheet[header] if cell.value} | {"": header}


def rows_of(sheet: Worksheet) -> Iterator[tuple[int, dict[str, object]]]:
    known = columns(sheet)
    for row in range(known[""] + 1, sheet.max_row + 1):
        values = {name: sheet.cell(row, n).value for name, n in known.items() if name}
        if any(value is not None for value in values.values()):
            yield row, values
