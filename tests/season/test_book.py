"""名单工作簿：写出的与登记的一致，读回来是同一回事，示例行不是单位。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from season_books import fill

from xltool.collection.odd_rows import is_example
from xltool.collection.owed import Obligation
from xltool.collection.roster import Roster, RosterEntry, read_roster
from xltool.excel.write import render_book, write_book
from xltool.finding import Finding
from xltool.season.book import season_plan
from xltool.season.folder import find_season
from xltool.season.register import DEADLINE, SETTINGS
from xltool.season.roster_sheet import EXAMPLE_NAME
from xltool.sheets.plan import ValidationKind

if TYPE_CHECKING:
    from pathlib import Path

ENTRIES = (
    RosterEntry(
        code="001002",
        name="示例市教育局",
        row=5,
        aliases=("示例市教委", "示例市教育委员会"),
        contact="张三",
        phone="0750-1234567",
        owed=(
            Obligation("无专项资金"),
            Obligation("项目支出", "农村公路、桥梁"),
            Obligation("项目支出", "校舍"),
        ),
        group="教科文科",
        remark="重点",
        extra={"片区": "东"},
    ),
    RosterEntry(code="", name="示例市档案馆", row=6, zero=True, extra={"片区": ""}),
    RosterEntry(
        code="", name="示例市党校", row=7, exempt=True, remark="已撤并", extra={"片区": ""}
    ),
    RosterEntry(
        code="",
        name="示例市水务局",
        row=9,
        exempt=True,
        owed=(Obligation("项目支出", "水"), Obligation("项目支出", "电")),
        extra={"片区": ""},
    ),
    RosterEntry(
        code="",
        name="示例市交通局",
        row=10,
        owed=(Obligation("项目支出", "桥"),),
        spared=(Obligation("项目支出", "路"),),
        extra={"片区": ""},
    ),
    RosterEntry(
        code="",
        name="示例市体育局",
        row=11,
        owed=(Obligation("项目支出", "馆"),),
        spared=(Obligation(),),
        extra={"片区": ""},
    ),
    RosterEntry(code="", name="示例市司法局", row=8, until=date(2025, 5, 31), extra={"片区": ""}),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_book(season_plan(), tmp_path / "名单.xlsx")


def test_the_sheets_stand_in_reading_order(book: Path) -> None:
    assert openpyxl.load_workbook(book).sheetnames == ["下一步", "名单", "设置", "选项"]


def test_every_setting_is_a_row_with_its_help(book: Path) -> None:
    rows = list(openpyxl.load_workbook(book)["设置"].iter_rows(5, values_only=True))
    assert [(row[0], row[2]) for row in rows] == [(one.label, one.full_help) for one in SETTINGS]
    assert {row[1] for row in rows} == {None}


def test_keys_and_labels_are_unique() -> None:
    for words in ([one.key for one in SETTINGS], [one.label for one in SETTINGS]):
        assert len(set(words)) == len(words)


def test_the_example_row_is_no_unit(book: Path) -> None:
    """名单里只有示例行，就是一个单位也没有。"""
    assert openpyxl.load_workbook(book)["名单"]["A5"].value == EXAMPLE_NAME
    empty = read_roster(book)
    assert isinstance(empty, Finding)
    assert empty.code == "C102"
    fill(book.parent, units=[{"单位名称": "示例市教育局", "预算编码": "001002"}])
    filled = read_roster(book)
    assert isinstance(filled, Roster)
    assert filled.findings == ()
    assert [(one.name, one.code) for one in filled.entries] == [("示例市教育局", "001002")]


def test_only_the_words_make_an_example() -> None:
    assert all(map(is_example, (EXAMPLE_NAME, "(示例,填时删去) 某某局")))
    assert not any(map(is_example, ("示例市教育局", "某某局（示例）", "")))


def test_known_units_come_back_as_they_were(tmp_path: Path) -> None:
    path = write_book(season_plan(ENTRIES), tmp_path / "名单.xlsx")
    read = read_roster(path)
    assert isinstance(read, Roster)
    assert read.findings == ()
    kept = [replace(one, row=0, place=None) for one in read.entries]
    assert kept == [replace(one, row=0) for one in ENTRIES]


def test_known_settings_come_back(tmp_path: Path) -> None:
    write_book(season_plan((), {"deadline": "2025-4-30"}), tmp_path / "名单.xlsx")
    season = find_season(tmp_path)
    assert season is not None
    assert not isinstance(season, Finding)
    assert (season.findings, str(season.settings[DEADLINE])) == ((), "2025-04-30")


def test_prompts_fit_what_excel_takes() -> None:
    plan = season_plan()
    checks = [one for sheet in plan.sheets for one in sheet.validations]
    assert len(checks) > len(SETTINGS)
    names = {one.name for one in plan.names}
    for one in checks:
        assert len(one.prompt_title) <= 32
        assert len(one.prompt) <= 255
        assert (one.rule is ValidationKind.LIST) == (one.source in names)


def test_the_same_book_has_the_same_bytes() -> None:
    assert render_book(season_plan(ENTRIES)) == render_book(season_plan(ENTRIES))
