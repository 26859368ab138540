"""报告说的填进“关键数据核对”的哪几行；行不够的，先填能互相核对的。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.facts.claims import CLAIMS
from xltool.flags.statements import said_of, subject_of
from xltool.narrative.claims import ClaimKind
from xltool.narrative.told import Typed, lines_of
from xltool.scheme.key import CellKey
from xltool.values import find_unit, fold
from xltool.values.numerals import decimal_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from xltool.address import At
    from xltool.facts.view import Facts
    from xltool.flags.statements import Said
    from xltool.narrative.outline import Passage
    from xltool.narrative.told import Line

HEADINGS: Final = ("类别", "事项", "数值", "计量单位", "报告位置", "对应序号")


class Written(NamedTuple):
    """填的一行；`shown` 是依次各栏的字。"""

    line: Line
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """要填的：`cells` 按工作表名、格；`found` 是一共读出几条，`left` 是行不够没有填的几条。

    `kept` 是表里已经填了、没有再填的类别。
    """

    cells: Mapping[str, Mapping[At, str | Decimal]]
    written: tuple[Written, ...]
    found: int
    left: int
    kept: tuple[str, ...]


def planned(facts: Facts, passages: Sequence[Passage]) -> Plan:
    """排好要填的各格；已有的行一格不动。"""
    submission = facts.submission
    lines = lines_of(facts, passages)
    typed = Typed(facts)
    wanted = [line for line in lines if not typed.covers(line)]
    block = submission.blocks.get(CLAIMS)
    taken = submission.records.get(CLAIMS, ())
    free = [row for row in block.rows if row not in taken] if block else []
    chosen = _most_telling(wanted, len(free), said_of(facts.scheme))
    cells: dict[At, str | Decimal] = {}
    written = []
    for row, line in zip(free, chosen, strict=False):
        for column, text in line.cells.items():
            place = submission.place(CellKey(CLAIMS, row, column))
            if place is not None and text:
                cells[place.at] = _typed(column, text)
        written.append(Written(line, tuple(line.cells.values())))
    sheets = {block.sheet: cells} if block else {}
    kept = tuple(dict.fromkeys(line.kind for line in lines if typed.covers(line)))
    return Plan(sheets, tuple(written), len(lines), len(wanted) - len(written), kept)


def _most_telling(lines: Sequence[Line], most: int, said: Said) -> list[Line]:
    """最多这么多条，依正文的次序：先是话、算式、计数，再是几处的数不同的、对应指标的，再是其余。"""
    figures = [line for line in lines if line.claim.kind is ClaimKind.FIGURE]
    matters: dict[tuple[object, ...], set[str]] = {}
    for line in figures:
        matters.setdefault(_matter(line, said), set()).add(line.figure)

    def rank(line: Line) -> int:
        if line.claim.kind is not ClaimKind.FIGURE:
            return 0
        if line.claim.sentence.table:
            return 3
        return 1 if len(matters[_matter(line, said)]) > 1 or line.rows else 2

    order = sorted(range(len(lines)), key=lambda at: (rank(lines[at]), at))[:most]
    return [lines[at] for at in sorted(order)]


def _matter(line: Line, said: Said) -> tuple[object, ...]:
    """同一件事：事项、年度、单位都相同。"""
    unit = find_unit(line.unit)
    return subject_of(fold(line.topic), said), line.claim.years, unit and unit.base


def _typed(column: str, text: str) -> str | Decimal:
    """确数写成数，其余照写。"""
    number = decimal_of(text) if column == "figure" and text.replace(".", "").isdecimal() else None
    return text if number is None else number
