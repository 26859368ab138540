"""按比例：零、封顶、分母为零、缺数、分以下的四舍五入。"""

from __future__ import annotations

import pytest
from scoring_builder import SCHEME_ID, method_for, mutated, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme

TOTAL, ADJUSTED = CellKey("finance", "total"), CellKey("finance", "adjusted")


def spent(total: str, adjusted: str) -> dict[str, str]:
    return {"finance.total": total, "finance.adjusted": adjusted}


@pytest.mark.parametrize(
    ("total", "adjusted", "expected"),
    [
        ("0", "100", "0.00"),
        ("50", "100", "2.50"),
        ("98.09", "100", "4.90"),  # 4.9045，舍
        ("98.1", "100", "4.91"),  # 4.905，入
        ("53.5", "100", "2.68"),  # 2.675，入；二进制小数会错成 2.67
        ("100", "100", "5.00"),
        ("100.01", "100", "5.00"),  # 封顶
        ("300", "100", "5.00"),
        ("1", "3", "1.67"),
        ("-1", "100", "0.00"),
        ("0.98", "1", "4.90"),
        ("0", "0", "0.00"),
        ("100", "0", "0.00"),
        ("99999999999999999999", "0.000001", "5.00"),  # 再大的数也算得出
    ],
)
def test_points(total: str, adjusted: str, expected: str) -> None:
    assert str(score_of("03", spent(total, adjusted)).value) == expected


def test_nothing_due_is_full_where_the_scheme_says_so() -> None:
    fields = {"management.contracts": "0", "management.contracts_on_time": "0"}
    score = score_of("16", fields)
    assert str(score.value) == "3.00"
    assert score.trace == "政府采购合同数为0，按100%×3分=3.00"


@pytest.mark.parametrize(
    ("total", "adjusted", "missing", "why"),
    [
        ("", "100", (TOTAL,), "缺决算支出"),
        ("100", "", (ADJUSTED,), "缺调整后预算数"),
        ("", "", (TOTAL, ADJUSTED), "缺决算支出、调整后预算数"),
    ],
)
def test_missing(total: str, adjusted: str, missing: tuple[CellKey, ...], why: str) -> None:
    score = score_of("03", spent(total, adjusted))
    assert score.value is None
    assert score.missing == missing
    assert score.trace == f"不能计分：{why}"
    assert score.used == (TOTAL, ADJUSTED)


def test_trace() -> None:
    score = score_of("03", spent("26701.65", "27246.58"))
    assert score.trace == "决算支出26701.65÷调整后预算数27246.58=98.00%，×5分=4.90"


def test_trace_says_that_the_ratio_is_capped() -> None:
    score = score_of("03", spent("120", "100"))
    assert score.trace == "决算支出120÷调整后预算数100=120%，按100%计，×5分=5.00"


def test_percent_in_a_trace_is_rounded_half_up() -> None:
    assert "=98.13%，" in score_of("03", spent("98.125", "100")).trace


def test_sentence() -> None:
    method = method_for(load_scheme(SCHEME_ID), "03")
    assert method.sentence() == (
        "比例=决算支出÷调整后预算数×100%，得分=比例×5分，最高5分；调整后预算数为0的，不得分。"
    )


def test_parameter_changes_sentence_and_score() -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {"03.when_zero": "0.255"})
    assert "按分值的25.5%计" in method_for(scheme, "03").sentence()
    assert str(score_of("03", spent("1", "0"), scheme=scheme).value) == "1.28"  # 1.275


def test_points_change_sentence_and_score() -> None:
    scheme = mutated(
        ('title = "部门预算资金支出率"\npoints = 5', 'title = "部门预算资金支出率"\npoints = 4'),
        ('title = "部门整体绩效目标效益指标完成情况"\npoints = 10', 'title = "效益"\npoints = 11'),
    )
    assert "得分=比例×4分，最高4分" in method_for(scheme, "03").sentence()
    assert str(score_of("03", spent("50", "100"), scheme=scheme).value) == "2.00"
