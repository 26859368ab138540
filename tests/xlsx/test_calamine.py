"""P17：好的文件，我们读到的与 calamine 读到的一格不差；calamine 会读丢的（错误值）另说。"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xltool.xlsx.grid import Book, State
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from xltool.xlsx.grid import GridCell

calamine = pytest.importorskip("python_calamine")
SAMPLES = Path(__file__).parents[2] / "sample_inputs"
FILES = sorted(
    path
    for path in SAMPLES.rglob("*.xlsx")
    if not path.name.startswith("~$") and path.name != "示例市统计局.xlsx"
)


def shown(cell: GridCell | None) -> object:
    if cell is None or cell.state in (State.ERROR, State.NO_RESULT):
        return ""
    if cell.numeric:
        return Decimal(repr(float(cell.text)))
    return cell.text


def theirs(value: object) -> object:
    if isinstance(value, bool):
        return str(int(value))
    return Decimal(repr(float(value))) if isinstance(value, int | float) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_same_cells(path: Path) -> None:
    book = read_book(path)
    assert isinstance(book, Book)
    other = calamine.CalamineWorkbook.from_path(str(path))
    assert [grid.name for grid in book.grids] == other.sheet_names
    compared = 0
    for grid in book.grids:
        rows = other.get_sheet_by_name(grid.name).to_python(skip_empty_area=False)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if hasattr(value, "year"):  # 日期：数字格式的读法不同，比它的序号没有意思
                    continue
                compared += 1
                assert shown(grid.cells.get((number, column))) == theirs(value), (number, column)
    assert compared >= 40  # 最小的一份是三条豁免
