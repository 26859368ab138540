"""汇总表上数据以外的：表头上面的满分一行，右边的等级分布和图。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.consolidated.register import ABOVE_ROW, FIRST_ROW, HEADER_ROW
from xltool.sheets.plan import Cell, Chart, Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Source
    from xltool.consolidated.summary import Line
    from xltool.scheme.model import Scheme

_VARIES = "按分法"


def full_marks(scheme: Scheme, register: Register[Line]) -> Iterator[Cell]:
    """各栏的满分；分值随单位选的分法而定的栏写明，数见得分明细。"""
    yield Cell(At(ABOVE_ROW, register.position("status")), "满分", Role.FIXED_CENTER)
    full = scheme.number("full_marks")
    at = At(ABOVE_ROW, register.position("total"))
    yield Cell(at, full, Role.FIXED_CENTER, NumberFormat.POINTS)
    for level in scheme.levels:
        varies = any(scheme.allocated(i.code) for i in scheme.indicators if i.level2 == level.title)
        at = At(ABOVE_ROW, register.position(f"level.{level.title}"))
        content = _VARIES if varies else level.points
        yield Cell(at, content, Role.FIXED_CENTER, NumberFormat.POINTS)


def distribution(source: Source, register: Register[Line]) -> dict[int, tuple[Cell, ...]]:
    """各等级有几个，按行给出。"""
    column = _column(register)
    cells: dict[int, tuple[Cell, ...]] = {
        HEADER_ROW: (
            Cell(At(HEADER_ROW, column), "等级", Role.HEADER),
            Cell(At(HEADER_ROW, column + 1), f"{source.who}数", Role.HEADER),
        )
    }
    grades = register.far("grade")
    for number, grade in enumerate(source.scheme.grades):
        row = FIRST_ROW + number
        count = sum(scored.unit.grade == grade.name for scored in source.scored)
        formula = Formula(f"COUNTIFS({grades},{At(row, column).a1})", count)
        cells[row] = (
            Cell(At(row, column), grade.name, Role.BODY_CENTER),
            Cell(At(row, column + 1), formula, Role.BODY_CENTER),
        )
    return cells


def chart_of(source: Source, register: Register[Line]) -> Chart:
    """等级分布图。"""
    column = _column(register)
    last = FIRST_ROW + len(source.scheme.grades) - 1
    return Chart(
        title=f"各等级{source.who}数",
        names=Area(At(FIRST_ROW, column), At(last, column)),
        values=Area(At(FIRST_ROW, column + 1), At(last, column + 1)),
        anchor=At(HEADER_ROW, column + 3),
    )


def _column(register: Register[Line]) -> int:
    """隔一列写在表的右边。"""
    return len(register.columns) + 2
