"""不合规的方案：每一种都说出文件、键的路径和毛病；各种改法见 schemes/refusals.toml。"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from scoring_builder import FILE, mutated, scheme_text

from xltool.scheme.loader import parse_scheme
from xltool.scheme.problem import SchemeProblem
from xltool.scoring.catalogue import METHODS, methods_of

PAGE = Path(__file__).parent / "refusals.toml"
GROUPS = {
    "不合约定",
    "不认识的键", "缺项", "来源没有写明", "类型不对", "分值不合", "数的范围", "等级次序", "重复",
    "引用不存在", "标题用词空着", "名字用不了", "排列不对", "计分办法：共同的要求",
    "计分办法：各自的要求",
}  # fmt: skip


UNKNOWN = "不认识这个键，请核对拼写或删去"


class Case(NamedTuple):
    title: str
    old: str
    new: str
    path: str
    message: str


CASES = [Case(**case) for case in tomllib.loads(PAGE.read_text("utf-8"))["case"]]


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{number}-{case.path}" for number, case in enumerate(CASES, 1)]
)
def test_refused(case: Case) -> None:
    with pytest.raises(SchemeProblem) as caught:
        methods_of(mutated((case.old, case.new)))
    problem = caught.value
    message = case.message.replace("{办法}", "、".join(METHODS))
    assert (problem.path, problem.message) == (case.path, message)
    assert str(problem) == f"方案 {FILE}：{case.path}：{message}"


def test_the_page_covers_every_kind() -> None:
    assert {case.title for case in CASES} == GROUPS


@pytest.mark.parametrize("section", ["parameters", "levels", "grades", "options", "checks"])
def test_a_section_under_another_name(section: str) -> None:
    """整节没有了（都叫了别的名字）：要么缺这一节，要么多出不认识的一节。"""
    text = scheme_text().replace(f"[[{section}]]", "[[other]]").replace(f"[{section}.", "[other.")
    with pytest.raises(SchemeProblem) as caught:
        parse_scheme(text, FILE)
    optional = ("checks", "options")
    expected = ("other", UNKNOWN) if section in optional else (section, "缺少这一项")
    assert (caught.value.path, caught.value.message) == expected
