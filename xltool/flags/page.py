"""一条规则的说明页：名称、为什么、界限、依据、怎么办、例子。"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.facts.computed import shown
from xltool.scheme.labels import named, spoken

if TYPE_CHECKING:
    from xltool.flags.rule import Rule
    from xltool.scheme.model import Scheme


@lru_cache(maxsize=256)
def worded(rule: Rule, scheme: Scheme) -> Rule:
    """规则的各句话照一种表自己的叫法说；依据是引来的话，照原样。"""
    return replace(
        rule,
        title=spoken(scheme, rule.title),
        why=spoken(scheme, rule.why),
        remedy=named(scheme, rule.remedy),
        fires=spoken(scheme, rule.fires),
        silent=spoken(scheme, rule.silent),
    )


def rule_page(rule: Rule, scheme: Scheme) -> str:
    """规则的说明，界限的数取自方案。"""
    said = worded(rule, scheme)
    sections = (
        ("为什么查", (said.why,)),
        ("界限", thresholds_of(said, scheme)),
        ("依据", (said.source,)),
        ("怎么办", (said.remedy,)),
        ("触发的例子", (said.fires,)),
        ("不触发的例子", (said.silent,)),
    )
    lines = [f"{said.code} {said.title}（{levels_of(said)}）"]
    for title, texts in sections:
        if texts:
            lines += ["", title, *(f"  {text}" for text in texts)]
    return "\n".join(lines) + "\n"


def levels_of(rule: Rule) -> str:
    """规则的级别；有几种的并列。"""
    return "、".join(severity.label for severity in (rule.severity, *rule.also))


def thresholds_of(rule: Rule, scheme: Scheme) -> tuple[str, ...]:
    """规则所用的各个界限和共用参数：说法、值和来源。"""
    listed = [one.under(scheme) for one in rule.thresholds]
    listed += [scheme.parameters[key] for key in rule.parameters]
    return tuple(f"{item.label}：{shown(item)}（{item.origin}）" for item in listed)
