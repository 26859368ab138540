"""汇总正开着时写到 汇总_另存.xlsx：写在哪一份里的意见都带到下一份，写的不同的说出来。"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from cli_runner import xltool
from openpyxl_books import loaded

if TYPE_CHECKING:
    from pathlib import Path

    from cli_runner import Ran

DOUBTS, OTHERS, FIRST = "疑点清单", "复核人另写的", 6


@pytest.fixture
def season(one_collected: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XLTOOL_CACHE", str(tmp_path / "缓存"))
    shutil.copytree(one_collected, tmp_path, dirs_exist_ok=True)
    return tmp_path


def collect(season: Path, *, opened: bool = False) -> Ran:
    lock = season / "~$汇总.xlsx"
    if opened:
        lock.touch()
    else:
        lock.unlink(missing_ok=True)
    ran = xltool("collect", season / "报送", "-o", season / "汇总.xlsx")
    assert ran.code == (3 if opened else 1), ran.err
    return ran


def review(path: Path, **verdicts: str | None) -> None:
    """第几条写什么：`a` 是第一条。"""
    book = loaded(path)
    sheet = book[DOUBTS]
    at = next(cell.column for cell in sheet[FIRST - 1] if cell.value == "复核意见")
    for name, verdict in verdicts.items():
        sheet.cell(FIRST + ord(name) - ord("a"), at).value = verdict
    book.save(path)


def verdicts(path: Path) -> list[object]:
    sheet = loaded(path)[DOUBTS]
    at = next(cell.column for cell in sheet[FIRST - 1] if cell.value == "复核意见")
    return [sheet.cell(row, at).value for row in range(FIRST, FIRST + 5)]


def test_verdicts_in_every_book_of_the_season_come_together(season: Path) -> None:
    book, spare, second = (season / f"汇总{name}.xlsx" for name in ("", "_另存", "_另存2"))
    review(book, a="退回", e="退回")
    ran = collect(season, opened=True)
    assert "这一次写在“汇总_另存.xlsx”；复核意见写在哪一份里，下一次汇总都带过来。" in ran.err
    review(spare, a="不成立", b="须改正", e=None)
    review(book, c="采信说明")
    ran = collect(season, opened=True)
    assert "“汇总_另存.xlsx”里有人写过，没有覆盖；写的也带到了这一份。" in ran.err
    assert "读不了" not in ran.err
    wanted = ["不成立", "须改正", "采信说明", None, None]
    assert verdicts(second) == wanted
    kept = book.read_bytes(), spare.read_bytes()
    ran = collect(season)
    assert "“汇总_另存.xlsx”里写的也带过来了。" in ran.err
    assert "写的不同" not in ran.err
    assert verdicts(book) == wanted
    names = sorted(path.name for path in season.glob("*.xlsx"))
    assert names == ["汇总.xlsx", "汇总_1.xlsx", "汇总_2.xlsx"]
    assert tuple((season / name).read_bytes() for name in names[1:]) == kept
    again = book.read_bytes()
    assert "没有变化，不必重写" in collect(season).err
    assert book.read_bytes() == again


def test_what_two_books_say_of_one_thing_is_told(season: Path) -> None:
    collect(season, opened=True)
    review(season / "汇总_另存.xlsx", a="不成立")
    review(season / "汇总.xlsx", a="退回")
    told = [line for line in collect(season).err.splitlines() if line.startswith("写的不同")]
    assert len(told) == 1
    assert "汇总_另存.xlsx 里是 意见“不成立”；汇总.xlsx 里是 意见“退回”" in told[0]
    assert verdicts(season / "汇总.xlsx")[0] == "不成立"
    others = [
        row[-1]
        for row in loaded(season / "汇总.xlsx")[OTHERS].iter_rows(
            FIRST, None, 1, 5, values_only=True
        )
    ]
    assert others == ["意见“退回”"]


def test_a_word_that_is_not_in_the_list_is_told(season: Path) -> None:
    book = season / "汇总.xlsx"
    review(book, a="同意", b="　须改正 ")
    ran = collect(season)
    (line,) = (one for one in ran.err.splitlines() if "不在列表里" in one)
    assert "没有计的 1 条：甲局 " in line
    assert "写的是“同意”。请改成 采信说明、须改正、退回、不成立 之一" in line
    sheet = loaded(book, results=True)[DOUBTS]
    at = next(cell.column for cell in sheet[FIRST - 1] if cell.value == "计为")
    assert [sheet.cell(FIRST + n, at).value for n in range(3)] == ["不在列表里", "须改正", None]


def test_a_spare_book_that_cannot_be_read_is_named(season: Path) -> None:
    collect(season, opened=True)
    spare = season / "汇总_另存.xlsx"
    spare.write_bytes(spare.read_bytes()[:-2000])
    assert "“汇总_另存.xlsx”写出以后有人存过，里面的复核意见现在读不了" in collect(season).err
    assert spare.exists()
    ran = xltool("return", season / "报送", "--book", season / "汇总.xlsx", "-o", season / "退回")
    assert ran.code == 2
    assert "汇总_另存.xlsx”有人存过，里面的复核意见读不了" in ran.err


def test_an_earlier_book_that_is_broken_is_not_said_to_be_carried_on(season: Path) -> None:
    """汇总移走了，留着的一份又坏了：不说带过来了，说读不了。"""
    collect(season)
    book, earlier = season / "汇总.xlsx", season / "汇总_2.xlsx"
    earlier.write_bytes(book.read_bytes()[:5000])
    book.unlink()
    said = collect(season).err
    assert "“汇总_2.xlsx”写出以后有人存过，里面的复核意见现在读不了" in said
    assert "“汇总_2.xlsx”里写的也带过来了" not in said
