"""S03 自评与系统得分相差过大。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.facts.computed import input_key
from xltool.facts.gathered import typed_key
from xltool.facts.self_scores import self_scores
from xltool.facts.using import note_key
from xltool.finding import Severity
from xltool.flags.explaining import REASON, said, words_in
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.rules.s07_divergent_row_score import row_gaps
from xltool.flags.selfscores import without_self_score
from xltool.flags.wording import name_of, points
from xltool.scheme.categories import level1_of
from xltool.scheme.key import SELF_SCORE
from xltool.scheme.thresholds import SCORE_ERROR, SCORE_GAP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


@rule(
    "S03",
    severity=Severity.WARNING,
    also=(Severity.ERROR, Severity.NOTICE),
    remedy="按评分标准重算这一行[；坚持自评得分的，在“{form.reason}”里写明依据]。",
    source="假设：复核实践以自评与复核得分的偏离度衡量自评质量",
    thresholds=(SCORE_GAP, SCORE_ERROR),
    fires="支出率50%，系统计2.50分，自评5.00分，多2.50分，为错误；自评1.50分的少1分，为提示",
    silent="系统计4.90分，自评4.90分；相差0.50分以内不报",
)
def divergent_score(case: Case) -> Iterator[Judgement]:
    """自评得分与系统得分相差过大。

    系统只用表里填的数按评分标准重算；多出许多，不是数填错了，就是分打得没有依据。评得低的不是错，供核对。
    """
    facts, scheme = case.facts, case.facts.scheme
    yield from without_self_score(facts)
    told = {gap.row.level1 for gap in row_gaps(facts)}
    for record, own in self_scores(facts):
        score = case.scorecard.of(record.row)
        if score.value is None:
            blanks = dict.fromkeys(blank for key in score.missing for blank in _blanks(facts, key))
            names = "、".join(name_of(scheme, key) for key in blanks)
            why = f"缺{names}" if names else score.trace
            yield Unjudged(f"{scheme.score_sheet.name} 序号{record.row} 系统得分（{why}）")
            continue
        if not scheme.weighed(record.row) and own > points_of(facts, scheme.indicator(record.row)):
            continue  # 超过分值的归 S01，一件事只报一处
        gap = own - score.value
        if abs(gap) <= SCORE_GAP.of(scheme) or _told_by_row(scheme, record.row, told):
            continue
        apart = f"自评{points(own)}，系统计{points(score.value)}，相差{points(abs(gap))}"
        severity = Severity.ERROR if gap > SCORE_ERROR.of(scheme) else None
        if gap < 0:
            severity = Severity.NOTICE
        key = typed_key(scheme, record.key(SELF_SCORE))
        why = said(facts, record, REASON) or words_in(facts, note_key(scheme, key))
        yield Hit(key, f"{apart}；{score.trace}", severity, explained=why)


def _told_by_row(scheme: Scheme, code: str, told: set[str]) -> bool:
    """这一行由绩效指标逐行相加，差在哪个指标 S07 已经说了。"""
    indicator = scheme.indicator(code)
    return indicator.method.name == "indicator_sum" and level1_of(scheme, indicator.method) in told


def _blanks(facts: Facts, key: CellKey) -> Iterator[CellKey]:
    """自动计算的格填不了：说它所用的哪一格空着；各格都有数的还是说它。"""
    computation = facts.scheme.computation(key)
    inputs = [input_key(name, key) for name in computation.inputs] if computation else []
    empty = [one for one in inputs if facts.number(one) is None]
    for one in empty:
        yield from _blanks(facts, one)
    if not empty:
        yield key
