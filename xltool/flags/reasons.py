"""评分表一行扣了分，原因写在哪里：本行的“扣分原因”，或得分所由来的各处，写一处就够。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.factor import factor
from xltool.facts.target import target_rows
from xltool.facts.using import reason_sources
from xltool.flags.explaining import NOTE, said, words_in
from xltool.flags.rules.k01_unmet_target import shortfall_of
from xltool.scheme.categories import SHEET, level1_of
from xltool.scheme.key import SELF_SCORE, CellKey

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.facts.using import ShortRows
    from xltool.facts.view import Facts


class OwnRow(NamedTuple):
    """一个有自己的自评得分的绩效指标：扣了分没有，原因写了（或 K01 已经说了）没有。"""

    target: Target
    lost: bool
    told: bool


def own_rows(facts: Facts, code: str) -> tuple[OwnRow, ...]:
    """评分表一行由哪些逐行自评的绩效指标相加；别的办法得分的没有。"""
    if not facts.scheme.has(f"{SHEET}.{SELF_SCORE}"):
        return ()
    spec = facts.scheme.indicator(code).method
    return tuple(_own(facts, row) for row in _targets(facts, level1_of(facts.scheme, spec)))


def _own(facts: Facts, row: Target) -> OwnRow:
    own, full = row.self_score, row.points
    told = bool(said(facts, row.record, NOTE) or shortfall_of(facts.scheme, row))
    return OwnRow(row, own is not None and full is not None and own < full, told)


def told_elsewhere(facts: Facts, code: str) -> bool:
    """得分所由来的哪一处写了原因；看几行得分的，没有得满的各行都写了。"""
    found = (_notes(facts, source) for source in reason_sources(facts.scheme, code))
    return any(notes and all(words_in(facts, note) for note in notes) for notes in found)


def reason_places(facts: Facts, code: str) -> tuple[CellKey, ...]:
    """评分表一行的原因可以写在得分所由来的哪几格。"""
    sources = reason_sources(facts.scheme, code)
    return tuple(note for source in sources for note in _notes(facts, source))


def _notes(facts: Facts, source: ShortRows | CellKey) -> tuple[CellKey, ...]:
    """一处的说明：一格，或没有得满的各行的。"""
    if isinstance(source, CellKey):
        return (source,)
    if source.equals:
        targets = _targets(facts, facts.scheme.word(*source.equals.split(".")))
        return tuple(row.record.key(NOTE) for row in targets if _short(facts, row))
    rated = ((record, record.number(source.column)) for record in facts.records(source.sheet))
    return tuple(one.key(NOTE) for one, rate in rated if rate is not None and rate < 1)


def _targets(facts: Facts, level1: str) -> tuple[Target, ...]:
    """一个一级指标的各个绩效指标；空串的没有。"""
    return tuple(row for row in target_rows(facts) if level1 and row.level1 == level1)


def _short(facts: Facts, row: Target) -> bool:
    """没有得满：逐行自评的看自评，其余看得分率。"""
    if row.self_score is not None and row.points is not None:
        return row.self_score < row.points
    share = factor(facts.scheme, row)
    return share is not None and share < 1
