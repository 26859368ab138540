"""打开看了看、顺手存了的汇总可以换新；改过一个字、涂过一格、加过批注的都留着。"""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest
from cli_forms import project_form, write
from cli_runner import xltool
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl_books import loaded, opened

from xltool.excel import pristine
from xltool.excel.pristine import State, book_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl import Workbook


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一份报送和它的汇总，只造一次。"""
    folder = tmp_path_factory.mktemp("汇总")
    (folder / "报送").mkdir()
    write(folder / "报送", "甲局.xlsx", project_form(department="甲局", department_code="101"))
    assert xltool("collect", folder / "报送", "-o", folder / "汇总.xlsx").code == 0
    return folder


@pytest.fixture
def book(collected: Path, tmp_path: Path) -> Path:
    shutil.copytree(collected, tmp_path, dirs_exist_ok=True)
    return tmp_path / "汇总.xlsx"


def saved(path: Path, change: Callable[[Workbook], None]) -> State:
    book = opened(path.read_bytes())
    change(book)
    book.save(path)
    return book_state(path)


def test_looked_at_and_saved_is_written_over(book: Path) -> None:
    before = book.read_bytes()
    assert saved(book, lambda _: None) is State.FREE
    assert book.read_bytes() != before
    ran = xltool("collect", book.parent / "报送", "-o", book)
    assert (ran.code, book.read_bytes()) == (0, before)


def typed(book: Workbook) -> None:
    book["疑点清单"].cell(6, 11, "维持")


def typed_beside(book: Workbook) -> None:
    book["汇总"].cell(3, 60, "已电话核实")


def changed_text(book: Workbook) -> None:
    book["汇总"]["B5"] = "乙局"


def emptied(book: Workbook) -> None:
    book["得分明细"]["C6"] = None


def formula_replaced(book: Workbook) -> None:
    sheet = book["汇总"]
    cell = next(one for row in sheet for one in row if str(one.value).startswith("="))
    cell.value = 1


def painted(book: Workbook) -> None:
    book["汇总"]["B5"].fill = PatternFill("solid", fgColor="FFFF00")


def struck(book: Workbook) -> None:
    book["汇总"]["B5"].font = Font(strike=True)


def commented(book: Workbook) -> None:
    book["汇总"]["B5"].comment = Comment("请核实", "复核")


def new_sheet(book: Workbook) -> None:
    book.create_sheet("复核记录")["A1"] = 1


def removed_sheet(book: Workbook) -> None:
    del book["规则说明"]


EDITS = (
    typed,
    typed_beside,
    changed_text,
    emptied,
    formula_replaced,
    painted,
    struck,
    commented,
    new_sheet,
    removed_sheet,
)


@pytest.mark.parametrize("change", EDITS, ids=lambda change: change.__name__)
def test_whatever_a_person_did_is_kept(book: Path, change: Callable[[Workbook], None]) -> None:
    assert saved(book, change) is State.KEPT


def test_a_saved_book_is_read_once_however_often_it_is_asked(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """写一次汇总要问几遍，存过的一份可能很大；内容变了的再读。"""
    read: list[Path] = []
    actual = pristine.read_book
    monkeypatch.setattr(pristine, "read_book", lambda path: read.append(path) or actual(path))
    assert saved(book, commented) is State.KEPT
    assert (book_state(book), len(read)) == (State.KEPT, 1)
    book.write_bytes(book.read_bytes() + b"\0")
    assert (book_state(book), len(read)) == (State.KEPT, 2)


def test_without_the_mark_every_saved_book_is_kept(book: Path) -> None:
    """早先的版本写的没有指纹。"""
    loaded(book).save(book)
    other = book.with_name("旧.xlsx")
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                head, _, tail = data.partition(b" contents/")
                data = head + tail[tail.index(b"</cp:keywords>") :]
            target.writestr(name, data)
    assert book_state(book) is State.FREE
    assert book_state(other) is State.KEPT
