"""支出率：部门的和各项专项资金的，连同算式和所在的格。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.flags.rule import Unjudged
from xltool.flags.wording import lacks, lacks_sheet, money, name_of
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

FUNDS = "funds"
TOTAL, BASE = field_key("finance.total"), field_key("finance.adjusted")


@dataclass(frozen=True, slots=True)
class Spending:
    """一个支出率：谁的、在哪一格、多少、怎么来的。"""

    name: str
    key: CellKey
    rate: Decimal
    working: str


def has_funds(facts: Facts) -> bool:
    """方案里有没有专项资金表。"""
    return facts.scheme.has(FUNDS)


def has_fund_rates(facts: Facts) -> bool:
    """算不算得出各项专项资金的支出率。"""
    return all(facts.scheme.has(f"{FUNDS}.{column}") for column in ("planned", "paid", "rate"))


def spendings(facts: Facts) -> Iterator[Spending | Unjudged]:
    """部门的支出率和各项专项资金的支出率；算不出的说缺什么。"""
    yield from department_spending(facts)
    yield from fund_spendings(facts)


def department_spending(facts: Facts) -> Iterator[Spending | Unjudged]:
    """部门预算资金支出率 = 决算支出÷调整后预算数。"""
    total, base = facts.number(TOTAL), facts.number(BASE)
    if total is None or base is None:
        yield from (lacks(facts, key) for key in (TOTAL, BASE) if facts.number(key) is None)
    elif base == 0:
        yield Unjudged(f"{name_of(facts.scheme, BASE)}（为0，不能作除数）")
    else:
        rate = total / base
        labels = (facts.scheme.field(key).label for key in (TOTAL, BASE))
        working = f"{next(labels)}{money(total)}÷{next(labels)}{money(base)}={percent(rate)}"
        yield Spending(spending_name(facts.scheme), TOTAL, facts.scheme.precise(rate), working)


def spending_name(scheme: Scheme) -> str:
    """整个部门（或项目）的钱怎么称呼。"""
    return "项目资金" if scheme.of_project else "部门预算资金"


def rate_name(scheme: Scheme) -> str:
    """这个支出率在评分表上怎么称呼。"""
    return "预算执行率" if scheme.of_project else f"{spending_name(scheme)}支出率"


def fund_spendings(facts: Facts) -> Iterator[Spending | Unjudged]:
    """各项专项资金的支出率。"""
    if not has_fund_rates(facts):
        return
    records = facts.records(FUNDS)
    if not records:
        yield lacks_sheet(facts, FUNDS)
    for record in records:
        rate, paid, planned = map(record.number, ("rate", "paid", "planned"))
        if rate is None:
            yield lacks(facts, record.key("planned" if planned is None else "paid"))
            continue
        if paid is not None and planned:
            working = f"实际支出{money(paid)}÷安排数{money(planned)}={percent(rate)}"
            key = record.key("paid")
        else:
            working = f"报告拨付进度{percent(rate)}"
            reported = facts.scheme.has(f"{FUNDS}.reported_rate")
            key = record.key("reported_rate" if reported else "rate")
        yield Spending(record.text("name"), key, facts.scheme.precise(rate), working)
