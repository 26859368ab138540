"""xltool scheme：列出、看、检查。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli_runner import xltool
from scoring_builder import scheme_text

from xltool.flags.registry import thresholds_for
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
    for parameter in (*scheme.parameters.values(), *thresholds_for(scheme)):
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
        "origin": "报告：97.35分为优；90分照财预〔2020〕10号",
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


def test_lint_tells_of_words_that_no_formula_holds(tmp_path: Path) -> None:
    """公式要看的字眼添得太多，Excel 打不开，检查的时候就说。"""
    file = tmp_path / "我的.toml"
    words = ", ".join(f'{{ key = "w{n}", value = "第{n}处" }}' for n in range(70))
    own = f'[[options]]\nkey = "differing_words"\ntitle = "字"\noptions = [{words}]\n\n'
    text = scheme_text().replace('id = "jiangmen-2025-special"', 'id = "own"', 1)
    file.write_text(text.replace("[[options]]", f"{own}[[options]]", 1), "utf-8")
    ran = xltool("scheme", "lint", file)
    assert ran.code == 2
    assert ran.out.startswith("我的.toml：options：“绩效目标完成情况”表 ")
    assert "少写几个字眼" in ran.out


def test_a_scheme_need_not_repeat_what_the_rules_say(tmp_path: Path) -> None:
    """没有 flags 一节的方案能用；写了规则没有的界限，说出最像的一个。"""
    file = tmp_path / "我的.toml"
    assert "[flags" not in scheme_text().replace("[flags.编码]", "")
    file.write_text(scheme_text(), "utf-8")
    assert xltool("scheme", "lint", file).code == 0
    text = scheme_text().replace('id = "jiangmen-2025-special"', 'id = "own"', 1)
    own = '[flags.K04]\nflor = { value = 0.5, origin = "假设：试验" }\n\n'
    file.write_text(text.replace("[[options]]", f"{own}[[options]]", 1), "utf-8")
    ran = xltool("scheme", "lint", file)
    assert ran.code == 2
    told = "没有哪里用到这个参数，是不是“K04.floor”，请核对名字或删去"
    assert ran.out == f"我的.toml：flags.K04.flor：{told}\n"


def test_show_as_json_lists_every_threshold() -> None:
    document = xltool("scheme", "show", "mof-project", "--json").document
    listed = {item["key"]: item for item in document["parameters"]}
    assert listed["K02.warning"] == {
        "key": "K02.warning",
        "label": "大幅超额须说明的界限",
        "value": "1.3",
        "unit": "%",
        "origin": "重建：外省一体化系统超过130%时偏差原因必填",
    }
    assert listed["S03.error"]["value"] == "2"
