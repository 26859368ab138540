"""各种表自己的叫法：说明、办法和问题里提到的栏，与那种表上印的一致。"""

from __future__ import annotations

from dataclasses import replace

import pytest

from xltool.flags.registry import rule_of, rules, rules_for
from xltool.scheme.labels import label_of, named, names_in, spoken, words_of
from xltool.scoring.catalogue import ready_scheme

DEPARTMENT, PROJECT = "jiangmen-2025-special", "mof-project"


def remedy(code: str, scheme_id: str) -> str:
    return named(ready_scheme(scheme_id)[0], rule_of(code).remedy)


def test_words_of_the_indicator_sheet() -> None:
    department, project = (words_of(ready_scheme(name)[0]) for name in (DEPARTMENT, PROJECT))
    assert (*department, department.ceiling) == ("预期值", "实现值", "预期上限")
    assert (*project, project.ceiling) == ("年度指标值", "实际完成值", "年度指标上限")


def test_labels() -> None:
    scheme, _ = ready_scheme(DEPARTMENT)
    assert label_of(scheme, "indicators") == "绩效目标完成情况"
    assert label_of(scheme, "finance.basic") == "基本支出"
    with pytest.raises(KeyError):
        label_of(scheme, "finance.nothing")


@pytest.mark.parametrize(
    ("code", "department", "project"),
    [
        (
            "K03",
            "在“偏差原因及说明”或关键数据核对的“存在问题”里写明超额的原因，下年度照实际做得到的申报。",
            "在“偏差原因及改进措施”里写明超额的原因，下年度照实际做得到的申报。",
        ),
        (
            "C03",
            "补填调整后预算数（专项资金填安排数），以批复文件和指标文件为准。",
            "补填全年预算数，以批复文件和指标文件为准。",
        ),
        (
            "K05",
            "实现值填实际完成的数或日期，不写“≥”“约”；用文字描述的写出事实。",
            "实际完成值填实际完成的数或日期，不写“≥”“约”；用文字描述的写出事实。",
        ),
    ],
)
def test_a_remedy_speaks_of_the_form_at_hand(code: str, department: str, project: str) -> None:
    assert (remedy(code, DEPARTMENT), remedy(code, PROJECT)) == (department, project)


def test_general_words_are_said_as_the_form_says_them() -> None:
    text = "{indicators.actual}：实现值大幅超过预期值[，{claims}]"
    department, project = (spoken(ready_scheme(name)[0], text) for name in (DEPARTMENT, PROJECT))
    assert department == "实现值：实现值大幅超过预期值，关键数据核对"
    assert project == "实际完成值：实际完成值大幅超过年度指标值"


def test_a_form_without_indicators_keeps_the_general_words() -> None:
    scheme, _ = ready_scheme(PROJECT)
    bare = replace(scheme, sheets=tuple(one for one in scheme.sheets if one.key != "indicators"))
    assert spoken(bare, "实现值大幅超过预期值") == "实现值大幅超过预期值"


@pytest.mark.parametrize("scheme_id", [DEPARTMENT, PROJECT])
def test_every_remedy_can_be_said(scheme_id: str) -> None:
    scheme, _ = ready_scheme(scheme_id)
    for rule in rules_for(scheme):
        said = named(scheme, rule.remedy)
        assert not set("{}[]") & set(said)
    assert {rule.code for rule in rules() if names_in(rule.remedy)} >= {"K01", "K03", "C03"}


def test_a_rule_is_not_judged_where_its_remedy_has_no_place() -> None:
    """K01 要人写在偏差原因一栏；没有这一栏的方案用不着它。"""
    assert names_in(rule_of("K01").remedy) == ("indicators.note",)
    assert names_in("写明[，或列入{claims}]。") == ()
