"""批注框的图（VML）：照 Excel 自己的写法，框有锚点，从哪一格到哪一格。

openpyxl 写的没有锚点，框都叠在左上角；名字空间的前缀也不是 Excel 认惯的。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Self

from xltool.address import column_number
from xltool.marking.loaded_copy import cells_of
from xltool.sheets.paper import DEFAULT_HEIGHT, DEFAULT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from openpyxl.comments import Comment
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383
_ASIDE, _ABOVE, _BELOW_TOP = 15, 10, 2  # 离格子的右边、上边，像素
_SHAPES: Final = 1_024  # 一张表的图形编号占这么多
_HEAD: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit">'
    '<o:idmap v:ext="edit" data="{number}"/></o:shapelayout>'
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{shape}" type="#_x0000_t202" style="position:absolute;'
    'width:{width}px;height:{height}px;z-index:{order};visibility:hidden" fillcolor="#ffffe1" '
    'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
    '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
    '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note">'
    "<x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>"
)


def box_drawings(workbook: Workbook) -> dict[str, bytes]:
    """各张有批注的表的图，照 openpyxl 给部件起的名字。"""
    commented = (sheet for sheet in workbook.worksheets if any(_comments(sheet)))
    return {
        f"xl/drawings/commentsDrawing{number}.vml": _drawing(sheet, number).encode()
        for number, sheet in enumerate(commented, 1)
    }


def _comments(sheet: Worksheet) -> Iterator[tuple[tuple[int, int], Comment]]:
    return ((at, cell.comment) for at, cell in sorted(cells_of(sheet)) if cell.comment is not None)


def _drawing(sheet: Worksheet, number: int) -> str:
    sizes = _Sizes.of(sheet)
    shapes = (
        _SHAPE.format(
            shape=number * _SHAPES + order,
            order=order,
            width=round(comment.width),
            height=round(comment.height),
            anchor=_anchor(sizes, row - 1, column - 1, comment),
            row=row - 1,
            column=column - 1,
        )
        for order, ((row, column), comment) in enumerate(_comments(sheet), 1)
    )
    return f"{_HEAD.format(number=number)}{''.join(shapes)}</xml>"


def _anchor(sizes: _Sizes, row: int, column: int, comment: Comment) -> str:
    """左上角、右下角各在哪一列（行）、离它的边多远；行列从零数起。"""
    left, top = min(column + 1, _LAST_COLUMN), max(row - 1, 0)
    above = _ABOVE if row else _BELOW_TOP
    right, across = _reached(sizes.column, left, _ASIDE + round(comment.width), _LAST_COLUMN)
    bottom, down = _reached(sizes.row, top, above + round(comment.height), _LAST_ROW)
    corners = (left, _ASIDE, top, above, right, across, bottom, down)
    return ", ".join(map(str, corners))


def _reached(size: Callable[[int], int], start: int, length: int, last: int) -> tuple[int, int]:
    """从一列（行）的左边（上边）走这么远，到了哪一列、离它的边多远；到头了就停在最后一列。"""
    at = start
    while at < last and length >= size(at):
        length -= size(at)
        at += 1
    return at, length


class _Sizes(NamedTuple):
    """一张表各列各行有多大，像素；隐藏的是零。"""

    columns: dict[int, int]
    rows: dict[int, int]
    other_column: int
    other_row: int

    @classmethod
    def of(cls, sheet: Worksheet) -> Self:
        """照这张表写着的列宽、行高。"""
        plain = sheet.sheet_format
        columns: dict[int, int] = {}
        for letters, one in sheet.column_dimensions.items():
            first = one.min or column_number(letters)
            width = 0 if one.hidden else _wide(one.width)
            columns |= dict.fromkeys(range(first - 1, one.max or first), width)
        rows = {
            number - 1: 0 if one.hidden else _high(one.height)
            for number, one in sheet.row_dimensions.items()
            if one.hidden or one.height
        }
        return cls(columns, rows, _wide(plain.defaultColWidth), _high(plain.defaultRowHeight))

    def column(self, at: int) -> int:
        """一列多宽。"""
        return self.columns.get(at, self.other_column)

    def row(self, at: int) -> int:
        """一行多高。"""
        return self.rows.get(at, self.other_row)


def _wide(characters: float | None) -> int:
    return round((characters or DEFAULT_WIDTH) * 7) + 5


def _high(points: float | None) -> int:
    return round((points or DEFAULT_HEIGHT) * 4 / 3)
