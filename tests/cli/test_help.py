"""说明和用法：全是中文，快，全局选项写在哪里都行，用法错退出码是 2。"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from cli_runner import xltool

from xltool.cli.help import hoisted

COMMANDS = ("template", "check", "score", "collect", "merge-review", "read", "explain", "scheme")
HEAVY = {
    "openpyxl",
    "pandas",
    "xlsxwriter",
    "rich",
    "numpy",
    "xltool.values",
    "xltool.xlsx",
    "xltool.intake",
    "xltool.marking",
    "xltool.excel",
}
ENGLISH = re.compile(r"Usage|Options|Commands|Arguments|Show this|required|default")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["collect", "--help"], ["scheme", "import", "--help"]]
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from xltool.cli.run import run; "
        f"code = run({arguments!r}); "
        f"print(sorted({HEAVY!r} & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "[]\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained_in_chinese(command: str) -> None:
    ran = xltool(command, "--help")
    assert ran.code == 0
    assert ran.out.startswith(f"用法：xltool {command} [选项]")
    assert not ENGLISH.search(ran.out)


def test_the_first_help_lists_every_command() -> None:
    out = xltool("--help").out
    assert all(f"\n  {command} " in out for command in COMMANDS)
    assert not ENGLISH.search(out)


@pytest.mark.parametrize("arguments", [[], ["scheme"]])
def test_without_a_command_the_help_is_shown_and_the_code_is_two(arguments: list[str]) -> None:
    ran = xltool(*arguments)
    assert ran.code == 2
    assert ran.out.startswith("用法：xltool")


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        (["colect"], "错误：没有“colect”这个命令。"),
        (["check"], "错误：缺少参数 文件…。"),
        (["collect", "夹"], "错误：“夹”不存在。"),
        (["check", "--annotated", "a"], "错误：没有 --annotated 这个选项。"),
        (["read", "a", "b"], "错误：多出的参数：b。"),
        (["collect", "夹", "-o"], "错误：选项 -o 的用法不对：要带值的须有值，开关不能带值。"),
        (["collect", "夹", "-o", "a.xlsx", "--jobs", "几"], "错误：--jobs 的值不对：应是整数。"),
        (["collect", "夹", "-o", "a.xlsx", "--jobs", "0"], "错误：--jobs 的值不对：超出范围。"),
    ],
)
def test_a_wrong_call_is_said_in_chinese(arguments: list[str], last: str) -> None:
    ran = xltool(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == last
    assert not re.search("Error|Try|Usage|Missing|Invalid", ran.err)


def test_a_misspelt_command_is_guessed() -> None:
    assert xltool("colect").err.splitlines()[0] == "办法：是不是要用 collect？"


def test_a_wrong_call_cannot_reach_the_terminal() -> None:
    assert "\x1b" not in xltool("\x1b[2J").err
    assert "\x1b" not in xltool("check", "--\x1b[2J").err


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["check", "a", "--json"], ["--json", "check", "a"]),
        (["check", "-qq", "a", "-v"], ["-qq", "-v", "check", "a"]),
        (["check", "--", "--json"], ["check", "--", "--json"]),
        (["check", "-o", "a"], ["check", "-o", "a"]),
    ],
)
def test_global_options_may_stand_anywhere(given: list[str], expected: list[str]) -> None:
    assert hoisted(given) == expected
