"""计分办法的目录，以及给一份报送算出全部得分。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import xltool.scoring.methods as package
from xltool.facts.allocation import points_of
from xltool.scheme.loader import load_scheme, scheme_ids
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.sources import earlier_id
from xltool.scoring.method import REGISTERED
from xltool.scoring.score import Scorecard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.facts.view import Facts
    from xltool.scheme.model import Indicator, Scheme
    from xltool.scoring.method import Method


def _every() -> dict[str, type[Method]]:
    """`scoring/methods/` 里的各种办法，按名字排；由别的办法合成的在后。"""
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(REGISTERED.items(), key=lambda one: (one[1].nests, one[0])))


METHODS: dict[str, type[Method]] = _every()


def methods_of(
    scheme: Scheme, indicators: tuple[Indicator, ...] | None = None
) -> tuple[Method, ...]:
    """方案里各三级指标（或只是其中几个）的计分办法，依方案的次序。

    Raises:
        SchemeProblem: 没有这种办法，或取数、参数不对。
    """
    methods = []
    for indicator in scheme.indicators if indicators is None else indicators:
        kind = METHODS.get(indicator.method.name)
        if kind is None:
            path = f"indicators.{indicator.code}.method.name"
            known = "、".join(METHODS)
            raise SchemeProblem(
                scheme.file, path, f"没有“{indicator.method.name}”这种办法；可用 {known}"
            )
        method = kind(scheme, indicator)
        method.check()
        methods.append(method)
    return tuple(methods)


def evaluate(facts: Facts, methods: Iterable[Method]) -> Scorecard:
    """一份报送的全部得分、总分和等级。"""
    scheme, scores = facts.scheme, []
    for method in methods:
        score, points = method.score(facts), points_of(facts, method.indicator)
        # 分值随填报而定的，写上这一份的分值
        scores.append(score if points == score.points else replace(score, points=points))
    total, by_level = totals(scheme, {score.code: score.value for score in scores})
    grade = scheme.grade(total) if total is not None else ""
    return Scorecard(tuple(scores), total, grade, by_level)


def totals(
    scheme: Scheme, values: Mapping[str, Decimal | None]
) -> tuple[Decimal | None, tuple[tuple[str, Decimal | None], ...]]:
    """总分，和各级指标的得分；`values` 是各三级指标的得分。"""
    by_level = []
    for level in scheme.levels:
        under = [item for item in scheme.indicators if level.title in (item.level1, item.level2)]
        by_level.append((level.title, _total(values[item.code] for item in under)))
    return _total(values.values()), tuple(by_level)


def _total(values: Iterable[Decimal | None]) -> Decimal | None:
    """各项之和；有一项没有得分就没有合计。"""
    total = Decimal(0)
    for value in values:
        if value is None:
            return None
        total += value
    return total


def ready_scheme(scheme_id: str) -> tuple[Scheme, tuple[Method, ...]]:
    """随程序带的或另给的方案，和它的计分办法。

    Raises:
        SchemeProblem: 没有这个方案，或方案有毛病。
    """
    return _ready(load_scheme(scheme_id))


@lru_cache(maxsize=16)
def _ready(scheme: Scheme) -> tuple[Scheme, tuple[Method, ...]]:
    return scheme, methods_of(scheme)


def ready_schemes() -> tuple[Scheme, ...]:
    """随程序带的和另给的全部方案。"""
    return tuple(ready_scheme(scheme_id)[0] for scheme_id in scheme_ids())


def offered_schemes() -> tuple[Scheme, ...]:
    """还在下发的方案：早先的版本只为读得懂旧表，不在内。"""
    listed = ready_schemes()
    ids = {one.id for one in listed}
    return tuple(one for one in listed if not _earlier(one, ids))


def _earlier(scheme: Scheme, ids: set[str]) -> bool:
    end = earlier_id("", scheme.version)
    return scheme.id.endswith(end) and scheme.id.removesuffix(end) in ids
