"""测试用：导出的方案工作簿，照使用者的做法用 openpyxl 改几格，再读回。"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from openpyxl_books import opened, saved_sheets

from xltool.excel.write import render_book
from xltool.scheme.loader import load_scheme
from xltool.scheme.model import Scheme
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.importing import import_scheme
from xltool.scheme_book.table import HEADER
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection

    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.scheme_book.importing import Imported

SPECIAL = "jiangmen-2025-special"
PROJECT = "mof-project-101"
FILE = "方案.xlsx"
SPARE = "+"  # 行写 "+1" 的，是预留的第几个空白行


class Edit(NamedTuple):
    """改一格：哪张表、哪一行（行里有的几个字）、哪一栏、改成什么、用什么数的格式。"""

    sheet: str
    row: tuple[str, ...]
    column: str
    value: object
    format: str = ""


NEW_ID = Edit("基本信息", ("标识",), "内容", "jiangmen-2026-special")


@cache
def exported(scheme_id: str = SPECIAL) -> bytes:
    """随程序带的一个方案写成的工作簿。"""
    return render_book(scheme_plan(load_scheme(scheme_id)))


@cache
def _book(data: bytes) -> Workbook:
    """打开一次，改了存、存了还原，不必次次打开。"""
    return opened(data)


def edited(data: bytes, edits: Collection[Edit]) -> bytes:
    """改几格再存。"""
    book = _book(data)
    before = []
    try:
        for edit in edits:
            cell = find(book, edit)
            before.append((cell, cell.value, cell.number_format))
            cell.value = edit.value
            if edit.format:
                cell.number_format = edit.format
        return saved_sheets(data, book, {edit.sheet for edit in edits})
    finally:
        for cell, value, number_format in reversed(before):
            cell.value, cell.number_format = value, number_format


def find(book: Workbook, edit: Edit) -> Cell:
    """要改的格；行和栏都要找得到。"""
    sheet = book[edit.sheet]
    column = next(cell.column for cell in sheet[HEADER] if cell.value == edit.column)
    return sheet.cell(_row(sheet, edit.row), column)


def _row(sheet: Worksheet, wanted: tuple[str, ...]) -> int:
    if wanted[0].startswith(SPARE):
        last = max(
            cell.row for row in sheet.iter_rows(min_row=HEADER + 1) for cell in row if _typed(cell)
        )
        return last + int(wanted[0].removeprefix(SPARE))
    for row in sheet.iter_rows(min_row=HEADER + 1):
        if set(wanted) <= {str(cell.value) for cell in row}:
            return int(row[0].row)
    raise KeyError(wanted)


def _typed(cell: Cell) -> bool:
    """写了字的格；预留行里只有公式。"""
    return cell.value is not None and not str(cell.value).startswith("=")


@cache
def imported(data: bytes, file: str = FILE) -> Imported:
    return import_scheme(read_bytes(data, file), file)


def import_edited(*edits: Edit, scheme_id: str = SPECIAL) -> Imported:
    return imported(edited(exported(scheme_id), edits))


def said(result: Imported) -> list[tuple[str, str, str]]:
    """各条问题：编码、位置、说法。"""
    return [(one.code, one.where, one.message) for one in result.findings]


def content(scheme: Scheme) -> dict[str, object]:
    """方案的全部内容，连同参数和选项的次序；出自哪个文件不算。"""
    values = {
        item.name: getattr(scheme, item.name) for item in fields(Scheme) if item.name != "file"
    }
    return {
        key: list(value.items()) if isinstance(value, dict) else value
        for key, value in values.items()
    }
