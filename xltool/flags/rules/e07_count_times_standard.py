"""E07 数量×标准超过支付的钱。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import percent
from xltool.facts.direction import named_word
from xltool.facts.target import target_rows
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, explanation, said
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.spending import FUNDS, TOTAL, has_fund_rates
from xltool.flags.standards import counted, product, standards
from xltool.flags.wording import lacks, lacks_sheet, money, result_of
from xltool.scheme.categories import SHEET
from xltool.scheme.contract.word_lists import GRANT
from xltool.scheme.labels import label_of
from xltool.scheme.thresholds import STANDARD_GAP
from xltool.values import find_unit, fold, quote
from xltool.values.kinds import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.flags.standards import Standard
    from xltool.scheme.key import CellKey


class _Paid(NamedTuple):
    """付的钱：哪一格、叫什么、多少万元。"""

    key: CellKey
    name: str
    amount: Decimal


@rule(
    "E07",
    severity=Severity.WARNING,
    remedy="核对完成的数量、标准和支付的金额；还没有付的，在写金额的那一行的“说明”里写明付了多少家、余下的何时付。",
    source="报告：扶持411家、每家5万元，应为2055万元，到次年4月只付665万元",
    thresholds=(STANDARD_GAP,),
    needs=(
        *("indicators.level2", "indicators.title", "indicators.actual", "indicators.unit"),
        "finance.total",
    ),
    fires="奖励411家，每家5万元，共2055万元，而这项资金实际支出665万元",
    silent="清淤12.6公里，每公里48.2万元，共607.32万元，全年支出607.6万元",
)
def count_times_standard(case: Case) -> Iterator[Judgement]:
    """数量乘以标准，多于支付的钱。

    完成了多少家、每家多少钱都写明了，乘起来却比付的钱多：不是没有付完，就是数量或标准不实。
    对象和单位都对得上的才比；部门的表只看补助、奖励一类照标准付的。
    """
    facts = case.facts
    if not target_rows(facts):
        yield lacks_sheet(facts, SHEET)
    for standard in standards(facts):
        of_grant = named_word(facts.scheme, GRANT, standard.row.title)
        if facts.scheme.of_project or of_grant:
            yield from _judged(facts, standard)


def _judged(facts: Facts, standard: Standard) -> Iterator[Judgement]:
    title = quote(standard.row.title)
    count = counted(facts, standard)
    due = product(standard, count) if count is not None else None
    if count is None or due is None:
        yield Unjudged(f"与“{title}”对应的数量指标")
        return
    wan = find_unit("万元")
    due = due / wan.factor if wan else due
    paid = _paid(facts, standard, due)
    if isinstance(paid, Unjudged):
        yield paid
        return
    more = facts.scheme.precise((due - paid.amount) / due) if due > 0 else Decimal(0)
    if more > STANDARD_GAP.of(facts.scheme):
        working = f"{result_of(count)}×{result_of(standard.row)}={money(_plain(due))}"
        text = f"{quote(count.title)}{working}，{paid.name}{money(paid.amount)}，少{percent(more)}"
        rows = (standard.row, count)
        notes = (said(facts, row.record, NOTE) for row in rows)
        why = explanation(facts, paid.key) or next(filter(None, notes), "")
        yield Hit(paid.key, text, explained=why)


def _plain(number: Decimal) -> Decimal:
    return EXACT.normalize(number)


def _paid(facts: Facts, standard: Standard, due: Decimal) -> _Paid | Unjudged:
    """照这个标准付的钱在哪里：对得上的专项资金；没有专项资金表的，是全部支出。"""
    if has_fund_rates(facts):
        fund = _fund(facts, standard, due)
        missing = Unjudged(f"与“{quote(standard.row.title)}”对应的专项资金")
        return missing if fund is None else _paid_from(facts, fund)
    total = facts.number(TOTAL)
    if total is None:
        return lacks(facts, TOTAL)
    return _Paid(TOTAL, label_of(facts.scheme, f"{TOTAL.sheet}.{TOTAL.row}"), total)


def _paid_from(facts: Facts, fund: Record) -> _Paid | Unjudged:
    """一项专项资金的实际支出；只报了拨付进度的，由安排数算出。"""
    name, paid = f"“{quote(fund.text('name'))}”", fund.number("paid")
    if paid is not None:
        return _Paid(fund.key("paid"), f"{name}实际支出", paid)
    planned, rate = fund.number("planned"), fund.number("rate")
    if planned is None or rate is None:
        return lacks(facts, fund.key("paid"))
    key, said_so = fund.key("reported_rate"), f"{name}拨付进度{percent(rate)}，合"
    return _Paid(key, said_so, _plain(planned * rate))


def _fund(facts: Facts, standard: Standard, due: Decimal) -> Record | None:
    """名称里有同样的字、安排数正好是乘积，或总共只有这一项，而且只有一项这样。"""
    funds = facts.records(FUNDS)
    tests = (
        [one for one in funds if set(standard.words) <= set(fold(one.text("name")))],
        [one for one in funds if one.number("planned") == due],
        list(funds) if standard.row.special == facts.scheme.word("yes_no", "yes") else [],
    )
    return next((found[0] for found in tests if len(found) == 1), None)
