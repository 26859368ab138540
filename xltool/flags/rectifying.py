"""上年度整改：每个问题整改到哪一步，报告的整改结论说了哪几个问题。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.facts.phrases import any_phrase, ways
from xltool.flags.claims import claims_of, references
from xltool.flags.wording import given
from xltool.scheme.contract.judging_words import RECTIFYING

if TYPE_CHECKING:
    from xltool.facts.records import Record
    from xltool.facts.view import Facts

SHEET = "rectification"
DONE = "done"
_OPTIONS = "progress"
# 依次看；“尚未完成整改”“暂无整改进展”里也有“整改”，所以先看否定的说法
_STATES = ("not_started", "doing", DONE)
_FIRST_CLAUSE = re.compile("[^，。；,;.]*")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """一条整改结论：说整改到哪一步（选项的标识，看不出的为空），说的是哪几行。

    `rows` 为空（None）表示有几条结论而没有写对应序号，不知道说的是哪几行。
    """

    record: Record
    state: str
    rows: tuple[Record, ...] | None


def conclusions(facts: Facts) -> tuple[Conclusion, ...]:
    """全部整改结论；只有一条、又没有写对应序号的，说的是全部问题。"""
    records, known = claims_of(facts, "rectification"), facts.submission.records.get(SHEET, ())
    found: list[Conclusion] = []
    for record in records:
        rows = facts.records(SHEET) if len(records) == 1 else None
        if given(record.entry("indicator")):
            rows = tuple(facts.record(SHEET, row) for row in references(record, known))
        found.append(Conclusion(record, _said(facts, record.text("topic")), rows))
    return tuple(found)


def marked_state(facts: Facts, row: Record) -> str:
    """“整改进展”栏选的是哪一步；没有选的为空。"""
    status = row.text("status")
    return next((s for s in _STATES if status and status == facts.scheme.word(_OPTIONS, s)), "")


def claimed_state(facts: Facts, row: Record) -> str:
    """“整改进展”栏选的，没有选的看“整改进展情况”的第一句；看不出的为空。"""
    found = _FIRST_CLAUSE.match(row.text("progress").strip())
    return marked_state(facts, row) or _said(facts, found[0] if found else "")


def state_name(facts: Facts, state: str) -> str:
    """整改到哪一步，给人看的字。"""
    return facts.scheme.word(_OPTIONS, state)


def _said(facts: Facts, text: str) -> str:
    told = ((state, any_phrase(ways(facts.scheme, RECTIFYING, state))) for state in _STATES)
    return next((state for state, words in told if words.search(text)), "")
