"""两个人在副本里各写各的：合到一份，写的不同的逐条列出。"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from cli_runner import xltool
from openpyxl.comments import Comment
from openpyxl_books import loaded

if TYPE_CHECKING:
    from pathlib import Path

DOUBTS, DETAILS, FIRST = "疑点清单", "得分明细", 6


@pytest.fixture
def copies(one_collected: Path, tmp_path: Path) -> tuple[Path, Path]:
    shutil.copytree(one_collected, tmp_path, dirs_exist_ok=True)
    book = tmp_path / "汇总.xlsx"
    one, other = tmp_path / "张.xlsx", tmp_path / "李.xlsx"
    for copy in (one, other):
        shutil.copy(book, copy)
    return one, other


Line = tuple[str, int]  # 哪张表、第几行


def review(path: Path, lines: dict[Line, dict[str, object]]) -> None:
    """打开一次，在各行写上，存一次。"""
    book = loaded(path)
    for (sheet, row), values in lines.items():
        headings = {cell.value: cell.column for cell in book[sheet][FIRST - 1]}
        for heading, value in values.items():
            book[sheet].cell(row, headings[heading], value)
    book.save(path)


def said(path: Path, *lines: Line) -> list[tuple[object, ...]]:
    """各行写的意见（得分）、理由、复核人。"""
    book = loaded(path)
    found = []
    for sheet, row in lines:
        headings = {cell.value: cell.column for cell in book[sheet][FIRST - 1]}
        first = "复核意见" if sheet == DOUBTS else "复核得分"
        names = (first, "复核理由", "复核人")
        found.append(tuple(book[sheet].cell(row, headings[name]).value for name in names))
    return found


def test_what_each_wrote_is_joined_and_conflicts_are_named(
    copies: tuple[Path, Path], tmp_path: Path
) -> None:
    one, other = copies
    of_one: dict[Line, dict[str, object]] = {
        (DOUBTS, FIRST): {"复核意见": "退回", "复核理由": "数不对", "复核人": "张"},
        (DOUBTS, FIRST + 1): {"复核意见": "采信说明", "复核人": "张"},
    }
    of_other: dict[Line, dict[str, object]] = {
        (DOUBTS, FIRST): {"复核意见": "不成立", "复核人": "李"},
        (DOUBTS, FIRST + 2): {"复核意见": "须改正", "复核理由": "<少>&", "复核人": "李"},
        (DETAILS, FIRST + 3): {"复核得分": 1.25, "复核理由": "据实", "复核人": "李"},
    }
    review(one, of_one)
    review(other, of_other)
    before = one.read_bytes(), other.read_bytes()
    target = tmp_path / "合并.xlsx"
    ran = xltool("merge-review", one, other, "-o", target)
    assert ran.code == 1
    assert len(ran.out.splitlines()) == 1
    assert "张.xlsx 写的是 意见“退回”，理由“数不对”，复核人“张”" in ran.out
    assert "李.xlsx 写的是 意见“不成立”，复核人“李”" in ran.out
    assert "填上别的副本里的 2 条；写的不同的 1 条，认不出的 0 条。" in ran.err
    assert said(target, *of_one, (DOUBTS, FIRST + 2), (DETAILS, FIRST + 3)) == [
        ("退回", "数不对", "张"),
        ("采信说明", None, "张"),
        ("须改正", "<少>&", "李"),
        (1.25, "据实", "李"),
    ]
    assert (one.read_bytes(), other.read_bytes()) == before


def test_what_is_not_joined_is_listed(copies: tuple[Path, Path], tmp_path: Path) -> None:
    """另一个人的批注、空着的格里的字不合，说在哪里；两份一样的不说；得分写的不同的叫复核得分。"""
    one, other = copies
    both: dict[Line, dict[str, object]] = {("报送情况", FIRST): {"备注": "已电话催"}}
    review(one, both | {(DETAILS, FIRST): {"复核得分": 1, "复核理由": "少", "复核人": "张"}})
    review(other, both | {(DETAILS, FIRST): {"复核得分": 2, "复核理由": "多"}})
    book = loaded(other)
    book[DOUBTS].cell(FIRST, 1).comment = Comment("再问", "李")
    book["报送情况"].cell(FIRST + 2, 2, "下周再催")
    book.save(other)
    ran = xltool("merge-review", one, other, "-o", tmp_path / "合并.xlsx")
    assert ran.code == 1
    differ, *notes = ran.out.splitlines()
    assert "张.xlsx 写的是 复核得分“1”，理由“少”，复核人“张”" in differ
    assert [line.partition("：")[2] for line in notes] == ["再问", "下周再催"]
    assert notes[1].startswith(f"没有合 李.xlsx  报送情况 第{FIRST + 2}行")
    assert notes[0].startswith("没有合 李.xlsx  疑点清单 甲局 ")
    assert "另写的 2 处没有合，还在各自的副本里" in ran.err


def test_the_joined_book_is_carried_on(copies: tuple[Path, Path], tmp_path: Path) -> None:
    one, other = copies
    review(one, {(DOUBTS, FIRST): {"复核意见": "退回", "复核人": "张"}})
    review(other, {(DOUBTS, FIRST + 1): {"复核意见": "须改正", "复核人": "李"}})
    book = tmp_path / "汇总.xlsx"
    book.unlink()
    assert xltool("merge-review", one, other, "-o", book).code == 0
    assert "复核意见带过来 2 条" in xltool("collect", tmp_path / "报送", "-o", book).err
    # 带过来以后，一个人改了、另一个人没有动的，照改了的
    for copy in (one, other):
        shutil.copy(book, copy)
    review(other, {(DOUBTS, FIRST): {"复核意见": "不成立"}})
    review(one, {(DOUBTS, FIRST + 3): {"复核意见": "退回"}})
    target = tmp_path / "再合.xlsx"
    assert xltool("merge-review", one, other, "-o", target).code == 0
    assert said(target, (DOUBTS, FIRST))[0][0] == "不成立"


def test_what_cannot_be_joined_is_said(copies: tuple[Path, Path], tmp_path: Path) -> None:
    one, other = copies
    cases = (
        ((one,), "合.xlsx", "至少要给两个副本"),
        ((one, other), "张.xlsx", "已有，没有覆盖"),
        ((one, tmp_path / "报送" / "甲局.xlsx"), "合.xlsx", "不是汇总"),
        ((one, other), "合.xlsx", "都没有人存过"),
    )
    for books, name, message in cases:
        ran = xltool("merge-review", *books, "-o", tmp_path / name)
        assert ran.code == 2
        assert message in ran.err
    assert not (tmp_path / "合.xlsx").exists()
