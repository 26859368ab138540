"""E01 执行率异常。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.finding import Severity
from xltool.flags.explaining import explanation
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.spending import spendings
from xltool.scheme.thresholds import RATE_CEILING, RATE_WARNING, Threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

LOW = Threshold(
    "E01.low",
    "执行率过低",
    Decimal("0.6"),
    "%",
    "文号：财预〔2021〕101号，低于60%不得分",
    up_to="E01.warning",
)


@rule(
    "E01",
    severity=Severity.WARNING,
    also=(Severity.ERROR,),
    remedy="核对{finance.total}和{finance.adjusted}[（专项资金核对{funds.paid}和{funds.planned}）]；确实没有支完的，[写在“{finance.note}”里，][表上没有说明一栏的写在评分表那一行的“{form.reason}”里，]写明原因和后续安排。",
    source="文号：财预〔2021〕101号对执行率分档，低于60%不得分；重建：执行率不得超过100%的通行校验",
    thresholds=(LOW, RATE_WARNING, RATE_CEILING),
    needs=("finance.total", "finance.adjusted"),
    fires="支出率32.36%、75.70%要说明，写了“县级库款紧张”的是已说明；100.50%为错误",
    silent="支出率98.00%",
)
def abnormal_spending_rate(case: Case) -> Iterator[Judgement]:
    """支出率过低或超过上限。

    支出率低说明资金没有用起来，属实的要说明原因；超过上限说明支出或预算有一个数不对。
    """
    facts = case.facts
    low, fair, top = (one.of(facts.scheme) for one in (LOW, RATE_WARNING, RATE_CEILING))
    for item in spendings(facts):
        if isinstance(item, Unjudged):
            yield item
        elif item.rate > top:
            text = f"{item.name}：{item.working}，超过{percent(top)}"
            yield Hit(item.key, text, Severity.ERROR)
        elif item.rate < fair:
            limit = low if item.rate < low else fair
            text = f"{item.name}：{item.working}，低于{percent(limit)}"
            yield Hit(item.key, text, explained=explanation(facts, item.key))
