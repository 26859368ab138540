"""扣分：每种办法手算的扣分、为什么、怎样可以不扣；零头怎么分；各条之和总是分值减得分。"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scheme_variants import variants
from scoring_builder import (
    SCHEME_ID,
    TIERS,
    V1_FIELDS,
    V1_FUNDS,
    V1_INDICATORS,
    facts_of,
    fund,
    goal,
    marked,
    mutated,
    score_of,
    with_parameters,
)
from sizes import drawn

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme
from xltool.scoring.catalogue import evaluate, methods_of
from xltool.scoring.deduction import Loss, shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring_builder import Row

    from xltool.scheme.model import Scheme
    from xltool.scoring.deduction import Deduction
    from xltool.scoring.score import Score

Deducted = tuple[str, str, str]
FILL_UP = "决算支出达到调整后预算数100万元（还差{}万元），可不扣"
KEY = CellKey("funds", "1", "rate")


def deductions_of(score: Score) -> list[Deducted]:
    return [(str(one.points), one.why, one.avoid) for one in score.deductions]


def points(losses: Sequence[str], total: str, digits: int = 2) -> list[str]:
    items = [Loss(Decimal(amount), "", "", KEY) for amount in losses]
    return [str(one.points) for one in shared(items, Decimal(total), digits)]


# ---------------------------------------------------------------- 零头


@pytest.mark.parametrize(
    ("losses", "total", "expected"),
    [
        (["0.5", "0.5"], "1.00", ["0.50", "0.50"]),
        # 0.1667×2=0.3333，得分舍入后扣 0.33：各先取 0.16，余下的一分零头相同，给在前的
        (["0.16666666666666666667", "0.16666666666666666667"], "0.33", ["0.17", "0.16"]),
        # 0.243+0.6764=0.9194，扣 0.92：先取 0.24、0.67，余下的一分给零头 0.68 分的后一条
        (["0.243", "0.6764"], "0.92", ["0.24", "0.68"]),
        # 三条各 1/3：扣 1.00，余一分给第一条
        (["0.3333333333"] * 3, "1.00", ["0.34", "0.33", "0.33"]),
        # 0.004×3=0.012，扣 0.01：只有一条分得到，其余写 0，原因照列
        (["0.004"] * 3, "0.01", ["0.01", "0.00", "0.00"]),
        # 多扣的不会反而分得少
        (["0.084", "0.081"], "0.17", ["0.09", "0.08"]),
        # 一条的扣分就是舍入后的差；差是 0 的（如 9.996 取 10.00）一条也没有
        (["0.006"], "0.01", ["0.01"]),
        (["0.004"], "0.00", []),
        ([], "0.00", []),
        # 不大于零的不算扣
        (["-0.2", "0.3", "0"], "0.10", ["0.10"]),
    ],
)
def test_the_rounded_whole_is_shared(losses: list[str], total: str, expected: list[str]) -> None:
    assert points(losses, total) == expected


def test_other_digits() -> None:
    assert points(["0.25", "0.25"], "0.5", 1) == ["0.3", "0.2"]
    assert points(["1.4", "1.4"], "3", 0) == ["2", "1"]


@given(
    st.lists(st.decimals(0, 20, places=6), min_size=1, max_size=60),
    st.integers(0, 4),
)
@drawn(120)
def test_parts_make_up_the_whole_and_keep_their_order(amounts: list[Decimal], digits: int) -> None:
    unit = Decimal(1).scaleb(-digits)
    total = sum(amounts, Decimal(0)).quantize(unit)
    parts = shared([Loss(amount, "", "", KEY) for amount in amounts], total, digits)
    if not total:
        assert parts == ()
        return
    lost = [amount for amount in amounts if amount > 0]
    assert sum(one.points for one in parts) == total
    assert all(one.points == one.points.quantize(unit) for one in parts)
    ordered = sorted(zip(lost, parts, strict=True), key=lambda pair: pair[0])
    for (less, small), (more, large) in pairwise(ordered):
        assert less == more or small.points <= large.points


# ---------------------------------------------------------------- 97.35 的 2.65 分


def test_the_demonstration_accounts_for_every_point() -> None:
    """docs/来源.md §9：0.33+0.50+0.10+0.80+0.92=2.65；不扣的办法由实现值÷150%、进位算出。"""
    scheme = load_scheme(SCHEME_ID)
    facts = facts_of(scheme, V1_FIELDS, indicators=V1_INDICATORS, funds=V1_FUNDS)
    card = evaluate(facts, methods_of(scheme))
    lost = {
        one.code: sum(d.points for d in one.deductions) for one in card.scores if one.deductions
    }
    assert {code: str(total) for code, total in lost.items()} == {
        "01": "0.33",
        "02": "0.50",
        "03": "0.10",
        "04": "0.80",
        "05": "0.92",
    }
    assert sum(lost.values()) == 100 - Decimal("97.35")
    third = (
        "第3号指标“首台（套）企业数量”预期值7家、实现值14家，完成率200%超过150%，按80%计",
        "核对预期值和实现值，填错的改正；属实的写明偏差原因，下年度照实际水平定预期值",
    )
    sixth = (
        "第6号指标“产业共建项目数量”预期值13个、实现值45个，完成率346.15%超过150%，按80%计",
        "核对预期值和实现值，填错的改正；属实的写明偏差原因，下年度照实际水平定预期值",
    )
    fifteenth = (
        "第15号指标“园区工业增速高于全市”预期值1%、实现值6.7%，完成率670%超过150%，按80%计",
        "核对预期值和实现值，填错的改正；属实的写明偏差原因，下年度照实际水平定预期值",
    )
    seventeenth = (
        "第17号指标“专精特新企业数量”预期值17家、实现值27家，完成率158.82%超过150%，按80%计",
        "核对预期值和实现值，填错的改正；属实的写明偏差原因，下年度照实际水平定预期值",
    )
    # 10×0.2÷12=0.1667 两条，扣 0.33
    assert deductions_of(card.of("01")) == [("0.17", *third), ("0.16", *sixth)]
    assert deductions_of(card.of("02")) == [("0.25", *fifteenth), ("0.25", *seventeenth)]
    assert deductions_of(card.of("03")) == [
        (
            "0.10",
            "决算支出26701.65万元只有调整后预算数27246.58万元的98.00%",
            "决算支出达到调整后预算数27246.58万元（还差544.93万元），可不扣",
        )
    ]
    assert deductions_of(card.of("04")) == [
        ("0.20", *row) for row in (third, sixth, fifteenth, seventeenth)
    ]
    assert deductions_of(card.of("05")) == [
        (
            "0.24",
            "第4行“专项资金（0.7570）”计分支出率75.70%",
            "计分支出率达到100%，可不扣",
        ),
        (
            "0.68",
            "第5行“专项资金（0.3236）”计分支出率32.36%",
            "计分支出率达到100%，可不扣",
        ),
    ]
    assert card.of("03").deductions[0].key == CellKey("finance", "total")
    assert [one.key for one in card.of("01").deductions] == [
        CellKey("indicators", row, "actual") for row in ("3", "6")
    ]


# ---------------------------------------------------------------- 按比例、及格线


@pytest.mark.parametrize(
    ("total", "adjusted", "expected"),
    [
        ("100", "100", []),
        ("120", "100", []),
        ("99.95", "100", []),  # 4.9975，得满分
        (
            "53.5",
            "100",  # 2.675 入到 2.68，扣 2.32
            [
                (
                    "2.32",
                    "决算支出53.5万元只有调整后预算数100万元的53.50%",
                    FILL_UP.format("46.5"),
                )
            ],
        ),
        (
            "-1",
            "100",
            [
                (
                    "5.00",
                    "决算支出-1万元只有调整后预算数100万元的-1%",
                    FILL_UP.format(101),
                )
            ],
        ),
        (
            "5",
            "0",
            [
                (
                    "5.00",
                    "调整后预算数为0，不得分",
                    "调整后预算数有实际数的照实填（不为0），决算支出达到它，可不扣",
                )
            ],
        ),
        (
            "5",
            "-10",
            [
                (
                    "5.00",
                    "决算支出5万元只有调整后预算数-10万元的-50%",
                    "核对并改正调整后预算数，它不应是负数",
                )
            ],
        ),
    ],
)
def test_proportional(total: str, adjusted: str, expected: list[Deducted]) -> None:
    score = score_of("03", {"finance.total": total, "finance.adjusted": adjusted})
    assert deductions_of(score) == expected


def test_counts_carry_their_unit() -> None:
    fields = {"management.contracts": "12", "management.contracts_on_time": "11"}
    assert deductions_of(score_of("16", fields)) == [
        (
            "0.25",
            "30日内签订的合同数11份只有政府采购合同数12份的91.67%",
            "30日内签订的合同数达到政府采购合同数12份（还差1份），可不扣",
        )
    ]


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("100", []),
        (
            "80",  # (80%-60%)÷40%=50%
            [
                (
                    "2.50",
                    "决算支出80万元只有调整后预算数100万元的80%，折合得分值的50%",
                    FILL_UP.format(20),
                )
            ],
        ),
        (
            "45",
            [
                (
                    "5.00",
                    "决算支出45万元只有调整后预算数100万元的45%，没有超过及格线60%，不得分",
                    f"决算支出超过60万元才开始得分；{FILL_UP.format(55)}",
                )
            ],
        ),
    ],
)
def test_pass_mark(total: str, expected: list[Deducted]) -> None:
    fields = {"finance.total": total, "finance.adjusted": "100"}
    assert deductions_of(score_of("03", fields, scheme=marked())) == expected


def test_pass_mark_of_nothing() -> None:
    score = score_of("03", {"finance.total": "1", "finance.adjusted": "0"}, scheme=marked())
    assert deductions_of(score) == [
        (
            "2.50",
            "调整后预算数为0，按分值的50%计",
            "调整后预算数有实际数的照实填（不为0），决算支出达到它，可不扣",
        )
    ]


# ---------------------------------------------------------------- 分档、选档


@pytest.mark.parametrize(
    ("adjusted", "expected"),
    [
        ("1100", []),
        (
            "1150",
            [("1.00", "预算调整率15%，在≤20%一档，得3分", "预算调整率不超过10%，可不扣")],
        ),
        (
            "1250",
            [
                (
                    "2.00",
                    "预算调整率25%，在≤30%一档，得2分",
                    "预算调整率不超过20%，可得3分；预算调整率不超过10%，可不扣",
                )
            ],
        ),
        (
            "1300.01",  # 30.001%：两位小数看不出超过了 30%
            [
                (
                    "4.00",
                    "预算调整率30.001%，超过30%，得0分",
                    "预算调整率不超过30%，可得2分；预算调整率不超过10%，可不扣",
                )
            ],
        ),
    ],
)
def test_bands_low(adjusted: str, expected: list[Deducted]) -> None:
    fields = {"finance.initial": "1000", "finance.adjusted": adjusted}
    assert deductions_of(score_of("07", fields)) == expected


def test_bands_high() -> None:
    name = "面向中小企业采购的预留比例"
    score = score_of("18", {"management.small_business_share": "0.15"})
    assert deductions_of(score) == [
        ("1.00", f"{name}15%，不到20%，得0分", f"{name}达到20%，可得0.6分；{name}达到30%，可不扣")
    ]


def test_counted_bands() -> None:
    name = "六项单位成本中高于上年的项数"
    assert deductions_of(score_of("25", {"management.costs_risen": "1"})) == [
        ("0.50", f"{name}1项，在≤1项一档，得1.5分", f"{name}为0项，可不扣")
    ]


def test_a_top_band_below_the_whole_cannot_be_avoided() -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {"18.share1": "0.905"})
    score = score_of("18", {"management.small_business_share": "0.4"}, scheme=scheme)
    assert deductions_of(score) == [
        (
            "0.09",  # 0.905 入到 0.91
            "面向中小企业采购的预留比例40%，在≥30%一档，得0.91分",
            "已是最好的一档，方案没有能得1分的档",
        )
    ]


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ("已建立并备案", []),
        (
            "已建立未备案",
            [("0.50", "采购内控制度：已建立未备案，得0.5分", "做到“已建立并备案”，可不扣")],
        ),
        (
            "未建立",
            [
                (
                    "1.00",
                    "采购内控制度：未建立，得0分",
                    "做到“已建立未备案”，可得0.5分；做到“已建立并备案”，可不扣",
                )
            ],
        ),
    ],
)
def test_choice(chosen: str, expected: list[Deducted]) -> None:
    assert deductions_of(score_of("14", {"management.procurement_control": chosen})) == expected


# ---------------------------------------------------------------- 逐项得分、不超限、逐项扣分


def test_checklist() -> None:
    fields = {
        "management.performance_rules": "是",
        "management.fund_rules": "否",
        "management.duties_assigned": "否",
    }
    assert deductions_of(score_of("11", fields)) == [
        (
            "2.00",
            "专项资金管理办法含绩效管理条款：否，这一项不得2分",
            "做到“专项资金管理办法含绩效管理条款”，可不扣；确实不涉及的选“不适用”",
        ),
        (
            "1.00",
            "绩效管理职责分工明确：否，这一项不得1分",
            "做到“绩效管理职责分工明确”，可不扣；确实不涉及的选“不适用”",
        ),
    ]


def test_ceiling() -> None:
    name, budget = "“三公”经费决算数", "“三公”经费预算数"
    fields = {
        "finance.three_public": "50.5",
        "finance.three_public_budget": "50",
        "finance.three_public_last": "48",
    }
    assert deductions_of(score_of("26", fields)) == [
        (
            "0.50",
            f"{name}50.5万元，超过{budget}50万元，超出0.5万元",
            f"{name}不超过{budget}50万元（多了0.5万元），可不扣",
        ),
        (
            "0.50",
            f"{name}50.5万元，超过“三公”经费上年决算数48万元，超出2.5万元",
            f"{name}不超过“三公”经费上年决算数48万元（多了2.5万元），可不扣",
        ),
    ]
    assert deductions_of(score_of("26", fields | {"finance.three_public": "48"})) == []


@pytest.mark.parametrize(
    ("count", "points", "why", "avoid"),
    [
        ("1", "1.00", "每有一项扣1分", "没有发生，可不扣"),
        ("2", "2.00", "每有一项扣1分", "每少1项少扣1分；没有发生，可不扣"),
        ("3", "3.00", "每有一项扣1分", "每少1项少扣1分；没有发生，可不扣"),
        ("5", "3.00", "每有一项扣1分，以3分扣完为止", "减到2项才开始得分；没有发生，可不扣"),
    ],
)
def test_deduct(count: str, points: str, why: str, avoid: str) -> None:
    fact = f"审计、财会监督发现的财务问题数{count}项，{why}"
    score = score_of("08", {"management.finance_problems": count})
    assert deductions_of(score) == [(points, fact, avoid)]


def test_deduct_floor_with_a_large_step() -> None:
    """每项扣 4 分，一项就扣完：没有“减到几项”可说。"""
    scheme = with_parameters(load_scheme(SCHEME_ID), {"08.each": "4"})
    score = score_of("08", {"management.finance_problems": "2"}, scheme=scheme)
    assert [one.avoid for one in score.deductions] == ["没有发生，可不扣"]


# ---------------------------------------------------------------- 绩效指标


def only(row: Row, **parameters: str) -> Deducted:
    scheme = with_parameters(load_scheme(SCHEME_ID), parameters)
    (one,) = deductions_of(score_of("01", scheme=scheme, indicators=[row]))
    return one


NAME = "第1号指标“企业数量”"


@pytest.mark.parametrize(
    ("row", "points", "why", "avoid"),
    [
        (  # 5÷6=83.33%，10 分得 8.33
            goal("≥", "6", "5"),
            "1.67",
            "预期值6家、实现值5家，完成率83.33%，按83.33%计",
            "实现值达到预期值6家（还差1家），可不扣",
        ),
        (  # 两个百分数之差是百分点，不是百分之几
            goal("≥", "90%", "81%", ""),
            "1.00",
            "预期值90%、实现值81%，完成率90%，按90%计",
            "实现值达到预期值90%（还差9个百分点），可不扣",
        ),
        (
            goal("≤", "5%", "6%", ""),
            "2.00",
            "预期值不超过5%、实现值6%，超出20%，按80%计",
            "实现值不超过预期值5%（多了1个百分点），可不扣",
        ),
        (
            goal("≥", "10", "-3"),
            "10.00",
            "预期值10家、实现值-3家，完成率-30%，不得分",
            "实现值达到预期值10家（还差13家），可不扣",
        ),
        (  # 30÷2=15 万元、20÷2 亿元都按预期值的单位说
            goal("≥", "2亿元", "15000", "万元"),
            "2.50",
            "预期值2亿元、实现值15000万元，完成率75%，按75%计",
            "实现值达到预期值2亿元（还差0.5亿元），可不扣",
        ),
        (
            goal("≥", "160万", "80", "万元"),
            "5.00",
            "预期值160万、实现值80万元，完成率50%，按50%计",
            "实现值达到预期值160万（还差80万），可不扣",
        ),
        (  # 除不尽的往大处进：1 年－10 个月=2/12 年
            goal("≥", "1年", "10个月", ""),
            "1.67",
            "预期值1年、实现值10个月，完成率83.33%，按83.33%计",
            "实现值达到预期值1年（还差0.166667年），可不扣",
        ),
        (
            goal("=", "0", "1"),
            "10.00",
            "预期值0家、实现值1家，没有达到，不得分",
            "实现值不超过0家，可不扣",
        ),
        (
            goal("≥", "-5", "-6"),
            "10.00",
            "预期值-5家、实现值-6家，没有达到，不得分",
            "实现值达到预期值-5家（还差1家），可不扣",
        ),
        (
            goal("≤", "100", "125"),
            "2.50",
            "预期值不超过100家、实现值125家，超出25%，按75%计",
            "实现值不超过预期值100家（多了25家），可不扣",
        ),
        (
            goal("≤", "100", "200"),
            "10.00",
            "预期值不超过100家、实现值200家，超出100%，不得分",
            "实现值不超过预期值100家（多了100家），可不扣",
        ),
        (
            goal("≤", "0", "1"),
            "10.00",
            "预期值不超过0家、实现值1家，超过了，不得分",
            "实现值不超过预期值0家（多了1家），可不扣",
        ),
        (
            goal("≥", "2", "3.5", "万元"),
            "2.00",
            "预期值2万元、实现值3.5万元，完成率175%超过150%，按80%计",
            "核对预期值和实现值，填错的改正；属实的写明偏差原因，下年度照实际水平定预期值",
        ),
        (
            goal("≥", "200", "300.01"),  # 150.005% 写两位是 150.01%
            "2.00",
            "预期值200家、实现值300.01家，完成率150.01%超过150%，按80%计",
            "核对预期值和实现值，填错的改正；属实的写明偏差原因，下年度照实际水平定预期值",
        ),
        (
            goal("≥", "100000", "150001"),  # 150.001%
            "2.00",
            "预期值100000家、实现值150001家，完成率150.001%超过150%，按80%计",
            "核对预期值和实现值，填错的改正；属实的写明偏差原因，下年度照实际水平定预期值",
        ),
        (
            goal("", "有效促进", "有效促进", tier=TIERS["部分"]),
            "3.00",
            "达成情况为“部分达成年度指标并具有一定效果”，按70%计",
            "做到“达成年度指标”，可不扣",
        ),
        (
            goal("", "有效促进", "有效促进", tier=TIERS["未达"]),
            "7.00",
            "达成情况为“未达成年度指标且效果较差”，按30%计",
            "做到“达成年度指标”，可不扣",
        ),
    ],
)
def test_one_indicator(row: Row, points: str, why: str, avoid: str) -> None:
    assert only(row) == (points, NAME + why, avoid)


def test_reaching_the_limit_when_it_is_included() -> None:
    assert only(goal("≥", "13", "45"), over_inclusive="1")[1] == (
        f"{NAME}预期值13家、实现值45家，完成率346.15%达到150%，按80%计"
    )


def test_no_advice_teaches_to_move_the_target_or_the_result() -> None:
    """不说预期值定成多少就不扣，也不说把实现值写大些；写明原因就不扣的，说写明原因。"""
    for actual in ("14", "45", "2"):
        advice = only(goal("≥", "1", actual))[2]
        assert not re.search("[0-9]", advice)
        assert "属实的写明偏差原因，下年度" in advice
    scheme = variants()["只调减没有写原因的"]
    row = {key: value for key, value in goal("≥", "1", "9").items() if key != "special"}
    ((_, _, advice),) = deductions_of(score_of("01", scheme=scheme, indicators=[row]))
    assert "属实的写明偏差原因，可不扣，下年度" in advice


def test_no_full_marks_for_any_tier() -> None:
    row = goal("", "有效促进", "有效促进", tier=TIERS["部分"])
    numeric = "下年度改设能用数衡量的指标，达到的可不扣"
    assert only(row, tier_achieved="0.9")[2] == f"做到“达成年度指标”，按90%计；{numeric}"
    best = goal("", "有效促进", "有效促进", tier=TIERS["达成"])
    assert only(best, tier_achieved="0.9")[2] == numeric


def test_a_long_or_missing_title() -> None:
    assert only(goal("≥", "2", "1", title=""))[1].startswith("第1号指标预期值2家")
    long = only(goal("≥", "2", "1", title="甲" * 100))[1]
    assert long.startswith(f"第1号指标“{'甲' * 29}…”预期值2家")


# ---------------------------------------------------------------- 专项资金


def test_records_say_both_amounts() -> None:
    funds = [fund("1"), {"name": "小升规", "planned": "2055", "paid": "665"}]
    score = score_of("05", funds=funds)
    # (1-0.323601)÷2×5=1.691；得分 3.309 取 3.31，扣 1.69
    assert deductions_of(score) == [
        (
            "1.69",
            "第2行“小升规”实际支出665万元只有安排数2055万元的32.36%",
            "实际支出达到安排数2055万元（还差1390万元），可不扣",
        )
    ]
    assert score.deductions[0].key == CellKey("funds", "2", "paid")


def test_records_overspent_are_not_deducted() -> None:
    assert (
        deductions_of(score_of("05", funds=[{"name": "甲", "planned": "10", "paid": "12"}])) == []
    )


def test_records_with_a_planned_sum_of_zero_speak_of_the_reported_rate() -> None:
    funds = [{"name": "甲", "planned": "0", "paid": "5", "reported_rate": "0.3"}]
    assert deductions_of(score_of("05", funds=funds)) == [
        ("3.50", "第1行“甲”计分支出率30%", "计分支出率达到100%，可不扣")
    ]


def test_records_of_a_plain_column() -> None:
    """比率不是相除得来的栏，只说比率。"""
    scheme = mutated(('column = "counted_rate"', 'column = "reported_rate"'))
    assert deductions_of(score_of("05", scheme=scheme, funds=[fund("0.5")])) == [
        ("2.50", "第1行“专项资金（0.5）”报告拨付进度50%", "报告拨付进度达到100%，可不扣")
    ]


# ---------------------------------------------------------------- 性质


def test_nothing_is_deducted_where_there_is_no_score() -> None:
    scheme = load_scheme(SCHEME_ID)
    for score in evaluate(facts_of(scheme), methods_of(scheme)).scores:
        assert (score.value, score.deductions) == (None, ())


NUMBERS = st.sampled_from(["", "-1", "0", "0.3", "1", "2", "3", "7", "11.11", "12", "99.95", "100"])
MEASURES = st.sampled_from(
    [
        "",
        "-5",
        "0",
        "1",
        "3",
        "4.5",
        "6",
        "7家",
        "13",
        "45",
        "≤100家",
        "160万",
        "2亿元",
        "6.70%",
        "好",
    ]
)
ROWS = st.fixed_dictionaries(
    {
        "level1": st.sampled_from(["产出", "效益"]),
        "level2": st.sampled_from(["数量指标", "成本指标"]),
        "title": st.sampled_from(["", "企业数量", "投资（万元）"]),
        "operator": st.sampled_from(["", "≥", "≤", "=", ">", "<"]),
        "expected": MEASURES,
        "unit": st.sampled_from(["", "家", "万元", "%", "日期"]),
        "actual": MEASURES,
        "tier": st.sampled_from([*TIERS.values(), *TIERS.values(), ""]),
        "special": st.sampled_from(["是", "否"]),
    }
)
FUNDS = st.fixed_dictionaries(
    {"name": st.just("甲"), "planned": NUMBERS, "paid": NUMBERS, "reported_rate": NUMBERS}
)
PARAMETERS = st.fixed_dictionaries(
    {},
    optional={
        "over_limit": st.sampled_from(["1", "1.2", "3"]),
        "over_inclusive": st.just("1"),
        "over_factor": st.sampled_from(["0", "1", "1.1", "0.333"]),
        "tier_achieved": st.sampled_from(["0.9", "1.1"]),
        "tier_partial": st.just("0"),
        "08.each": st.sampled_from(["0", "0.335", "4"]),
        "18.share1": st.sampled_from(["0.905", "0.6"]),
        "18.rest_share": st.just("0.333"),
        "14.shares1": st.just("0.667"),
        "03.when_zero": st.sampled_from(["1", "0.333"]),
    },
)


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    scheme = draw(st.sampled_from([load_scheme(SCHEME_ID), marked()]))
    return with_parameters(scheme, draw(PARAMETERS))


@st.composite
def fields(draw: st.DrawFn) -> dict[str, str]:
    """每一项随便填，列表里的随便选。"""
    scheme = load_scheme(SCHEME_ID)
    found = {}
    for sheet in ("finance", "management"):
        for field in scheme.sheet(sheet).fields:
            if field.computation is None:
                listed = scheme.options[field.options].options if field.options else ()
                texts = st.sampled_from(["", *(option.value for option in listed)])
                found[f"{sheet}.{field.key}"] = draw(texts if listed else NUMBERS)
    return found


@given(schemes(), fields(), st.lists(ROWS, max_size=9), st.lists(FUNDS, max_size=7))
@drawn(80)
def test_deductions_add_up_for_any_facts(
    scheme: Scheme, values: dict[str, str], rows: list[Row], funds: list[Row]
) -> None:
    facts = facts_of(scheme, values, indicators=rows, funds=funds)
    for score in evaluate(facts, methods_of(scheme)).scores:
        assert sum(one.points for one in score.deductions) == lost(score), score
        assert all(sound(one, score) for one in score.deductions), score


def lost(score: Score) -> Decimal:
    """分值减得分；不能计分的没有扣，得分高过分值的也没有。"""
    return Decimal(0) if score.value is None else max(Decimal(0), score.points - score.value)


def sound(one: Deduction, score: Score) -> bool:
    cents = one.points >= 0 and one.points == one.points.quantize(Decimal("0.01"))
    rows = {(key.sheet, key.row) for key in score.used}
    return cents and bool(one.why and one.avoid) and one.key[:2] in rows
