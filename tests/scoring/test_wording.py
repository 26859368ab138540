"""评分标准只说那一类指标会有的；各种办法的说法与所用的算法同义。"""

from __future__ import annotations

from dataclasses import replace

import pytest

from xltool.scheme.loader import parse_scheme
from xltool.scoring.catalogue import methods_of, ready_scheme
from xltool.scoring.factor_wording import UNDECIDED, factor_sentence

TIERS = (
    "定性指标按达成情况分三档：达成80%（含）—100%，部分达成60%（含）—80%，未达成60%以下，"
    "档内以自评得分为准，不在档内的按100%、70%、30%计。"
)
MARK = "按(完成率-60%)÷(100%-60%)得分，完成率低于60%不得分"
OVER = "，完成率超过130%、没有写偏差原因的，每高出1个百分点少计1%，最低按80%计"
LEFT_OUT = "{}写不适用并写明原因的，分值摊到同类其余各行；“其中”各项不单独计分。"
PROJECT_LEFT_OUT = LEFT_OUT.format("实际完成值")
FORWARD = f"定量指标达到年度指标值得满分，未达到{MARK}{OVER}"
REVERSE = "越小越好的指标不超过年度指标值得满分，超过的以100%减超出比例为完成率，同样计分"
BANDS = "服务对象满意度指标的实际完成值≥90%得100%，≥80%得80%，≥60%得50%，其余得0%。"


def sentences(scheme_id: str) -> dict[str, str]:
    return {one.indicator.code: one.sentence() for one in ready_scheme(scheme_id)[1]}


@pytest.mark.parametrize(
    ("code", "group", "rules"),
    [
        ("02", "成本指标", f"{REVERSE}；{FORWARD}。{TIERS}"),
        ("03", "产出指标", f"{FORWARD}；{REVERSE}。{UNDECIDED}{TIERS}"),
        ("04", "效益指标", f"{FORWARD}；{REVERSE}。{UNDECIDED}{TIERS}"),
        ("05", "满意度指标", f"{BANDS}{TIERS}"),
    ],
)
def test_each_group_says_what_can_happen_in_it(code: str, group: str, rules: str) -> None:
    """满意度的分档只在满意度一行；那一行没有完成率、超额和反向。成本一行先说越小越好。"""
    start = f"一级指标为“{group}”的各行得分之和；各行分值由项目自定，连同预算执行率合计等于满分。"
    assert sentences("mof-project-101")[code] == f"{start}{rules}{PROJECT_LEFT_OUT}"


def test_what_is_settled_beside_the_rows_goes_by_its_own_name() -> None:
    scheme, _ = ready_scheme("mof-project")
    first, *others = scheme.indicators
    assert scheme.settled == (first,)
    renamed = replace(scheme, indicators=(replace(first, title="资金执行"), *others))
    sentence = methods_of(renamed, renamed.indicators[1:])[0].sentence()
    assert "各行分值由项目自定，连同资金执行合计等于满分" in sentence


def test_the_department_forms_read_as_before() -> None:
    rules = (
        "定量指标达到预期值得满分，未达到按完成率得分，完成率超过150%的按80%计；"
        "越小越好的指标不超过预期值得满分，超过的按超出比例扣减，超出一倍不得分。"
        f"{UNDECIDED}"
        f"定性指标达成得100%，部分达成得70%，未达成得30%。{LEFT_OUT.format('实现值')}"
    )
    found = sentences("jiangmen-2025-special")
    assert found["01"] == f"一级指标为“产出”的指标按个数均分10分。{rules}"
    assert found["04"] == f"属专项资金为“是”的指标按个数均分20分。{rules}"


def parameter(name: str, value: str, unit: str = "%") -> str:
    head = f'[parameters.{name}]\nlabel = "试"\nunit = "{unit}"\norigin = "假设：试"\n'
    return f"{head}value = {value}\n"


@pytest.mark.parametrize(
    ("parameters", "wording"),
    [
        (parameter("over_action", "0"), "未达到按完成率得分；"),
        (parameter("over_action", "2"), "完成率超过150%、报告“存在问题”里点到的，按80%计；"),
        (parameter("over_inclusive", "1"), "完成率达到150%的按80%计；"),
        (parameter("over_by_deviation", "1"), "超过150%的每高出1个百分点少计1%，最低按80%计；"),
        (parameter("reverse_ratio", "1"), "超过的按预期值÷实现值计分。"),
        (
            parameter("reverse_ratio", "1") + parameter("pass_mark", "0.6"),
            "超过的以预期值÷实现值为完成率，同样计分。",
        ),
    ],
)
def test_each_choice_of_the_scheme_has_its_wording(parameters: str, wording: str) -> None:
    head = '[scheme]\nextends = "jiangmen-2025-special"\nid = "trial"\n'
    scheme = parse_scheme(head + parameters, "trial.toml")
    sentence = methods_of(scheme)[0].sentence()
    assert wording in sentence


def test_satisfaction_within_a_larger_group_keeps_both() -> None:
    """部门的表满意度归在效益：分档和完成率都可能用到。"""
    limits = parameter("satisfaction_limit1", "90", "") + parameter("satisfaction_share1", "1")
    head = '[scheme]\nextends = "jiangmen-2025-special"\nid = "trial"\n'
    text = head + limits + parameter("satisfaction_rest", "0")
    scheme = parse_scheme(text, "trial.toml")
    outputs, outcomes = (one.sentence() for one in methods_of(scheme)[:2])
    assert "满意度指标的实现值≥90%得100%，其余得0%。" in outcomes
    assert "定量指标达到预期值得满分" in outcomes
    assert "满意度" not in outputs
    assert factor_sentence(scheme, frozenset({"satisfaction"})).startswith("满意度指标的实现值")
