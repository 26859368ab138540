"""绩效指标平均：大幅超额、反向、文字选档、缺数、单位换算。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scoring_builder import SCHEME_ID, TIERS, goal, method_for, mutated, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme

if TYPE_CHECKING:
    from scoring_builder import Row


def points(*rows: Row, **parameters: str) -> str:
    scheme = with_parameters(load_scheme(SCHEME_ID), parameters)
    return str(score_of("01", scheme=scheme, indicators=rows).value)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("0", "0.00"),
        ("-3", "0.00"),
        ("99.9", "5.00"),  # 4.995，入
        ("99.8", "4.99"),
        ("199", "9.95"),
        ("200", "10.00"),
        ("201", "10.00"),
        ("299.99", "10.00"),
        ("300", "10.00"),  # 恰好 150%
        ("300.01", "8.00"),
        ("99999999999999999999", "8.00"),
    ],
)
def test_more_is_better(actual: str, expected: str) -> None:
    assert points(goal("≥", "200", actual)) == expected


def test_inclusive_limit_counts_the_boundary() -> None:
    assert points(goal("≥", "200", "300"), over_inclusive="1") == "8.00"
    assert points(goal("≥", "200", "299.99"), over_inclusive="1") == "10.00"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("0", "10.00"),
        ("-1", "10.00"),
        ("100", "10.00"),  # 等于上限
        ("100.01", "10.00"),  # 9.999
        ("101", "9.90"),
        ("150", "5.00"),
        ("199.99", "0.00"),  # 0.001
        ("199.9", "0.01"),
        ("200", "0.00"),  # 两倍
        ("1000", "0.00"),
    ],
)
@pytest.mark.parametrize("operator", ["≤", "<"])
def test_less_is_better(operator: str, actual: str, expected: str) -> None:
    assert points(goal(operator, "100", actual)) == expected


@pytest.mark.parametrize(
    ("operator", "target", "actual", "expected"),
    [
        ("=", "0", "0", "10.00"),
        ("=", "0", "1", "0.00"),
        ("=", "0", "-1", "10.00"),
        ("≥", "0", "0", "10.00"),
        ("≥", "0", "-1", "0.00"),
        ("≥", "-5", "-5", "10.00"),
        ("≤", "0", "0", "10.00"),
        ("≤", "0", "1", "0.00"),
        ("=", "10", "10", "10.00"),
        ("=", "10", "9", "9.00"),
        ("=", "10", "15", "10.00"),
        ("=", "10", "16", "8.00"),
        (">", "10", "10", "10.00"),
    ],
)
def test_zero_targets_and_other_operators(
    operator: str, target: str, actual: str, expected: str
) -> None:
    assert points(goal(operator, target, actual)) == expected


@pytest.mark.parametrize(
    ("operator", "expected", "level2", "score"),
    [
        ("", "≤100家", "数量指标", "5.00"),  # 符号写在预期值里
        ("", "100家", "数量指标", "10.00"),  # 没有符号：越多越好
        ("", "100万元", "成本指标", "5.00"),  # 没有符号的成本：越少越好
        ("≥", "100万元", "成本指标", "10.00"),  # 写了符号就照符号
        ("≥", "≤100家", "数量指标", "10.00"),  # 运算符栏为先
    ],
)
def test_where_the_operator_comes_from(
    operator: str, expected: str, level2: str, score: str
) -> None:
    unit = "万元" if "万元" in expected else "家"
    assert points(goal(operator, expected, "150", unit, level2=level2)) == score


@pytest.mark.parametrize(("tier", "score"), [("达成", "10.00"), ("部分", "7.00"), ("未达", "3.00")])
def test_words_are_judged_by_tier(tier: str, score: str) -> None:
    assert points(goal("", "有效促进", "有效促进", "", tier=TIERS[tier])) == score


def test_numbers_outrank_the_tier() -> None:
    assert points(goal("≥", "200", "100", tier=TIERS["达成"])) == "5.00"


@pytest.mark.parametrize(
    ("expected", "unit", "actual", "score"),
    [
        ("40", "亿元", "445500万元", "10.00"),
        ("40", "亿元", "20亿元", "5.00"),
        ("≥40亿元", "", "200000万元", "5.00"),
        ("400000", "万元", "20亿元", "5.00"),
        ("400000", "万元", "20亿", "5.00"),  # “亿”指亿元
        ("160", "万元", "80万", "5.00"),
        ("160万", "", "80万元", "5.00"),
        ("160万", "万元", "80", "5.00"),
        ("5", "万元", "25000元", "5.00"),
        ("500", "家次", "250家", "5.00"),  # 计数单位不同仍按数比较，另作疑点
        ("10", "%", "5百分点", "5.00"),
        ("2", "公里", "1000米", "None"),  # 本表里公里和米不换算，不猜
        ("10", "个月", "60天", "None"),
        ("5", "万元", "3家", "None"),
        ("5", "", "3万元", "None"),  # 预期值没有单位，不猜是不是万元
        ("10", "", "5家", "5.00"),
        ("15", "‰", "1%", "None"),
    ],
)
def test_units(expected: str, unit: str, actual: str, score: str) -> None:
    assert points(goal("≥", expected, actual, unit)) == score


def test_unit_in_the_title() -> None:
    row = goal("≥", "4", "20000", "", title="技改投资（万元）")
    assert points(row) == "8.00"
    assert points(row | {"actual": "2万元"}) == "5.00"


def test_a_day_written_as_a_number_is_not_divided() -> None:
    """单位是“日期”时 20241231 不是两千万。"""
    row = goal("≤", "20241231", "20250630", "日期")
    assert points(row) == "None"
    assert points(row | {"tier": TIERS["未达"]}) == "3.00"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (goal("≥", "33", ""), "actual"),
        (goal("≥", "85%", "≥85%"), "tier"),  # 实现值带符号，不能比
        (goal("", "规范", "规范"), "tier"),
        (goal("", "规范", ""), "tier"),
        (goal("≥", "33", "基本完成"), "tier"),
    ],
)
def test_what_cannot_be_judged_withholds_the_score(row: Row, column: str) -> None:
    score = score_of("01", indicators=[goal("≥", "1", "1"), row])
    assert score.value is None
    assert score.missing == (CellKey("indicators", "2", column),)
    assert score.trace == "不能计分：指标第2号既不能用数比较，也没有选达成情况"


def test_no_indicator_of_the_kind() -> None:
    score = score_of("02", indicators=[goal("≥", "1", "1")])
    assert score.value is None
    assert score.trace == "不能计分：绩效目标完成情况表里没有一级指标为“效益”的指标"


def test_only_the_wanted_rows_count() -> None:
    rows = [
        goal("≥", "10", "5"),
        goal("≥", "10", "10", level1="效益", level2="社会效益指标"),
        goal("≥", "10", "", level1="效益", special="否"),
    ]
    assert str(score_of("01", indicators=rows).value) == "5.00"
    assert str(score_of("04", indicators=rows).value) == "15.00"
    assert score_of("02", indicators=rows).value is None


def test_trace() -> None:
    rows = [
        goal("≥", "10", "16"),
        goal("≥", "10", "10"),
        goal("≥", "10", "11"),
        goal("", "有效促进", "有效促进", tier=TIERS["部分"]),
    ]
    score = score_of("01", indicators=rows)
    # (0.8+1+1+0.7)÷4=0.875
    assert score.trace == (
        "一级指标为“产出”的4个指标2个得100%、1个得80%、1个得70%，平均87.50%×10分=8.75"
    )
    assert score.used == tuple(CellKey("indicators", row, "actual") for row in "1234")


def test_mean_is_rounded_once() -> None:
    rows = [goal("≥", "3", "1"), goal("≥", "3", "1"), goal("≥", "3", "3")]
    assert points(*rows) == "5.56"  # 5÷9×10=5.555…


def test_sentence() -> None:
    assert method_for(load_scheme(SCHEME_ID), "01").sentence() == (
        "一级指标为“产出”的指标按个数均分10分。"
        "定量指标达到预期值得满分，未达到按完成率得分，完成率超过150%的按80%计；"
        "越小越好的指标不超过预期值得满分，超过的按超出比例扣减，超出一倍不得分。"
        "没有写运算符、看不出越大越好还是越小越好的，两种读法取低的。"
        "定性指标达成得100%，部分达成得70%，未达成得30%。"
        "实现值写不适用并写明原因的，分值摊到同类其余各行；“其中”各项不单独计分。"
    )


@pytest.mark.parametrize(
    ("parameter", "value", "part", "row", "score"),
    [
        ("over_limit", "1.305", "完成率超过130.5%的", goal("≥", "100", "131"), "8.00"),
        ("over_factor", "0.755", "的按75.5%计", goal("≥", "100", "151"), "7.55"),
        ("over_inclusive", "1", "完成率达到150%的", goal("≥", "100", "150"), "8.00"),
        ("tier_partial", "0.6", "部分达成得60%", goal("", "好", "好", tier=TIERS["部分"]), "6.00"),
        ("tier_missed", "0", "未达成得0%", goal("", "好", "好", tier=TIERS["未达"]), "0.00"),
        ("tier_achieved", "0.9", "达成得90%", goal("", "好", "好", tier=TIERS["达成"]), "9.00"),
    ],
)
def test_parameter_changes_sentence_and_score(
    parameter: str, value: str, part: str, row: Row, score: str
) -> None:
    plain = method_for(load_scheme(SCHEME_ID), "01")
    assert part not in plain.sentence()
    assert points(row) != score
    scheme = with_parameters(load_scheme(SCHEME_ID), {parameter: value})
    assert part in method_for(scheme, "01").sentence()
    assert points(row, **{parameter: value}) == score


def test_subject_follows_the_option() -> None:
    scheme = mutated(
        ('value = "产出", aliases = ["产出指标"]', 'value = "成果"'),
        ('options_by = { "产出" =', 'options_by = { "成果" ='),
    )
    assert method_for(scheme, "01").sentence().startswith("一级指标为“成果”的指标")
