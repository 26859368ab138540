"""不超限：恰好等于限额算不超；每个限额分别得分。"""

from __future__ import annotations

import pytest
from scoring_builder import SCHEME_ID, method_for, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme

KEYS = tuple(
    CellKey("finance", key) for key in ("three_public", "three_public_budget", "three_public_last")
)
ACTUAL, BUDGET, LAST = "“三公”经费决算数", "“三公”经费预算数", "“三公”经费上年决算数"


def filled(*amounts: str) -> dict[str, str]:
    return {str(key): amount for key, amount in zip(KEYS, amounts, strict=True)}


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("46.23", "50", "48"), "1.00"),
        (("48", "50", "48"), "1.00"),  # 等于上年
        (("48.01", "50", "48"), "0.50"),
        (("50", "50", "50"), "1.00"),
        (("50.01", "50", "51"), "0.50"),
        (("52", "50", "51"), "0.00"),
        (("0", "0", "0"), "1.00"),
        (("0.01", "0", "0"), "0.00"),
    ],
)
def test_points(amounts: tuple[str, str, str], expected: str) -> None:
    assert str(score_of("26", filled(*amounts)).value) == expected


@pytest.mark.parametrize(
    ("amounts", "missing", "why"),
    [
        (("", "50", "48"), KEYS[:1], ACTUAL),
        (("0", "", "48"), KEYS[1:2], BUDGET),
        (("0", "50", ""), KEYS[2:], LAST),
        (("", "", ""), KEYS, f"{ACTUAL}、{BUDGET}、{LAST}"),
    ],
)
def test_missing(amounts: tuple[str, ...], missing: tuple[CellKey, ...], why: str) -> None:
    score = score_of("26", filled(*amounts))
    assert score.value is None
    assert score.missing == missing
    assert score.trace == f"不能计分：缺{why}"


def test_trace() -> None:
    assert score_of("26", filled("49.00", "50", "48")).trace == (
        f"{ACTUAL}49≤{BUDGET}50，0.5分；49>{LAST}48，0分；合计=0.50"
    )


def test_sentence() -> None:
    assert method_for(load_scheme(SCHEME_ID), "26").sentence() == (
        f"{ACTUAL}不超过{BUDGET}得0.5分；不超过{LAST}得0.5分。"
    )


def test_parameter_changes_sentence_and_score() -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {"26.points1": "0.7", "26.points2": "0.3"})
    assert method_for(scheme, "26").sentence() == (
        f"{ACTUAL}不超过{BUDGET}得0.7分；不超过{LAST}得0.3分。"
    )
    assert str(score_of("26", filled("49", "50", "48"), scheme=scheme).value) == "0.70"
