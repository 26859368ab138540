"""绩效指标要有哪些类，选了不设的是哪些：规则和报送表的自查都看。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.scheme.categories import (
    COSTS,
    OUTCOMES,
    QUALITY,
    QUANTITY,
    SATISFACTION,
    TIMELINESS,
    categories,
    categories_under,
    level1_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.filled import Filled
    from xltool.scheme.model import Indicator, Scheme


def wanted_categories(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """要有的各类，和算作有的二级指标的标识；产出的逐类都要，效益有一类就行，方案没有的类不要。"""
    single = categories(scheme, (QUANTITY, QUALITY, TIMELINESS))
    groups: dict[str, tuple[str, ...]] = {word: (key,) for key, (_, word) in single.items()}
    if costs := categories(scheme, COSTS):
        words = [word for _, word in costs.values()]
        groups[words[0] if len(words) == 1 else "成本指标"] = tuple(costs)
    if outcomes := tuple(categories(scheme, OUTCOMES)):
        groups["效益指标"] = outcomes
    satisfied = categories(scheme, (SATISFACTION,))
    return groups | {word: (key,) for key, (_, word) in satisfied.items()}


def weighing(scheme: Scheme, category: str) -> Iterator[Indicator]:
    """一类归到评分表的哪几行：那一行分值是 0 的，就是选了不设这一类。"""
    for indicator in scheme.indicators:
        level1 = level1_of(scheme, indicator.method)
        if level1 and category in categories_under(scheme, level1):
            yield indicator


def spares(facts: Filled, category: str) -> bool:
    """单位选了不设这一类：按所选的分法，它的分值是 0。"""
    return any(_points(facts, one) == 0 for one in weighing(facts.scheme, category))


def _points(facts: Filled, indicator: Indicator) -> object:
    # 分值由项目自定的，没有设一类不等于可以不设：看方案通常给不给分
    weighed = facts.scheme.weighed(indicator.code)
    return indicator.points if weighed else points_of(facts, indicator)
