"""一个三级指标的结论：得分、计算过程、取数的格、扣分；格都是报送文件里的实际位置。"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import Area
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from xltool.address import At, Place
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score


class Cells(NamedTuple):
    """报送文件里上下连着的几格：工作表，和 H7 或 H7:H26 的写法。"""

    sheet: str
    cells: str


class Deducted(NamedTuple):
    """一条扣分：扣几分、为什么、怎样可以不扣、看哪一格（找不到的位置为空串）。"""

    points: Decimal
    why: str
    avoid: str
    sheet: str
    cell: str


class Scored(NamedTuple):
    """一个三级指标：系统得分和自评得分并排；不能计分的 `score` 为空。

    `used` 是写回后的格名，`cells` 是报送文件里的位置。
    """

    code: str
    points: Decimal
    score: Decimal | None
    self_score: Decimal | None
    trace: str
    used: tuple[CellKey, ...]
    cells: tuple[Cells, ...]
    deductions: tuple[Deducted, ...]


def scored(facts: Facts, score: Score, written: Mapping[tuple[str, str], str]) -> Scored:
    """一个得分的结论；`written` 是记录表各行写回后的序号。"""
    places = (place for key in score.used if (place := facts.place(key)) is not None)
    return Scored(
        score.code,
        score.points,
        score.value,
        facts.number(CellKey(facts.scheme.form.key, score.code, "self_score")),
        score.trace,
        tuple(key._replace(row=written.get(key[:2], key.row)) for key in score.used),
        tuple(joined(places)),
        tuple(_deducted(facts, score)),
    )


def _deducted(facts: Facts, score: Score) -> Iterator[Deducted]:
    for one in score.deductions:
        place = facts.place(one.key)
        sheet, cell = (place.sheet, place.at.a1) if place else ("", "")
        yield Deducted(one.points, one.why, one.avoid, sheet, cell)


def joined(places: Iterable[Place]) -> Iterator[Cells]:
    """把格并成上下连着的几段：表按先后，一张表里先按列再按行。"""
    sheets: dict[str, set[At]] = {}
    for place in places:
        sheets.setdefault(place.sheet, set()).add(place.at)
    for sheet, cells in sheets.items():
        ordered = sorted(cells, key=attrgetter("col", "row"))
        runs = groupby(enumerate(ordered), lambda item: (item[1].col, item[1].row - item[0]))
        for _, run in runs:
            line = [at for _, at in run]
            yield Cells(sheet, Area(line[0], line[-1]).a1)
