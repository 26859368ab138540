"""E04 成本指标与实际支出不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.target import target_rows
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.figures import gap
from xltool.flags.rows import falls_under, of_whole_project
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks, money, result_of
from xltool.scheme.categories import COSTS
from xltool.scheme.key import field_key
from xltool.scheme.labels import label_of, words_of
from xltool.scheme.thresholds import COST_GAP
from xltool.values import find_unit
from xltool.values.amounts import Amount, amount_of, comparable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_TOTAL = "finance.total"


@rule(
    "E04",
    severity=Severity.WARNING,
    remedy="核对{indicators.actual}和{finance.total}；口径不同的（如只算工程费），在“{indicators.note}”里写明。",
    source="重建：评价机构复核发现钱与成本指标对不上；公开的自评表里有成本150万元而支出125.25万元的",
    thresholds=(COST_GAP,),
    # 部门的表成本指标各说各的事，不与全部支出比
    needs=(
        *("cover.project", "finance.total"),
        *("indicators.level2", "indicators.title", "indicators.actual"),
    ),
    fires="项目总成本120万元，全年执行数300万元",
    silent="项目总成本298万元，全年执行数300万元",
)
def cost_not_spent(case: Case) -> Iterator[Judgement]:
    """成本指标与实际支出不符。

    整个项目的成本就是花的钱；成本说花得少、支出却多，不是一处填错了，就是成本没有算全。
    指标名称说的是总成本一类，或就是项目名称的，才与支出比。
    """
    facts, scheme = case.facts, case.facts.scheme
    total, unit = facts.number(_TOTAL), find_unit(scheme.field(field_key(_TOTAL)).unit)
    if total is None or unit is None:
        yield lacks(facts, _TOTAL)
        return
    spent = Amount(total, unit.factor, unit, None)
    for row in target_rows(facts):
        if not (falls_under(scheme, row, *COSTS) and of_whole_project(facts, row)):
            continue
        cost = amount_of(row.actual, row.unit)
        if cost is None:
            yield lacks(facts, row.record.key("actual"))
        elif comparable(cost, spent):
            apart = scheme.precise(gap(cost, spent))
            limit = COST_GAP.of(scheme)
            if apart > limit:
                both = f"{words_of(scheme).actual}{result_of(row)}，{label_of(scheme, _TOTAL)}"
                text = f"{both}{money(total)}，相差{percent(apart)}，超过{percent(limit)}"
                why = said(facts, row.record, NOTE)
                yield Hit(row.record.key("actual"), about(row, text), explained=why)
