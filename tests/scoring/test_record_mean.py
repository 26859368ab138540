"""记录平均：封顶、报告拨付进度作后备、缺数。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_refs import EngineRefs
from scoring_builder import SCHEME_ID, facts_of, fund, method_for, mutated, score_of

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme

if TYPE_CHECKING:
    from scoring_builder import Row

SHORT = {"name": "甲", "planned": "2055", "paid": "665"}  # 32.36%
OVER = {"name": "乙", "planned": "100", "paid": "180"}  # 180%，按 100% 计


@pytest.mark.parametrize(
    ("funds", "expected"),
    [
        ([SHORT], "1.62"),  # 5×665÷2055=1.61800
        ([OVER], "5.00"),
        ([SHORT, OVER], "3.31"),  # 5×(0.32360+1)÷2=3.30900
        ([fund("0.7570")], "3.79"),  # 3.785，入
        ([fund("0.7569")], "3.78"),  # 3.7845，舍
        ([fund("0")], "0.00"),
        ([fund("1")], "5.00"),
        ([fund("1.5"), fund("0.5")], "3.75"),  # 先各自封顶再平均
        ([SHORT | {"paid": "0"}], "0.00"),
        ([SHORT | {"reported_rate": "0.9"}], "1.62"),  # 有安排数和支出，不看报告
        ([{"name": "甲", "planned": "0", "paid": "0", "reported_rate": "0.4"}], "2.00"),
        ([{"name": "甲", "planned": "100", "reported_rate": "0.4"}], "2.00"),
        ([{"name": "甲", "planned": "100", "paid": "-50"}], "0.00"),  # 填错的负数不倒扣
    ],
)
def test_points(funds: list[Row], expected: str) -> None:
    assert str(score_of("05", funds=funds).value) == expected


def test_no_record() -> None:
    score = score_of("05")
    assert score.value is None
    assert score.missing == ()
    assert score.trace == "不能计分：专项资金表没有填"


@pytest.mark.parametrize(
    "row",
    [
        {"name": "丙"},
        {"name": "丙", "planned": "100"},
        {"name": "丙", "paid": "100"},
    ],
)
def test_one_record_without_a_rate_withholds_the_score(row: Row) -> None:
    score = score_of("05", funds=[SHORT, row])
    assert score.value is None
    assert score.missing == (CellKey("funds", "2", "counted_rate"),)
    assert score.trace == "不能计分：专项资金表第2行算不出计分支出率"


def test_a_record_of_nothing_says_which_cell_is_nothing() -> None:
    score = score_of("05", funds=[SHORT, {"name": "丙", "planned": "0", "paid": "0"}])
    assert score.value is None
    assert score.missing == (CellKey("funds", "2", "planned"),)
    assert score.trace == "不能计分：专项资金表第2行（安排数为0）算不出计分支出率"


def test_a_record_without_a_name_is_not_counted_silently() -> None:
    score = score_of("05", funds=[SHORT | {"name": ""}, OVER])
    assert score.value is None
    assert score.missing == (CellKey("funds", "1", "name"),)
    assert score.trace == "不能计分：专项资金表第1行没有填专项资金名称"


def test_trace() -> None:
    score = score_of("05", funds=[SHORT, OVER, fund("0.5")])
    # (0.32360+1+0.5)÷3=0.60787，×5=3.03933
    assert score.trace == "(32.36%+100%+50%)÷3=60.79%，×5分=3.04"
    assert score.used == tuple(CellKey("funds", row, "counted_rate") for row in "123")


def test_sentence() -> None:
    assert method_for(load_scheme(SCHEME_ID), "05").sentence() == (
        "得分=各项的计分支出率的平均数×5分，每项最高按100%计。"
    )


# 没有封顶的一栏：各项照填的算，平均数最高按100%计；印的、算的、公式算的是一回事
UNCAPPED = (
    ([fund("1.1"), fund("0.88")], "4.95"),  # 不各自封顶：99%，不是94%
    ([fund("1.1"), fund("0.95")], "5.00"),  # 102.5%，不多得
    ([fund("1.0")], "5.00"),
)


@pytest.mark.parametrize(("funds", "expected"), UNCAPPED)
@pytest.mark.parametrize("weight", ["", ', weight = "planned"'])
def test_what_is_printed_is_what_is_counted(funds: list[Row], expected: str, weight: str) -> None:
    name = "record_weighted_mean" if weight else "record_mean"
    inputs = f'sheet = "funds", column = "reported_rate"{weight}'
    old = 'name = "record_mean", inputs = { sheet = "funds", column = "counted_rate" }'
    scheme = mutated((old, f'name = "{name}", inputs = {{ {inputs} }}'))
    facts = facts_of(scheme, funds=[{**row, "planned": "100"} for row in funds])
    method = method_for(scheme, "05")
    score = method.score(facts)
    assert str(score.value) == expected
    assert EngineRefs(facts).evaluate(method) == score.value
    assert method.sentence().endswith("×5分，平均数最高按100%计。")
    assert ("按100%计" in score.trace) is (expected == "5.00" and len(funds) > 1)


def test_input_changes_sentence_and_score() -> None:
    scheme = mutated(('column = "counted_rate"', 'column = "reported_rate"'))
    assert "各项的报告拨付进度的平均数" in method_for(scheme, "05").sentence()
    score = score_of("05", funds=[SHORT | {"reported_rate": "0.9"}], scheme=scheme)
    assert str(score.value) == "4.50"


def test_computed_cells() -> None:
    facts = facts_of(load_scheme(SCHEME_ID), funds=[OVER])
    record = facts.records("funds")[0]
    assert str(record.number("rate")) == "1.8"
    assert record.number("counted_rate") == 1
