"""记录加权平均：按安排数加权，没有安排数的不计；docs/来源.md §9 的算例。"""

from __future__ import annotations

from decimal import Decimal

import pytest
from engine_refs import EngineRefs
from scoring_builder import facts_of, method_for, weighted

FUND = {"name": "甲"}


def planned(amount: str, paid: str) -> dict[str, str]:
    return FUND | {"planned": amount, "paid": paid}


@pytest.mark.parametrize(
    ("funds", "expected"),
    [
        # 19546.975@100%、2055@32.36%、441.01@75.70%，加权 93.208%，没有金额的两项不计
        (
            [
                planned("19546.975", "19546.975"),
                FUND | {"planned": "2055", "reported_rate": "0.3236"},
                FUND | {"planned": "441.01", "reported_rate": "0.7570"},
                FUND | {"reported_rate": "1"},
                FUND | {"reported_rate": "1"},
            ],
            "4.66",
        ),
        ([planned("100", "50"), planned("300", "300")], "4.38"),  # (50%×100+100%×300)÷400=87.5%
        ([planned("100", "150"), planned("100", "0")], "2.50"),  # 超支先封顶
        ([planned("-100", "0"), planned("100", "100")], "5.00"),  # 负的安排数不计
    ],
)
def test_points(funds: list[dict[str, str]], expected: str) -> None:
    facts = facts_of(weighted(), funds=funds)
    method = method_for(weighted(), "05")
    score = method.score(facts)
    assert score.value == Decimal(expected)
    assert EngineRefs(facts).evaluate(method) == score.value


def test_the_working_shows_the_weights() -> None:
    facts = facts_of(weighted(), funds=[planned("100", "50"), planned("300", "300")])
    score = method_for(weighted(), "05").score(facts)
    assert score.trace == "(50%×100+100%×300)÷安排数合计400=87.50%，×5分=4.38"


@pytest.mark.parametrize(
    "funds",
    [
        [],
        [FUND | {"reported_rate": "1"}],
        [planned("100", "50"), FUND | {"planned": "100"}],
        [FUND | {"planned": "0", "reported_rate": "0.5"}],
    ],
)
def test_withheld_on_both_sides(funds: list[dict[str, str]]) -> None:
    facts = facts_of(weighted(), funds=funds)
    method = method_for(weighted(), "05")
    assert method.score(facts).value is None
    assert EngineRefs(facts).evaluate(method) == ""


def test_the_sentence_says_by_what() -> None:
    sentence = method_for(weighted(), "05").sentence()
    assert sentence == "得分=各项的计分支出率按安排数加权的平均数×5分，每项最高按100%计。"
