"""xltool scheme：列出、看、检查。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli_runner import xltool
from scoring_builder import scheme_text

from xltool.scheme.loader import scheme_ids
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from pathlib import Path

SPECIAL = "jiangmen-2025-special"


def test_list_names_every_scheme() -> None:
    ran = xltool("scheme", "list")
    assert ran.code == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == list(scheme_ids())
    listed = xltool("scheme", "list", "--json").document["schemes"]
    assert [item["id"] for item in listed] == list(scheme_ids())


def test_show_prints_every_indicator_and_every_parameter_with_its_origin() -> None:
    scheme, methods = ready_scheme(SPECIAL)
    lines = [" ".join(line.split()) for line in xltool("scheme", "show", SPECIAL).out.splitlines()]
    for method in methods:
        assert f"评分标准：{' '.join(method.sentence().split())}" in lines
    for parameter in scheme.parameters.values():
        found = [line for line in lines if line.startswith(f"{parameter.key} ")]
        assert [" ".join(parameter.origin.split()) in line for line in found] == [True]


def test_show_as_json() -> None:
    document = xltool("scheme", "show", SPECIAL, "--json").document
    assert len(document["indicators"]) == 26
    assert document["parameters"][0] == {
        "key": "grade.优",
        "label": "等级“优”的分数线（含）",
        "value": "90",
        "unit": "分",
        "origin": "报告：97.35分为优；90分为财预〔2020〕10号和广东通行的分数线",
    }


def test_an_unknown_scheme_is_a_wrong_call() -> None:
    ran = xltool("scheme", "show", "没有")
    assert (ran.code, ran.out) == (2, "")
    assert "没有这个方案" in ran.err.splitlines()[-1]


def test_lint_accepts_the_shipped_scheme(tmp_path: Path) -> None:
    file = tmp_path / "我的.toml"
    file.write_text(scheme_text(), "utf-8")
    ran = xltool("scheme", "lint", file)
    assert (ran.code, ran.out, ran.err) == (0, "", "√ 我的.toml 可以用。\n")


def test_lint_names_file_and_key_of_a_wrong_scheme(tmp_path: Path) -> None:
    file = tmp_path / "我的.toml"
    file.write_text(scheme_text().replace("minimum = 90", "minimun = 90"), "utf-8")
    ran = xltool("scheme", "lint", file)
    assert ran.code == 2
    assert ran.out.startswith("我的.toml：grades[1].")
    problem = xltool("scheme", "lint", file, "--json").document
    assert (problem["ok"], problem["problem"]["file"]) == (False, "我的.toml")


def test_lint_misses_no_parameter_that_a_rule_wants(tmp_path: Path) -> None:
    file = tmp_path / "我的.toml"
    lines = scheme_text().splitlines()
    start = lines.index("[flags.K04]")
    del lines[start : start + 2]
    file.write_text("\n".join(lines), "utf-8")
    ran = xltool("scheme", "lint", file)
    assert ran.code == 2
    assert ran.out == "我的.toml：flags.K04.floor：疑点规则要用这个参数，方案里没有写\n"
