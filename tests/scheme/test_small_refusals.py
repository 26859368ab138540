"""查方案时要拦下的：全部毛病一次说出，说出键的路径；各种改法见 small_refusals.toml。"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from small_scheme import FILE, small_changed, small_text

from xltool.soundness import examined

PAGE = Path(__file__).with_name("small_refusals.toml")
GROUPS = {"一次说出全部", "自动计算", "上下限", "名字和文字", "计分办法"}


class Case(NamedTuple):
    title: str
    changes: list[tuple[str, str]]
    faults: list[list[str]]


CASES = [Case(**case) for case in tomllib.loads(PAGE.read_text("utf-8"))["case"]]


def test_the_small_scheme_is_sound() -> None:
    examination = examined(small_text(), FILE)
    assert examination.problems == ()
    assert examination.scheme is not None


@pytest.mark.parametrize("number", range(1, len(CASES) + 1))
def test_every_fault_is_told_at_once(number: int) -> None:
    case = CASES[number - 1]
    problems = examined(small_changed(*map(tuple, case.changes)), FILE).problems
    assert [[one.path, one.message] for one in problems] == case.faults
    assert {one.file for one in problems} == {FILE}


def test_the_page_covers_every_kind() -> None:
    assert {case.title for case in CASES} == GROUPS
