"""E06 支付指标说付完了，项目资金却没有支完。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.payment import paid_in_full
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.spending import department_spending
from xltool.flags.wording import about
from xltool.scheme.labels import words_of
from xltool.scheme.thresholds import RATE_CEILING
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "E06",
    severity=Severity.WARNING,
    remedy="按实际支付的比率和日期改填{indicators.actual}；口径不同的（如按进度应付的都付了、结余不再支付），在“{indicators.note}”里写明。",
    source="重建：评价机构复核发现钱没有花、支付指标却满分；公开的自评表里有执行率83.5%而支付及时的",
    thresholds=(RATE_CEILING,),
    # 部门的表有专项资金的看 E03；部门的总支出与哪个指标的付款有关，看不出
    needs=(
        *("cover.project", "finance.total", "finance.adjusted"),
        *("indicators.level2", "indicators.title", "indicators.expected", "indicators.actual"),
    ),
    fires="“资金支付率”写100%，预算执行率55%",
    silent="“资金支付率”写100%，预算执行率100%；“补贴发放准确率”说的不是付了多少",
)
def paid_claim_unspent(case: Case) -> Iterator[Judgement]:
    """支付指标说付完了，项目资金却没有支完。

    一个项目只有一笔钱：指标说全部支付了，执行率又不到百分之百，两处必有一处要改，或者口径不同。
    """
    facts, scheme = case.facts, case.facts.scheme
    rows, unjudged = split_rows(case, "level2", "title", "expected", "actual")
    yield from unjudged
    claims = [row for row in rows if paid_in_full(scheme, row)]
    for item in department_spending(facts) if claims else ():
        if isinstance(item, Unjudged):
            yield item
        elif item.rate < RATE_CEILING.of(scheme):
            for row in claims:
                found = f"{words_of(scheme).actual}“{quote(row.actual.raw)}”表示付完了"
                text = f"{found}，而{item.working}"
                why = said(facts, row.record, NOTE)
                yield Hit(row.record.key("actual"), about(row, text), explained=why)
