"""规则的登记簿：载入本包的全部规则，按族和编码排列。"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

import xltool.flags.rules as package
from xltool.facts.portions import portions
from xltool.flags.rule import HEADINGS, NAMED_ROWS, PORTIONS, REGISTERED
from xltool.layout.parameters import form_parameters
from xltool.scheme.labels import names_in
from xltool.scheme.naming import named_sheets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.flags.rule import Rule
    from xltool.scheme.model import Parameter, Scheme
    from xltool.scheme.thresholds import Threshold

# 完整、勾稽、计分、指标值、质量、执行、整改、一致
FAMILIES = "CASKQERX"
_CHECKS, _PARAMETERS = "checks", "parameters"


@cache
def rules() -> tuple[Rule, ...]:
    """全部规则，依族的次序，族内依编码。"""
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    order = {family: place for place, family in enumerate(FAMILIES)}
    return tuple(sorted(REGISTERED.values(), key=lambda one: (order[one.code[0]], one.code)))


def rule_of(code: str) -> Rule:
    """按编码取规则。

    Raises:
        KeyError: 没有这条规则。
    """
    rules()
    return REGISTERED[code]


@lru_cache(maxsize=16)
def rules_for(scheme: Scheme) -> tuple[Rule, ...]:
    """一个方案用得着的规则：规则要的、办法里说到的表、项、栏和勾稽它都有。"""
    return tuple(
        rule
        for rule in rules()
        if all(_has(scheme, need) for need in (*rule.needs, *names_in(rule.remedy)))
    )


def _has(scheme: Scheme, need: str) -> bool:
    family, _, code = need.partition(".")
    if family == _PARAMETERS:
        return code in scheme.parameters
    if need == HEADINGS:
        return any(level.headings for level in scheme.levels)
    if need == NAMED_ROWS:
        return any(named_sheets(scheme))
    if need == PORTIONS:
        return bool(portions(scheme))
    if family == _CHECKS:
        return any(check.rule == code for check in scheme.checks)
    return scheme.has(need)


def scheme_of(rule: Rule, schemes: Sequence[Scheme]) -> Scheme | None:
    """用得着这条规则、规则最全的方案；界限的数和各栏的叫法照它印。"""
    users = (scheme for scheme in schemes if rule in rules_for(scheme))
    return max(users, key=lambda scheme: len(rules_for(scheme)), default=None)


@cache
def thresholds() -> dict[str, Threshold]:
    """各规则的全部界限，依规则的次序；几条规则合用的列在自己的一条下。"""
    return {one.key: one for rule in rules() for one in rule.thresholds if one.code == rule.code}


def thresholds_for(scheme: Scheme) -> tuple[Parameter, ...]:
    """一个方案用得着的规则的界限，照方案的说法和值；方案另写了的也在内。"""
    used = {one.key for rule in rules_for(scheme) for one in rule.thresholds}
    wanted = used | scheme.thresholds.keys()
    return tuple(one.under(scheme) for key, one in thresholds().items() if key in wanted)


def reviewers_parameters(scheme: Scheme) -> tuple[Parameter, ...]:
    """报送表上没有、复核的人要看的：公式用不到的共用参数，和疑点的界限。"""
    listed = (*scheme.parameters.values(), *thresholds_for(scheme))
    return tuple(one for one in listed if one.key not in form_parameters(scheme))


def known_checks() -> tuple[str, ...]:
    """看勾稽的各条规则。"""
    return tuple(rule.code for rule in rules() if f"{_CHECKS}.{rule.code}" in rule.needs)
