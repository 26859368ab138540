"""表头和选项的比较。"""

from __future__ import annotations

import pytest

from xltool.values import fold, match_choice, nearest, nearest_all, nearest_meaning

OPTIONS = [("是", ("有", "√", "yes")), ("否", ("无", "×", "no")), ("不适用", ("N/A",))]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("单位名称：", "单位名称"),
        (" 单位\n名 称", "单位名称"),
        ("预算数（万元）", "预算数(万元)"),
        ("【预算数】", "(预算数)"),
        ("“小升规”企业", '"小升规"企业'),
        ("ＡＢｃ", "abC"),
        ("一级—二级", "一级-二级"),
        ("单\u200b位", "单位"),
    ],
)
def test_fold_same(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_fold_keeps_differences() -> None:
    assert fold("预算数") != fold("决算数")
    assert fold("预算数(万元)") != fold("预算数(元)")


@pytest.mark.parametrize(
    ("text", "choice"),
    [("是", "是"), (" ＹＥＳ ", "是"), ("n/a", "不适用"), ("也许", None), ("", None)],
)
def test_match_choice(text: str, choice: str | None) -> None:
    assert match_choice(text, OPTIONS) == choice


TIERS = ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达成年度指标值", TIERS[0]),
        ("部分达成年度指标", TIERS[1]),
        ("未达成年度指标", TIERS[2]),
        ("没有达成年度指标", None),
        ("基本达成年度指标", None),
    ],
)
def test_the_nearest_never_says_the_opposite(text: str, expected: str | None) -> None:
    assert nearest_meaning(text, TIERS) == expected


def test_nearest() -> None:
    names = ["江门市教育局", "江门市财政局", "江门市民政局"]
    assert nearest("江门市教育据", names) == "江门市教育局"
    assert nearest("江门市 财政", names) == "江门市财政局"
    assert nearest("完全无关", names) is None


def test_all_that_hold_the_words_are_as_near() -> None:
    names = ("甲区水利局", "示例市水利局", "示例市教育局")
    assert nearest_all("水利局", names) == ["甲区水利局", "示例市水利局"]
    assert nearest_all("示例市教育据", names) == ["示例市教育局"]
    assert nearest_all("完全无关", names) == []


def test_what_holds_the_words_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """两千个单位的名单上，逐个比相像要近十毫秒。"""
    monkeypatch.setattr("xltool.values.choices.nearest", None)
    assert nearest_all("水利局", ("甲区水利局",)) == ["甲区水利局"]
