"""应报几种表、几个项目的单位：一份一份地算，缺哪一份说哪一份。"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from collected_once import collect_once
from collection_builder import filled
from form_files import form_file
from roster_books import Page, roster_book, write_roster

from xltool.collection.model import Request
from xltool.collection.owed import Obligation
from xltool.collection.returning import cases_of
from xltool.collection.roster import Roster, read_roster
from xltool.collection.statuses import UnitStatus
from xltool.collection.unit_standings import count_units, unit_standings
from xltool.collection.verdicts import Reviews
from xltool.consolidated.delivery import files_of
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xltool.collection.model import Collection

SPECIAL, GENERAL = "jiangmen-2025-special", "jiangmen-2025-general"
PROJECT, PROJECT_101 = "mof-project", "mof-project-101"
HEAD = ("单位名称", "表种", "项目名称", "零报送", "联系人", "联系电话", "归口科室")
BAD = b"not a workbook"


@cache
def sent(scheme_id: str, department: str, project: str = "") -> bytes:
    """用某个方案填好的一份。"""
    scheme, _ = ready_scheme(scheme_id)
    contents = filled(scheme, rows=1) | {CellKey("cover", "department"): department}
    if project:
        contents[CellKey("cover", "project")] = project
    return form_file(make_form(scheme, contents))


def collected(
    tmp_path: Path, rows: Sequence[Sequence[str]], merges: Sequence[str] = (), **files: bytes
) -> Collection:
    folder = tmp_path / "报送"
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    roster = write_roster(tmp_path, HEAD, *rows, merges=merges)
    return collect_once(Request(folder=folder, roster=roster, jobs=1))


def owed(tmp_path: Path, *rows: Sequence[str], merges: Sequence[str] = ()) -> list[Obligation]:
    """名单的各行是一个单位时，它应报哪几份。"""
    found = read_roster(write_roster(tmp_path, HEAD, *rows, merges=merges))
    assert isinstance(found, Roster)
    assert [one.code for one in found.findings if one.code != "C173"] == []
    (entry,) = found.entries
    return list(entry.owed)


def rows_of(collection: Collection) -> list[tuple[str, str, str]]:
    """各行：单位（和项目）、应报的表种、状态。"""
    return [
        (unit.name, "、".join(one.form for one in unit.owed), unit.status.label)
        for unit in collection.units
    ]


def notes(collection: Collection) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in collection.findings]


# ---------------------------------------------------------------- 名单怎样写


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("甲局",),), [("", "")]),
        ((("甲局", "无专项资金、项目支出"),), [("无专项资金", ""), ("项目支出", "")]),
        ((("甲局", "无专项资金\n项目支出"),), [("无专项资金", ""), ("项目支出", "")]),
        ((("甲局", "", "桥、路"),), [("", "桥"), ("", "路")]),
        ((("甲局", "项目支出", "1.桥\n2.路"),), [("项目支出", "桥"), ("项目支出", "路")]),
        (
            (("甲局", "有专项资金、项目支出", "桥；路"),),
            [("有专项资金", ""), ("项目支出", "桥"), ("项目支出", "路")],
        ),
        (
            (("甲局", "有专项资金"), ("甲局", "项目支出", "桥"), ("甲局", "项目支出101号", "路")),
            [("有专项资金", ""), ("项目支出", "桥"), ("项目支出101号", "路")],
        ),
        # 一行一个项目的，名称里的顿号是名称的一部分
        (
            (("甲局", "项目支出", "桥梁建设、养护"), ("甲局", "项目支出", "路")),
            [("项目支出", "桥梁建设、养护"), ("项目支出", "路")],
        ),
        # 名称只写在头一行的
        (
            (("甲局", "项目支出", "桥"), ("", "项目支出", "路")),
            [("项目支出", "桥"), ("项目支出", "路")],
        ),
    ],
)
def test_what_a_unit_owes(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...], expected: list[tuple[str, str]]
) -> None:
    assert [(one.form, one.project) for one in owed(tmp_path, *rows)] == expected


def test_a_unit_merged_over_its_projects(tmp_path: Path) -> None:
    rows = (("甲局", "项目支出", "桥"), ("", "", "路"), ("", "", "渠"))
    found = owed(tmp_path, *rows, merges=("A2:A4", "B2:B4"))
    assert found == [Obligation("项目支出", name) for name in ("桥", "路", "渠")]


def test_forms_ticked_in_columns_of_their_own(tmp_path: Path) -> None:
    path = write_roster(
        tmp_path,
        ("单位名称", "有专项资金", "无专项资金", "项目支出"),
        ("甲局", "√", "", "√"),
        ("乙局", "", "是", ""),
    )
    found = read_roster(path)
    assert isinstance(found, Roster)
    assert [entry.variants for entry in found.entries] == [
        ("有专项资金", "项目支出"),
        ("无专项资金",),
    ]
    assert [dict(entry.extra) for entry in found.entries] == [{}, {}]


def test_rows_that_only_repeat_are_still_duplicates(tmp_path: Path) -> None:
    path = write_roster(tmp_path, HEAD, ("甲局", "项目支出", "桥"), ("甲局", "项目支出", "桥"))
    found = read_roster(path)
    assert isinstance(found, Roster)
    assert [(one.code, one.where) for one in found.findings] == [("C103", "名单!A3")]


# ---------------------------------------------------------------- 一份一份地算


def test_a_unit_that_sent_one_of_two_has_not_reported_all(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        [("甲局", "无专项资金、项目支出", "", "", "张三", "123")],
        甲=sent(GENERAL, "甲局"),
    )
    assert rows_of(found) == [("甲局", "无专项资金", "已报"), ("甲局", "项目支出", "未报")]
    assert notes(found) == [("C175", "“甲局”应报 2 份，还缺 项目支出")]
    (standing,) = unit_standings(found.units)
    assert standing.status is UnitStatus.PARTIAL
    assert standing.missing == (Obligation("项目支出"),)
    assert (standing.contact, standing.phone) == ("张三", "123")


def test_each_listed_project_is_owed_and_named_when_missing(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        [("甲局", "无专项资金、项目支出", "桥、路")],
        甲=sent(GENERAL, "甲局"),
        路=sent(PROJECT, "甲局", "路"),
    )
    assert rows_of(found) == [
        ("甲局", "无专项资金", "已报"),
        ("甲局：桥", "项目支出", "未报"),
        ("甲局：路", "项目支出", "已报"),
    ]
    assert notes(found) == [("C175", "“甲局”应报 3 份，还缺 项目支出“桥”")]
    assert [one.file for unit in found.units for one in unit.owed] == ["甲.xlsx", "", "路.xlsx"]


def test_all_reported_is_said_only_when_all_are_adopted(tmp_path: Path) -> None:
    files = {"甲": sent(GENERAL, "甲局"), "桥": sent(PROJECT, "甲局", "桥")}
    found = collected(tmp_path, [("甲局", "无专项资金、项目支出", "桥")], **files)
    (standing,) = unit_standings(found.units)
    assert (standing.status, standing.missing, notes(found)) == (UnitStatus.REPORTED, (), [])


def test_two_forms_of_one_department_are_each_adopted(tmp_path: Path) -> None:
    """名单写明两种部门的表都要报：各采用各的，不是重复。"""
    found = collected(
        tmp_path,
        [("甲局", "有专项资金、无专项资金")],
        甲=sent(SPECIAL, "甲局"),
        乙=sent(GENERAL, "甲局"),
    )
    assert rows_of(found) == [("甲局", "有专项资金", "已报"), ("甲局", "无专项资金", "已报")]
    assert len({unit.key for unit in found.units}) == 2
    assert notes(found) == []


@pytest.mark.parametrize("scheme", [SPECIAL, GENERAL])
def test_a_waiver_is_of_the_form_that_has_the_finding(tmp_path: Path, scheme: str) -> None:
    files = {"甲": sent(SPECIAL, "甲局"), "乙": sent(GENERAL, "甲局")}
    rows = [("甲局", "有专项资金、无专项资金")]
    found = collected(tmp_path, rows, **files)
    mine, other = sorted(found.units, key=lambda unit: unit.scheme != scheme)
    own = {(one.code, one.where) for one in mine.findings()}
    code, where = min(own - {(one.code, one.where) for one in other.findings()})
    waiver = (code, "甲局", where, "已核", "×××", "2025-4-20", "")
    path = tmp_path / "豁免.xlsx"
    head = ("规则", "单位", "位置", "理由", "批准人", "批准日期", "有效期至")
    path.write_bytes(roster_book(豁免=Page((head, waiver))))
    request = Request(folder=tmp_path / "报送", roster=tmp_path / "名单.xlsx", waivers=path, jobs=1)
    again = {unit.scheme: unit for unit in collect_once(request).units}
    assert [note.finding.code for note in again[scheme].notes() if note.waiver] == [code]


def test_one_project_on_two_forms(tmp_path: Path) -> None:
    files = {"桥": sent(PROJECT, "甲局", "桥"), "桥2": sent(PROJECT_101, "甲局", "桥")}
    found = collected(tmp_path, [("甲局", "项目支出、项目支出101号", "桥")], **files)
    assert rows_of(found) == [
        ("甲局：桥", "项目支出", "已报"),
        ("甲局：桥", "项目支出101号", "已报"),
    ]


def test_an_unlisted_project_is_adopted_as_one_more_and_the_nearest_named(tmp_path: Path) -> None:
    found = collected(
        tmp_path,
        [("甲局", "项目支出", "农村公路建设、渠道")],
        甲=sent(PROJECT, "甲局", "农村公路建没"),
    )
    assert rows_of(found) == [
        ("甲局：农村公路建设", "项目支出", "未报"),
        ("甲局：渠道", "项目支出", "未报"),
        ("甲局：农村公路建没", "", "多报"),
    ]
    assert notes(found) == [
        (
            "C176",
            (
                "“甲局”交来的项目“农村公路建没”不在名单给它列的项目里，最像的是“农村公路建设”；"
                "照样采用，另列一行"
            ),
        ),
        ("C175", "“甲局”应报 2 份，还缺 项目支出“农村公路建设”、项目支出“渠道”"),
    ]
    assert found.counts.adopted == 1


def test_a_listed_project_is_met_whatever_its_blanks(tmp_path: Path) -> None:
    files = {"桥": sent(PROJECT, "甲局", "农村 公路（一期）")}
    found = collected(tmp_path, [("甲局", "项目支出", "农村公路(一期)")], **files)
    assert [unit.status.label for unit in found.units] == ["已报"]


def test_a_returned_file_is_of_the_project_in_its_name(tmp_path: Path) -> None:
    found = collected(tmp_path, [("甲局", "项目支出", "桥、路")], 甲局路=BAD)
    assert rows_of(found) == [
        ("甲局：桥", "项目支出", "未报"),
        ("甲局：路", "项目支出", "退回"),
    ]
    assert {one.unit for one in found.files} == {found.units[1].key}
    (standing,) = unit_standings(found.units)
    assert standing.status is UnitStatus.RETURNED


def test_two_versions_of_a_project_wait_and_the_others_go_on(tmp_path: Path) -> None:
    rows = [("甲局", "项目支出", "桥、路")]
    other = filled(ready_scheme(PROJECT)[0], rows=2)
    other |= {CellKey("cover", "department"): "甲局", CellKey("cover", "project"): "桥"}
    again = form_file(make_form(ready_scheme(PROJECT)[0], other))
    files = {"桥": sent(PROJECT, "甲局", "桥"), "桥2": again, "路": sent(PROJECT, "甲局", "路")}
    found = collected(tmp_path, rows, **files)
    assert [unit.status for unit in found.units] == [UnitStatus.PENDING, UnitStatus.REPORTED]
    (standing,) = unit_standings(found.units)
    assert standing.status is UnitStatus.PENDING


def test_counts_of_units_by_status(tmp_path: Path) -> None:
    rows = [
        ("甲局", "无专项资金、项目支出"),
        ("乙局", "", "", "是"),
        ("丙局", "项目支出", "桥、路"),
        ("丁局", "无专项资金"),
    ]
    found = collected(tmp_path, rows, 甲=sent(GENERAL, "甲局"), 丁=sent(GENERAL, "丁局"))
    counts = count_units(found.units).counts
    assert {status.label: count for status, count in counts.items() if count} == {
        "已报": 1,
        "未报齐": 1,
        "未报": 1,
        "零报送": 1,
    }


# ---------------------------------------------------------------- 零报送


def test_a_zero_unit_owes_nothing_and_is_told(tmp_path: Path) -> None:
    found = collected(tmp_path, [("甲局", "项目支出", "桥", "是"), ("乙局", "零报送")])
    assert rows_of(found) == [("甲局", "", "零报送"), ("乙局", "", "零报送")]
    assert notes(found) == []


def test_a_zero_unit_that_reported_is_said(tmp_path: Path) -> None:
    found = collected(tmp_path, [("甲局", "", "", "是")], 甲=sent(GENERAL, "甲局"))
    assert rows_of(found) == [("甲局", "", "已报")]
    assert [code for code, _ in notes(found)] == ["C123"]
    assert [one.status for one in unit_standings(found.units)] == [UnitStatus.REPORTED]


# ---------------------------------------------------------------- 免报


def test_an_exempt_unit_is_not_owed_and_only_its_own_row_is_exempt(tmp_path: Path) -> None:
    rows = [
        ("甲局", "项目支出", "桥", "免报"),
        ("乙局", "项目支出", "路", "免报"),
        ("乙局", "项目支出", "桥"),
    ]
    found = collected(tmp_path, rows)
    assert rows_of(found) == [("甲局", "", "免报"), ("乙局：桥", "项目支出", "未报")]
    assert [unit.due.owed for unit in found.units] == [False, True]
    counts = count_units(found.units)
    assert (counts.owed, counts.exempt, counts.counts[UnitStatus.EXEMPT]) == (1, 1, 0)
    assert notes(found) == []


def test_an_exempt_unit_that_reported_is_owed_and_said(tmp_path: Path) -> None:
    found = collected(tmp_path, [("甲局", "", "", "免报")], 甲=sent(GENERAL, "甲局"))
    assert rows_of(found) == [("甲局", "", "已报")]
    assert [code for code, _ in notes(found)] == ["C127"]
    assert count_units(found.units).owed == 1


@pytest.mark.parametrize("word", ["免报", "零报送"])
def test_who_owes_nothing_and_sent_what_cannot_be_read_is_returned(
    tmp_path: Path, word: str
) -> None:
    found = collected(tmp_path, [("示例市民政局", "", "", word)], 示例市民政局=BAD)
    assert rows_of(found) == [("示例市民政局", "", "退回")]
    assert count_units(found.units).counts[UnitStatus.RETURNED] == 1
    (case,) = cases_of(found, Reviews(), explain=False).cases
    assert (case.name, case.named, case.lacking) == ("示例市民政局", True, False)


def test_an_exempt_project_that_was_sent_is_the_one_on_the_roster(tmp_path: Path) -> None:
    """只免那一行的、每一行都免的，报来了都是名单上写的那一份：不算多报，不说名单上没有。"""
    rows = [
        ("甲局", "项目支出", "路", "免报"),
        ("甲局", "项目支出", "桥"),
        ("乙局", "项目支出", "水", "免报"),
        ("乙局", "项目支出", "电", "免报"),
        ("示例市统计局", "项目支出", "普查", "免报"),
        ("示例市统计局", "项目支出", "调查"),
    ]
    sources = (("甲局", "路"), ("乙局", "水"), ("乙局", "电"))
    files = {f"{unit}{name}": sent(PROJECT, unit, name) for unit, name in sources}
    found = collected(tmp_path, rows, **files, 示例市统计局普查=BAD)
    assert rows_of(found) == [
        ("甲局：桥", "项目支出", "未报"),
        ("甲局：路", "项目支出", "已报"),
        ("乙局：水", "项目支出", "已报"),
        ("乙局：电", "项目支出", "已报"),
        ("示例市统计局：调查", "项目支出", "未报"),
        ("示例市统计局：普查", "项目支出", "退回"),
    ]
    assert all(unit.due.owed for unit in found.units)
    told = [one for one in notes(found) if one[0] in ("C127", "C175", "C176")]
    assert told == [
        *(
            ("C127", f"“{name}”在名单里是免报，却有报送")
            for name in ("甲局：路", "乙局：水", "乙局：电")
        ),
        ("C175", "“甲局”应报 2 份，还缺 项目支出“桥”"),
        ("C175", "“示例市统计局”应报 2 份，还缺 项目支出“调查”"),
    ]


def test_groups_and_other_columns_reach_the_units(tmp_path: Path) -> None:
    found = collected(tmp_path, [("甲局", "", "", "", "", "", "教科文科")])
    assert [unit.group for unit in found.units] == ["教科文科"]
    assert [one.group for one in unit_standings(found.units)] == ["教科文科"]


def test_every_file_of_a_unit_is_listed_and_a_wrong_name_is_told(tmp_path: Path) -> None:
    """一样的副本、没有填的也是它的文件；名字像另一个单位、内容是它的，说出来。"""
    form = sent(SPECIAL, "示例市教育局")
    scheme, _ = ready_scheme(SPECIAL)
    blank = form_file(make_form(scheme, {CellKey("cover", "department"): "示例市教育局"}))
    files = {"示例市教育局": form, "示例市教育局(1)": form, "示例市民政局": form, "空白": blank}
    rows = (("示例市教育局",), ("示例市民政局",), ("示例市教育局教研室",))
    found = collected(
        tmp_path, rows, **files, 示例市教育局_教研室=sent(SPECIAL, "示例市教育局教研室")
    )
    told = [(one.file, one.message) for one in found.findings if one.code == "C126"]
    message = "文件名像“示例市民政局”的，内容是“示例市教育局”的，已按内容算作“示例市教育局”的"
    assert told == [("示例市民政局.xlsx", message)]
    listed = files_of(found)
    assert [sorted(listed[unit.key]) for unit in found.units] == [
        sorted(f"{name}.xlsx" for name in files),
        [],
        ["示例市教育局_教研室.xlsx"],
    ]


def test_a_form_without_its_project_is_still_of_the_unit_it_names(tmp_path: Path) -> None:
    """项目名称空着的退回；单位看得出，不算未报，也不说不知道是谁的。"""
    scheme, _ = ready_scheme(PROJECT)
    contents = filled(scheme, rows=1) | {CellKey("cover", "department"): "示例市甲局"}
    contents = {key: one for key, one in contents.items() if key != CellKey("cover", "project")}
    found = collected(
        tmp_path,
        [("示例市甲局", "项目支出", ""), ("示例市乙局", "项目支出", "")],
        扫描改的=form_file(make_form(scheme, contents)),
    )
    assert [(name, status) for name, _, status in rows_of(found)] == [
        ("示例市甲局", "退回"),
        ("示例市乙局", "未报"),
    ]
    (file,) = found.files
    assert file.reason == "封面没有项目名称，不知道是哪个项目的报送"
