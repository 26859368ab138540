"""说钱付完了的绩效指标：名称里有付款的字眼，而且自称完成。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.direction import named_word
from xltool.facts.factor import factor
from xltool.facts.payment import paid_rates
from xltool.facts.unfinished import says_unfinished
from xltool.flags.rows import falls_under, own_unit
from xltool.scheme.categories import TIMELINESS
from xltool.scheme.contract.word_lists import PAYMENT
from xltool.values import Kind, fold

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.scheme.model import Scheme

_RATE, _WHOLE = "%", 100


def timely_payment(scheme: Scheme, row: Target) -> bool:
    """时效指标说的是付款。"""
    return falls_under(scheme, row, TIMELINESS) and bool(named_word(scheme, PAYMENT, row.title))


def paid_in_full(scheme: Scheme, row: Target) -> bool:
    """自称全部付了：付款的比率写了100%，或付款的时效指标自称完成。"""
    unit = own_unit(row)
    if unit is not None and unit.name == _RATE:
        said = timely_payment(scheme, row) or any(word in row.title for word in paid_rates(scheme))
        return said and row.result is not None and row.result >= _WHOLE
    return timely_payment(scheme, row) and claims_met(scheme, row)


def claims_met(scheme: Scheme, row: Target) -> bool:
    """是否自称完成：与预期值同文、选了达成、日期不晚于期限、或数值达标。"""
    if says_unfinished(scheme, row):
        return False
    if row.tier:
        return row.tier == scheme.word("tier", "achieved")
    if fold(row.actual.raw) == fold(row.expected.raw):
        return True
    if row.expected.kind is Kind.DATE and row.expected.deadline and row.actual.deadline:
        return row.actual.deadline <= row.expected.deadline
    return row.target is not None and (factor(scheme, row) or Decimal(0)) >= 1
