"""与 openpyxl 读同一份好文件：值、公式、计算结果、错误值、合并、隐藏都一样。"""

from __future__ import annotations

import random
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from xltool.xlsx.grid import Book, State
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from xltool.xlsx.grid import Grid, GridCell

TEXTS = (
    "部门整体支出",
    " 前后有空格 ",
    "N/A",
    "=1+1",
    "a<b&c\n第二行",
    "_x000D_",
    "１２",
    "\U0001f600",
    "NaN",
)


def write(path: Path, *, constant_memory: bool) -> None:
    chance = random.Random(4)  # noqa: S311 - 要的是可重复
    with xlsxwriter.Workbook(path, {"constant_memory": constant_memory}) as book:
        percent = book.add_format({"num_format": "0.00%"})
        for number in range(4):
            page = book.add_worksheet(f"表{number}")
            page.set_row(3, None, None, {"hidden": True})
            page.set_column(2, 3, None, None, {"hidden": True})
            for row in range(40):
                for column in range(8):
                    choice = chance.randrange(8)
                    if choice == 0:
                        page.write_string(row, column, chance.choice(TEXTS))
                    elif choice == 1:
                        page.write_number(
                            row, column, chance.choice((0, -3, 1e-7, 95.3, 123456.78))
                        )
                    elif choice == 2:
                        page.write_formula(row, column, '=IF(A1>0,"是","")', None, "是")
                    elif choice == 3:
                        page.write_formula(row, column, "=1/0", None, "#DIV/0!")
                    elif choice == 4:
                        page.write_boolean(row, column, chance.random() < 0.5)
                    elif choice == 5:
                        page.write_blank(row, column, None, percent)
            page.merge_range(50, 0, 51, 2, "合并")
        page.very_hidden()


def expected(value: object, formula: object) -> tuple[object, ...]:
    """openpyxl 读出的一格，换成可比的样子。"""
    text = str(formula)[1:] if isinstance(formula, str) and value != formula else ""
    return (Decimal(str(value)) if type(value) in {int, float} else value, text)


def actual(cell: GridCell) -> tuple[object, ...]:
    if cell.numeric:
        return (Decimal(cell.text), cell.formula)
    if cell.boolean:
        return (cell.text == "1", cell.formula)
    return (cell.text, cell.formula)


@pytest.mark.parametrize("constant_memory", [False, True])
def test_the_same_as_openpyxl(constant_memory: bool, tmp_path: Path) -> None:  # noqa: FBT001 - 参数化
    path = tmp_path / "好.xlsx"
    write(path, constant_memory=constant_memory)
    book = read_book(path)
    assert isinstance(book, Book)
    values = openpyxl.load_workbook(path, data_only=True)
    formulas = openpyxl.load_workbook(path)
    assert [grid.name for grid in book.grids] == values.sheetnames
    assert [grid.hidden for grid in book.grids] == [False, False, False, True]
    for grid in book.grids:
        wanted = {
            (cell.row, cell.column): expected(
                cell.value, formulas[grid.name][cell.coordinate].value
            )
            for row in values[grid.name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        # openpyxl 不还原 _x000D_ 这类转义
        found = {at: actual(cell) for at, cell in grid.cells.items()}
        assert {at: _undone(item) for at, item in wanted.items()} == found
        check_frame(grid, values[grid.name].merged_cells.ranges)


def _undone(item: tuple[object, ...]) -> tuple[object, ...]:
    return ("_x000D_", item[1]) if item[0] == "_x005F_x000D_" else item


def check_frame(grid: Grid, ranges: Iterable[object]) -> None:
    assert {area.a1 for area in grid.merges} == {str(item) for item in ranges}
    assert grid.hidden_rows == {4}
    assert grid.hidden_columns == {3, 4}
    errors = [cell for cell in grid.cells.values() if cell.state is State.ERROR]
    assert errors
    assert {(cell.text, cell.formula) for cell in errors} == {("#DIV/0!", "1/0")}
