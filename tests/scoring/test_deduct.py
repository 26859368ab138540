"""逐项扣分：没有发生、扣到零、扣完为止。"""

from __future__ import annotations

import pytest
from scoring_builder import SCHEME_ID, method_for, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme

NAME = "审计、财会监督发现的财务问题数"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("0", "3.00"),
        ("1", "2.00"),
        ("2", "1.00"),
        ("3", "0.00"),
        ("4", "0.00"),
        ("-1", "3.00"),  # 填错的负数不会多得分
    ],
)
def test_points(count: str, expected: str) -> None:
    assert str(score_of("08", {"management.finance_problems": count}).value) == expected


@pytest.mark.parametrize(
    ("count", "trace"),
    [
        ("0", f"{NAME}0项，3分-0×1分=3.00"),
        ("2", f"{NAME}2项，3分-2×1分=1.00"),
        ("3", f"{NAME}3项，3分-3×1分=0.00"),
        ("4", f"{NAME}4项，3分-4×1分，扣完为止=0.00"),
    ],
)
def test_trace(count: str, trace: str) -> None:
    assert score_of("08", {"management.finance_problems": count}).trace == trace


def test_missing_is_not_zero() -> None:
    score = score_of("08")
    assert score.value is None
    assert score.missing == (CellKey("management", "finance_problems"),)
    assert score.trace == f"不能计分：缺{NAME}"


def test_sentence() -> None:
    assert method_for(load_scheme(SCHEME_ID), "08").sentence() == (
        f"没有发生得3分；{NAME}每有一项扣1分，扣完为止。"
    )


def test_parameter_changes_sentence_and_score() -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {"08.each": "0.335"})
    assert "每有一项扣0.335分" in method_for(scheme, "08").sentence()
    score = score_of("08", {"management.finance_problems": "1"}, scheme=scheme)
    assert str(score.value) == "2.67"  # 2.665，入
