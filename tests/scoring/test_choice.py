"""选档：每个选项、空白、不在列表里的文字。"""

from __future__ import annotations

import pytest
from scoring_builder import SCHEME_ID, method_for, score_of, with_parameters

from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme

FIELD = "management.procurement_control"


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [("已建立并备案", "1.00"), ("已建立未备案", "0.50"), ("未建立", "0.00")],
)
def test_points(chosen: str, expected: str) -> None:
    assert str(score_of("14", {FIELD: chosen}).value) == expected


@pytest.mark.parametrize("chosen", ["", "正在建立"])
def test_what_is_not_an_option_is_missing(chosen: str) -> None:
    score = score_of("14", {FIELD: chosen})
    assert score.value is None
    assert score.missing == (CellKey("management", "procurement_control"),)
    assert score.trace == "不能计分：缺采购内控制度"


def test_trace() -> None:
    assert score_of("14", {FIELD: "已建立未备案"}).trace == (
        "采购内控制度：已建立未备案，50%×1分=0.50"
    )


def test_sentence() -> None:
    assert method_for(load_scheme(SCHEME_ID), "14").sentence() == (
        "采购内控制度：已建立并备案得1分；已建立未备案得0.5分；未建立得0分。"
    )


def test_parameter_changes_sentence_and_score() -> None:
    scheme = with_parameters(load_scheme(SCHEME_ID), {"14.shares2": "0.625"})
    assert "已建立未备案得0.63分" in method_for(scheme, "14").sentence()
    assert str(score_of("14", {FIELD: "已建立未备案"}, scheme=scheme).value) == "0.63"
