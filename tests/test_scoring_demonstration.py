"""演示拆分（domain.md 6 的 V1）：逐行得分、总分、等级，以及改动一处的各个回归数。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from scoring_builder import (
    SCHEME_ID,
    V1_FIELDS,
    V1_FUNDS,
    V1_INDICATORS,
    facts_of,
    fund,
    with_parameters,
)

from xltool.scheme.loader import load_scheme
from xltool.scoring.catalogue import evaluate, methods_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring_builder import (
        Row,
    )

    from xltool.scheme.model import Scheme
    from xltool.scoring.score import Scorecard

ALL_PAID = tuple(fund("1") for _ in range(5))
ONE_LESS = ({"name": "先进制造业", "planned": "40000", "paid": "19546.975"}, *V1_FUNDS[1:])


def card(
    scheme: Scheme | None = None,
    indicators: Sequence[Row] = V1_INDICATORS,
    funds: Sequence[Row] = V1_FUNDS,
    fields: dict[str, str] | None = None,
) -> Scorecard:
    scheme = scheme or load_scheme(SCHEME_ID)
    facts = facts_of(scheme, V1_FIELDS | (fields or {}), indicators=indicators, funds=funds)
    return evaluate(facts, methods_of(scheme))


def first_rows(scorecard: Scorecard) -> list[str]:
    return [str(scorecard.of(code).value) for code in ("01", "02", "03", "04", "05")]


def test_rows_total_and_grade() -> None:
    result = card()
    assert first_rows(result) == ["9.67", "9.50", "4.90", "19.20", "4.08"]
    rest = [score.value for score in result.scores[5:]]
    assert len(rest) == 21
    assert sum(value for value in rest if value is not None) == 50
    assert result.total == Decimal("97.35")
    assert result.grade == "优"


def test_every_management_row_is_full() -> None:
    assert [score.code for score in card().scores[5:] if score.value != score.points] == []


def test_level_totals() -> None:
    assert dict(card().by_level) == {
        "履职效能": Decimal("47.35"),
        "整体效能": Decimal("24.07"),
        "专项效能": Decimal("23.28"),
        "管理效率": 50,
        "预算编制": 2,
        "预算执行": 7,
        "信息公开": 3,
        "绩效管理": 15,
        "采购管理": 10,
        "资产管理": 10,
        "运行成本": 3,
    }


@pytest.mark.parametrize(
    ("parameters", "funds", "rows", "total"),
    [
        ({"over_factor": "1"}, V1_FUNDS, ["10.00", "10.00", "4.90", "20.00", "4.08"], "98.98"),
        ({"over_inclusive": "1"}, V1_FUNDS, ["9.67", "9.25", "4.90", "19.00", "4.08"], "96.90"),
        # 门槛 130%、120% 与“含 150%”同样多出第 18 号一个
        ({"over_limit": "1.3"}, V1_FUNDS, ["9.67", "9.25", "4.90", "19.00", "4.08"], "96.90"),
        ({"over_limit": "1.2"}, V1_FUNDS, ["9.67", "9.25", "4.90", "19.00", "4.08"], "96.90"),
        # 门槛 300%：产出只剩第 6 号（346%），效益只剩第 15 号（670%）
        ({"over_limit": "3"}, V1_FUNDS, ["9.83", "9.75", "4.90", "19.60", "4.08"], "98.16"),
        ({}, ALL_PAID, ["9.67", "9.50", "4.90", "19.20", "5.00"], "98.27"),
        ({}, ONE_LESS, ["9.67", "9.50", "4.90", "19.20", "3.57"], "96.84"),
    ],
)
def test_one_thing_changed(
    parameters: dict[str, str], funds: Sequence[Row], rows: list[str], total: str
) -> None:
    result = card(with_parameters(load_scheme(SCHEME_ID), parameters), funds=funds)
    assert first_rows(result) == rows
    assert result.total == Decimal(total)


def test_over_achievement_is_judged_strictly_above_the_limit() -> None:
    """第 18 号恰好 150%：不算；实现值再多一点就算。"""
    more = [
        row | {"actual": "3.0001个"} if row["expected"] == "≥2个" else row for row in V1_INDICATORS
    ]
    assert card().of("02").value == Decimal("9.50")
    assert card(indicators=more).of("02").value == Decimal("9.25")


def test_one_missing_cell_withholds_total_and_grade_but_no_other_score() -> None:
    result = card(fields={"finance.adjusted": ""})
    assert result.total is None
    assert result.grade == ""
    assert first_rows(result) == ["9.67", "9.50", "None", "19.20", "4.08"]
    levels = dict(result.by_level)
    assert levels["整体效能"] is None
    assert levels["履职效能"] is None
    assert levels["专项效能"] == Decimal("23.28")


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("70", "中"),
        ("69.99", "低"),
        ("60", "低"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_grade_boundaries(score: str, grade: str) -> None:
    assert load_scheme(SCHEME_ID).grade(Decimal(score)) == grade


def test_unknown_code_in_a_scorecard() -> None:
    with pytest.raises(KeyError):
        card().of("99")
