"""A05 固定资产使用率不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent, points_apart
from xltool.finding import Severity
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import lacks, money, name_of
from xltool.scheme.key import field_key
from xltool.scheme.thresholds import UTILISATION_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_FIXED, _IN_USE, _REPORTED = map(
    field_key, ("finance.fixed_assets", "finance.fixed_in_use", "finance.reported_utilisation")
)


@rule(
    "A05",
    severity=Severity.ERROR,
    remedy="核对资产年报的在用数和账面原值，改正其中不对的数或使用率。",
    source="重建：评分表“固定资产利用率”；报告：资产使用率按在用资产÷账面原值",
    thresholds=(UTILISATION_TOLERANCE,),
    needs=("finance.fixed_assets", "finance.fixed_in_use", "finance.reported_utilisation"),
    fires="账面原值6758.17，在用6000，使用率写100%（应为88.78%）",
    silent="账面原值6758.17，在用6758.17，使用率100%",
)
def wrong_utilisation(case: Case) -> Iterator[Judgement]:
    """固定资产使用率与在用数、原值不符。

    使用率直接计分，写的百分数要能由在用固定资产除以账面原值得出，在用数不会大于账面原值。
    """
    facts = case.facts
    fixed, in_use, reported = map(facts.number, (_FIXED, _IN_USE, _REPORTED))
    for key in (_FIXED, _IN_USE, _REPORTED):
        if facts.number(key) is None:
            yield lacks(facts, key)
    if fixed is None or in_use is None:
        return
    if in_use > fixed:
        yield Hit(_IN_USE, f"在用固定资产{money(in_use)}大于账面原值{money(fixed)}")
    elif fixed == 0:
        yield Unjudged(f"{name_of(facts.scheme, _FIXED)}（为0，不能作除数）")
    elif reported is not None:
        rate = in_use / fixed
        gap = facts.scheme.precise(abs(rate - reported))
        if gap > UTILISATION_TOLERANCE.of(facts.scheme):
            working = f"在用{money(in_use)}÷原值{money(fixed)}={percent(rate)}"
            apart = points_apart(percent(gap))
            yield Hit(_REPORTED, f"使用率写{percent(reported)}，{working}，相差{apart}")
