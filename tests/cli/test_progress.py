"""终端上看得见每一个要等的步骤、做了几件共几件；安静时、接在管道上时一个字也没有。"""

from __future__ import annotations

import io
import re
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

import pytest
from cli_forms import project_form, roster, write
from collection_builder import SCHEME

from xltool.cli.console import Console
from xltool.cli.progress import progress_shown
from xltool.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

_STEP = re.compile(r"(读报送|写各单位的表|写汇总|核对汇总|写空白表) [^\d\n]*(\d+)/(\d+)")
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal(io.StringIO):
    """像终端的一个流。"""

    def isatty(self) -> bool:
        return True

    @property
    def seen(self) -> str:
        """去掉颜色和光标的写法。"""
        return _CONTROL.sub("", self.getvalue())


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """两份好的，各单位的表另存。"""
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 1)
    folder = tmp_path / "报送"
    folder.mkdir()
    for number in (1, 2):
        name, code = f"示例市第{number}局", f"10{number}"
        write(folder, f"{name}.xlsx", project_form(department=name, department_code=code))
    return folder


def ran(stderr: io.StringIO, *arguments: str | Path) -> str:
    """执行一次，返回标准输出；它总是接在管道上。"""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(stderr):
        assert run([str(item) for item in arguments]) == 0
    return out.getvalue()


def steps(seen: str) -> dict[str, str]:
    """各步骤最后一次印出的“几件/共几件”。"""
    return {step: f"{done}/{total}" for step, done, total in _STEP.findall(seen)}


def test_collecting_shows_reading_forms_book_and_check(inbox: Path, tmp_path: Path) -> None:
    terminal = Terminal()
    out = ran(terminal, "collect", inbox, "-o", tmp_path / "汇总.xlsx")
    shown = steps(terminal.seen)
    sheets = shown.pop("写汇总").split("/")
    assert sheets[0] == sheets[1] > "1"
    assert shown == {"读报送": "2/2", "写各单位的表": "2/2", "核对汇总": "1/1"}
    plain = io.StringIO()
    assert ran(plain, "collect", inbox, "-o", tmp_path / "汇总.xlsx") == out


def test_templates_show_how_many_are_written(tmp_path: Path) -> None:
    """各份的名字印在标准输出，不与进度混在一起。"""
    names = roster(tmp_path, ("甲局",), ("乙局",), ("丙局",))
    terminal = Terminal()
    out = ran(terminal, "template", SCHEME, "-o", tmp_path / "发", "--roster", names)
    assert steps(terminal.seen) == {"写空白表": "3/3"}
    assert [line[0] for line in out.splitlines()] == ["√"] * 3
    assert "√" not in terminal.seen


@pytest.mark.parametrize(
    ("quiet", "stream"), [((), io.StringIO), (("-q",), Terminal), (("-qq",), Terminal)]
)
def test_only_on_a_terminal_and_not_when_quiet(
    inbox: Path, tmp_path: Path, quiet: tuple[str, ...], stream: type[io.StringIO]
) -> None:
    names = roster(tmp_path, ("甲局",))
    for arguments in (
        ("collect", inbox, "-o", tmp_path / "汇总.xlsx"),
        ("template", SCHEME, "-o", tmp_path / "发", "--roster", names),
    ):
        stderr = stream()
        ran(stderr, *quiet, *arguments)
        assert "\x1b" not in stderr.getvalue()
        assert steps(stderr.getvalue()) == {}


def test_what_remains_is_shown_while_it_is_done() -> None:
    """每说一次，屏上就是那一刻的；做完全部擦去。"""
    terminal = Terminal()
    with redirect_stderr(terminal), progress_shown(Console(no_color=True)) as show:
        show("读报送", 0, None)
        show("写汇总", 3, 17)
    assert re.search(r"读报送 [^\d\n]*0/\?", terminal.seen)
    assert re.search(r"写汇总 [^\d\n]*3/17 +-:--:--", terminal.seen)
    assert terminal.getvalue().endswith("\x1b[1A\x1b[2K")
    assert not re.search(r"\x1b\[3\dm", terminal.getvalue())
