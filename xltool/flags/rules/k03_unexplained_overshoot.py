"""K03 超额未说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.direction import unsettled
from xltool.finding import Severity
from xltool.flags.claims import claims_named
from xltool.flags.explaining import NOTE
from xltool.flags.overshooting import TOLD_IN, explained, overshot, told_in, working
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import about, lacks_direction, name_of
from xltool.scheme.thresholds import OVERSHOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


_REMEDY = "在{}里写明超额的原因，下年度照实际做得到的申报。"


@rule(
    "K03",
    severity=Severity.WARNING,
    remedy=_REMEDY.format(TOLD_IN),
    source="报告：“存在问题”只承认了一个超额指标；重建：外省一体化系统超过130%时偏差原因必填",
    thresholds=(OVERSHOT,),
    needs=("indicators.expected", "indicators.actual"),
    fires="完成率200%，偏差原因空着[，{claims}的“存在问题”里也没有提到这个指标]",
    silent="完成率346.15%，偏差原因写明了[，或{claims}的“存在问题”里写明了这个指标]",
)
def unexplained_overshoot(case: Case) -> Iterator[Judgement]:
    """大幅超额而没有说明。

    超额本身不是错，不说明就看不出是工作做得好还是预期值定得低。
    """
    facts, scheme = case.facts, case.facts.scheme
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    doubted = (row for row in rows if unsettled(scheme, row))
    yield from (lacks_direction(facts, row) for row in doubted)
    where = told_in(facts)
    for row in rows:
        ratio, key = overshot(scheme, row), row.record.key(NOTE)
        told = ratio is None or explained(facts, row)
        if ratio is not None and told is False:
            over = f"{working(scheme, row, ratio)}，超过{percent(OVERSHOT.of(scheme))}"
            text = about(row, f"{over}，没有在{where}里说明")
            yield Hit(key, text, remedy=_REMEDY.format(where))
        elif told is None:
            yield Unjudged(f"{name_of(scheme, key)}，或{claims_named(facts, 'problem')}")
