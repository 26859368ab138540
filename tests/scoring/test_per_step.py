"""逐点扣分：恰好到界限不扣；不满一步的三种算法；扣到最低为止。"""

from __future__ import annotations

import pytest
from scoring_builder import FILE, method_for, score_of, stepped

from xltool.scheme.problem import SchemeProblem
from xltool.scoring.catalogue import methods_of


def score(adjusted: str, counting: str = "pro_rata", *changes: tuple[str, str]) -> tuple[str, str]:
    """年初预算100万元，第07项4分，预算调整率超过10%的，每超过一个百分点扣0.5分。"""
    fields = {"finance.initial": "100", "finance.adjusted": adjusted}
    result = score_of("07", fields, scheme=stepped(counting, *changes))
    return str(result.value), result.trace


@pytest.mark.parametrize(
    ("adjusted", "pro_rata", "full", "started"),
    [
        ("100", "4.00", "4.00", "4.00"),
        ("110", "4.00", "4.00", "4.00"),  # 恰好到界限
        ("90", "4.00", "4.00", "4.00"),
        ("110.001", "4.00", "4.00", "3.50"),  # 超0.001个百分点：按比例的扣0.0005
        ("110.01", "4.00", "4.00", "3.50"),  # 0.005，剩3.995，入
        ("110.03", "3.99", "4.00", "3.50"),
        ("110.99", "3.51", "4.00", "3.50"),
        ("111", "3.50", "3.50", "3.50"),
        ("112.5", "2.75", "3.00", "2.50"),
        ("118", "0.00", "0.00", "0.00"),
        ("117.9", "0.05", "0.50", "0.00"),
        ("500", "0.00", "0.00", "0.00"),
    ],
)
def test_points(adjusted: str, pro_rata: str, full: str, started: str) -> None:
    assert score(adjusted)[0] == pro_rata
    assert score(adjusted, "full")[0] == full
    assert score(adjusted, "started")[0] == started


FLOOR = ("per_step = 0.5", "per_step = 0.5, floor_share = 0.25")
HIGH = ('better = "low"', 'better = "high"')


@pytest.mark.parametrize(
    ("adjusted", "expected"), [("116", "1.00"), ("116.1", "1.00"), ("900", "1.00"), ("115", "1.50")]
)
def test_floor(adjusted: str, expected: str) -> None:
    assert score(adjusted, "pro_rata", FLOOR)[0] == expected


@pytest.mark.parametrize(
    ("adjusted", "expected"),
    [("110", "4.00"), ("150", "4.00"), ("109", "3.50"), ("102", "0.00"), ("100", "0.00")],
)
def test_higher_is_better(adjusted: str, expected: str) -> None:
    assert score(adjusted, "full", HIGH)[0] == expected


RATE = "预算调整率=|调整后预算数{}-年初预算数100|÷年初预算数100="


@pytest.mark.parametrize(
    ("adjusted", "changes", "trace"),
    [
        ("105", (), RATE.format(105) + "5%，不超过10%，得满分4分=4.00"),
        ("112.5", (), RATE.format(112.5) + "12.50%，超过10%，差2.50个百分点，4分-2.5×0.5分=2.75"),
        (
            "190",
            (FLOOR,),
            RATE.format(190) + "90%，超过10%，差80个百分点，4分-80×0.5分，最低1分=1.00",
        ),
        ("109", (HIGH,), RATE.format(109) + "9%，低于10%，差1个百分点，4分-1×0.5分=3.50"),
    ],
)
def test_trace(adjusted: str, changes: tuple[tuple[str, str], ...], trace: str) -> None:
    assert score(adjusted, "pro_rata", *changes)[1] == trace


def test_missing() -> None:
    result = score_of("07", {"finance.initial": "100"}, scheme=stepped())
    assert result.value is None
    assert result.trace == "不能计分：缺预算调整率"


def test_a_change_from_nothing_is_whole() -> None:
    fields = {"finance.initial": "0", "finance.adjusted": "5"}
    assert score_of("07", fields, scheme=stepped()).value == 0


def test_deduction_says_what_is_beyond() -> None:
    fields = {"finance.initial": "100", "finance.adjusted": "112.5"}
    (one,) = score_of("07", fields, scheme=stepped()).deductions
    assert (str(one.points), one.why) == ("1.25", "预算调整率12.50%，超过10%，差2.50个百分点")


@pytest.mark.parametrize(
    ("counting", "changes", "sentence"),
    [
        (
            "pro_rata",
            (),
            "预算调整率不超过10%得4分，每超过1个百分点扣0.5分（不满1个百分点的按比例扣），扣完为止。",
        ),
        (
            "full",
            (FLOOR,),
            "预算调整率不超过10%得4分，每超过1个百分点扣0.5分（不满1个百分点的不扣），最低得1分。",
        ),
        (
            "started",
            (HIGH,),
            "预算调整率达到10%得4分，每低于1个百分点扣0.5分（不满1个百分点的按1个百分点扣），扣完为止。",
        ),
    ],
)
def test_sentence(counting: str, changes: tuple[tuple[str, str], ...], sentence: str) -> None:
    assert method_for(stepped(counting, *changes), "07").sentence() == sentence


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (('"low"', '"up"'), "inputs.better"),
        (('counting = "full"', 'counting = "half"'), "inputs.counting"),
        (("step = 0.01, per", "step = 0, per"), "parameters.step"),
    ],
)
def test_a_scheme_that_cannot_be_meant(change: tuple[str, str], path: str) -> None:
    with pytest.raises(SchemeProblem) as caught:
        methods_of(stepped("full", change))
    assert f"{FILE}：indicators.07.method.{path}：" in str(caught.value)
