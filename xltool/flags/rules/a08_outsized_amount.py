"""A08 金额比全部支出还大得多。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.target import target_rows
from xltool.facts.using import note_key
from xltool.finding import Severity
from xltool.flags.explaining import words_in
from xltool.flags.rows import falls_under, of_whole_project
from xltool.flags.rule import Hit, rule
from xltool.flags.spending import BASE, FUNDS, TOTAL, has_fund_rates
from xltool.flags.wording import lacks, money, name_of
from xltool.scheme.categories import COSTS
from xltool.scheme.labels import label_of
from xltool.scheme.thresholds import OUTSIZED
from xltool.values import find_unit, plain
from xltool.values.amounts import amount_of
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.key import CellKey

_YUAN = "万元"


@rule(
    "A08",
    severity=Severity.WARNING,
    remedy="核对单位：表上是万元，填的是元的，除以10000再填；确是这么多的，在这一行的“说明”或偏差原因里写明。",
    source="重建：公开的自评表里有把元填进万元一栏的，387664.62万元而成本150万元",
    thresholds=(OUTSIZED,),
    needs=("finance.total", "finance.adjusted"),
    fires="全部支出26701.65万元，[一项{funds}的安排数或]成本指标写20550000万元",
    silent="全部支出26701.65万元，[一项{funds}的安排数或]成本指标写19546.98万元",
)
def outsized_amount(case: Case) -> Iterator[Judgement]:
    """一笔钱比全部预算和支出还大得多。

    [{funds}、]成本都是全部支出的一部分；大出百倍以上的，多半是把元填进了万元的格，汇总起来全错。
    """
    facts = case.facts
    known = [number for key in (TOTAL, BASE) if (number := facts.number(key))]
    if not known:
        yield from (lacks(facts, key) for key in (TOTAL, BASE))
        return
    whole, limit = max(known), OUTSIZED.of(facts.scheme)
    label = label_of(facts.scheme, f"{TOTAL.sheet}.{TOTAL.row}")
    for key, amount in _parts(facts):
        if whole > 0 and amount >= limit * whole:
            times = plain(rounded(amount / whole, 0))
            many = f"{money(amount)}，是{label}或预算{money(whole)}的{times}倍"
            text = f"{name_of(facts.scheme, key)}{many}，核对是不是把元填成了万元"
            # 扣分原因说的是为什么扣分，不是为什么这样大：只看这一行自己的说明
            yield Hit(key, text, explained=words_in(facts, note_key(facts.scheme, key)))


def _parts(facts: Facts) -> Iterator[tuple[CellKey, Decimal]]:
    """是全部支出的一部分的各笔钱，以万元计：专项资金，成本指标。"""
    for record in facts.records(FUNDS) if has_fund_rates(facts) else ():
        for column in ("planned", "paid"):
            number = record.number(column)
            if number is not None:
                yield record.key(column), number
    unit = find_unit(_YUAN)
    for row in target_rows(facts):
        amount = amount_of(row.actual, row.unit)
        if amount is None or unit is None or not falls_under(facts.scheme, row, *COSTS):
            continue
        # 说项目总成本的，E04 已经与支出比过
        compared = facts.scheme.of_project and of_whole_project(facts, row)
        if amount.unit is not None and amount.unit.money and not compared:
            yield row.record.key("actual"), amount.value / unit.factor
