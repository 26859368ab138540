"""分档：每一档的界限上、刚过、刚不到；两个方向。"""

from __future__ import annotations

import pytest
from scoring_builder import SCHEME_ID, method_for, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ("1", "1.00"),
        ("0.3000000001", "1.00"),
        ("0.3", "1.00"),
        ("0.29999999996", "1.00"),  # 先舍入到 10 位：0.3000000000
        ("0.2999999999", "0.60"),
        ("0.2000000001", "0.60"),
        ("0.2", "0.60"),
        ("0.1999999999", "0.00"),
        ("0", "0.00"),
        ("-1", "0.00"),
    ],
)
def test_higher_is_better(share: str, expected: str) -> None:
    assert str(score_of("18", {"management.small_business_share": share}).value) == expected


@pytest.mark.parametrize(
    ("adjusted", "expected"),
    [
        ("1000", "4.00"),
        ("1099.99", "4.00"),
        ("1100", "4.00"),
        ("900", "4.00"),  # 调减也看绝对值
        ("1100.01", "3.00"),
        ("899.99", "3.00"),
        ("1200", "3.00"),
        ("1200.01", "2.00"),
        ("1300", "2.00"),
        ("700", "2.00"),
        ("1300.01", "0.00"),
        ("0", "0.00"),
        ("5000", "0.00"),
    ],
)
def test_lower_is_better(adjusted: str, expected: str) -> None:
    fields = {"finance.initial": "1000", "finance.adjusted": adjusted}
    assert str(score_of("07", fields).value) == expected


@pytest.mark.parametrize(
    ("count", "expected"),
    [("0", "2.00"), ("1", "1.50"), ("2", "1.00"), ("3", "0.50"), ("4", "0.00"), ("6", "0.00")],
)
def test_counts(count: str, expected: str) -> None:
    assert str(score_of("25", {"management.costs_risen": count}).value) == expected


def test_missing_value() -> None:
    score = score_of("18")
    assert score.value is None
    assert score.missing == (CellKey("management", "small_business_share"),)
    assert score.trace == "不能计分：缺面向中小企业采购的预留比例"


def test_a_change_from_nothing_is_whole() -> None:
    """年初没有预算、全部是年中追加的，调整率按100%；一直没有的，没有调整。"""
    score = score_of("07", {"finance.initial": "0", "finance.adjusted": "5"})
    assert score.value == 0
    assert score.trace == (
        "预算调整率=年初预算数0变为调整后预算数5（由0变来的按100%）=100%，得分比例0%×4分=0.00"
    )
    assert score_of("07", {"finance.initial": "0", "finance.adjusted": "0"}).value == 4


def test_computed_value_that_cannot_be_computed() -> None:
    score = score_of("07", {"finance.adjusted": "5"})
    assert score.value is None
    assert score.missing == (CellKey("finance", "adjustment_rate"),)
    assert score.trace == "不能计分：缺预算调整率"


def test_trace_of_a_ratio() -> None:
    score = score_of("07", {"finance.initial": "1000", "finance.adjusted": "1150"})
    assert score.trace == (
        "预算调整率=|调整后预算数1150-年初预算数1000|÷年初预算数1000=15%，得分比例75%×4分=3.00"
    )
    assert [key.row for key in score.used] == ["adjustment_rate", "adjusted", "initial"]


def test_a_ratio_that_was_typed_has_no_working() -> None:
    score = score_of("18", {"management.small_business_share": "0.25"})
    assert score.trace == "面向中小企业采购的预留比例25%，得分比例60%×1分=0.60"
    assert [key.row for key in score.used] == ["small_business_share"]


def test_trace_of_a_count() -> None:
    score = score_of("25", {"management.costs_risen": "1"})
    assert score.trace == "六项单位成本中高于上年的项数1项，得分比例75%×2分=1.50"


def test_at_a_ceiling_the_best_band_is_that_number_alone() -> None:
    """超过100%的另有说法，最好的一档就是正好100%，不说“超过100%得0分，≥100%得10分”。"""
    assert method_for(load_scheme("mof-project-101"), "01").sentence() == (
        "预算执行率超过100%得0分，等于100%得10分，≥80%得7分，≥60%得5分，其余得0分。"
    )


def test_sentences() -> None:
    scheme = load_scheme(SCHEME_ID)
    assert method_for(scheme, "07").sentence() == (
        "预算调整率≤10%得4分，≤20%得3分，≤30%得2分，其余得0分。"
    )
    assert method_for(scheme, "18").sentence() == (
        "面向中小企业采购的预留比例≥30%得1分，≥20%得0.6分，其余得0分。"
    )
    assert method_for(scheme, "25").sentence() == (
        "六项单位成本中高于上年的项数≤0项得2分，≤1项得1.5分，≤2项得1分，≤3项得0.5分，其余得0分。"
    )


@pytest.mark.parametrize(
    ("parameter", "value", "part", "expected"),
    [
        ("18.limit1", "0.405", "≥40.5%得1分", "0.60"),
        ("18.limit1", "0.40001", "≥40.001%得1分", "0.60"),  # 印出的界限一位不差
        ("18.share1", "0.905", "≥30%得0.91分", "0.91"),
        ("18.rest_share", "0.1", "其余得0.1分", "1.00"),
    ],
)
def test_parameter_changes_sentence_and_score(
    parameter: str, value: str, part: str, expected: str
) -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {parameter: value})
    assert part in method_for(scheme, "18").sentence()
    fields = {"management.small_business_share": "0.4"}
    assert str(score_of("18", fields, scheme=scheme).value) == expected


def test_rest_share_reaches_the_score() -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {"18.rest_share": "0.1"})
    fields = {"management.small_business_share": "0.1"}
    assert str(score_of("18", fields, scheme=scheme).value) == "0.10"
