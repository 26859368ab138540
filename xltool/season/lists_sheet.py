"""选项：名单和设置里各下拉列表的内容，一列一个。"""

from __future__ import annotations

from typing import Final, NamedTuple

from xltool.address import Area, At, quoted
from xltool.collection.variants import variant_names
from xltool.form.common import TITLE_HEIGHT, in_order, title_cells
from xltool.layout.wording import BACK_TEXT
from xltool.scoring.catalogue import offered_schemes
from xltool.season.register import SETTINGS
from xltool.sheets.paper import plainly
from xltool.sheets.plan import Cell, Link, Name, Role, SheetPlan
from xltool.sheets.text import row_height

SHEET: Final = "选项"
VARIANTS, ZERO = "variants", "zero"
_TITLE, _HEADER = 2, 4
_ANSWERS: Final = ("是", "否", "免报")
_NOTE: Final = "只供下拉列表用，不用改。方案和右边两栏，同一行的是一回事。"


class _Listed(NamedTuple):
    """一列：键、表头、内容、宽；`picked` 的才有下拉列表用它。"""

    key: str
    heading: str
    words: tuple[str, ...]
    width: float
    picked: bool = True


def _lists() -> tuple[_Listed, ...]:
    schemes = offered_schemes()
    # 方案排在最后，与它的表种、标题挨着
    settings = [one for one in reversed(SETTINGS) if one.kind.options()]
    return (
        _Listed(VARIANTS, "表种", variant_names(), 18.0),
        _Listed(ZERO, "零报送", _ANSWERS, 14.0),
        *(_Listed(one.key, one.label, tuple(one.kind.options()), 28.0) for one in settings),
        _Listed("forms", "各方案的表种", tuple(one.variant for one in schemes), 18.0, picked=False),
        _Listed("titles", "各方案的标题", tuple(one.title for one in schemes), 60.0, picked=False),
    )


def list_name(key: str) -> str:
    """下拉列表的名称。"""
    return f"list_{key}"


def list_names(sheet: str = SHEET) -> tuple[Name, ...]:
    """各下拉列表的来源。"""
    return tuple(
        Name(
            list_name(one.key),
            f"{quoted(sheet)}!"
            + Area(At(_HEADER + 1, column), At(_HEADER + len(one.words), column)).absolute,
        )
        for column, one in enumerate(_lists(), 1)
        if one.picked
    )


def lists_sheet(home: str) -> SheetPlan:
    """选项表；`home` 是“返回”到哪一张。"""
    lists = _lists()
    cells = [
        Cell(At(1, 1), Link(BACK_TEXT, home, At(1, 1)), Role.LINK),
        *title_cells(_TITLE, SHEET, len(lists)),
        Cell(At(_TITLE + 1, 1), _NOTE, Role.INFO),
    ]
    heights, widths = {_TITLE: TITLE_HEIGHT}, tuple(one.width for one in lists)
    for column, one in enumerate(lists, 1):
        cells.append(Cell(At(_HEADER, column), one.heading, Role.HEADER))
        for row, word in enumerate(one.words, _HEADER + 1):
            cells.append(Cell(At(row, column), word, Role.FIXED))
            heights[row] = max(heights.get(row, 0.0), row_height([(word, one.width)]))
    return SheetPlan(
        name=SHEET,
        cells=in_order(cells),
        widths=widths,
        heights=heights,
        freeze=At(_HEADER + 1, 1),
        printing=plainly(widths, Area(At(_TITLE, 1), At(max(heights), len(lists)))),
        protected=True,
    )
