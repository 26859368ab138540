"""S04 扣分无说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.facts.self_scores import SELF_TOTAL, self_scores
from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.selfscores import without_self_score
from xltool.flags.wording import given, lacks, points

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "S04",
    severity=Severity.WARNING,
    remedy="在“{form.reason}”里写明扣在哪里、为什么、扣几分，各行扣分之和应等于总扣分。",
    source="重建：预算管理一体化系统得分低于分值时偏差原因必填；评价机构复核口径“扣分必须写原因且比例一致”",
    parameters=("full_marks",),
    needs=("cover.self_total",),
    fires="自评97.35分，扣了2.65分，没有一处写扣分原因",
    silent="分值5分自评4.90分，写“支出率98.00%，扣0.10分”",
)
def unexplained_deduction(case: Case) -> Iterator[Judgement]:
    """扣了分而没有说明。

    扣分说明了问题在哪里；只有分数没有原因，既无法复核，也无从改进。
    """
    facts = case.facts
    scored = self_scores(facts)
    if not scored:  # 没有逐行打分时只看总分；写过原因的也分不清扣在哪一行
        total, marks = facts.number(SELF_TOTAL), facts.scheme.number("full_marks")
        explained = any(given(record.entry("reason")) for record in facts.form_rows)
        if total is None:
            yield lacks(facts, SELF_TOTAL)
        if total is None or (total < marks and explained):
            yield from without_self_score(facts)
        elif total < marks:
            text = f"自评{points(total)}，扣{points(marks - total)}，没有一处写扣分原因"
            yield Hit(SELF_TOTAL, text)
        return
    yield from without_self_score(facts)
    for record, score in scored:
        full = points_of(facts, facts.scheme.indicator(record.row))
        if score < full and not given(record.entry("reason")):
            message = f"分值{points(full)}，自评{points(score)}，扣{points(full - score)}没有写原因"
            yield Hit(record.key("reason"), message)
