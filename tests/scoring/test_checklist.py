"""逐项得分：是、否、不适用、空白。"""

from __future__ import annotations

import pytest
from scoring_builder import SCHEME_ID, method_for, mutated, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme

KEYS = ("performance_rules", "fund_rules", "duties_assigned")
RULES, FUNDS, DUTIES = (
    "有部门绩效管理制度",
    "专项资金管理办法含绩效管理条款",
    "绩效管理职责分工明确",
)


def filled(*answers: str) -> dict[str, str]:
    return {f"management.{key}": text for key, text in zip(KEYS, answers, strict=True)}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("是", "是", "是"), "5.00"),
        (("不适用", "不适用", "不适用"), "5.00"),
        (("是", "不适用", "否"), "4.00"),
        (("否", "是", "是"), "3.00"),
        (("否", "否", "是"), "1.00"),
        (("否", "否", "否"), "0.00"),
    ],
)
def test_points(answers: tuple[str, str, str], expected: str) -> None:
    assert str(score_of("11", filled(*answers)).value) == expected


def test_blank_withholds_the_score() -> None:
    score = score_of("11", filled("是", "", ""))
    assert score.value is None
    assert score.missing == (
        CellKey("management", "fund_rules"),
        CellKey("management", "duties_assigned"),
    )
    assert score.trace == f"不能计分：缺{FUNDS}、{DUTIES}"


def test_trace() -> None:
    assert score_of("11", filled("是", "否", "不适用")).trace == (
        f"{RULES}：是，2分；{FUNDS}：否，0分；{DUTIES}：不适用，1分；合计=3.00"
    )


def test_sentence() -> None:
    assert method_for(load_scheme(SCHEME_ID), "11").sentence() == (
        f"{RULES}得2分；{FUNDS}得2分；{DUTIES}得1分；不适用的视为做到。"
    )


def test_sentence_is_silent_on_not_applicable_where_it_cannot_be_chosen() -> None:
    changes = [
        (f'label = "{label}", kind = "choice", options = "yes_no_na"',
         f'label = "{label}", kind = "choice", options = "yes_no"')
        for label in (RULES, FUNDS, DUTIES)
    ]  # fmt: skip
    assert method_for(mutated(*changes), "11").sentence() == (
        f"{RULES}得2分；{FUNDS}得2分；{DUTIES}得1分。"
    )


def test_parameter_changes_sentence_and_score() -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {"11.points1": "2.5", "11.points2": "1.5"})
    assert method_for(scheme, "11").sentence().startswith(f"{RULES}得2.5分；{FUNDS}得1.5分；")
    assert str(score_of("11", filled("是", "否", "否"), scheme=scheme).value) == "2.50"


def test_an_answer_outside_the_list_is_not_a_no() -> None:
    """列表以外的字不按“否”扣分，与没有填一样不能计分。"""
    score = score_of("11", filled("是", "有的", "是"))
    assert score.value is None
    assert score.missing == (CellKey("management", "fund_rules"),)
