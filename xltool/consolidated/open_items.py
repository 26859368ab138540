"""还没有定的：各级别的疑点有几条、写了意见的几条；未判的规则、要再看的、写得不对的各几处。"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SCORES
from xltool.collection.reviewed import problem_of
from xltool.collection.verdicts import CHANGED, VERDICTS
from xltool.consolidated.blocks import Slot
from xltool.consolidated.figures import sums
from xltool.consolidated.findings import READINGS, level
from xltool.consolidated.source import in_order
from xltool.finding import EXPLAINED, Severity
from xltool.sheets.plan import Formula, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.consolidated.blocks import Row
    from xltool.consolidated.part import Part
    from xltool.consolidated.source import Scored, Source

_LEVELS = {
    Severity.ERROR.label: f"{Severity.ERROR.label}，{Severity.ERROR.duty}",
    Severity.WARNING.label: f"{Severity.WARNING.label}，{Severity.WARNING.duty}",
    EXPLAINED: EXPLAINED,
}


class OpenItem(NamedTuple):
    """一行：叫什么，一共几处，写了意见的几处；不写意见的，只有一共几处。"""

    title: str
    every: Formula
    decided: Formula | None = None


def open_items(parts: Sequence[Part]) -> tuple[OpenItem, ...]:
    """各行，重的在前。"""
    return (*_levels(parts), *_others(parts))


def _levels(parts: Sequence[Part]) -> Iterator[OpenItem]:
    found, sources = parts[0].found, [part.source for part in parts]
    levels, verdicts = found.far("severity"), found.far("counted")
    decided = _decided(sources)
    tallies = [scored.unit.tally for _, scored in in_order(tuple(sources))]
    keys = {one.label: one.value for one in Severity} | {EXPLAINED: "explained"}
    for label, title in _LEVELS.items():
        count = sum(getattr(one, keys[label]) for one in tallies)
        each = (f'COUNTIFS({levels},"{label}",{verdicts},"{one}")' for one in VERDICTS)
        yield OpenItem(
            title,
            Formula(f'COUNTIFS({levels},"{label}")', count),
            Formula(sums(each), decided[label]),
        )


def _decided(sources: Sequence[Source]) -> Counter[str]:
    """各级别写了意见的几条；只打开有意见的单位。"""
    reviews = sources[0].reviews.findings
    touched = {unit for unit, _ in reviews}
    counted: Counter[str] = Counter()
    for _, scored in in_order(tuple(sources)):
        notes = scored.unit.notes() if scored.unit.key in touched else ()
        for index, note in enumerate(notes):
            carried = reviews.get((scored.unit.key, index))
            listed = note.finding.code not in READINGS
            if carried and listed and carried.opinion.value in VERDICTS:
                counted[level(note)] += 1
    return counted


def _others(parts: Sequence[Part]) -> Iterator[OpenItem]:
    sources = [part.source for part in parts]
    unjudged = sum(line.unjudged for part in parts for line in part.summary.lines if line.scored)
    text = sums(f"SUM({part.summed.far('unjudged')})" for part in parts)
    yield OpenItem("未判的规则", Formula(text, unjudged))
    areas = [parts[0].found.far("since"), *(part.details.far("since") for part in parts)]
    reviews = sources[0].reviews
    again = sum(one.changed for one in (*reviews.findings.values(), *reviews.scores.values()))
    text = sums(f'COUNTIF({area},"{CHANGED}")' for area in areas)
    yield OpenItem("数据已改的", Formula(text, again))
    text = sums(f'COUNTIF({part.details.far("check")},"?*")' for part in parts)
    wrong = sum(_wrong(source, scored) for source, scored in in_order(tuple(sources)))
    yield OpenItem("改分写错的", Formula(text, wrong))


def _wrong(source: Source, scored: Scored) -> int:
    """一个单位有几个复核得分写得不对，或没有写理由。"""
    reviews, unit = source.reviews.scores, scored.unit
    if not any((unit.key, one.code) in reviews for one in source.scheme.indicators):
        return 0
    return sum(
        bool(problem_of(reviews.get((unit.key, line.code)), line.points))
        for line in source.part(scored, SCORES, tuple)
    )


def open_slots() -> tuple[Slot[OpenItem], ...]:
    """各栏：一共、已写意见、还没有定。"""

    def left(row: Row[OpenItem]) -> Formula:
        every, decided = row.value.every.result, row.value.decided
        if decided is None:
            return Formula(row.at("every"), every)
        open_ones = int(str(every)) - int(str(decided.result))
        return Formula(f"{row.at('every')}-{row.at('decided')}", open_ones)

    return (
        Slot("title", "要定的", lambda row: row.value.title, span=3, role=Role.BODY),
        Slot("every", "一共", lambda row: row.value.every, span=2),
        Slot("decided", "已写意见", lambda row: row.value.decided or "—", span=2),
        Slot("open", "还没有定", left, span=2),
    )
