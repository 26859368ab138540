"""一份汇总记着的：依据，文件清单，采用了的各单位。"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.lower import books_in
from xltool.collection.lower_tables import FILES, LEVELS, SUMMARY
from xltool.collection.statuses import FileStatus
from xltool.collection.table import HEADER_ROWS, find_table
from xltool.consolidated.basis import read_entries
from xltool.consolidated.source import ABOUT
from xltool.finding import named
from xltool.values import excel_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from xltool.collection.table import HeadedTable
    from xltool.consolidated.basis import Recorded
    from xltool.xlsx.grid import Book, Grid

_FILE_HEADINGS: Final = {
    "file": FILES.headings["file"],
    "number": ("序号",),
    "status": ("去向",),
    "unit": ("单位",),
    "reason": ("说明",),
    "sha256": FILES.headings["sha256"],
}
_UNIT_HEADINGS: Final = {
    "department": SUMMARY.headings["name"],
    "total": ("程序得分",),
    "shown_total": SUMMARY.headings["total"],
    "self_grade": ("自评等级",),
} | {key: SUMMARY.headings[key] for key in ("no", "code", "project", "self_total", "grade", "file")}
_LOWER_HEADINGS: Final = {
    "through": LEVELS.headings["through"],
    "where": ("得分所在",),
    "digest": LEVELS.headings["sha256"],
}


class ListedFile(NamedTuple):
    """文件清单的一行。"""

    file: str
    sha256: str
    status: FileStatus
    unit: str
    reason: str


class ListedUnit(NamedTuple):
    """汇总里采用了报送的一行；`sheet` 是在哪一张汇总表。"""

    number: str
    code: str
    department: str
    project: str
    total: Decimal | None
    self_total: Decimal | None
    shown: str
    grade: str
    self_grade: str
    file: str
    sheet: str

    @property
    def name(self) -> str:
        """给人看的名称。"""
        return named(self.department, self.project)


@dataclass(frozen=True, slots=True)
class Record:
    """读到的；`basis` 是依据，早先的版本写的没有；`lower` 是各本下级的汇总各有几个单位。"""

    basis: Recorded | None
    files: tuple[ListedFile, ...]
    units: tuple[ListedUnit, ...]
    lower: Mapping[str, int] = field(default_factory=dict)


def read_record(book: Book) -> Record | None:
    """读一份；认不出文件清单或汇总的为空。"""
    about = next((grid for grid in book.grids if grid.name == ABOUT), None)
    found = (read_entries(grid) for grid in ([about] if about else book.grids))
    basis = next((one for one in found if one), None)
    files = next(
        (one for grid in book.grids if (one := _table(grid, _FILE_HEADINGS, "sha256"))), None
    )
    units = [
        (grid.name, table)
        for grid in book.grids
        if (table := _table(grid, _UNIT_HEADINGS, "total", "no", "department", "file"))
    ]
    if files is None or not units:
        return None
    return Record(
        basis,
        tuple(_listed_files(files)),
        tuple(one for name, table in units for one in _listed_units(name, table)),
        Counter(file for grid in book.grids for file in _lower(grid)),
    )


def _table(
    grid: Grid, headings: Mapping[str, Sequence[str]], own: str, *needed: str
) -> HeadedTable | None:
    """一张登记表；`own` 是别的表没有的一栏，没有这几个字的不必找表头。"""
    (word,) = headings[own]
    if not any(row <= HEADER_ROWS and one.text == word for (row, _), one in grid.cells.items()):
        return None
    return find_table(grid, headings, (own, *needed))


def _listed_files(table: HeadedTable) -> Iterator[ListedFile]:
    """各文件，依原来的次序（复核人可能排了序）。"""
    rows = []
    for row in table.rows():
        texts = {key: table.text(row, key) for key in _FILE_HEADINGS}
        status = _status(texts["status"])
        if texts["file"] and status and texts["number"].isdecimal():
            one = ListedFile(
                table.lines(row, "file"), texts["sha256"], status, texts["unit"], texts["reason"]
            )
            rows.append((int(texts["number"]), one))
    yield from (one for _, one in sorted(rows, key=lambda pair: pair[0]))


def _lower(grid: Grid) -> Iterator[str]:
    """各级单位得分：下级的每一行由哪一本汇总而来。"""
    table = _table(grid, _LOWER_HEADINGS, "through", "where", "digest")
    for row in table.rows() if table else ():
        if through := table.lines(row, "through") if table else "":
            yield books_in(through)[0]


def _status(text: str) -> FileStatus | None:
    """去向一栏的话，开头是去向。"""
    word = text.partition("，")[0]
    return next((one for one in FileStatus if one.label == word), None)


def _listed_units(sheet: str, table: HeadedTable) -> Iterator[ListedUnit]:
    for row in table.rows():
        text = {key: table.text(row, key) for key in _UNIT_HEADINGS}
        if text["no"].isdecimal() and text["file"]:
            yield ListedUnit(
                text["no"],
                text["code"],
                text["department"],
                text["project"],
                _number(table, row, "total"),
                _number(table, row, "self_total"),
                text["shown_total"],
                text["grade"],
                text["self_grade"],
                table.lines(row, "file"),
                sheet,
            )


def _number(table: HeadedTable, row: int, key: str) -> Decimal | None:
    column = table.columns.get(key)
    cell = table.grid.cells.get((row, column)) if column else None
    return excel_number(cell.text) if cell is not None and cell.numeric and cell.text else None
