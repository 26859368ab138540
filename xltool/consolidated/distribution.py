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
_COLUMNS = ("grade", "count", "reviewed", "gap", "chart")  # 表的右边，由左到右


def distribution(source: Source, register: Register[T]) -> dict[int, tuple[Cell, ...]]:
    """各等级有几个，按行给出。"""
    columns = _columns(register)
    title, system, reviewed = headings(source)
    cells: dict[int, tuple[Cell, ...]] = {
        HEADER_ROW: (
            Cell(At(HEADER_ROW, columns["grade"]), title, Role.HEADER),
            Cell(At(HEADER_ROW, columns["count"]), system, Role.HEADER),
            Cell(At(HEADER_ROW, columns["reviewed"]), reviewed, Role.HEADER),
        )
    }
    found = {
        "count": ("grade", [scored.unit.grade for scored in source.scored]),
        "reviewed": (
            "reviewed_grade",
            [source.reviewed[scored.unit.key].grade for scored in source.scored],
        ),
    }
    for row, grade in enumerate(source.scheme.grades, FIRST_ROW):
        own = At(row, columns["grade"])
        counts = (
            Cell(
                At(row, columns[key]),
                Formula(f"COUNTIFS({register.far(column)},{own.a1})", known.count(grade.name)),
                Role.BODY_CENTER,
            )
            for key, (column, known) in found.items()
        )
        cells[row] = (Cell(own, grade.name, Role.BODY_CENTER), *counts)
    return cells


def headings(source: Source) -> tuple[str, str, str]:
    """各栏的表头。"""
    return "等级", f"{source.who}数（系统）", f"{source.who}数（复核）"


def chart_of(source: Source, register: Register[T]) -> Chart:
    """等级分布图，画的是复核以后的。"""
    columns = _columns(register)
    last = FIRST_ROW + len(source.scheme.grades) - 1
    names, values = (
        Area(At(FIRST_ROW, columns[key]), At(last, columns[key])) for key in ("grade", "reviewed")
    )
    anchor = At(HEADER_ROW, columns["chart"])
    return Chart(title=f"各等级{source.who}数", names=names, values=values, anchor=anchor)


def _columns(register: Register[T]) -> dict[str, int]:
    """各在第几列。"""
    return dict(zip(_COLUMNS, count(register.beside), strict=False))
