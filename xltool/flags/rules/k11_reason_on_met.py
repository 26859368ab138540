"""K11 完成了的指标写着没有完成的原因。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import named_word, unsettled
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.rules.k01_unmet_target import shortfall_of
from xltool.flags.wording import about, lacks, lacks_direction
from xltool.scheme.contract.word_lists import SHORTFALL
from xltool.scheme.labels import words_of
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme


@rule(
    "K11",
    severity=Severity.WARNING,
    remedy="核对{indicators.actual}和“{indicators.note}”：没有完成的改数，完成了的改话。",
    source="假设：数和话自相矛盾，至少一处不对；公开的自评表里有满分的指标写“因疫情影响未能完成”",
    needs=("indicators.expected", "indicators.actual", "indicators.note"),
    fires="预期值98%，实现值100%，偏差原因写“因疫情影响未能完成”",
    silent="预期值98%，实现值90%，偏差原因写“因疫情影响未能完成”",
)
def reason_on_met(case: Case) -> Iterator[Judgement]:
    """完成了的指标写着没有完成的原因。

    数说完成了，话说没有完成，不能都对；多半是照抄了上年或别的指标的原因，或实现值填错了。
    """
    facts, scheme = case.facts, case.facts.scheme
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    words = words_of(scheme)
    for row in rows:
        why = said(facts, row.record, NOTE)
        if not why or not named_word(scheme, SHORTFALL, why) or shortfall_of(scheme, row):
            continue
        if unsettled(scheme, row):
            yield lacks_direction(facts, row)
        elif _comparable(scheme, row):
            met = f"{words.actual}“{quote(row.actual.raw)}”达到{words.expected}"
            text = f"{met}“{quote(row.expected.raw)}”，偏差原因却写“{quote(why)}”"
            yield Hit(row.record.key(NOTE), about(row, text))
        else:
            chosen = "tier" if scheme.has("indicators.tier") else "actual"
            yield lacks(facts, row.record.key(chosen))


def _comparable(scheme: Scheme, row: Target) -> bool:
    """看得出完成没有：能比的数、选了达成、两个日期、两个是否。"""
    if row.result is not None or row.tier == scheme.word("tier", "achieved"):
        return True
    pairs = ((row.expected.deadline, row.actual.deadline), (row.expected.truth, row.actual.truth))
    return any(None not in pair for pair in pairs)
