"""收表记录工作簿：每次汇总一行、每个文件一行；写出和读回用同一份登记。"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At
from xltool.collection.table import find_table
from xltool.finding import Finding
from xltool.form.common import TITLE_HEIGHT, title_cells
from xltool.season.runs import FileRecord, RunLog, RunRecord
from xltool.sheets.plan import Cell, NumberFormat, Print, Role, SheetPlan, WorkbookPlan
from xltool.sheets.text import row_height
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from xltool.xlsx.grid import Book

FILE: Final = "收表记录.xlsx"
RUNS, FILES = "每次汇总", "各个文件"
_TITLE, _NOTE, _HEADER = 1, 2, 4
_PAGE: Final = 180.0  # 一页宽印得清多少个字符


class _Column(NamedTuple):
    """一栏：键、表头、宽、作用；居中的是数。"""

    key: str
    heading: str
    width: float
    role: Role = Role.BODY

    def cell(self, at: At, text: str) -> Cell:
        """一格；数写成数，免得提示“以文本形式存储的数字”。"""
        if self.role is Role.BODY_CENTER and text.isdecimal():
            return Cell(at, int(text), self.role, NumberFormat.INTEGER)
        return Cell(at, text or None, self.role, NumberFormat.TEXT)


def _count(key: str, heading: str, width: float = 8.0) -> _Column:
    return _Column(key, heading, width, Role.BODY_CENTER)


_RUN_COLUMNS: Final = (
    _count("number", "第几次"),
    _Column("time", "时间", 18.0),
    _Column("who", "谁", 14.0),
    _count("found", "文件"),
    _count("adopted", "采用"),
    _count("returned", "退回"),
    _count("pending", "待确认", 9.0),
    _count("blank", "没有填报", 9.0),
    _count("replaced", "被替代", 9.0),
    _count("unreadable", "不能读", 9.0),
    _count("skipped", "跳过"),
    _count("owed", "应报"),
    _count("reported", "已报"),
    _count("absent", "未报"),
    _count("new", "新到"),
    _count("changed", "换过"),
    _count("gone", "不见了", 9.0),
    _Column("options", "设置", 44.0),
    _Column("schemes", "用到的方案", 26.0),
    _Column("version", "程序版本", 11.0),
    _Column("book", "写到", 22.0),
    _Column("mark", "汇总内容的指纹", 36.0),
    _Column("remark", "备注", 30.0, Role.REVIEW),
)
_FILE_COLUMNS: Final = (
    _Column("file", "文件", 50.0),
    _Column("status", "去向", 14.0),
    _count("first", "第几次来的", 12.0),
    _count("changed", "第几次换过", 12.0),
    _count("gone", "第几次不见了", 14.0),
    _Column("sha256", "内容的指纹（SHA-256）", 72.0),
)
_RUN_NOTE: Final = (
    "汇总一次加一行，最近的在上；新到、换过、不见了是与上一次比。“备注”由人填写，一直留着。"
)
_FILE_NOTE: Final = "收来的每个文件一行，去向和指纹是最近一次的；不见了的留着。"


def log_plan(log: RunLog) -> WorkbookPlan:
    """收表记录的计划。"""
    runs = [asdict(run) for run in reversed(log.runs)]
    files = [asdict(one) for one in log.files]
    return WorkbookPlan(
        sheets=(
            _sheet(RUNS, _RUN_NOTE, _RUN_COLUMNS, runs),
            _sheet(FILES, _FILE_NOTE, _FILE_COLUMNS, files),
        ),
        title="收表记录",
        subject="绩效自评收表",
    )


def _sheet(
    name: str, note: str, columns: Sequence[_Column], rows: Sequence[Mapping[str, str]]
) -> SheetPlan:
    last = _HEADER + max(1, len(rows))
    texts = [[(row[one.key], one.width) for one in columns] for row in rows]
    heights = {n: row_height(cells, 22.0) for n, cells in enumerate(texts, _HEADER + 1)}
    return SheetPlan(
        name=name,
        cells=_cells(name, note, columns, rows),
        widths=tuple(one.width for one in columns),
        heights={_TITLE: TITLE_HEIGHT, **heights},
        freeze=At(_HEADER + 1, 2),
        filter=Area(At(_HEADER, 1), At(last, len(columns))),
        printing=Print(
            title_rows=(_HEADER, _HEADER),
            title_columns=1,
            pages=_pages(columns),
            area=Area(At(_TITLE, 1), At(last, len(columns))),
        ),
    )


def _pages(columns: Sequence[_Column]) -> int:
    """打印时分几页宽：缩到一页看不清的分成几页。"""
    return ceil(sum(one.width for one in columns) / _PAGE)


def _first_page(columns: Sequence[_Column]) -> int:
    """头一页有几栏：标题居中在它们上面。"""
    widths = list(accumulate(one.width for one in columns))
    return bisect_right(widths, widths[-1] / _pages(columns))


def _cells(
    name: str, note: str, columns: Sequence[_Column], rows: Sequence[Mapping[str, str]]
) -> Iterator[Cell]:
    yield from title_cells(_TITLE, name, _first_page(columns))
    yield Cell(At(_NOTE, 1), note, Role.INFO)
    for position, column in enumerate(columns, 1):
        yield Cell(At(_HEADER, position), column.heading, Role.HEADER)
    for number, row in enumerate(rows, _HEADER + 1):
        for position, column in enumerate(columns, 1):
            yield column.cell(At(number, position), row[column.key])


def read_log(path: Path) -> RunLog | None:
    """读回一份收表记录；不是的、读不了的为空。"""
    book = read_book(path)
    if isinstance(book, Finding):
        return None
    runs = _rows(book, RUNS, _RUN_COLUMNS)
    files = _rows(book, FILES, _FILE_COLUMNS)
    if runs is None or files is None:
        return None
    numbered = [RunRecord(**row) for row in runs if row["number"].isdecimal()]
    numbered.sort(key=lambda run: int(run.number))
    return RunLog(
        tuple(numbered),
        tuple(FileRecord(**row) for row in files if row["file"]),
    )


def _rows(book: Book, name: str, columns: Sequence[_Column]) -> list[dict[str, str]] | None:
    grid = next((grid for grid in book.grids if grid.name == name), None)
    headings = {one.key: (one.heading,) for one in columns}
    table = find_table(grid, headings, list(headings)[:1]) if grid else None
    if table is None:
        return None
    # 照原样：文件名里连着的空格、备注里的换行都是内容
    return [{key: table.lines(row, key) for key in headings} for row in table.rows()]
