"""一个文件出了毛病，说出是哪个文件，别的照做：读不懂的、写不出的都一样。"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest
from cli_forms import project_form, roster, write
from cli_runner import xltool

from xltool.excel.errors import TextTooLongError

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.consolidated.source import Scored, Source
    from xltool.excel.scored_forms import Job
    from xltool.xlsx.grid import Book


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """三份好的。"""
    folder = tmp_path / "报送"
    folder.mkdir()
    for number, name in enumerate(("甲局", "乙局", "丙局")):
        data = project_form(department=name, department_code=str(101 + number))
        write(folder, f"{name}.xlsx", data)
    return folder


@pytest.fixture
def alone(tmp_path: Path) -> Path:
    """一份好的。"""
    folder = tmp_path / "一份"
    folder.mkdir()
    write(folder, "甲局.xlsx", project_form(department="甲局", department_code="101"))
    return folder


def broken(*_: object, **__: object) -> NoReturn:
    contents = "13812345678 机密"
    raise KeyError(contents)


@pytest.mark.parametrize("where", ["understand_book", "make_report"])
def test_a_fault_on_one_file_names_it_and_the_others_go_on(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    from xltool.cli import submissions

    works = getattr(submissions, where)

    def sometimes(*arguments: object, **named: object) -> object:
        about = getattr(arguments[2], "file", arguments[2])
        return broken() if about == "乙局.xlsx" else works(*arguments, **named)

    monkeypatch.setattr(submissions, where, sometimes)
    files = [inbox / f"{name}.xlsx" for name in ("甲局", "乙局", "丙局")]
    ran = xltool("check", *files)
    assert ran.code == 1
    assert "√ 甲局.xlsx" in ran.out
    assert (
        "× 乙局.xlsx（不能读）：退回\n错误 编码C142 程序处理这个文件时出错（KeyError）" in ran.out
    )
    assert "√ 丙局.xlsx" in ran.out
    assert "机密" not in ran.out + ran.err
    assert xltool("score", files[1]).code == 1
    if where == "understand_book":
        ran = xltool("read", files[1])
        assert (ran.code, "错误 编码C142 " in ran.out) == (1, True)


@pytest.mark.parametrize("limit", [100, 2])
def test_a_unit_that_cannot_be_written_is_returned_and_the_rest_is_written(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    from xltool.consolidated import book
    from xltool.excel import consolidated_book, scored_forms

    unit_sheet, print_form = book.unit_sheet, scored_forms.print_form

    def sheet(source: Source, scored: Scored, *more: object) -> object:
        if scored.unit.file == "乙局.xlsx":
            raise TextTooLongError("某格", 40_000, 32_767)
        return unit_sheet(source, scored, *more)  # type: ignore[arg-type]

    def form(job: Job, handle: object) -> None:
        from xltool.collection.report_slices import unpacked

        if unpacked(job.packed).report.file == "乙局.xlsx":
            raise TextTooLongError("某格", 40_000, 32_767)
        print_form(job, handle)  # type: ignore[arg-type]

    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", limit)
    monkeypatch.setattr(book, "unit_sheet", sheet)
    monkeypatch.setattr(scored_forms, "print_form", form)
    monkeypatch.setattr(consolidated_book, "print_form", form)
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx", "--json")
    assert ran.code == 1
    assert [(one["file"], one["status"]) for one in ran.document["files"]] == [
        ("丙局.xlsx", "adopted"),
        ("乙局.xlsx", "returned"),
        ("甲局.xlsx", "adopted"),
    ]
    assert [(one["code"], one["file"]) for one in ran.document["findings"]] == [
        ("C144", "乙局.xlsx")
    ]


def test_a_fault_that_is_no_units_still_ends_it(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xltool.excel.consolidated_book.check_output", broken)
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "错误：程序内部出错（KeyError），没有写出结果。"
    assert sorted(tmp_path.iterdir()) == [inbox]


def test_a_fault_in_last_years_file_is_a_notice_of_that_file(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = tmp_path / "上年"
    earlier.mkdir()
    write(earlier, "甲局.xlsx", project_form())
    monkeypatch.setattr("xltool.collection.last_years.understand_earlier", broken)
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx", "--last-year", earlier, "--json")
    assert ran.code == 0
    told = [(one["code"], one["file"]) for one in ran.document["findings"]]
    assert told == [("C150", "甲局.xlsx")]


@pytest.mark.parametrize("aid", ["roster", "waivers"])
def test_a_fault_in_a_list_names_the_list_and_no_variable(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, aid: str
) -> None:
    listed = roster(tmp_path, ("甲局", "101", "", ""))

    def wrong(_: Path) -> Book:
        raise ValueError

    monkeypatch.setattr(f"xltool.collection.{aid}.read_book", wrong)
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx", f"--{aid}", listed)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "错误：程序读“名单.xlsx”时出错（ValueError），没有汇总"
    assert "环境变量" not in ran.err


def test_a_wrong_variable_is_said_to_be_one(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XLTOOL_MAX_CELLS", "多")
    for arguments in (
        ("collect", inbox, "-o", tmp_path / "1.xlsx"),
        ("check", inbox / "甲局.xlsx"),
    ):
        ran = xltool(*arguments)
        assert ran.code == 2
        assert "改正或删去这个环境变量后再试。" in ran.err
        assert "XLTOOL_MAX_CELLS" in ran.err.splitlines()[-1]


# ---------------------------------------------------------------- 印不出的，中断的


def run(line: str, inbox: Path, book: Path) -> subprocess.CompletedProcess[bytes]:
    command = f'"{sys.executable}" -m xltool collect "{inbox}" -o "{book}" -v {line}'
    return subprocess.run(["bash", "-c", command], capture_output=True, check=False)


@pytest.mark.parametrize("line", [">&-", "2>&-", ">&- 2>&-", "| head -c 1 > /dev/null"])
def test_nowhere_to_print_writes_the_book_all_the_same(
    alone: Path, tmp_path: Path, line: str
) -> None:
    book = tmp_path / "汇总.xlsx"
    done = run(line, alone, book)
    assert (done.returncode, book.exists()) == (0, True)
    assert b"Error" not in done.stderr
    assert "出错" not in done.stderr.decode()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="/dev/full")  # noqa: PTH110
def test_a_full_disk_below_the_output_is_said_with_what_was_written(
    alone: Path, tmp_path: Path
) -> None:
    book = tmp_path / "汇总.xlsx"
    done = run("> /dev/full", alone, book)
    assert (done.returncode, book.exists()) == (1, True)
    last = done.stderr.decode().splitlines()[-1]
    assert last == f"没有印全：系统错误 28；已写出 {book}。"


def test_interrupted_after_writing_says_what_was_written(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    book = tmp_path / "汇总.xlsx"
    monkeypatch.setattr("xltool.cli.collecting._show", stop)
    ran = xltool("collect", inbox, "-o", book)
    assert (ran.code, ran.err) == (130, f"已中断，已写出 {book}。\n")
    monkeypatch.setattr("xltool.cli.collecting.write_gathered", stop)
    ran = xltool("collect", inbox, "-o", book)
    assert (ran.code, ran.err) == (130, "已中断，没有写出文件。\n")


def test_a_pipe_is_no_target(inbox: Path, tmp_path: Path) -> None:
    book = tmp_path / "汇总.xlsx"
    os.mkfifo(book)
    ran = xltool("collect", inbox, "-o", book)
    assert ran.code == 2
    assert "已有，不是汇总，没有覆盖" in ran.err


def test_two_runs_on_one_target(inbox: Path, tmp_path: Path) -> None:
    from xltool.excel.output_set import claimed_set

    book = tmp_path / "汇总.xlsx"
    with claimed_set(book):
        ran = xltool("collect", inbox, "-o", book)
    assert (ran.code, book.exists()) == (2, False)
    assert ran.err.splitlines()[-1] == (
        f"错误：读写“{book}”失败：另一个 xltool 正在写它，等它写完再执行。"
    )
