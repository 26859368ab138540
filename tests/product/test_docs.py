"""文档不说假话：装的命令真能用，生成的几段是新的，每个命令、规则、上限、JSON 的键都写到。"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import readme_blocks
from cli_runner import xltool
from facts_builder import build_facts
from pages import GENERATED, ROOT, blocks, named_block, page
from regenerate import HINT

from xltool.flags.judging import verdict_of
from xltool.flags.registry import rule_of, rules
from xltool.flags.rule import Case
from xltool.scheme.loader import parse_scheme
from xltool.scheme.thresholds import OVERSHOT
from xltool.scoring.catalogue import evaluate, methods_of
from xltool.soundness import require_sound
from xltool.xlsx.limits import Limits, variable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

README, CHANGES, JSON = page("README.md"), page("CHANGELOG.md"), page("docs/JSON.md")
MAIN, TEST = named_block(README, "main-command"), named_block(README, "test-command")


def test_generated_parts_are_fresh() -> None:
    command = [sys.executable, "-m", "cogapp", "--check", "-I", "tests/support"]
    command += map(str, GENERATED)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr + HINT


@pytest.mark.parametrize("words", readme_blocks.COMMANDS, ids=" ".join)
def test_every_command_is_documented_with_its_help(words: tuple[str, ...]) -> None:
    text = readme_blocks.help_of(*words)
    assert text.startswith("用法：")
    assert f"```text\n{text}\n```" in page("docs/命令.md")


def test_the_list_of_commands_is_complete() -> None:
    from typer.main import get_command

    from xltool.cli.app import app

    command = get_command(app)
    names = {(name,) for name in command.commands}
    names |= {("scheme", name) for name in command.commands["scheme"].commands}
    assert names == set(readme_blocks.COMMANDS) - {()}


def test_every_rule_and_every_limit_is_named() -> None:
    for rule in rules():
        assert f"| {rule.code} |" in page("docs/规则.md")
        assert rule.code[0] in CHANGES
    for field in fields(Limits):
        if field.name != "ratio_grace":
            assert f"`{variable(field.name)}`" in page("docs/上限.md")


def test_the_main_command_does_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """第二次与平时一样，记着第一次读过的。"""
    monkeypatch.setenv("XLTOOL_CACHE", str(tmp_path / "缓存"))
    monkeypatch.chdir(ROOT)
    words = MAIN.rpartition(".venv/bin/xltool ")[2].split()
    words[words.index("-o") + 1] = str(tmp_path / "汇总.xlsx")
    ran = xltool(*words)
    assert ran.code == 0, ran.err
    assert ran.err.splitlines()[-1] == f"已写入 {tmp_path / '汇总.xlsx'}"
    assert (tmp_path / "汇总.xlsx").exists()
    assert xltool(*(word for word in words if word != "--exit-zero")).code == 1


def test_every_family_of_codes_is_named_once() -> None:
    row = re.compile(r"^\| ([RVCG]\d{3})—([RVCG]\d{3})(?:、[^|]+)? \|", re.MULTILINE)
    listed = row.findall(page("docs/规则.md"))
    ends = [code for pair in listed for code in pair]
    assert ends == sorted(ends)  # 各族不交错，依编码排列
    assert {code[0] for code in ends} == set("RVCG")


def test_the_overlay_is_sound_and_caps_the_score() -> None:
    scheme = parse_scheme(named_block(page("docs/定方案.md"), "overlay-scheme"), "本地.toml")
    require_sound(scheme)
    assert scheme.number("over_limit") == OVERSHOT.of(scheme) == Decimal("1.3")
    fields = {"cover.self_total": "95", "finance.total": "750", "finance.adjusted": "1000"}
    facts = build_facts(scheme, fields)
    verdict = verdict_of(rule_of("S05"), Case(facts, evaluate(facts, methods_of(scheme))))
    assert "低于80%的自评不得高于89分，现为95分" in verdict.hits[0].message


ANY_NAME = {"values", "rules"}  # 键是各项的名字、规则的编码，不一一列出


def keys_of(document: object) -> Iterator[str]:
    """一份 JSON 里的全部键。"""
    if isinstance(document, list):
        for item in document:
            yield from keys_of(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            yield key
            named = key in ANY_NAME and isinstance(value, dict)
            yield from keys_of(list(value.values()) if named else value)


@pytest.mark.usefixtures("marking_here")
def test_every_key_of_json_is_documented(tmp_path: Path) -> None:
    """各个命令真印出来的键，那一页都写到。"""
    samples = ROOT / "sample_inputs"
    form, book, local = samples / "inbox" / "示例市民政局.xlsx", tmp_path / "a.xlsx", tmp_path / "b"
    refused, target = samples / "inbox" / "示例市统计局.xlsx", tmp_path / "汇总.xlsx"
    small = samples / "mixed" / "示例市商务局_电商产业园扶持.xlsx"  # 标注得快
    waivers, filled = samples / "豁免.xlsx", tmp_path / "填.xlsx"
    commands = (
        ("check", form, refused),
        ("check", small, "--marked", local),
        ("claims", *sorted((samples / "with_report").iterdir(), reverse=True), "-o", filled),
        ("score", form),
        ("read", form),
        ("collect", samples / "inbox", "-o", target, "--waivers", waivers),
        ("report", form, "-o", tmp_path / "报告.docx"),
        ("report", "--templates", local),
        ("export", target, "-o", tmp_path / "导出"),
        ("explain",),
        ("explain", "R101"),
        ("scheme", "list"),
        ("scheme", "show", "mof-project"),
        ("scheme", "lint", form),
        ("scheme", "export", "mof-project", "-o", book),
        ("scheme", "import", book, "-o", tmp_path / "a.toml"),
        ("init", tmp_path / "一季"),
        ("template", "mof-project", "-o", local),
    )
    for command in commands:
        document = xltool(*command, "--json").document
        unnamed = {key for key in keys_of(document) if f"`{key}`" not in JSON}
        assert unnamed == set(), command


def test_the_windows_command_is_the_same_one() -> None:
    (windows,) = blocks(README, "powershell")
    unix = MAIN.replace("python3.11", "py -3.11").replace(" && ", "; ")
    assert windows == unix.replace(".venv/bin/", ".venv\\Scripts\\").replace(
        "sample_inputs/", "sample_inputs\\"
    )


def test_the_test_command_runs_everything() -> None:
    assert TEST.endswith(".venv/bin/python -m pytest -n auto")
    assert '".[test]"' in TEST


def test_ci_runs_the_command_of_the_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "test-command" in script
    assert "pytest" not in script
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_every_exit_code_is_documented(code: int) -> None:
    assert f"\n| {code} | " in page("docs/命令.md")


def test_the_changelog_has_this_version_and_its_three_heads() -> None:
    import xltool as package

    section = CHANGES.partition(f"\n## {package.__version__}（")[2].partition("\n## ")[0]
    assert re.findall("^### (.+)$", section, re.MULTILINE) == ["方案", "规则", "程序"]
