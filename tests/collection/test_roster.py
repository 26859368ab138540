"""读名单，把报送认到名单上的单位。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from collection_builder import HEADER, ROSTER, form_bytes, roster_bytes

from xltool.collection.matching import directory_of
from xltool.collection.roster import Roster, read_roster
from xltool.finding import Finding, Severity

if TYPE_CHECKING:
    from pathlib import Path


def read(tmp_path: Path, *rows: tuple[str, ...]) -> Roster | Finding:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(roster_bytes(*rows))
    return read_roster(path)


@pytest.fixture
def roster(tmp_path: Path) -> Roster:
    found = read(tmp_path, *ROSTER)
    assert isinstance(found, Roster)
    return found


def test_entries(roster: Roster) -> None:
    assert [(entry.code, entry.name, entry.row, entry.zero) for entry in roster.entries] == [
        ("101", "江门市财政局", 3, False),
        ("102", "江门市教育局", 4, False),
        ("103", "江门市工业和信息化局", 5, False),
        ("104", "江门市民政局", 6, True),
    ]
    assert roster.entries[0].contact == "张三"
    assert roster.entries[0].phone == "0750-1234567"
    assert roster.entries[2].aliases == ("江门市经济和信息化局", "市工信局")
    assert roster.findings == ()


def test_only_a_column_of_names(tmp_path: Path) -> None:
    roster = read(tmp_path, ("部门 名称",), ("江门市财政局",), ("",), ("江门市教育局",))
    assert isinstance(roster, Roster)
    assert [entry.name for entry in roster.entries] == ["江门市财政局", "江门市教育局"]


def test_zero_reporting_in_the_remarks(tmp_path: Path) -> None:
    roster = read(tmp_path, ("单位名称", "备注"), ("甲局", "零报送"), ("乙局", "新设"))
    assert isinstance(roster, Roster)
    assert [(entry.zero, entry.remark) for entry in roster.entries] == [
        (True, "零报送"),
        (False, "新设"),
    ]


def test_who_is_exempt_and_who_may_be_late(tmp_path: Path) -> None:
    """免报写在零报送一栏、自己的一栏、单写在备注里都算；备注里还说别的不猜，说出来。"""
    roster = read(
        tmp_path,
        ("单位名称", "零报送", "免报", "缓报至", "备注"),
        ("甲局", "免报", "", "", "已撤并"),
        ("乙局", "", "是", "", ""),
        ("丙局", "", "", "", "免报：机构改革撤销"),
        ("丁局", "", "", "2025-5-31", "经批准缓报"),
        ("戊局", "是", "", "2025年5月31日", ""),
        ("己局", "", "", "", "经批准缓报至5月底"),
        ("庚局", "不报", "", "五月底", "已撤并，免报"),
        ("辛局", "免报", "", "2025-5-31", ""),
        ("壬局", "", "", "", "免报送纸质材料"),
        ("癸局", "", "", "", "零报送项目支出，部门整体照报"),
        ("子局", "", "", "", "免报"),
        ("丑局", "", "", "", "零报送（没有项目）"),
    )
    assert isinstance(roster, Roster)
    day = date(2025, 5, 31)
    assert [(one.name[0], one.zero, one.exempt, one.until) for one in roster.entries] == [
        ("甲", False, True, None),
        ("乙", False, True, None),
        ("丙", False, True, None),
        ("丁", False, False, day),
        ("戊", True, False, day),
        ("己", False, False, None),
        ("庚", False, False, None),
        ("辛", False, True, day),
        ("壬", False, False, None),
        ("癸", False, False, None),
        ("子", False, True, None),
        ("丑", True, False, None),
    ]
    assert [(one.code, one.where, one.message) for one in roster.findings] == [
        (
            "C181",
            "名单!E7",
            "名单里“己局”的备注写着“经批准缓报至5月底”，不是单写着零报送、免报的不算",
        ),
        (
            "C105",
            "名单!B8",
            "名单里“庚局”的零报送填的是“不报”，应为 是、否 或 免报，看不出它报不报",
        ),
        ("C180", "名单!D8", "名单里“庚局”的缓报至填的是“五月底”，不是日期"),
        (
            "C181",
            "名单!E10",
            "名单里“壬局”的备注写着“免报送纸质材料”，不是单写着零报送、免报的不算",
        ),
        (
            "C181",
            "名单!E11",
            "名单里“癸局”的备注写着“零报送项目支出，部门整体照报”，不是单写着零报送、免报的不算",
        ),
    ]
    assert [one.code for one in roster.faults] == ["C105", "C180"]


def test_duplicates_are_named_and_counted_once(tmp_path: Path) -> None:
    roster = read(
        tmp_path,
        HEADER,
        ("1", "101", "江门市财政局"),
        ("2", "101", "江门市教育局"),
        ("3", "", "江门市财政局 "),
        ("4", "无", "甲局"),
        ("5", "无", "乙局"),
    )
    assert isinstance(roster, Roster)
    assert [entry.name for entry in roster.entries] == ["江门市财政局", "甲局", "乙局"]
    assert [(found.code, found.where, found.message) for found in roster.findings] == [
        (
            "C103",
            "名单!B3",
            "名单里“江门市教育局”与第 2 行的“江门市财政局”预算编码相同，只按前一行计",
        ),
        (
            "C103",
            "名单!C4",
            "名单里“江门市财政局”与第 2 行的“江门市财政局”单位名称相同，只按前一行计",
        ),
    ]
    assert {found.file for found in roster.findings} == {"名单.xlsx"}


def test_odd_rows_are_named(tmp_path: Path) -> None:
    roster = read(tmp_path, HEADER, ("1", "101", ""), ("2", "102", "甲局", "", "", "也许"))
    assert isinstance(roster, Roster)
    assert [(found.code, found.where, found.severity) for found in roster.findings] == [
        ("C104", "名单!C2", Severity.WARNING),
        ("C105", "名单!F3", Severity.WARNING),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((("序号", "编码"), ("1", "101")), "C101"),
        ((*[("标题",)] * 10, HEADER, ("1", "101", "甲局")), "C101"),
        ((HEADER,), "C102"),
    ],
)
def test_unusable_rosters(tmp_path: Path, rows: tuple[tuple[str, ...], ...], code: str) -> None:
    found = read(tmp_path, *rows)
    assert isinstance(found, Finding)
    assert (found.code, found.severity) == (code, Severity.ERROR)


def test_a_roster_without_the_heading_says_which_headings_it_saw(tmp_path: Path) -> None:
    found = read(tmp_path, ("名单",), ("序号", "编码", "单位简况"), ("1", "101", "甲局"))
    assert isinstance(found, Finding)
    assert found.message == (
        "名单“名单.xlsx”的前 10 行里找不到“单位名称”一栏；"
        "最像表头的是 名单!A2 起的一行：“序号”、“编码”、“单位简况”"
    )


def test_a_filled_form_is_no_roster(tmp_path: Path) -> None:
    """评分表的封面也有“部门名称”，下面却是填报项，不是单位。"""
    path = tmp_path / "示例市教育局.xlsx"
    path.write_bytes(form_bytes())
    found = read_roster(path)
    assert isinstance(found, Finding)
    assert (found.code, found.message) == (
        "C108",
        "给的名单“示例市教育局.xlsx”是填报的评分表，不是单位名单",
    )


def test_a_roster_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_text("单位名称,编码\n", encoding="utf-8")
    found = read_roster(path)
    assert isinstance(found, Finding)
    assert found.code == "C106"
    assert found.message == "名单“名单.xlsx”读不了：这是 CSV 或纯文本，不是 .xlsx 工作簿"


@pytest.mark.parametrize(
    ("name", "code", "expected", "codes"),
    [
        ("江门市财政局", "101", "江门市财政局", []),
        ("江门市财政局", "", "江门市财政局", []),
        ("江门市财政局", "999", "江门市财政局", []),
        ("江门市 财政局\u3000", "无", "江门市财政局", []),
        ("江门市经济和信息化局", "", "江门市工业和信息化局", []),
        ("市财政局", "１０１", "江门市财政局", ["C121"]),
        ("江门市教育局", "101", "江门市教育局", ["C122"]),
        ("江门市财局", "", None, ["C120"]),
        ("海关", "000", None, ["C120"]),
    ],
)
def test_matching(
    roster: Roster, name: str, code: str, expected: str | None, codes: list[str]
) -> None:
    match = directory_of(roster).match(name, code)
    assert (match.entry.name if match.entry else None) == expected
    assert [found.code for found in match.findings] == codes


def test_the_nearest_name_is_suggested(roster: Roster) -> None:
    directory = directory_of(roster)
    (near,) = directory.match("江门市财局", "").findings
    assert near.message == "“江门市财局”不在名单里，最像的是“江门市财政局”"
    (none,) = directory.match("海关", "").findings
    assert none.message == "“海关”不在名单里"


def test_a_conflict_of_code_and_name_names_both(roster: Roster) -> None:
    (found,) = directory_of(roster).match("江门市教育局", "101").findings
    assert found.message == (
        "“江门市教育局”填的预算编码 101 在名单里是“江门市财政局”的，已按名称认作“江门市教育局”"
    )


def test_a_unit_is_recognised_in_a_path(roster: Roster) -> None:
    directory = directory_of(roster)
    found = directory.in_path("已收/江门市教育局/评分表.pdf")
    assert found is not None
    assert found.name == "江门市教育局"
    assert directory.in_path("评分表.pdf") is None
