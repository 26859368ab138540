"""测试用：用 openpyxl 看和改工作簿，打开、改几张表、再存，都尽量快、只做一次。"""

from __future__ import annotations

import pickle
import warnings
import zipfile
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from xml.etree.ElementTree import _escape_cdata  # type: ignore[attr-defined] # as openpyxl does

import openpyxl
from openpyxl import Workbook
from openpyxl.cell._writer import etree_write_cell
from openpyxl.cell.cell import MergedCell
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.compat import safe_string
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.styles import Border
from openpyxl.styles.cell_style import StyleArray
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import tostring

from xltool.marking.loaded_copy import quick_translation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_STYLES = "xl/styles.xml"


def loaded(source: Path | bytes, *, results: bool = False) -> Workbook:
    """打开一份，`results` 是公式只看存着的结果；与 openpyxl 自己打开的一样，快两三倍。"""
    file = BytesIO(source) if isinstance(source, bytes) else source
    merging = _Merging()

    def bordered(area: Any) -> None:  # noqa: ANN401 - openpyxl declares no types
        merging.borders(area)

    def formatted(area: Any) -> None:  # noqa: ANN401
        merging.format(area)

    with (
        patch.multiple(MergedCellRange, _get_borders=bordered, format=formatted),
        quick_translation(),
        warnings.catch_warnings(),
    ):
        # 数据条一色到底的写法是 Excel 2010 的，它不认得，丢掉就是
        warnings.filterwarnings("ignore", ".*extension is not supported", UserWarning)
        return openpyxl.load_workbook(file, data_only=results)


class _Merging:
    """合并区各格的边框和保护，与 openpyxl 的做法一样；一本里样式相同的只算一次。"""

    def __init__(self) -> None:
        self.sides: dict[tuple[str, int], Border | None] = {}
        self.ends: dict[int, Border] = {}
        self.found: dict[tuple[str, int, int], int] = {}

    def borders(self, area: Any) -> None:  # noqa: ANN401
        """左上格添上右下格右边、下边的线。"""
        area.start_cell = start = area.ws.cell(area.min_row, area.min_col)
        end = area.ws._cells.get((area.max_row, area.max_col))
        if end is not None:
            end = _cell(area.ws, (area.max_row, area.max_col))
            ids = end._style.borderId
            if ids not in self.ends:
                self.ends[ids] = Border(right=end.border.right, bottom=end.border.bottom)
            self._add("end", ids, self.ends[ids], start)

    def format(self, area: Any) -> None:  # noqa: ANN401
        start = _cell(area.ws, (area.min_row, area.min_col))
        for name in ("top", "left", "right", "bottom"):
            first = start._style.borderId
            added = self._side(name, first, start)
            for at in getattr(area, name) if added else ():
                self._add(name, first, added, _cell(area.ws, at))
        for at in area.cells:
            _cell(area.ws, at)._style.protectionId = start._style.protectionId

    def _add(self, name: str, source: int, added: Border, cell: Any) -> None:  # noqa: ANN401
        """一格添上 `source` 这种边框的线。"""
        place = name, source, _cell(cell.parent, (cell.row, cell.column))._style.borderId
        if place not in self.found:
            cell.border += added
            self.found[place] = cell._style.borderId
        cell._style.borderId = self.found[place]

    def _side(self, name: str, first: int, start: Any) -> Border | None:  # noqa: ANN401
        """左上格这一边的线；没有线的不用画。"""
        if (name, first) not in self.sides:
            side = getattr(start.border, name)
            none = side and side.style is None
            self.sides[name, first] = None if none else Border(**{name: side})
        return self.sides[name, first]


def _cell(sheet: Any, at: tuple[int, int]) -> Any:  # noqa: ANN401
    """一格；没有的造一个被合并的。"""
    cell = sheet._cells.get(at) or sheet._cells.setdefault(at, MergedCell(sheet, *at))
    cell._style = cell._style or StyleArray()
    return cell


def opened(data: bytes) -> Workbook:
    """打开一份；同一份只解析一次，此后用备好的副本。"""
    book: Workbook = pickle.loads(_prepared(data)[0])  # noqa: S301 - we pickled it ourselves
    return book


