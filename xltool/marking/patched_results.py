"""openpyxl 写出之后：补回公式的结果，抹去写出的时刻，再用严格的读法核对一格没有走样。

openpyxl 写公式不写结果，预览和没有重新计算的程序里会是空的；它还把当前时刻写进文件，字体各项的
先后与标准不同，“没有底色”写成没有说，批注框没有锚点（见 comment_boxes）。
"""

from __future__ import annotations

import re
from functools import partial
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZipFile

from xltool.address import At, Place
from xltool.excel.archive import Archive, pack
from xltool.excel.shared import shared_formulas
from xltool.excel.stamp import WRITTEN_TEXT
from xltool.excel.text import put_text
from xltool.marking.comment_boxes import box_drawings
from xltool.values.stored import excel_number
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping
    from decimal import Decimal

    from openpyxl.workbook import Workbook

    from xltool.excel.shared import Shared
    from xltool.xlsx.grid import Grid, GridCell

    Cells = Mapping[tuple[int, int], GridCell]

_FORMULA: Final = re.compile(
    r'<c r="([A-Z]+[0-9]+)"([^>]*)>(<f[^<]*</f>|<f[^>]*/>)(?:<v ?/>|<v></v>)</c>'
)
# 装着 lxml 的，openpyxl 把名字空间写在各个元素上
_MOMENT: Final = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")
_FIXED_HEIGHT: Final = b' customHeight="1"'  # 去掉它，行高只是初值，内容多了行自己长高
_OPEN, _CLOSE = "<f>", "</f>"
_CORE, _STYLES = "docProps/core.xml", "xl/styles.xml"
# 条件格式里“没有底色”要写明，不写就是照格里的
_NO_FILL, _NO_FILL_SAID = re.compile(rb"<patternFill ?/>"), b'<patternFill patternType="none"/>'
_FONT: Final = re.compile(rb"(<font>)(.*?)(</font>)")
_FONT_ITEM: Final = re.compile(rb"<(\w+)[^>]*/>")
_FONT_ORDER: Final = (
    *(b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign"),
    *(b"sz", b"color", b"name", b"family", b"charset", b"scheme"),
)  # 标准里的先后
_FONT_RANK: Final = {name: rank for rank, name in enumerate(_FONT_ORDER)}
_FIXED: Final = rb"\g<1>" + WRITTEN_TEXT.encode()
_KINDS: Final = {True: ' t="b"', False: ' t="str"'}


def with_patched_results(
    written: bytes, workbook: Workbook, grids: Mapping[str, Grid], added: Mapping[str, Cells]
) -> bytes:
    """补好结果、抹去时刻的文件；`added` 是各表上自己添的公式的结果。"""
    parts = {
        f"xl/worksheets/sheet{number}.xml": {
            **(grids[sheet.title].cells if sheet.title in grids else {}),
            **added.get(sheet.title, {}),
        }
        for number, sheet in enumerate(workbook.worksheets, 1)
    }
    ours = {
        f"xl/worksheets/sheet{number}.xml"
        for number, sheet in enumerate(workbook.worksheets, 1)
        if sheet.title not in grids
    }
    boxes = box_drawings(workbook)
    out = BytesIO()
    with ZipFile(BytesIO(written)) as source:
        target = Archive(out)
        for name in source.namelist():
            data = source.read(name)
            if name in parts:
                text = data.decode()
                patch = partial(_with_result, parts[name], _shared(text))
                data = _FORMULA.sub(patch, text).encode()
                if name in ours:
                    data = data.replace(_FIXED_HEIGHT, b"")
            elif name == _CORE:
                data = _MOMENT.sub(_FIXED, data)
            elif name == _STYLES:
                data = _NO_FILL.sub(_NO_FILL_SAID, _FONT.sub(_ordered_font, data))
            data = boxes.get(name, data)
            target.add(pack(name, (data,)))
        target.close()
    return out.getvalue()


def _ordered_font(found: re.Match[bytes]) -> bytes:
    begin, inside, end = found.groups()
    last = len(_FONT_ORDER)
    items = sorted(_FONT_ITEM.finditer(inside), key=lambda item: _FONT_RANK.get(item[1], last))
    return b"".join((begin, *(item[0] for item in items), end))


def _shared(text: str) -> Mapping[str, Shared]:
    """Openpyxl 把合写的公式各写一遍，大出一倍；照原来的办法合起来。"""
    return shared_formulas(
        (At.parse(found[1]), unescape(found[3][len(_OPEN) : -len(_CLOSE)]))
        for found in _FORMULA.finditer(text)
        if found[3].startswith(_OPEN)
    )


def _with_result(cells: Cells, shared: Mapping[str, Shared], found: re.Match[str]) -> str:
    address, attributes, formula = found.groups()
    if (group := shared.get(address)) is not None:
        formula = group.xml(formula[len(_OPEN) : -len(_CLOSE)])
    at = At.parse(address)
    cell = cells.get((at.row, at.col))
    if cell is None or cell.state not in (State.FORMULA, State.ERROR):
        return f'<c r="{address}"{attributes}>{formula}<v/></c>'
    kind = "" if cell.numeric else _KINDS[cell.boolean]
    if cell.state is State.ERROR:
        kind = ' t="e"'
    return f'<c r="{address}"{attributes}{kind}>{formula}<v>{put_text(cell.text).xml}</v></c>'


def altered(
    before: Iterable[Grid], after: Iterable[Grid], changed: Container[Place]
) -> Place | None:
    """哪一格与原来不同；`changed` 是有意改的。合并区里被盖着的不比：打开也看不见。"""
    grids = {grid.name: grid for grid in after}
    for grid in before:
        other = grids.get(grid.name)
        covered = {
            (row, col)
            for area in grid.merges
            for row in range(area.first.row, area.last.row + 1)
            for col in range(area.first.col, area.last.col + 1)
        } - {(area.first.row, area.first.col) for area in grid.merges}
        for at in dict.fromkeys((*grid.cells, *(other.cells if other else ()))):
            place = Place(grid.name, At(*at))
            if at in covered or place in changed:
                continue
            if other is None or _value(grid.cells.get(at)) != _value(other.cells.get(at)):
                return place
    return None


def _value(cell: GridCell | None) -> tuple[str | Decimal, bool, State]:
    """比什么：值、是不是逻辑值、状态；没有内容的文字格与空格相同。"""
    if cell is None or (not cell.text and cell.state is State.VALUE):
        return "", False, State.BLANK
    if cell.numeric and cell.text:
        return excel_number(cell.text), False, cell.state
    return cell.text.replace("\r\n", "\n").replace("\r", "\n"), cell.boolean, cell.state
