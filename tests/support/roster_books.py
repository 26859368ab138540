"""各式各样的名单：几张表、合并的格、数字格式，都由测试里写的行造出。"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Value = str | int | None


class Page(NamedTuple):
    """一张工作表：各行、合并的格、哪几列的数字格式、是不是隐藏。"""

    rows: Sequence[Sequence[Value]]
    merges: Sequence[str] = ()
    formats: dict[str, str] = {}  # noqa: RUF012 - never changed
    hidden: bool = False


def roster_book(**pages: Page) -> bytes:
    """一本名单。"""
    book = Workbook()
    book.remove(book.active)
    for name, page in pages.items():
        sheet = book.create_sheet(name)
        for row, values in enumerate(page.rows, 1):
            for column, value in enumerate(values, 1):
                if value not in ("", None):
                    sheet.cell(row, column, value)
        for column, code in page.formats.items():
            for cell in sheet[column]:
                cell.number_format = code
        for area in page.merges:
            sheet.merge_cells(area)
        if page.hidden:
            sheet.sheet_state = "hidden"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def write_roster(folder: Path, *rows: Sequence[Value], merges: Sequence[str] = ()) -> Path:
    """一张表的名单，写成文件。"""
    return write_pages(folder, 名单=Page(rows, merges))


def write_pages(folder: Path, **pages: Page) -> Path:
    """几张表的名单，写成文件。"""
    path = folder / "名单.xlsx"
    path.write_bytes(roster_book(**pages))
    return path
