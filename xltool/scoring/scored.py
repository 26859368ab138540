"""一个三级指标的结论：得分、计算过程、取数的格、扣分；格都是报送文件里的实际位置。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import column_letters
from xltool.finding import bounded
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from xltool.facts.entry import LocatedBlock
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score


_LONGEST: Final = 1_000  # 一条扣分的原因、怎样不扣各最多几个字：几条写在一格里


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

    `used` 是取数的格，`cells` 是它们在报送文件里的位置。
    """

    code: str
    points: Decimal
    score: Decimal | None
    self_score: Decimal | None
    trace: str
    used: tuple[CellKey, ...]
    cells: tuple[Cells, ...]
    deductions: tuple[Deducted, ...]


def scored(facts: Facts, score: Score) -> Scored:
    """一个得分的结论。"""
    deductions = []
    for one in score.deductions:
        place = facts.place(one.key)
        sheet, cell = (place.sheet, place.at.a1) if place else ("", "")
        why, avoid = bounded(one.why, _LONGEST), bounded(one.avoid, _LONGEST)
        deductions.append(Deducted(one.points, why, avoid, sheet, cell))
    return Scored(
        score.code,
        score.points,
        score.value,
        facts.number(CellKey(facts.scheme.score_sheet.key, score.code, "self_score")),
        bounded(score.trace),
        score.used,
        joined(facts.submission.blocks, score.used),
        tuple(deductions),
    )


def joined(blocks: Mapping[str, LocatedBlock], keys: Iterable[CellKey]) -> tuple[Cells, ...]:
    """各格在报送文件里的位置，并成上下连着的几段：表按先后，一张表里先按列再按行。

    一份报送有上百格，所以直接看行号列号，不逐格造位置；找不到行或列的不列。
    """
    sheets: dict[str, set[tuple[int, int]]] = {}
    for sheet, row, column in keys:
        block = blocks.get(sheet)
        at = block.at(row, column) if block is not None else None
        if block is not None and at is not None:
            sheets.setdefault(block.sheet, set()).add((at[1], at[0]))
    return tuple([Cells(sheet, run) for sheet, found in sheets.items() for run in _runs(found)])


def _runs(cells: set[tuple[int, int]]) -> Iterator[str]:
    """同一列里行号连着的一段，如 H7:H26。"""
    first = last = (0, 0)
    for cell in sorted(cells):
        if cell != (last[0], last[1] + 1):
            if first[0]:
                yield _range(first, last)
            first = cell
        last = cell
    if first[0]:
        yield _range(first, last)


def _range(first: tuple[int, int], last: tuple[int, int]) -> str:
    letters = column_letters(first[0])
    start = f"{letters}{first[1]}"
    return start if first == last else f"{start}:{letters}{last[1]}"
