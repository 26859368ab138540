"""评分表一行扣了分，原因写在哪里：本行的“扣分原因”，或得分所由来的各处，写一处就够。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.factor import factor
from xltool.facts.self_scores import SELF_SCORE
from xltool.facts.target import target_rows
from xltool.facts.using import note_key
from xltool.flags.explaining import NOTE, said, words_in
from xltool.flags.rules.k01_unmet_target import shortfall_of
from xltool.scheme.categories import SHEET, level1_of
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Indicator


class OwnRow(NamedTuple):
    """一个有自己的自评得分的绩效指标：扣了分没有，原因写了（或 K01 已经说了）没有。"""

    target: Target
    lost: bool
    told: bool


def own_rows(facts: Facts, code: str) -> tuple[OwnRow, ...]:
    """评分表一行由哪些逐行自评的绩效指标相加；别的办法得分的没有。"""
    if not facts.scheme.has(f"{SHEET}.{SELF_SCORE}"):
        return ()
    return tuple(_own(facts, row) for row in _targets(facts, facts.scheme.indicator(code)))


def _own(facts: Facts, row: Target) -> OwnRow:
    own, full = row.self_score, row.points
    told = bool(said(facts, row.record, NOTE) or shortfall_of(facts.scheme, row))
    return OwnRow(row, own is not None and full is not None and own < full, told)


def told_elsewhere(facts: Facts, code: str) -> bool:
    """得分所由来的各处都写了原因：没有得满的各个绩效指标、没有拨完的各项资金、取数的那一项。"""
    places = reason_places(facts, code)
    return bool(places) and all(words_in(facts, place) for place in places)


def reason_places(facts: Facts, code: str) -> tuple[CellKey, ...]:
    """评分表一行的原因可以写在得分所由来的哪几处。"""
    return tuple(_places(facts, facts.scheme.indicator(code)))


def _places(facts: Facts, indicator: Indicator) -> Iterator[CellKey]:
    inputs = indicator.method.inputs
    if level1_of(facts.scheme, indicator):
        targets = _targets(facts, indicator)
        yield from (row.record.key(NOTE) for row in targets if _short(facts, row))
        return
    sheet = str(inputs.get("sheet", ""))
    if facts.scheme.has(sheet):
        column = str(inputs.get("column", ""))
        rated = ((record, record.number(column)) for record in facts.records(sheet))
        yield from (one.key(NOTE) for one, rate in rated if rate is not None and rate < 1)
        return
    first = next(iter(inputs.values()), "")
    if isinstance(first, str) and first.count(".") == 1:
        yield note_key(facts.scheme, field_key(first))


def _targets(facts: Facts, indicator: Indicator) -> tuple[Target, ...]:
    level1 = level1_of(facts.scheme, indicator)
    return tuple(row for row in target_rows(facts) if level1 and row.level1 == level1)


def _short(facts: Facts, row: Target) -> bool:
    """没有得满：逐行自评的看自评，其余看得分率。"""
    if row.self_score is not None and row.points is not None:
        return row.self_score < row.points
    share = factor(facts.scheme, row)
    return share is not None and share < 1
