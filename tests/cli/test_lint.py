"""xltool scheme lint：一次说出全部；不妨碍用的另说；说可以用的就用得了。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cli_runner import xltool
from small_scheme import small_changed, small_text

if TYPE_CHECKING:
    from pathlib import Path


def scheme(folder: Path, text: str) -> Path:
    file = folder / "小表.toml"
    file.write_text(text, "utf-8")
    return file


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    text = small_changed(("year = 2024", "yaer = 2024"), ("points = 20", 'points = "二十"'))
    ran = xltool("scheme", "lint", scheme(tmp_path, text))
    assert ran.code == 2
    assert ran.out.splitlines() == [
        "小表.toml：levels[1].children[2].points：应是数，现为 '二十'",
        "小表.toml：scheme.year：缺少这一项",
        "小表.toml：scheme.yaer：不认识这个键，请核对拼写或删去",
    ]


def test_an_id_that_is_taken_is_told_before_it_is_used(tmp_path: Path) -> None:
    """与随程序带的同名的，用 --schemes 给时才发现就晚了。"""
    file = scheme(tmp_path, small_changed(("town-2025", "mof-project")))
    ran = xltool("scheme", "lint", file, "--json")
    assert ran.code == 2
    told = "已经有标识是“mof-project”的方案，请换一个"
    problem = {"file": "小表.toml", "path": "scheme.id", "message": told}
    assert ran.document["problems"] == [problem]
    used = xltool("template", "-o", tmp_path / "下发", "--schemes", file)
    assert used.err.splitlines()[-1] == f"错误：方案 小表.toml：scheme.id：{told}"


def test_a_title_of_another_year_does_not_stop_but_is_told(tmp_path: Path) -> None:
    file = scheme(tmp_path, small_changed(("year = 2024", "year = 2025")))
    ran = xltool("scheme", "lint", file)
    assert (ran.code, ran.err) == (0, "√ 小表.toml 可以用。\n")
    told = "写着“2024年度”，而评价年度是 2025，请核对"
    assert ran.out.splitlines()[0] == f"提示 小表.toml：scheme.title：{told}"
    notes = xltool("scheme", "lint", file, "--json").document["notes"]
    paths = [note["path"] for note in notes]  # type: ignore[attr-defined] # a list of tables
    assert paths[:2] == ["scheme.title", "sheets.cover.title"]


def test_a_grid_that_prints_another_indicator_is_told(tmp_path: Path) -> None:
    """沿用一页的表，指标换了编码：页上照编码印的分值成了别的指标的。"""
    own = 'extends = "mof-project"\nid = "own"\n'
    changed = '[[indicators]]\ncode = "01"\ntitle = "资金使用合规性"\n'
    ran = xltool("scheme", "lint", scheme(tmp_path, f"[scheme]\n{own}{changed}"))
    assert ran.code == 0
    (line,) = ran.out.splitlines()
    assert line.startswith("提示 小表.toml：sheets.")
    assert ".grid：“=01”原来印“" in line
    assert "现在印“资金使用合规性”的" in line


def test_a_sound_scheme_needs_no_more_words(tmp_path: Path) -> None:
    ran = xltool("scheme", "lint", scheme(tmp_path, small_text()))
    assert (ran.code, ran.out, ran.err) == (0, "", "√ 小表.toml 可以用。\n")
