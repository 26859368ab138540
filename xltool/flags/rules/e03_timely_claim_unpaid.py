"""E03 时效与支付矛盾。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.payment import claims_met, timely_payment
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.spending import FUNDS, Spending, fund_spendings
from xltool.flags.wording import about, listing
from xltool.scheme.labels import words_of
from xltool.scheme.thresholds import RATE_CEILING
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement


@rule(
    "E03",
    severity=Severity.ERROR,
    remedy="按实际拨付日期改填{indicators.actual}；没有拨付完的写“未拨付完”，达成情况选部分达成或未达成，并说明原因。",
    source="报告：写扶持资金2024年12月前拨付，又写截至2025年4月18日拨付进度32.36%",
    thresholds=(RATE_CEILING,),
    needs=(
        *("indicators.level2", "indicators.title", "indicators.expected", "indicators.actual"),
        *("funds.planned", "funds.paid", "funds.rate"),
    ),
    fires="“扶持资金拨付及时性”写2024年12月前完成，专项资金到次年4月只拨付32.36%",
    silent="“扶持资金拨付及时性”写2024年12月前完成，专项资金支出率100%",
)
def timely_claim_unpaid(case: Case) -> Iterator[Judgement]:
    """时效指标说按期拨付，专项资金却没有拨完。

    同一份报告里，时效指标称拨付已按期完成，支出率又低于百分之百，两者必有一处不实。
    """
    scheme = case.facts.scheme
    rows, unjudged = split_rows(case, "level2", "title", "expected", "actual")
    yield from unjudged
    claims = [row for row in rows if timely_payment(scheme, row) and claims_met(scheme, row)]
    if not claims:
        return
    yield from (item for item in fund_spendings(case.facts) if isinstance(item, Unjudged))
    for row in claims:
        unpaid = _unpaid(case.facts, row.expected.deadline)
        if unpaid:
            progress = listing([f"{item.name}{item.working}" for item in unpaid], "；")
            text = f"{words_of(scheme).actual}“{quote(row.actual.raw)}”{_said(row)}，而{progress}"
            yield Hit(row.record.key("actual"), about(row, text))


def _said(row: Target) -> str:
    """自称完成的是日期，还是选的档；晚了的，只有选的档这样说。"""
    due, done = row.expected.deadline, row.actual.deadline
    if due and done and done > due:
        return f"晚于“{quote(row.expected.raw)}”，达成情况却选了“{quote(row.tier)}”"
    return "表示已按期完成"


def _unpaid(facts: Facts, deadline: date | None) -> list[Spending]:
    """没有拨完的专项资金；统计日在期限之前的还说不上矛盾。"""
    full = RATE_CEILING.of(facts.scheme)
    early = {
        record.row
        for record in facts.records(FUNDS)
        if deadline and (day := record.day("as_of")) and day < deadline
    }
    known = (item for item in fund_spendings(facts) if isinstance(item, Spending))
    return [item for item in known if item.rate < full and item.key.row not in early]
