"""xltool check --marked：退回件写到哪里，什么时候不写，怎么说。"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form, write
from cli_runner import xltool
from openpyxl_books import loaded

from xltool.marking.annotate import annotated
from xltool.marking.isolated import Annotator

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.finding import Finding
    from xltool.marking.annotate import Job

pytestmark = pytest.mark.usefixtures("marking_here")
WRONG = "封面!C17"


@cache
def marked(job: Job) -> bytes | Finding:
    """一样的一份，同样的问题，只标注一次。"""
    return annotated(job)


@pytest.fixture
def marked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """看的是写到哪里、怎样说，不是怎样标注。"""
    monkeypatch.setattr(Annotator, "annotated", lambda _, job: marked(job))
    monkeypatch.setattr(Annotator, "all_annotated", lambda _, jobs: list(map(marked, jobs)))


def wrong_form(folder: Path, name: str = "教育局.xlsx") -> Path:
    return write(folder, name, good_form(self_grade="良"))


@pytest.mark.usefixtures("marking_elsewhere")
def test_the_marked_copy_is_written_and_the_original_is_not_touched(tmp_path: Path) -> None:
    file = wrong_form(tmp_path)
    before = file.read_bytes()
    ran = xltool("check", file, "--marked", tmp_path / "退回")
    target = tmp_path / "退回" / "教育局_退回修改.xlsx"
    assert ran.code == 1
    assert ran.err.splitlines()[0] == f"已写入 {target}"
    assert ran.err.splitlines()[-1].startswith("共 1 份：能读 1，不能读 0；错误 1 处")
    assert list((tmp_path / "退回").iterdir()) == [target]
    assert file.read_bytes() == before
    book = loaded(target)
    places = [row[3] for row in book.worksheets[0].iter_rows(min_row=6, values_only=True)]
    assert WRONG in places
    assert "错误 规则S02：" in book["封面"]["C17"].comment.text
    assert book["封面"]["C17"].value == "良"


@pytest.mark.usefixtures("marked_once")
def test_the_marked_copy_can_be_checked_again_and_is_not_marked_twice(tmp_path: Path) -> None:
    xltool("check", wrong_form(tmp_path), "--marked", tmp_path / "一")
    first = tmp_path / "一" / "教育局_退回修改.xlsx"
    ran = xltool("check", first, "--marked", tmp_path / "二")
    assert "错误 规则S02 封面!C17 " in ran.out
    assert (tmp_path / "二" / "教育局_退回修改.xlsx").exists()


@pytest.mark.usefixtures("marked_once")
def test_an_existing_file_is_kept_unless_forced(tmp_path: Path) -> None:
    old = write(tmp_path, "教育局_退回修改.xlsx", b"old")
    file = wrong_form(tmp_path)
    ran = xltool("check", file, "--marked", tmp_path)
    assert (ran.code, ran.out, old.read_bytes()) == (2, "", b"old")
    assert ran.err.splitlines()[-1] == "错误：“教育局_退回修改.xlsx”已存在，没有写出。"
    assert xltool("check", file, "--marked", tmp_path, "--force").code == 1
    assert loaded(old.read_bytes()).sheetnames[0] == "问题清单"


def test_the_submission_itself_is_never_overwritten(tmp_path: Path) -> None:
    file = wrong_form(tmp_path, "教育局_退回修改.xlsx")
    before = file.read_bytes()
    ran = xltool("check", file, "--marked", tmp_path, "--force")
    assert (ran.code, file.read_bytes()) == (2, before)
    assert ran.err.splitlines()[-1] == "错误：退回件会覆盖报送的“教育局_退回修改.xlsx”。"


def test_two_files_of_one_name_are_not_mixed(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        (tmp_path / name).mkdir()
    files = [wrong_form(tmp_path / name) for name in ("甲", "乙")]
    ran = xltool("check", *files, "--marked", tmp_path / "退回")
    assert ran.code == 2
    assert not (tmp_path / "退回").exists()
    assert ran.err.splitlines()[-1] == "错误：有两份标注后都叫“教育局_退回修改.xlsx”，没有写出。"


@pytest.mark.usefixtures("marked_once")
def test_a_refused_file_has_no_copy_and_the_rest_goes_on(tmp_path: Path) -> None:
    files = [write(tmp_path, "空.xlsx", b""), wrong_form(tmp_path)]
    ran = xltool("check", *files, "--marked", tmp_path / "退回", "--json")
    assert ran.code == 1
    target = tmp_path / "退回" / "教育局_退回修改.xlsx"
    expected = [{"file": "教育局.xlsx", "output": str(target), "reason": ""}]
    assert ran.document["marked"] == expected
    assert list((tmp_path / "退回").iterdir()) == [target]


def test_what_cannot_be_marked_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xltool.messages.marking import CANNOT_MARK

    real = Annotator.annotated
    monkeypatch.setattr(
        Annotator,
        "annotated",
        lambda self, job: CANNOT_MARK.finding() if "甲局" in str(job.notes) else real(self, job),
    )
    files = [wrong_form(tmp_path, name) for name in ("甲局.xlsx", "乙局.xlsx")]
    ran = xltool("check", *files, "--marked", tmp_path / "退回")
    assert ran.code == 1
    assert ran.err.splitlines()[:2] == [
        (
            "甲局.xlsx 没有退回件：另存退回件所用的程序读不了这份文件，没有写退回件。"
            "办法：请照印出的问题通知单位；也可以用 Excel 或 WPS 打开另存为 .xlsx 后再标注。"
        ),
        f"已写入 {tmp_path / '退回' / '乙局_退回修改.xlsx'}",
    ]


def test_a_file_that_changed_since_it_was_checked_has_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xltool.cli.marking.file_bytes", lambda path, _: path.read_bytes() + b"\0")
    ran = xltool("check", wrong_form(tmp_path, "甲局.xlsx"), "--marked", tmp_path / "退回")
    told = "甲局.xlsx 没有退回件：检查之后文件又改动了，没有写退回件。办法：请重新检查。"
    assert (ran.code, ran.err.splitlines()[0]) == (1, told)


@pytest.mark.usefixtures("marked_once")
def test_a_locked_target_is_written_under_another_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "教育局_退回修改_2.xlsx"
    monkeypatch.setattr("xltool.cli.marking.atomic_save", lambda *_: other)
    ran = xltool("check", wrong_form(tmp_path), "--marked", tmp_path)
    assert ran.code == 3
    assert ran.err.splitlines()[1] == f"已写入 {other}"


def test_a_very_long_name_still_fits(tmp_path: Path) -> None:
    file = wrong_form(tmp_path, "局" * 80 + ".xlsx")
    assert xltool("check", file, "--marked", tmp_path / "退回").code == 1
    (saved,) = (tmp_path / "退回").iterdir()
    assert saved.name == "局" * 66 + "_退回修改.xlsx"
