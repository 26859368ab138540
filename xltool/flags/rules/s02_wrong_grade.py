"""S02 等级不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.self_scores import SELF_TOTAL
from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import lacks, points
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_SELF_GRADE = field_key("cover.self_grade")


@rule(
    "S02",
    severity=Severity.ERROR,
    remedy="按自评分数所在的分数段改正自评等级。",
    source="文号：财预〔2020〕10号按得分划分等级；分数段以方案为准",
    needs=("cover.self_total", "cover.self_grade"),
    fires="自评分数88.5分，等级写“优”",
    silent="自评分数97.35分，等级写“优”",
)
def wrong_grade(case: Case) -> Iterator[Judgement]:
    """自评等级与自评分数不符。

    等级由分数决定，写高了是夸大，写低了也说明没有核对。
    """
    facts = case.facts
    total, grade = facts.number(SELF_TOTAL), facts.text(_SELF_GRADE)
    if total is None:
        yield lacks(facts, SELF_TOTAL)
    if not grade:
        yield lacks(facts, _SELF_GRADE)
    if total is None or not grade:
        return
    # 比最低一级的分数线还低的也算最低一级
    right = facts.scheme.grade(max(total, facts.scheme.grades[-1].minimum))
    if grade != right:
        yield Hit(_SELF_GRADE, f"自评分数{points(total)}应为“{right}”，填的是“{grade}”")