@cache
def _prepared(data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """打开的一份备好副本，和没有改过的一份存成的各个部件。

    先存一遍：存的时候会添样式，各个副本的样式序号都要与各个部件的相同。
    """
    book = loaded(data)
    with zipfile.ZipFile(BytesIO(saved(book))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return pickle.dumps(book), parts


def saved(book: Workbook) -> bytes:
    """照 openpyxl 的做法存：各个部件一样（由 test_openpyxl_books 比），快一倍，不压缩。"""
    buffer = BytesIO()
    book.properties.modified = datetime.now(UTC).replace(tzinfo=None)
    with (
        patch.object(ExcelWriter, "write_worksheet", _write_sheet),
        zipfile.ZipFile(buffer, "w") as archive,
    ):
        ExcelWriter(book, archive).save()
    return buffer.getvalue()


def _write_sheet(writer: Any, sheet: Any) -> None:  # noqa: ANN401
    """一张表：不经过临时文件。"""
    sheet._drawing = SpreadsheetDrawing()
    sheet._drawing.charts, sheet._drawing.images = sheet._charts, sheet._images
    xml, sheet._rels = _sheet_xml(sheet)
    writer._archive.writestr(sheet.path[1:], xml)
    writer.manifest.append(sheet)


def _sheet_xml(sheet: Any) -> tuple[bytes, Any]:  # noqa: ANN401
    """一张表的 XML，和它与别的部件的关系。"""
    xml = BytesIO()
    written = _SheetWriter(sheet, xml)
    written.write()
    return xml.getvalue(), written._rels


class _SheetWriter(WorksheetWriter):
    """平常的格、行直接写成文字；少见的由 openpyxl 写。"""

    def write_row(self, xf: Any, row: Any, row_idx: int) -> None:  # noqa: ANN401
        sheet, text = self.ws, [f'<row r="{row_idx}"']
        more = dict(sheet.row_dimensions.get(row_idx, {}))
        text += [f' {key}="{one}"' for key, one in more.items() if key != "r"]
        text.append(">")
        for cell in row:
            if cell._comment is not None:
                sheet._comments.append(CommentRecord.from_cell(cell))
            elif cell._value is None and not cell.has_style:
                continue
            if _is_plain(cell):
                text.append(_plain(cell))
            else:
                xf._file("".join(text))
                text.clear()
                etree_write_cell(xf, sheet, cell, cell.has_style)
        xf._file("".join((*text, "</row>")))


_PLAIN: dict[str, type | tuple[type, ...]] = {"s": str, "f": str, "n": (int, float)}


def _is_plain(cell: Any) -> bool:  # noqa: ANN401
    if cell.hyperlink or cell.data_type not in _PLAIN:
        return False
    return cell._value is None or isinstance(cell._value, _PLAIN[cell.data_type])


def _plain(cell: Any) -> str:  # noqa: ANN401
    """一格平常的文字、数、公式。"""
    value, kind = cell._value, cell.data_type
    place = f'<c r="{cell.coordinate}"' + (f' s="{_style(cell)}"' if cell.has_style else "")
    if kind != "f":
        place += f' t="{"inlineStr" if kind == "s" else kind}"'
    if value is None or value == "":
        return f"{place} />"
    if kind == "n":
        return f"{place}><v>{safe_string(value)}</v></c>"
    if kind == "f":
        formula = _escape_cdata(value[1:])
        return f"{place}><f>{formula}</f><v /></c>" if formula else f"{place}><f /><v /></c>"
    bare = value.strip()
    kept = ' xml:space="preserve"' if bare and bare != value else ""
    return f"{place}><is><t{kept}>{_escape_cdata(value)}</t></is></c>"


def _style(cell: Any) -> int:  # noqa: ANN401
    known = cell.parent.parent._cell_styles
    found: int | None = known._dict.get(cell._style)
    return cell.style_id if found is None else found


def changed(data: bytes, change: Callable[[Workbook], object]) -> bytes:
    """由 `data` 打开、改过、存好的一份；只由表名取过几张表的，别的表不再写一遍。"""
    book = opened(data)
    whole = [(sheet.title, sheet.sheet_state) for sheet in book.worksheets]
    book.__class__ = _Watched
    taken: set[str] = set()
    book.taken = taken  # type: ignore[attr-defined] # of _Watched
    change(book)
    book.__class__ = Workbook
    if taken >= {_ALL} or whole != [(sheet.title, sheet.sheet_state) for sheet in book.worksheets]:
        return saved(book)
    return saved_sheets(data, book, taken)


_ALL = "全部"


class _Watched(Workbook):
    """记着由表名取过哪几张表；动过全部的，记 `_ALL`。"""

    taken: set[str]

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        self.taken.add(key)
        return {sheet.title: sheet for sheet in self._sheets}[key]

    def __iter__(self) -> Iterator[Any]:
        self.taken.add(_ALL)
        return super().__iter__()

    @property
    def worksheets(self) -> list[Any]:
        self.taken.add(_ALL)
        return super().worksheets

    @property
    def active(self) -> Any:  # noqa: ANN401
        self.taken.add(_ALL)
        return super().active


def saved_sheets(data: bytes, book: Workbook, changed: Iterable[str]) -> bytes:
    """由 `data` 打开、只改了这几张表的一份：别的部件与没有改时一样，不再写一遍。"""
    parts = dict(_prepared(data)[1])
    for name in changed:
        part = f"xl/worksheets/sheet{book.sheetnames.index(name) + 1}.xml"
        assert part in parts
        parts[part], _ = _sheet_xml(book[name])
    parts[_STYLES] = tostring(write_stylesheet(book))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
