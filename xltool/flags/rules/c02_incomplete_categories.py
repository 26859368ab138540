"""C02 指标类别不全。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.wanted_categories import spares, wanted_categories
from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.scheme.categories import SHEET, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "C02",
    severity=Severity.WARNING,
    remedy="补充所缺类别的指标；确实不宜设置的，在“{indicators.note}”里写明理由。",
    source="报告：2023年度重点绩效评价指出“指标设置不完整”；公开的绩效目标审核工具查缺核心指标",
    needs=("indicators.level2",),
    fires="有数量、质量、时效指标，没有成本指标",
    silent="数量、质量、时效、成本、经济效益、满意度都有；没有生态效益不算缺",
)
def incomplete_categories(case: Case) -> Iterator[Judgement]:
    """绩效指标的类别不全。

    数量、质量、时效、成本四方面都要衡量，效益至少有一项，还要有服务对象满意度；
    缺了一类，就看不出花钱是否值得。分值可以选分法的表，选了不设的一类不算缺。
    """
    rows, unjudged = split_rows(case, "level2")
    present = {row.level2 for row in rows}
    facts, scheme = case.facts, case.facts.scheme
    missing = [
        name
        for name, accepted in wanted_categories(scheme).items()
        if present.isdisjoint(words(scheme, accepted))
        and not (accepted and all(spares(facts, key) for key in accepted))
    ]
    if not missing:
        return
    yield from unjudged
    if not unjudged:
        yield Hit(None, f"缺少{'、'.join(missing)}", sheet=SHEET)
