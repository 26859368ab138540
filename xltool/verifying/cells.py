"""一格比一格：计划里应是什么，书里存着什么。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At, Place
from xltool.collection.blank_spots import is_record
from xltool.excel.contents_mark import planned, stored
from xltool.messages import verify as say
from xltool.sheets.plan import Formula, Role
from xltool.values import quote
from xltool.xlsx.grid import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Finding
    from xltool.sheets.plan import Content, SheetPlan
    from xltool.xlsx.grid import Grid, GridCell


class Shown(NamedTuple):
    """一格应是什么：文字（数按十二位）、是不是公式、是不是复核人填的。"""

    text: str
    formula: bool = False
    review: bool = False


BLANK: Final = Shown("")
Row = dict[int, Shown]


def shown(content: Content, role: Role = Role.BODY) -> Shown:
    """计划里的一格。"""
    formula = isinstance(content, Formula)
    value = content.result if isinstance(content, Formula) else content
    return Shown(_plain(planned(value)), formula, role is Role.REVIEW)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def found_text(cell: GridCell | None) -> str:
    """书里的一格。"""
    return "" if cell is None else _plain(stored(cell))


def fault_of(what: str, place: Place, expected: Shown, cell: GridCell | None) -> Finding | None:
    """一格哪里不对；对的为空。"""
    text = found_text(cell)
    if cell is not None and cell.state is State.NO_RESULT and expected.formula:
        return say.NOT_CALCULATED.finding(place, what=what, expected=quote(expected.text))
    if text != expected.text:
        return say.DIFFERENT.finding(
            place,
            what=what,
            found=quote(text) or "（空）",
            expected=quote(expected.text) or "（空）",
        )
    if expected.formula and text and cell is not None and not cell.formula:
        return say.NO_LONGER_FORMULA.finding(place, what=what, found=quote(text))
    return None


def added_cells(plan: SheetPlan, grid: Grid) -> Iterator[At]:
    """不是登记表的：人在没有印字的格里写的。"""
    own = {(cell.at.row, cell.at.col) for cell in plan.every_cell()}
    yield from (At(*place) for place in sorted(grid.cells) if place not in own)


def compare_cells(plan: SheetPlan, grid: Grid) -> Iterator[Finding]:
    """不是登记表的：按格比。"""
    for cell in plan.every_cell():
        if is_record(cell.content):  # 由别的各格得出，早先的版本没有
            continue
        expected = shown(cell.content)
        place = Place(grid.name, cell.at)
        fault = fault_of("这一格", place, expected, grid.cells.get((cell.at.row, cell.at.col)))
        if fault is not None:
            yield fault
