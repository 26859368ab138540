"""S01 得分越界或合计不符。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.facts.gathered import typed_key
from xltool.facts.self_scores import SELF_TOTAL, self_scores
from xltool.finding import Severity
from xltool.flags.row_scores import row_scores
from xltool.flags.rule import Hit, rule
from xltool.flags.selfscores import without_self_score
from xltool.flags.wording import lacks, points
from xltool.scheme.key import SELF_SCORE
from xltool.scheme.thresholds import TOTAL_TOLERANCE
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "S01",
    severity=Severity.ERROR,
    remedy="把各行自评得分改到零分与分值之间[，选了达成情况的，{indicators.self_score}改到那一档以内]；另填自评分数的，改为各行之和。",
    source="重建：预算管理一体化系统的分值、得分和合计校验",
    thresholds=(TOTAL_TOLERANCE,),
    needs=("cover.self_total",),
    fires="分值5分的一行自评6分；各行之和95.35分，封面写97.35分",
    silent="各行得分都在分值以内，和与封面自评分数一致",
)
def inconsistent_scores(case: Case) -> Iterator[Judgement]:
    """自评得分越界，或合计与自评分数不符。

    每行得分不能超过分值，各行之和就是自评分数；对不上，自评结论就没有依据。
    """
    facts = case.facts
    scored = self_scores(facts)
    for record, score in scored:
        if facts.scheme.weighed(record.row):  # 逐行填、逐行看，合计不另说
            continue
        full = points_of(facts, facts.scheme.indicator(record.row))
        if not 0 <= score <= full:
            wanted = f"在0到{points(full)}之间" if full else f"为{points(full)}"
            key = typed_key(facts.scheme, record.key(SELF_SCORE))
            yield Hit(key, f"自评{points(score)}，应{wanted}")
    yield from row_scores(facts)
    unjudged = without_self_score(facts)
    yield from unjudged
    if unjudged:
        return
    total = facts.number(SELF_TOTAL)
    if total is None:
        yield lacks(facts, SELF_TOTAL)
        return
    added = sum((score for _, score in scored), Decimal(0))
    gap = abs(total - added)
    if gap > TOTAL_TOLERANCE.of(facts.scheme):
        message = f"封面自评分数{plain(total)}，各行自评得分之和{plain(added)}，相差{points(gap)}"
        yield Hit(SELF_TOTAL, message)
