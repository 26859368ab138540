"""E08 某一来源的资金执行率异常。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.money_sources import sources
from xltool.finding import Severity
from xltool.flags.explaining import explanation
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import lacks, money
from xltool.scheme.thresholds import RATE_CEILING, SOURCE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.money_sources import Source
    from xltool.flags.rule import Case, Judgement


@rule(
    "E08",
    severity=Severity.WARNING,
    also=(Severity.ERROR,),
    remedy="核对这一来源的全年预算数和全年执行数；确实没有支完的，[在“{finance.note}”里]写明是哪一笔资金、什么原因、怎样安排。",
    source="重建：财预〔2020〕10号的自评表按资金来源分列预算数和执行数",
    thresholds=(SOURCE_RATE, RATE_CEILING),
    needs=("finance.total_fiscal", "finance.adjusted_fiscal"),
    fires="全部资金执行率91%，其中当年财政拨款只执行了50%",
    silent="各来源的执行率都在80%以上",
)
def low_source_rate(case: Case) -> Iterator[Judgement]:
    """某一来源的资金执行率过低，或超过预算。

    几笔资金合在一起算，花得快的盖住了没有花的；财政拨款没有用起来，合计的执行率看不出来。
    """
    facts, scheme = case.facts, case.facts.scheme
    judged: list[tuple[Source, Decimal, Decimal]] = []
    for source in sources(scheme):
        spent, budget = facts.number(source.spent), facts.number(source.budget)
        pairs = ((source.spent, spent), (source.budget, budget))
        yield from (lacks(facts, key) for key, value in pairs if value is None)
        if spent is not None and budget is not None and (spent or budget):
            judged.append((source, spent, budget))
    if len(judged) < 2:  # noqa: PLR2004 - one source is the whole, which E01 judges
        return
    low, top = SOURCE_RATE.of(scheme), RATE_CEILING.of(scheme)
    for source, spent, budget in judged:
        label = scheme.field(source.spent).label
        amounts = f"{label}{money(spent)}，{scheme.field(source.budget).label}{money(budget)}"
        if budget == 0:
            yield Hit(source.spent, f"{amounts}，没有预算而有支出", Severity.ERROR)
            continue
        rate = scheme.precise(spent / budget)
        if rate > top:
            text = f"{amounts}，执行率{percent(rate)}，超过{percent(top)}"
            yield Hit(source.spent, text, Severity.ERROR)
        elif rate < low:
            text = f"{amounts}，执行率{percent(rate)}，低于{percent(low)}"
            yield Hit(source.spent, text, explained=explanation(facts, source.spent))
