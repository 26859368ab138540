"""测试用：照做规则页里的一个例子，结果、各处、缺什么都要与写的相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from official_schemes import ready

from xltool.finding import EXPLAINED, Severity
from xltool.flags.judging import verdict_of
from xltool.flags.registry import rule_of
from xltool.flags.wording import name_of

if TYPE_CHECKING:
    from flag_pages import Example

    from xltool.flags.rule import Hit, Rule


def assert_as_written(scheme_id: str, example: Example) -> None:
    """在某个方案上照做一个例子。"""
    scheme, methods = ready(scheme_id)
    rule = rule_of(example.code)
    verdict = verdict_of(rule, example.case(scheme, methods))

    assert verdict.outcome == example.outcome
    assert list(verdict.missing) == example.missing
    found = [
        (name_of(scheme, hit.key) if hit.key else scheme.sheet(hit.sheet).name, _level(rule, hit))
        for hit in verdict.hits
    ]
    assert found == [(cell, level) for cell, level, _ in example.hits]
    for hit, (_, _, text) in zip(verdict.hits, example.hits, strict=True):
        assert text in hit.message
        assert (hit.severity or rule.severity) in (rule.severity, *rule.also)


def _level(rule: Rule, hit: Hit) -> str:
    """写在例子里的级别：说明了的警告是“已说明”。"""
    severity = hit.severity or rule.severity
    return EXPLAINED if hit.explained and severity is Severity.WARNING else severity.label
