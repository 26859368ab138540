"""A10 没有支出的钱没有去向。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.finding import Severity
from xltool.flags.explaining import explanation
from xltool.flags.rule import Hit, rule
from xltool.flags.spending import BASE, TOTAL
from xltool.flags.wording import lacks, money
from xltool.scheme.key import field_key
from xltool.scheme.thresholds import BALANCE_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

CARRIED = field_key("finance.carried")


@rule(
    "A10",
    severity=Severity.WARNING,
    remedy="核对{finance.adjusted}、{finance.total}和{finance.carried}；被财政收回、核减的，在说明里写明数额和依据。",
    source="重建：公开的部门整体自评表预算执行率76%，结转结余率却是0；预算、支出、结余三个数要平",
    thresholds=(BALANCE_TOLERANCE,),
    needs=("finance.adjusted", "finance.total", "finance.carried"),
    fires="全年预算100万元，支出76万元，年末结转结余0：有24万元没有去向",
    silent="全年预算100万元，支出76万元，年末结转结余24万元；相差1%以内",
)
def unaccounted_balance(case: Case) -> Iterator[Judgement]:
    """没有支出的钱没有去向，或支出和结余比预算还多。

    预算没有支完，余下的不是结转结余，就是被收回；两样都没有，支出、结余必有一个数不对，结转结余率也就白得了分。
    """
    facts = case.facts
    base, total, carried = map(facts.number, (BASE, TOTAL, CARRIED))
    if base is None or total is None or carried is None:
        keys = (BASE, TOTAL, CARRIED)
        yield from (lacks(facts, key) for key in keys if facts.number(key) is None)
        return
    gap = base - total - carried
    if base <= 0 or facts.scheme.precise(abs(gap) / base) <= BALANCE_TOLERANCE.of(facts.scheme):
        return
    labels = [facts.scheme.field(key).label for key in (BASE, TOTAL, CARRIED)]
    sums = f"{labels[1]}{money(total)}加{labels[2]}{money(carried)}"
    apart = f"{'少' if gap > 0 else '多'}{money(abs(gap))}（{percent(abs(gap) / base)}）"
    text = f"{sums}，比{labels[0]}{money(base)}{apart}，没有说明去向"
    yield Hit(CARRIED, text, explained=explanation(facts, CARRIED))
