"""C03 支出率缺基数。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.spending import BASE, FUNDS, TOTAL, has_fund_rates, rate_name
from xltool.flags.wording import lacks, lacks_sheet, listing, money

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Record
    from xltool.flags.rule import Case, Judgement


@rule(
    "C03",
    severity=Severity.ERROR,
    remedy="补填{finance.adjusted}[（专项资金填{funds.planned}）]，以批复文件和指标文件为准。",
    source="重建：评分表的支出率、执行率以预算数或安排数为分母",
    needs=("finance.total", "finance.adjusted"),
    fires="{finance.total}填26701.65万元，{finance.adjusted}空着",
    silent="{finance.total}和{finance.adjusted}都填了；没有支出填0",
)
def missing_spending_base(case: Case) -> Iterator[Judgement]:
    """支出率缺少基数。

    只有支出、没有预算数[或{funds.planned}]，支出率就无从计算，自评所得的支出率分数也无从核对。
    """
    facts = case.facts
    total = facts.number(TOTAL)
    if facts.number(BASE) is None:
        if total is None:
            yield lacks(facts, TOTAL)
        else:
            spent, base = (facts.scheme.field(key).label for key in (TOTAL, BASE))
            rate = rate_name(facts.scheme)
            yield Hit(BASE, f"填了{spent}{money(total)}，没有填{base}，{rate}无从核对")
    if not has_fund_rates(facts):
        return

    # 评分表上专项资金支出率只有一行，几项都缺也只报一处
    records = facts.records(FUNDS)
    if not records:
        yield lacks_sheet(facts, FUNDS)
    without: list[Record] = []
    for record in records:
        if record.number("planned") is not None:
            continue
        if record.number("paid") is None and record.number("reported_rate") is None:
            yield lacks(facts, record.key("paid"))
        else:
            without.append(record)
    if without:
        names = listing([record.text("name") for record in without])
        text = f"{names}有支出而没有填安排数，专项资金支出率无从核对"
        yield Hit(without[0].key("planned"), text)
