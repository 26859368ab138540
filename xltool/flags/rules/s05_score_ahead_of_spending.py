"""S05 高分低执行。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.self_scores import SELF_TOTAL
from xltool.finding import Severity
from xltool.flags.explaining import explanation
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.spending import department_spending, spendings
from xltool.flags.wording import lacks, points
from xltool.scheme.caps import cap_on
from xltool.scheme.key import FULL_MARKS
from xltool.scheme.thresholds import AHEAD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "S05",
    severity=Severity.WARNING,
    remedy="[“{finance.note}”里][（表上没有说明一栏的在评分表那一行的“{form.reason}”里）]写明钱没有花完而得分高的原因；没有依据的，按实际进度调整自评得分。",
    source="重建：预算管理一体化系统自评预警（红灯），得分率超前执行率",
    thresholds=(AHEAD,),
    parameters=(FULL_MARKS,),
    needs=("finance.total", "finance.adjusted", "cover.self_total"),
    fires="自评97.35分，支出率32.36%，超前66.76%",
    silent="自评97.35分，支出率98.00%",
)
def score_ahead_of_spending(case: Case) -> Iterator[Judgement]:
    """自评得分率远远超前支出率。

    钱没有花出去，效果一般还没有发生；得分率比支出率高出许多，自评可能偏高。
    """
    facts = case.facts
    total = facts.number(SELF_TOTAL)
    if total is None:
        yield lacks(facts, SELF_TOTAL)
        return
    share, limit = total / facts.scheme.full_marks, AHEAD.of(facts.scheme)
    # 方案按执行率限定了自评的最高分的，超过就是一处；执行率算不出的，下面会说缺什么
    for item in department_spending(facts):
        cap = None if isinstance(item, Unjudged) else cap_on(facts.scheme, item.rate)
        if cap is not None and total > cap.points and not isinstance(item, Unjudged):
            most = f"低于{percent(cap.limit)}的自评不得高于{points(cap.points)}"
            yield Hit(SELF_TOTAL, f"{item.name}：{item.working}，{most}，现为{points(total)}")
    for item in spendings(facts):
        if isinstance(item, Unjudged):
            yield item
            continue
        gap = facts.scheme.precise((share - item.rate) / share) if share > 0 else share
        if gap > limit:
            high, low = percent(share), percent(item.rate)
            ahead = f"超前({high}-{low})÷{high}={percent(gap)}，超过{percent(limit)}"
            text = f"{item.name}：{item.working}，得分率{high}，{ahead}"
            yield Hit(item.key, text, explained=explanation(facts, item.key))
