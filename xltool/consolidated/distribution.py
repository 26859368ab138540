"""汇总表右边的等级分布和图。"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, TypeVar

from xltool.address import Area, At
from xltool.consolidated.columns import FIRST_ROW, HEADER_ROW
from xltool.sheets.plan import Cell, Chart, Formula, Role

if TYPE_CHECKING:
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Source

T = TypeVar("T")
_COLUMNS = ("grade", "count", "gap", "chart")  # 表的右边，由左到右


def distribution(source: Source, register: Register[T]) -> dict[int, tuple[Cell, ...]]:
    """各等级有几个，按行给出。"""
    columns = _columns(register)
    cells: dict[int, tuple[Cell, ...]] = {
        HEADER_ROW: (
            Cell(At(HEADER_ROW, columns["grade"]), "等级", Role.HEADER),
            Cell(At(HEADER_ROW, columns["count"]), f"{source.who}数", Role.HEADER),
        )
    }
    grades = register.far("grade")
    for row, grade in enumerate(source.scheme.grades, FIRST_ROW):
        own, number = At(row, columns["grade"]), At(row, columns["count"])
        result = sum(scored.unit.grade == grade.name for scored in source.scored)
        cells[row] = (
            Cell(own, grade.name, Role.BODY_CENTER),
            Cell(number, Formula(f"COUNTIFS({grades},{own.a1})", result), Role.BODY_CENTER),
        )
    return cells


def chart_of(source: Source, register: Register[T]) -> Chart:
    """等级分布图。"""
    columns = _columns(register)
    last = FIRST_ROW + len(source.scheme.grades) - 1
    names, values = (
        Area(At(FIRST_ROW, columns[key]), At(last, columns[key])) for key in ("grade", "count")
    )
    anchor = At(HEADER_ROW, columns["chart"])
    return Chart(title=f"各等级{source.who}数", names=names, values=values, anchor=anchor)


def _columns(register: Register[T]) -> dict[str, int]:
    """各在第几列。"""
    return dict(zip(_COLUMNS, count(register.beside), strict=False))
