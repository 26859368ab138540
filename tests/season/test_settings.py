"""设置怎样读：默认、各种写法、全部错误一次说出，各有工作表和单元格。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest
from season_books import fill

from xltool.excel.write import write_book
from xltool.finding import Finding
from xltool.season.book import season_plan
from xltool.season.choosing import Choosing, choosing_of
from xltool.season.folder import Season, find_season
from xltool.season.register import (
    BOOK,
    CALLED_BELOW,
    CALLED_ERRORS,
    CONTACT,
    CORRECTION_DEADLINE,
    DEADLINE,
    DUPLICATES,
    INBOX,
    ISSUED,
    LAST_YEAR,
    MAILBOX,
    MOST_PRAISED,
    OFFICE,
    PHONE,
    RETURNS,
    SCHEMES,
    WAIVERS,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    write_book(season_plan(), tmp_path / "名单.xlsx")
    return tmp_path


def season(home: Path) -> Season:
    found = find_season(home)
    assert isinstance(found, Season)
    return found


def said(home: Path) -> list[tuple[str, str]]:
    """问题的编码和位置。"""
    return [(one.code, one.where) for one in season(home).findings]


def test_blank_settings_have_their_defaults(home: Path) -> None:
    settings = season(home).settings
    assert said(home) == []
    assert [settings[one] for one in (INBOX, ISSUED, RETURNS, BOOK)] == [
        home / "报送",
        home / "下发",
        home / "退回",
        home / "汇总.xlsx",
    ]
    blank = (DEADLINE, CORRECTION_DEADLINE, LAST_YEAR, WAIVERS)
    assert [settings[one] for one in blank] == [None] * 4
    assert (settings[SCHEMES], settings[DUPLICATES], settings[OFFICE]) == ((), "ask", "")


def test_settings_are_read_as_people_write_them(home: Path) -> None:
    (home / "去年").mkdir()
    (home / "豁免.xlsx").touch()
    fill(
        home,
        {
            "方案": "JIANGMEN-2025-special、项目支出",
            "截止日期": date(2025, 4, 30),
            "改正截止日期": "2025年5月15日",
            "收表单位": "示例市财政局绩效管理科",
            "报送邮箱": "jixiao@example.gov.cn",
            "联系人": "张三",
            "联系电话": "0750-1234567",
            "上年汇总": "“去年”",
            "豁免": ".\\豁免.xlsx",
            "一个单位有几份时": "取填报日期最晚的",
            "报送文件夹": "共享\\收来",
        },
    )
    assert said(home) == []
    settings = season(home).settings
    assert settings[SCHEMES] == ("jiangmen-2025-special", "mof-project")
    assert (settings[DEADLINE], settings[CORRECTION_DEADLINE]) == (
        date(2025, 4, 30),
        date(2025, 5, 15),
    )
    assert (settings[OFFICE], settings[MAILBOX]) == (
        "示例市财政局绩效管理科",
        "jixiao@example.gov.cn",
    )
    assert (settings[CONTACT], settings[PHONE]) == ("张三", "0750-1234567")
    assert (settings[LAST_YEAR], settings[WAIVERS]) == (home / "去年", home / "豁免.xlsx")
    assert (settings[DUPLICATES], settings[INBOX]) == ("latest", home / "共享" / "收来")


def test_the_bounds_of_the_bulletin(home: Path) -> None:
    """点名的界限：空着的照默认，照人写的读；读不懂的指出。"""
    usual = season(home).settings
    assert choosing_of() == choosing_of(usual)
    bounds = (MOST_PRAISED, CALLED_BELOW, CALLED_ERRORS)
    assert [usual[one] for one in bounds] == [10, Decimal("0.7"), 5]
    assert [usual.written(one) for one in bounds] == [""] * 3
    for written in ("65%", "0.65", 0.65, "６５", 65):
        fill(home, {"得分低的界限": written, "最多表扬几个单位": "0", "错误多的界限": 3})
        assert said(home) == []
        settings = season(home).settings
        assert choosing_of(settings) == Choosing(most=0, below=Decimal("0.65"), errors=3)
        assert [settings.written(one) for one in bounds] == ["0", "65%", "3"]
    fill(home, {"得分低的界限": "120%", "最多表扬几个单位": "-1", "错误多的界限": "2.5"})
    assert said(home) == [("C193", "设置!B22"), ("C193", "设置!B23"), ("C193", "设置!B24")]
    fill(home, {"得分低的界限": "及格线", "最多表扬几个单位": "", "错误多的界限": ""})
    assert said(home) == [("C193", "设置!B23")]


def test_a_place_the_system_refuses_is_a_mistake_in_its_cell(home: Path) -> None:
    fill(
        home, {"上年汇总": "汇" * 200, "豁免": "~没有这个人/豁免.xlsx", "报送文件夹": "~没有这个人"}
    )
    assert [code for code, _ in said(home)] == ["C194", "C194", "C193"]


def test_all_mistakes_are_said_at_once_with_their_cells(home: Path) -> None:
    fill(
        home,
        {
            "方案": "jiangmen-2025-specia",
            "截止日期": "下周",
            "报送邮箱": "没有",
            "联系电话": "问办公室",
            "上年汇总": "没有的.xlsx",
            "一个单位有几份时": "随便",
            "方案文件": "名单.xlsx",
            "通知模板": "没有的.docx",
            "通报模板": "没有的.docx",
            "汇总文件": "汇总.xls",
        },
    )
    assert said(home) == [
        ("C193", "设置!B5"),
        ("C193", "设置!B6"),
        ("C193", "设置!B9"),
        ("C193", "设置!B11"),
        ("C194", "设置!B12"),
        ("C193", "设置!B14"),
        ("C193", "设置!B15"),
        ("C194", "设置!B16"),
        ("C194", "设置!B17"),
        ("C193", "设置!B21"),
    ]
    scheme, day, *_ = season(home).findings
    assert scheme.file == "名单.xlsx"
    assert scheme.message == (
        "“方案”填的“jiangmen-2025-specia”读不懂，应填“选项”里列出的方案，"
        "几个用顿号隔开，最像的是“jiangmen-2025-special”"
    )
    assert day.message == "“截止日期”填的“下周”读不懂，应填日期，如 2025-4-30"


def test_a_form_of_several_schemes_needs_the_scheme_itself(home: Path) -> None:
    fill(home, {"方案": "没有这种表"})
    assert said(home) == [("C193", "设置!B5")]


def test_labels_that_are_unknown_or_repeated_are_said(home: Path) -> None:
    path = home / "名单.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["设置"]
    for row, pair in enumerate((("截止日", "2025-4-30"), ("联系人", "李四"), ("备注", None)), 20):
        for column, text in enumerate(pair, 1):
            sheet.cell(row, column).value = text
    sheet["B10"].value = "张三"
    book.save(path)
    assert said(home) == [("C191", "设置!A20"), ("C192", "设置!B21")]
    unknown, repeated = season(home).findings
    assert unknown.message == "没有“截止日”这一项设置，最像的是“截止日期”，没有用它"
    assert repeated.message == "“联系人”写了两行，第 10 行也是，不知道用哪一行"
    assert season(home).settings[CONTACT] == "张三"


def test_rows_may_be_moved_or_deleted(home: Path) -> None:
    path = home / "名单.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["设置"]
    sheet.delete_rows(5)
    sheet.insert_rows(1, 3)
    book.save(path)
    fill_row = next(row for row in sheet.iter_rows() if row[0].value == "截止日期")
    fill_row[1].value = "2025-4-30"
    book.save(path)
    assert said(home) == []
    assert season(home).settings[DEADLINE] == date(2025, 4, 30)


def test_the_correction_is_not_due_before_the_report(home: Path) -> None:
    fill(home, {"截止日期": date(2025, 4, 30), "改正截止日期": date(2025, 4, 20)})
    (early,) = season(home).findings
    assert (early.code, early.where, early.severity) == ("C195", "设置!B7", "warning")
    assert early.message == "“改正截止日期”2025-04-20 早于“截止日期”2025-04-30"


@pytest.mark.parametrize(
    "settings",
    [
        {"退回文件夹": "报送"},
        {"报送文件夹": "."},
        {"下发文件夹": "报送/下发"},
        {"汇总文件": "报送/汇总.xlsx"},
    ],
)
def test_what_comes_in_lies_apart_from_what_goes_out(home: Path, settings: dict[str, str]) -> None:
    fill(home, settings)
    found = season(home).findings
    assert {one.code for one in found} == {"C196"}
    assert all(one.where.startswith("设置!B") for one in found)


def test_headings_that_are_gone_are_said(home: Path) -> None:
    path = home / "名单.xlsx"
    book = openpyxl.load_workbook(path)
    book["设置"]["B4"].value = "随便"
    book.save(path)
    (fault,) = season(home).findings
    assert (fault.code, fault.where) == ("C190", "设置")


def test_a_plain_list_is_no_season(tmp_path: Path) -> None:
    assert find_season(tmp_path) is None
    book = openpyxl.Workbook()
    book.active.title = "名单"
    book.save(tmp_path / "名单.xlsx")
    assert find_season(tmp_path) is None


def test_a_broken_list_is_said(tmp_path: Path) -> None:
    (tmp_path / "名单.xlsx").write_bytes(b"")
    found = find_season(tmp_path)
    assert isinstance(found, Finding)
    assert (found.code, found.file) == ("R104", "名单.xlsx")


def test_the_parent_is_not_looked_at(home: Path) -> None:
    inner = home / "报送"
    inner.mkdir()
    assert find_season(inner) is None
