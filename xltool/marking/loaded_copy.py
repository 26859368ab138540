"""用 openpyxl 载入报送的工作簿，去掉不该带进退回件的：外部的、会动的、带不全的。

openpyxl 本来就带不走的：x14 扩展（新式条件格式、引用别表的新式下拉、迷你图）、图形和文本框、
表单控件、切片器、批注的字体和大小、讨论式批注（成为普通批注）。图片、图表、透视表它带得走
一部分，时有时无，一律不带。
"""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet import _reader

from xltool.address import At
from xltool.marking.formula_nature import Nature, nature
from xltool.xlsx.shared_formulas import Shift, translated

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.xlsx.grid import Book

_PARTS: Final = (
    (re.compile(r"/(drawings/drawing|charts/|chartsheets/|media/)"), "图片、图表和图形"),
    (re.compile(r"/pivottables/"), "数据透视表"),
    (re.compile(r"/(ctrlprops|activex)/"), "控件"),
    (re.compile(r"/embeddings/"), "嵌入的对象"),
    (re.compile(r"/(vbaproject|macrosheets/)"), "宏"),
    (re.compile(r"/(externallinks|connections|querytables)"), "外部链接和数据连接"),
    (re.compile(r"/threadedcomments/"), "批注的讨论（改成了普通批注）"),
)
_ANCHOR: Final = re.compile(rb"<(?:\w+:)?\w+Anchor\b")
_WARNED: Final = {
    "Data Validation extension": "引用别的表的新式下拉和校验",
    "Conditional Formatting extension": "新式条件格式",
    "Sparkline Group extension": "迷你图",
    "Slicer List extension": "切片器",
}


@dataclass(frozen=True, slots=True)
class LoadedCopy:
    """载入的工作簿，和没有带过来的东西。"""

    workbook: Workbook
    left_out: tuple[str, ...]


def load_copy(data: bytes, book: Book) -> LoadedCopy:
    """载入；`book` 是严格读法读出的同一份，里面没有的工作表（宏表、图表）不要。

    Raises:
        Exception: openpyxl 读不了，种类不定。
    """
    with warnings.catch_warnings(record=True) as caught, quick_translation():
        warnings.simplefilter("always")
        workbook = load_workbook(BytesIO(data), keep_links=False, keep_vba=False, rich_text=True)
    known = {grid.name for grid in book.grids}
    for chart in workbook.chartsheets:
        workbook.remove(chart)
    for sheet in workbook.worksheets:
        if sheet.title not in known:
            workbook.remove(sheet)
    workbook.template = False
    with ZipFile(BytesIO(data)) as archive:
        names = [f"/{name}".lower() for name in archive.namelist() if _holds_any(archive, name)]
    left_out = [what for pattern, what in _PARTS if any(map(pattern.search, names))]
    for start, what in _WARNED.items():
        if any(str(item.message).startswith(start) for item in caught):
            left_out.append(what)
    left_out += _without_references(workbook)
    cells = {grid.name: grid.cells for grid in book.grids}
    for sheet in workbook.worksheets:
        left_out += _without_outside(sheet, cells[sheet.title])
    return LoadedCopy(workbook, tuple(dict.fromkeys(left_out)))


def _holds_any(archive: ZipFile, name: str) -> bool:
    """一个部件里有没有东西：LibreOffice 另存的，没有图的表也有一个空的绘图部件。"""
    if "/drawings/drawing" not in name.lower():
        return True
    return _ANCHOR.search(archive.read(name)) is not None


class Translation:
    """共享公式展开成各格的，与 openpyxl 的 Translator 写的一样，快十倍。"""

    __slots__ = ("_formula", "_home")

    def __init__(self, formula: str, origin: str) -> None:
        self._formula, self._home = formula, At.parse(origin)

    def translate_formula(self, dest: str) -> str:
        """移到 `dest` 那一格的写法。"""
        at = At.parse(dest)
        return translated(self._formula, Shift(at.row - self._home.row, at.col - self._home.col))


@contextmanager
def quick_translation() -> Iterator[None]:
    """载入的时候，openpyxl 用本程序的展开；它没有留下别的办法。"""
    held = _reader.Translator  # type: ignore[attr-defined]
    _reader.Translator = Translation  # type: ignore[attr-defined,assignment]
    try:
        yield
    finally:
        _reader.Translator = held  # type: ignore[attr-defined]


def _without_references(workbook: Workbook) -> list[str]:
    """引用外面的名称去掉。"""
    scopes = [workbook.defined_names, *(sheet.defined_names for sheet in workbook.worksheets)]
    bad = [
        (scope, name)
        for scope in scopes
        for name, defined in scope.items()
        if nature(defined.attr_text or "") is not Nature.PLAIN
    ]
    for scope, name in bad:
        del scope[name]
    return ["引用外面的名称"] if bad else []


def _without_outside(sheet: Worksheet, filled: Container[tuple[int, int]]) -> Iterator[str]:
    """一张表里的图、透视表、对外的超链接，以及取外面东西的校验和条件格式。"""
    sheet._charts, sheet._images, sheet._pivots = [], [], []  # type: ignore[attr-defined] # noqa: SLF001 - no public way to drop them
    for at, cell in cells_of(sheet):
        link = cell.hyperlink
        if link is None:
            continue
        if at not in filled:
            cell.value = None  # 空格上有链接的，载入时会被填上链接的地址
        if link.target or not link.location:
            cell.hyperlink = None
            yield "对外的超链接"
    yield from _without_outside_rules(sheet)


def _without_outside_rules(sheet: Worksheet) -> Iterator[str]:
    for table in sheet.tables.values():
        for column in table.tableColumns:
            computed = column.calculatedColumnFormula
            if computed is not None and not _plain(computed.attr_text):
                column.calculatedColumnFormula = None
                yield "取外面内容的表格公式"
    validations = sheet.data_validations.dataValidation
    kept = [item for item in validations if _plain(item.formula1, item.formula2)]
    if len(kept) < len(validations):
        sheet.data_validations.dataValidation = kept
        yield "取外面内容的校验"
    for area in list(sheet.conditional_formatting):
        area_rules = [rule for rule in area.rules if _plain(*rule.formula)]
        if len(area_rules) < len(area.rules):
            sheet.conditional_formatting._cf_rules[area] = area_rules  # type: ignore[attr-defined] # noqa: SLF001
            yield "取外面内容的条件格式"


def cells_of(sheet: Worksheet) -> list[tuple[tuple[int, int], Cell]]:
    """一张表里有内容或样式的格；不走行列，免得把空格也造出来。合并区里被盖着的不算。"""
    return [
        (at, cell)
        for at, cell in sheet._cells.items()  # noqa: SLF001 - the public ways create every blank
        if isinstance(cell, Cell)
    ]


def _plain(*formulas: str | None) -> bool:
    return all(nature(formula) is Nature.PLAIN for formula in formulas if formula)
