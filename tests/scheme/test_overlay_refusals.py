"""沿用别的方案而写得不对：都说出文件、键的路径和毛病；各种改法见 schemes/overlay_refusals.toml。"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

import pytest
from cli_runner import xltool

from xltool.scheme.loader import parse_scheme, scheme_content
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.sources import shipped_ids
from xltool.soundness import require_sound

PAGE = Path(__file__).parent / "overlay_refusals.toml"
SPECIAL, FILE = "jiangmen-2025-special", "本地.toml"
HEAD = "[scheme]"
GROUPS = {
    "不认识的键", "没有用到的参数", "去掉", "分值不合", "来源", "类型不对", "认不出哪一项",
    "满意度的分档",
    "不单独计分的行",
}  # fmt: skip


class Case(NamedTuple):
    title: str
    own: str
    path: str
    message: str
    base: str = SPECIAL

    @property
    def text(self) -> str:
        """方案文件的全文。"""
        return overlay(self.own, self.base)


def overlay(own: str = "", base: str = SPECIAL, scheme_id: str = "local") -> str:
    """沿用 `base` 的方案；`own` 以 [scheme] 开头的，接在同一节里。"""
    head = f'{HEAD}\nextends = "{base}"\nid = "{scheme_id}"\n'
    return head + own.removeprefix(f"{HEAD}\n") + "\n"


CASES = [Case(**case) for case in tomllib.loads(PAGE.read_text("utf-8"))["case"]]


def refused(text: str) -> SchemeProblem:
    with pytest.raises(SchemeProblem) as caught:
        require_sound(parse_scheme(text, FILE))
    return caught.value


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{number}-{case.path}" for number, case in enumerate(CASES, 1)]
)
def test_refused(case: Case) -> None:
    problem = refused(case.text)
    assert (problem.path, problem.message) == (case.path, case.message)
    assert str(problem) == f"方案 {FILE}：{case.path}：{case.message}"


def test_the_page_covers_every_kind() -> None:
    assert {case.title for case in CASES} == GROUPS


@pytest.mark.parametrize("base", shipped_ids())
def test_an_overlay_that_changes_nothing_but_its_id_is_sound(base: str) -> None:
    scheme = parse_scheme(overlay(base=base), FILE)
    require_sound(scheme)
    assert scheme.id == "local"


@pytest.mark.parametrize("base", ["没有", "local", "../mof-project"])
def test_a_base_that_is_not_shipped(base: str) -> None:
    """没有的、自己、别的另给的方案，都不能沿用；能沿用的一一列出。"""
    problem = refused(overlay(base=base))
    known = "、".join(shipped_ids())
    assert problem.path == "scheme.extends"
    assert problem.message == f"不能沿用“{base}”；可以沿用随程序带的 {known}"


@pytest.mark.parametrize("base", ["3", '["mof-project"]', "true", "{}"])
def test_a_base_that_is_no_name(base: str) -> None:
    problem = refused(f'{HEAD}\nextends = {base}\nid = "local"\n')
    assert problem.path == "scheme.extends"


def test_a_circle_of_bases_is_refused() -> None:
    """甲沿用乙、乙又沿用甲：绕回来的地方就停下。"""
    with pytest.raises(SchemeProblem) as caught:
        scheme_content(overlay(base="mof-project"), "乙.toml", ("mof-project",))
    assert (caught.value.file, caught.value.path) == ("乙.toml", "scheme.extends")
    assert caught.value.message.startswith("不能沿用“mof-project”")


@pytest.mark.parametrize("line", ["", f'id = "{SPECIAL}"\n'])
def test_an_overlay_needs_an_id_of_its_own(line: str) -> None:
    problem = refused(f'{HEAD}\nextends = "{SPECIAL}"\n{line}')
    assert problem.path == "scheme.id"
    assert problem.message == f"要写自己的标识，不能与所沿用的“{SPECIAL}”相同"


def test_both_commands_tell_the_same(tmp_path: Path) -> None:
    """lint 和 --schemes 说的一样：哪个文件、哪个键、怎么不对。"""
    case = next(case for case in CASES if case.path == "flags.K02.warnning")
    file = tmp_path / FILE
    file.write_text(case.text, "utf-8")
    lint = xltool("scheme", "lint", file)
    assert (lint.code, lint.out) == (2, f"{FILE}：{case.path}：{case.message}\n")
    used = xltool("template", "-o", tmp_path / "下发", "--schemes", file)
    assert used.code == 2
    assert used.err.splitlines()[-1] == f"错误：方案 {FILE}：{case.path}：{case.message}"
