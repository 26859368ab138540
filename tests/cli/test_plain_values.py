"""平常的参数自己读，读出的与 Typer 的一样；看不懂的照旧交给它。"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import typer
from cli_runner import xltool
from typer.main import get_command

from xltool.cli.app import app
from xltool.cli.plain_values import read_plainly

if TYPE_CHECKING:
    from typing import Any

ROOT = Path(__file__).parents[2]


def commands() -> dict[str, Any]:
    group: Any = get_command(app)
    return {"": group} | group.commands | group.commands["scheme"].commands


GIVEN = (None, "值", "值 2", "", "-", "没有/这个.xlsx", str(ROOT), "12", 0, 3, True, False)


@pytest.mark.parametrize("name", commands())
def test_values_are_what_typer_makes_of_them(name: str) -> None:
    """每个命令的每个参数，各种写法，与没有换过的同一个命令比；出错的说法也一样。"""

    def made(param: Any, value: object, context: Any) -> object:  # noqa: ANN401 - Typer's own
        try:
            return param.get_runtime_param().coerce(value, param=param, ctx=context)
        except typer.BadParameter as error:
            return error.format_message()

    ours, theirs = commands()[name], commands()[name]
    context = typer.Context(theirs)
    params = ours.get_params(context)
    read_plainly(params)
    for own, plain in zip(params, theirs.get_params(context), strict=True):
        for value in GIVEN:
            given = [value] if isinstance(value, str) and own.nargs == -1 else value
            expected = made(plain, given, context)
            found = made(own, given, context)
            assert (type(found), found) == (type(expected), expected), (own.name, given)


def test_what_it_does_not_know_is_left_to_typer(tmp_path: Path) -> None:
    ran = xltool("collect", tmp_path, "-o", tmp_path / "汇总.xlsx", "--jobs", "两个")
    assert (ran.code, "--jobs" in ran.err) == (2, True)
    ran = xltool("collect", tmp_path, "-o", tmp_path / "汇总.xlsx", "--jobs", "0")
    assert (ran.code, "--jobs" in ran.err) == (2, True)
    assert xltool("collect", tmp_path, "-o", tmp_path / "汇总.xlsx", "--jobs", "2").code == 0


def test_another_typer_reads_them_itself() -> None:
    """别的版本换类型的办法不同：不碰它。"""

    class Other:
        """没有 Typer 现在用的属性。"""

    other = Other()
    read_plainly([other])
    assert vars(other) == {}


def test_checking_one_file_loads_nothing_that_is_not_needed() -> None:
    code = (
        "import sys; from xltool.cli.run import run; run(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules} | "
        "{name for name in sys.modules if name.startswith('xltool.')}))"
    )
    sample = next((ROOT / "sample_inputs" / "inbox").glob("*.xlsx"))
    for command in ("check", "score"):
        ran = subprocess.run(
            [sys.executable, "-P", "-c", code, "-qq", command, str(sample)],
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        loaded = set(ran.stdout.split())
        heavy = {"pydantic", "rich", "pandas", "openpyxl", "xlsxwriter", "multiprocessing"}
        assert heavy & loaded == set()
        rooms = {name.split(".")[1] for name in loaded if name.startswith("xltool.")}
        assert {"intake", "flags", "assessment"} <= rooms
        assert not {"consolidated", "excel", "marking", "cache"} & rooms
        many = {
            f"xltool.collection.{name}" for name in ("collect", "last_years", "model", "reading")
        }
        assert many & loaded == set()
