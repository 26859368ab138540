"""C02 指标类别不全。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.scheme.categories import (
    COSTS,
    OUTCOMES,
    QUALITY,
    QUANTITY,
    SATISFACTION,
    SHEET,
    TIMELINESS,
    categories_under,
    level1_of,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme


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
    spared = _spared(case.facts)
    missing = [
        name
        for name, accepted in _groups(case.facts.scheme).items()
        if present.isdisjoint(accepted) and not accepted <= spared
    ]
    if not missing:
        return
    yield from unjudged
    if not unjudged:
        yield Hit(None, f"缺少{'、'.join(missing)}", sheet=SHEET)


def _spared(facts: Facts) -> set[str]:
    """单位选了不设的各类：按所选的分法，这一类的分值是0。"""
    scheme, spared = facts.scheme, set[str]()
    for indicator in scheme.indicators:
        level1 = level1_of(scheme, indicator)
        # 分值由项目自定的，没有设一类不等于可以不设：看方案通常给不给分
        weighed = scheme.weighed(indicator.code)
        points = indicator.points if weighed else points_of(facts, indicator)
        if level1 and points == 0:
            spared |= set(words(scheme, tuple(categories_under(scheme, level1))))
    return spared


def _groups(scheme: Scheme) -> dict[str, set[str]]:
    """要有的各类，和算作有的二级指标；产出的逐类都要，效益有一类就行，方案没有的类不要。"""
    groups = {name: {name} for name in words(scheme, (QUANTITY, QUALITY, TIMELINESS))}
    if costs := words(scheme, COSTS):
        groups[costs[0] if len(costs) == 1 else "成本指标"] = set(costs)
    groups["效益指标"] = set(words(scheme, OUTCOMES))
    return groups | {name: {name} for name in words(scheme, (SATISFACTION,))}
