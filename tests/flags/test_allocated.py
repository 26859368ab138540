"""分值随分法而定的表：选了不设的一类不算缺，设了而没有指标的算缺。"""

from __future__ import annotations

import pytest
from facts_builder import build_facts

from xltool.flags.judging import verdict_of
from xltool.flags.registry import rule_of
from xltool.flags.rule import Case
from xltool.scoring.catalogue import evaluate, ready_scheme

OUTPUTS = ("数量指标", "质量指标", "时效指标")
ROWS = [{"level1": "产出指标", "level2": name, "title": name} for name in OUTPUTS]
OUTCOME = {"level1": "效益指标", "level2": "社会效益指标", "title": "惠及人数"}
COST = {"level1": "成本指标", "level2": "经济成本指标", "title": "单位成本"}
SURVEY = {"level1": "满意度指标", "level2": "服务对象满意度指标", "title": "满意度"}


@pytest.mark.parametrize(
    ("allocation", "extra", "missing"),
    [
        ("不设成本指标、不设满意度指标", [], []),
        ("不设成本指标", [], ["缺少服务对象满意度指标"]),
        ("不设成本指标", [SURVEY], []),
        ("设成本指标", [SURVEY], ["缺少成本指标"]),
        ("设成本指标", [COST], ["缺少服务对象满意度指标"]),
        ("设成本指标、不设满意度指标", [COST], []),
        ("", [], ["缺少服务对象满意度指标"]),  # 没有选分法的按第一种：不设成本
    ],
)
def test_categories_follow_the_chosen_allocation(
    allocation: str, extra: list[dict[str, str]], missing: list[str]
) -> None:
    scheme, methods = ready_scheme("mof-project-101-2021-1")
    cover = {"cover.allocation": allocation} if allocation else {}
    facts = build_facts(scheme, cover, {"indicators": [*ROWS, OUTCOME, *extra]})
    verdict = verdict_of(rule_of("C02"), Case(facts, evaluate(facts, methods)))
    assert [hit.message for hit in verdict.hits] == missing


def test_a_form_without_a_choice_asks_for_every_category() -> None:
    """10号文的表没有分法：成本归在产出，缺了就是缺。"""
    scheme, methods = ready_scheme("mof-project")
    facts = build_facts(scheme, {}, {"indicators": [*ROWS, OUTCOME, SURVEY]})
    verdict = verdict_of(rule_of("C02"), Case(facts, evaluate(facts, methods)))
    assert [hit.message for hit in verdict.hits] == ["缺少成本指标"]
