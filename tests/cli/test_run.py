"""程序自己出错时：不带出文件内容，退出码是 2；能整个跑起来。"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from cli_forms import good_form, write
from cli_runner import xltool

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _broken(*_: object) -> None:
    contents = "13812345678 机密"
    raise KeyError(contents)


def test_an_internal_fault_names_its_kind_not_the_contents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("xltool.cli.submissions.examine", _broken)
    ran = xltool("check", "某.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == "错误：程序内部出错（KeyError），没有写出结果。"
    assert "机密" not in ran.err


def test_verbose_shows_where_but_still_not_the_contents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xltool.cli.submissions.examine", _broken)
    err = xltool("check", "某.xlsx", "-v").err
    assert "test_run.py" in err
    assert "机密" not in err


def test_a_file_that_cannot_be_written_is_said_with_its_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "denied", "/某处/表.xlsx")

    monkeypatch.setattr("xltool.excel.blank_forms.write_book", refuse)
    ran = xltool("template", "-o", tmp_path)
    assert ran.code == 2
    expected = "错误：读写“/某处/表.xlsx”失败：没有权限，或正被其他程序打开。"
    assert ran.err.splitlines()[-1] == expected


def test_interruption_has_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("xltool.cli.submissions.examine", stop)
    ran = xltool("check", "某.xlsx")
    assert (ran.code, ran.err) == (130, "已中断，没有写出文件。\n")


def test_the_module_runs_as_a_program_and_keeps_its_streams_apart(tmp_path: Path) -> None:
    file = write(tmp_path, "教育局.xlsx", good_form(department="江门市教育局"))
    done = subprocess.run(
        [sys.executable, "-m", "xltool", "check", file], capture_output=True, check=False
    )
    assert done.returncode == 0
    assert "√ 教育局.xlsx（江门市教育局）" in done.stdout.decode()
    assert done.stderr.decode().startswith("共 1 份：能读 1，不能读 0；错误 0 处")


def test_a_folder_that_cannot_be_written_is_named_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """说的是文件夹和要写的文件，不是放在里面的部件。"""
    (tmp_path / "报送").mkdir()
    opens = os.open

    def refuse(path: str | Path, *rest: int, **more: int) -> int:
        if ".part-" in str(path):
            raise PermissionError(13, "denied", str(path))
        return opens(path, *rest, **more)

    monkeypatch.setattr("os.open", refuse)
    ran = xltool("collect", tmp_path / "报送", "-o", tmp_path / "汇总.xlsx")
    assert ran.code == 2
    assert ".part-" not in ran.err
    assert ran.err.splitlines()[-2:] == [
        "办法：请在可以写的文件夹里做，或把结果写到别处。",
        f"错误：“{tmp_path}”这个文件夹不能写（只读，或没有权限），没有写出“汇总.xlsx”。",
    ]


def test_a_stream_that_cannot_write_chinese_does_not_stop_the_program(tmp_path: Path) -> None:
    empty = write(tmp_path, "空.xlsx", b"")
    done = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "xltool", "check", empty],
        capture_output=True,
        check=False,
        env={"PYTHONIOENCODING": "ascii:strict", "PATH": ""},
    )
    assert done.returncode == 1
    assert b"R104" in done.stdout
