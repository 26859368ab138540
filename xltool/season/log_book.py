"""收表记录工作簿：每次汇总一行、每个文件一行；写出和读回用同一份登记。"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from xltool.collection.table import find_table
from xltool.finding import Finding
from xltool.season.plain_sheet import PlainColumn, PlainSheet
from xltool.season.runs import FileRecord, RunLog, RunRecord
from xltool.sheets.plan import Role, WorkbookPlan
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xltool.sheets.plan import Content
    from xltool.xlsx.grid import Book

FILE: Final = "收表记录.xlsx"
RUNS, FILES = "每次汇总", "各个文件"


def _count(key: str, heading: str, width: float = 8.0) -> PlainColumn:
    return PlainColumn(key, heading, width, Role.BODY_CENTER)


_RUN_COLUMNS: Final = (
    _count("number", "第几次"),
    PlainColumn("time", "时间", 18.0),
    PlainColumn("who", "谁", 14.0),
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
    PlainColumn("options", "设置", 44.0),
    PlainColumn("schemes", "用到的方案", 26.0),
    PlainColumn("version", "程序版本", 11.0),
    PlainColumn("book", "写到", 22.0),
    PlainColumn("mark", "汇总内容的指纹", 36.0),
    PlainColumn("remark", "备注", 30.0, Role.REVIEW),
)
_FILE_COLUMNS: Final = (
    PlainColumn("file", "文件", 50.0),
    PlainColumn("status", "去向", 14.0),
    _count("first", "第几次来的", 12.0),
    _count("changed", "第几次换过", 12.0),
    _count("gone", "第几次不见了", 14.0),
    PlainColumn("sha256", "内容的指纹（SHA-256）", 72.0),
)
_RUN_NOTE: Final = (
    "汇总一次加一行，最近的在上；新到、换过、不见了是与上一次比。“备注”由人填写，一直留着。"
)
_FILE_NOTE: Final = "收来的每个文件一行，去向和指纹是最近一次的；不见了的留着。"


def log_plan(log: RunLog) -> WorkbookPlan:
    """收表记录的计划。"""
    runs = [_shown(asdict(run), _RUN_COLUMNS) for run in reversed(log.runs)]
    files = [_shown(asdict(one), _FILE_COLUMNS) for one in log.files]
    return WorkbookPlan(
        sheets=(
            PlainSheet(RUNS, _RUN_NOTE, _RUN_COLUMNS, runs, 1).plan(),
            PlainSheet(FILES, _FILE_NOTE, _FILE_COLUMNS, files, 1).plan(),
        ),
        title="收表记录",
        subject="绩效自评收表",
    )


def _shown(row: Mapping[str, str], columns: Sequence[PlainColumn]) -> dict[str, Content]:
    """一行；个数写成数，免得提示“以文本形式存储的数字”。"""
    counts = {one.key for one in columns if one.role is Role.BODY_CENTER}
    return {
        key: int(text) if key in counts and text.isdecimal() else text for key, text in row.items()
    }


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


def _rows(book: Book, name: str, columns: Sequence[PlainColumn]) -> list[dict[str, str]] | None:
    grid = next((grid for grid in book.grids if grid.name == name), None)
    headings = {one.key: (one.heading,) for one in columns}
    table = find_table(grid, headings, list(headings)[:1]) if grid else None
    if table is None:
        return None
    # 照原样：文件名里连着的空格、备注里的换行都是内容
    return [{key: table.lines(row, key) for key in headings} for row in table.rows()]
