"""A09 金额与上年度差一万倍上下。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import NOTE, explanation, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import about, amount, name_of, result_of
from xltool.scheme.key import field_key
from xltool.scheme.labels import words_of
from xltool.scheme.thresholds import Threshold
from xltool.values import find_unit, plain
from xltool.values.amounts import Amount, amount_of
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.last_year import Achieved
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement

TIMES = Threshold(
    "A09.times",
    "与上年度同名的金额差多少倍，算单位填错",
    Decimal(1000),
    "倍",
    "假设：同一个指标一年变动千倍的少有；元与万元弄混差一万倍，留出余地",
)


@rule(
    "A09",
    severity=Severity.WARNING,
    remedy="核对两年的单位：是把元写成了万元，还是把万元写成了元；确是这么多的，在“说明”或“{indicators.note}”里写明。",
    source="重建：评价机构复核历史数据；公开的自评表里有把元填进万元一栏的",
    thresholds=(TIMES,),
    needs=("indicators.title", "indicators.actual"),
    fires="上年度“带动投资”2800万元，今年28000000万元",
    silent="上年度“带动投资”2800万元，今年3200万元",
)
def unlike_last_year(case: Case) -> Iterator[Judgement]:
    """金额与上年度差千倍以上。

    同一个数去年几千万元、今年几千亿元，多半是元和万元弄混了；两年里必有一年的数不能用。
    """
    if case.last is None:
        yield Unjudged("上年度的报送（用 --last-year 给出）")
        return
    rows, unjudged = split_rows(case, "title", "actual")
    yield from unjudged
    limit = TIMES.of(case.facts.scheme)
    for row in rows:
        last = case.last.of(row.title)
        if last is None:
            continue
        times = _times(amount_of(row.actual, row.unit), last)
        if times is not None and times >= limit:
            found = f"{words_of(case.facts.scheme).actual}{result_of(row)}"
            why = said(case.facts, row.record, NOTE)
            key, text = row.record.key("actual"), about(row, f"{found}，{_before(last, times)}")
            yield Hit(key, text, explained=why)
    for name, last in case.last.amounts.items():
        yield from _field(case.facts, name, last, limit)


def _field(facts: Facts, name: str, last: Achieved, limit: Decimal) -> Iterator[Judgement]:
    """逐项表里同一项的金额。"""
    number = facts.number(name) if facts.scheme.has(name) else None
    if number is None:
        return
    key = field_key(name)
    item = facts.scheme.field(key)
    unit = find_unit(item.unit)
    times = _times(Amount(number, unit.factor, unit, None), last) if unit else None
    if times is not None and times >= limit:
        text = f"{name_of(facts.scheme, key)}{plain(number)}{item.unit}，{_before(last, times)}"
        yield Hit(key, text, explained=explanation(facts, key))


def _before(last: Achieved, times: Decimal) -> str:
    return f"上年度{amount(last.actual, None)}（{last.where}），相差{plain(rounded(times, 0))}倍"


def _times(this: Amount | None, last: Achieved) -> Decimal | None:
    """大的一年是小的一年的几倍；不都是金额的、有一年是零的为空。"""
    before = amount_of(last.actual, None)
    if this is None or before is None or this.unit is None or before.unit is None:
        return None
    if not (this.unit.money and before.unit.money):
        return None
    small, large = sorted((abs(this.value), abs(before.value)))
    return large / small if small else None
