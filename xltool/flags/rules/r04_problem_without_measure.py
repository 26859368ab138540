"""R04 有问题没有改进措施。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims
from xltool.flags.rule import Hit, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "R04",
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="在报告里给每个问题写一条改进措施：做什么、谁来做、什么时候做完；几个问题合用一条的，写明是哪几个。",
    source="报告：提纲“就部门整体支出绩效管理存在问题提出改进措施”，列2个问题、2条措施；个数不等只提示，为假设",
    needs=(
        *("claims.kind", "claims.topic"),
        *("options.claim_kind.problem", "options.claim_kind.measure"),
    ),
    fires="报告写了3个问题，一条改进措施也没有，为警告；只有2条，为提示",
    silent="报告写了2个问题、2条改进措施",
)
def problem_without_measure(case: Case) -> Iterator[Judgement]:
    """报告写了问题，没有写改进措施，或措施比问题少。

    自评是为了改进，只摆问题不说怎么改，下年多半还是一样。填在{claims}里的只是一部分，一条措施也没有填的
    不判；读了报告正文的，没有就是没有。
    """
    facts = case.facts
    problems, measures = claims_of(facts, "problem"), claims_of(facts, "measure")
    if not problems:
        yield lacks_claims(facts, "problem")
        return
    raised = f"报告写了{len(problems)}个存在的问题"
    if not measures and facts.submission.told is None:
        yield lacks_claims(facts, "measure")
    elif not measures:
        yield Hit(problems[0].key("topic"), f"{raised}，没有写改进措施")
    elif len(measures) < len(problems):
        message = f"{raised}，只有{len(measures)}条改进措施"
        yield Hit(problems[0].key("topic"), message, Severity.NOTICE)
