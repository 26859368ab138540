"""绩效指标一行：运算符、单位从哪里来，什么可以相除。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from scoring_builder import SCHEME_ID, V1_INDICATORS, facts_of, with_parameters

from xltool.facts.completion import completion
from xltool.facts.direction import lower_is_better
from xltool.facts.entry import Entry, EntryState
from xltool.facts.factor import factor
from xltool.facts.overshoot import over
from xltool.facts.target import indicator_row, target_rows
from xltool.facts.view import Facts
from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme
from xltool.values import Operator

SCHEME = load_scheme(SCHEME_ID)
PROJECT = load_scheme("mof-project")
FACTS = facts_of(SCHEME, indicators=V1_INDICATORS)

# docs/来源.md §10：完成率（百分数，两位小数），不能相除的为空；得分率
COMPLETIONS = [
    "101.48", "100.00", "200.00", "100.00", "100.00", "346.15", "", "108.20", "100.00", "",
    "100.00", "48.87", "115.71", "111.38", "670.00", "", "158.82", "150.00", "", "",
]  # fmt: skip
OVER = {3, 6, 15, 17}


@pytest.mark.parametrize("number", range(1, 21))
def test_the_seed_indicators(number: int) -> None:
    row = indicator_row(FACTS, str(number))
    ratio = completion(SCHEME, row)
    shown = "" if ratio is None else f"{ratio * 100:.2f}"
    assert shown == COMPLETIONS[number - 1]
    assert factor(SCHEME, row) == (Decimal("0.8") if number in OVER else 1)


def test_computed_columns_agree() -> None:
    for number in range(1, 21):
        row = indicator_row(FACTS, str(number))
        for column, of in (("completion", completion), ("factor", factor)):
            key = CellKey("indicators", str(number), column)
            assert FACTS.number(key) == of(SCHEME, row)


def test_all_rows_in_order_and_built_once() -> None:
    rows = target_rows(FACTS)
    assert [row.record.row for row in rows] == [str(n) for n in range(1, 21)]
    assert target_rows(FACTS)[0] is rows[0]


@pytest.mark.parametrize(
    ("written", "expected", "operator"),
    [
        ("≥", "33", Operator.GE),
        ("", "≥33", Operator.GE),
        ("≤", "≥33", Operator.LE),
        ("", "不超过33", Operator.LE),
        ("", "33", None),
    ],
)
def test_operator(written: str, expected: str, operator: Operator | None) -> None:
    facts = facts_of(SCHEME, indicators=[{"operator": written, "expected": expected}])
    row = indicator_row(facts, "1")
    assert row.operator is operator
    assert row.reverse is (operator is Operator.LE)


@pytest.mark.parametrize(
    ("column", "expected", "title", "unit"),
    [
        ("万元", "5", "投资（家）", "万元"),
        ("", "5亿元", "投资（家）", "亿元"),
        ("", "5", "企业数量（家）", "家"),
        ("", "5", "企业数量", None),
        ("看不懂", "5亿元", "企业数量", None),
    ],
)
def test_unit(column: str, expected: str, title: str, unit: str | None) -> None:
    row = {"unit": column, "expected": expected, "title": title}
    found = indicator_row(facts_of(SCHEME, indicators=[row]), "1").unit
    assert (found.name if found else None) == unit


def test_result_is_put_in_the_unit_of_the_target() -> None:
    facts = facts_of(SCHEME, indicators=[{"expected": "≥40亿元", "actual": "445500万元"}])
    row = indicator_row(facts, "1")
    assert (row.target, row.result) == (40, Decimal("44.55"))


def test_conversion_loses_no_digit() -> None:
    facts = facts_of(SCHEME, indicators=[{"expected": "≥3亿元", "actual": "1.000000000001元"}])
    assert indicator_row(facts, "1").result == Decimal("0.00000001000000000001")


@pytest.mark.parametrize(
    ("ratio", "inclusive", "expected"),
    [
        ("1.5", "0", False),
        ("1.5", "1", True),
        ("1.50000000001", "0", False),  # 先舍入到 10 位再比
        ("1.5000000001", "0", True),
    ],
)
def test_over(ratio: str, inclusive: str, *, expected: bool) -> None:
    scheme = with_parameters(SCHEME, {"over_inclusive": inclusive})
    assert over(scheme, Decimal(ratio)) is expected


def test_a_cost_without_a_sign_is_better_when_lower() -> None:
    rows = [{"level2": "成本指标", "expected": "5"}, {"level2": "质量指标", "expected": "5"}]
    facts = facts_of(SCHEME, indicators=rows)
    assert lower_is_better(SCHEME, indicator_row(facts, "1"))
    assert not lower_is_better(SCHEME, indicator_row(facts, "2"))


@pytest.mark.parametrize(("points", "part"), [(None, True), (EntryState.NO_RESULT, False)])
def test_a_part_has_no_points_of_its_own(points: EntryState | None, *, part: bool) -> None:
    """分值是没有结果的公式的，不是没有分值：不算“其中”项。"""
    key = CellKey("indicators", "2", "points")
    own = {key: Entry(None, "", points, formula=True)} if points else {}
    facts = facts_of(PROJECT, indicators=[{"title": "甲", "points": "50"}, {"title": "其中：乙"}])
    entries = {**facts.submission.entries, **own}
    facts = Facts(PROJECT, replace(facts.submission, entries=entries))
    assert indicator_row(facts, "2").part is part
