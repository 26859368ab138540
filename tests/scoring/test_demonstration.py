"""演示拆分（docs/来源.md §9）：逐行得分、总分、等级，以及改动一处的各个回归数。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from scoring_builder import (
    FILE,
    SCHEME_ID,
    V1_FIELDS,
    V1_FUNDS,
    V1_INDICATORS,
    facts_of,
    fund,
    weighted,
)

from xltool.scheme.loader import load_scheme, parse_scheme
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


def changed(*parameters: str) -> Scheme:
    """沿用随程序带的方案，只改写出的几个参数，如 over_factor = 1；与使用者另给的方案一样读。"""
    lines = ["[scheme]", f'extends = "{SCHEME_ID}"', 'id = "trial"']
    for name, value in (one.split(" = ") for one in parameters):
        lines += [f"[parameters.{name}]", f"value = {value}", 'origin = "假设：回归表"']
        if name not in load_scheme(SCHEME_ID).parameters:
            lines += [f'label = "{name}"', 'unit = ""']
    return parse_scheme("\n".join(lines), FILE)


# docs/来源.md §9 只改一处的：一次只改一处，方案里的或填报的
@pytest.mark.parametrize(
    ("parameter", "rows", "total"),
    [
        ("over_factor = 1", ["10.00", "10.00", "4.90", "20.00", "4.08"], "98.98"),
        ("over_inclusive = 1", ["9.67", "9.25", "4.90", "19.00", "4.08"], "96.90"),
        # 界限 130%、120% 与“含 150%”同样多出第 18 号一个
        ("over_limit = 1.3", ["9.67", "9.25", "4.90", "19.00", "4.08"], "96.90"),
        ("over_limit = 1.2", ["9.67", "9.25", "4.90", "19.00", "4.08"], "96.90"),
        # 界限 300%：产出只剩第 6 号（346%），效益只剩第 15 号（670%）
        ("over_limit = 3", ["9.83", "9.75", "4.90", "19.60", "4.08"], "98.16"),
    ],
)
def test_one_parameter_changed(parameter: str, rows: list[str], total: str) -> None:
    result = card(changed(parameter))
    assert first_rows(result) == rows
    assert result.total == Decimal(total)


@pytest.mark.parametrize("limit", ["1.5", "1.3", "1.2"])
def test_at_the_limit_or_above_it(limit: str) -> None:
    """回归表第二行的三种：≥150%、≥130%、≥120%，得分相同。"""
    result = card(changed(f"over_limit = {limit}", "over_inclusive = 1"))
    assert first_rows(result) == ["9.67", "9.25", "4.90", "19.00", "4.08"]
    assert result.total == Decimal("96.90")


@pytest.mark.parametrize(
    ("funds", "rows", "total"),
    [
        (ALL_PAID, ["9.67", "9.50", "4.90", "19.20", "5.00"], "98.27"),
        (ONE_LESS, ["9.67", "9.50", "4.90", "19.20", "3.57"], "96.84"),
    ],
)
def test_one_payment_changed(funds: Sequence[Row], rows: list[str], total: str) -> None:
    result = card(funds=funds)
    assert first_rows(result) == rows
    assert result.total == Decimal(total)


def test_the_fewest_assumptions_give_the_same_total() -> None:
    """另一种拆分（docs/来源.md §9）：不调减，只平均报告点到的两项，支出率93%，也是 97.35 分。"""
    fields = {"finance.adjusted": "28711.45"}
    result = card(changed("over_factor = 1"), funds=V1_FUNDS[3:], fields=fields)
    assert first_rows(result) == ["10.00", "10.00", "4.65", "20.00", "2.70"]
    assert result.total == Decimal("97.35")


def test_only_what_the_report_admits_is_reduced() -> None:
    """报告的“存在问题”只点到第 6 号（回归表第三行）。"""
    scheme = changed("over_action = 2")
    claims = [{"kind": "存在问题", "topic": "预期值过于保守", "figure": "45个", "indicator": "6"}]
    facts = facts_of(scheme, V1_FIELDS, indicators=V1_INDICATORS, funds=V1_FUNDS, claims=claims)
    result = evaluate(facts, methods_of(scheme))
    assert first_rows(result) == ["9.83", "10.00", "4.90", "19.80", "4.08"]
    assert result.total == Decimal("98.61")


def test_nothing_is_reduced_or_only_what_is_unexplained() -> None:
    """不调减的与 k=1 相同；只调减没有写原因的：第 3、6 号写了原因，剩第 15、17 号。"""
    assert card(changed("over_action = 0")).total == Decimal("98.98")
    explained = [
        row | {"note": "企业积极参与"} if row["expected"] in ("7家", "13个") else row
        for row in V1_INDICATORS
    ]
    result = card(changed("over_action = 3"), indicators=explained)
    assert first_rows(result) == ["10.00", "9.50", "4.90", "19.60", "4.08"]


def test_reduced_by_deviation() -> None:
    """超过界限多少减多少，最低八成：第 17 号 158.82% 减 8.82%，其余三个都到八成。"""
    result = card(changed("over_by_deviation = 1"))
    assert first_rows(result) == ["9.67", "9.64", "4.90", "19.31", "4.08"]


def test_weighed_by_amount() -> None:
    """按安排数加权：有金额的三项，93.208%（回归表末行）。"""
    funds = [
        {"name": "先进制造业", "planned": "19546.975", "paid": "19546.975"},
        {"name": "小升规", "planned": "2055", "reported_rate": "0.3236"},
        {"name": "产业共建", "planned": "441.01", "reported_rate": "0.7570"},
        fund("1"),
        fund("1"),
    ]
    result = card(weighted(), funds=funds)
    assert first_rows(result) == ["9.67", "9.50", "4.90", "19.20", "4.66"]
    assert result.total == Decimal("97.93")


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
