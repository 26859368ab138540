"""程序算的和公式算的一致：每种办法在每个界限上，由另一个计算引擎核对。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from engine_refs import EngineRefs
from scoring_builder import (
    SCHEME_ID,
    V1_FIELDS,
    V1_FUNDS,
    facts_of,
    fund,
    marked,
    method_for,
    with_parameters,
)

from xltool.scheme.loader import load_scheme
from xltool.scoring.catalogue import methods_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scoring_builder import Row

    from xltool.facts.view import Facts
    from xltool.scheme.model import Scheme

TIERS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差", "")


def agreed(
    code: str,
    fields: dict[str, str] | None = None,
    *,
    scheme: Scheme | None = None,
    indicators: Sequence[Row] = (),
    funds: Sequence[Row] = (),
) -> str:
    """两边的结果要相同；不能计分时都是空串。"""
    scheme = scheme or load_scheme(SCHEME_ID)
    facts = facts_of(scheme, fields, indicators=indicators, funds=funds)
    method = method_for(scheme, code)
    value = method.score(facts).value
    calculated = written(scheme, code, facts).evaluate(method)
    assert calculated == ("" if value is None else value)
    return str(calculated)


WRITTEN: dict[tuple[Scheme, str], EngineRefs] = {}


def written(scheme: Scheme, code: str, facts: Facts) -> EngineRefs:
    """一个方案、一个指标的公式只写一次，各份只换填报的格。"""
    if (refs := WRITTEN.get((scheme, code))) is None:
        refs = WRITTEN[scheme, code] = EngineRefs(facts)
    refs.refill(facts)
    return refs


@pytest.mark.parametrize(
    "total", ["", "0", "53.5", "59.99", "60", "60.04", "98.1", "99.99", "100", "100.01", "-1"]
)
@pytest.mark.parametrize("adjusted", ["", "0", "100"])
def test_ratios(total: str, adjusted: str) -> None:
    fields = {"finance.total": total, "finance.adjusted": adjusted}
    agreed("03", fields)
    agreed("03", fields, scheme=marked())


def test_half_a_cent_goes_up_on_both_sides() -> None:
    fields = {"finance.total": "98.1", "finance.adjusted": "100"}
    assert agreed("03", fields) == "4.91"  # 4.905
    assert agreed("03", fields | {"finance.total": "53.5"}) == "2.68"  # 2.675


@pytest.mark.parametrize(
    "share", ["", "0.3", "0.2999999999", "0.29999999996", "0.2", "0.1999999999", "0"]
)
def test_bands_high(share: str) -> None:
    agreed("18", {"management.small_business_share": share})


@pytest.mark.parametrize(
    "adjusted", ["", "0", "700", "899.99", "900", "1100", "1100.01", "1200", "1300", "1300.01"]
)
@pytest.mark.parametrize("initial", ["", "0", "1000"])
def test_bands_low(initial: str, adjusted: str) -> None:
    agreed("07", {"finance.initial": initial, "finance.adjusted": adjusted})


@pytest.mark.parametrize("count", ["", "-1", "0", "1", "3", "4"])
def test_deduction(count: str) -> None:
    agreed("08", {"management.finance_problems": count})


@pytest.mark.parametrize("first", ["是", "否", "不适用", "", "别的"])
@pytest.mark.parametrize("second", ["是", "否", "不适用", "", "别的"])
def test_checklist(first: str, second: str) -> None:
    agreed("10", {"management.targets_disclosed": first, "management.results_disclosed": second})


@pytest.mark.parametrize("chosen", ["已建立并备案", "已建立未备案", "未建立", "", "别的"])
def test_choice(chosen: str) -> None:
    agreed("14", {"management.procurement_control": chosen})


@pytest.mark.parametrize("actual", ["", "0", "48", "48.01", "50", "50.01"])
@pytest.mark.parametrize("last", ["", "48"])
def test_ceiling(actual: str, last: str) -> None:
    agreed(
        "26",
        {
            "finance.three_public": actual,
            "finance.three_public_budget": "50",
            "finance.three_public_last": last,
        },
    )


@pytest.mark.parametrize(
    "funds",
    [
        (),
        V1_FUNDS,
        [fund("1.5"), fund("0.5")],
        [fund("0.757")],
        [{"name": "甲", "planned": "0", "paid": "5"}],
        [{"name": "甲", "planned": "0", "paid": "5", "reported_rate": "0.3"}],
        [{"name": "甲", "planned": "100", "paid": "-5"}],
        [fund("1"), {"name": "乙", "planned": "100"}],
        [fund("1"), {"planned": "100", "paid": "50"}],
        [{"name": "甲"}, {"planned": "100", "paid": "50"}],
        [fund("1"), {"note": "没有名称"}],
    ],
)
def test_records(funds: Sequence[Row]) -> None:
    agreed("05", funds=funds)


def goal(operator: str, expected: str, actual: str, **more: str) -> Row:
    return {
        "level1": "产出",
        "level2": "数量指标",
        "title": "企业数量",
        "operator": operator,
        "expected": expected,
        "unit": "家",
        "actual": actual,
    } | more


@pytest.mark.parametrize("operator", ["≥", "≤", "=", ">", "<", ""])
@pytest.mark.parametrize("target", ["-5", "0", "3", "100", ""])
def test_indicators(operator: str, target: str) -> None:
    """每个运算符、每种预期值，实现值取到各个界限上。"""
    for actual in ("-6", "0", "1", "2", "4.5", "4.50001", "6", "100", "150", "150.01", "199.9", ""):
        for level2 in ("数量指标", "成本指标"):
            agreed("01", indicators=[goal(operator, target, actual, level2=level2)])


@pytest.mark.parametrize("tier", TIERS)
def test_tiers(tier: str) -> None:
    agreed("01", indicators=[goal("", "有效促进", "有效促进", tier=tier), goal("≥", "3", "2")])
    agreed("01", indicators=[goal("≤", "20241231", "20241230", tier=tier, unit="日期")])


@pytest.mark.parametrize(
    "parameters",
    [{"over_inclusive": "1"}, {"over_limit": "1.2"}, {"over_factor": "1"}, {"score_digits": "1"}],
)
def test_parameters_move_both_sides(parameters: dict[str, str]) -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), parameters)
    rows = [goal("≥", "100", "150"), goal("≥", "100", "151"), goal("≥", "100", "33.3")]
    agreed("01", scheme=scheme, indicators=rows)


def test_two_kinds_of_indicators_side_by_side() -> None:
    rows = [goal("≥", "3", "2", special="是"), goal("≥", "3", "3", level1="效益", special="否")]
    assert agreed("01", indicators=rows) == "6.67"
    assert agreed("02", indicators=rows) == "10.00"
    assert agreed("04", indicators=rows) == "13.33"


def test_the_demonstration_row_by_row() -> None:
    scheme = load_scheme(SCHEME_ID)
    facts = facts_of(scheme, V1_FIELDS, funds=V1_FUNDS)
    refs = EngineRefs(facts)
    for method in methods_of(scheme):
        value = method.score(facts).value
        assert refs.evaluate(method) == ("" if value is None else value), method.indicator.code
