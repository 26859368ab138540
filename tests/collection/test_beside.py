"""汇总时随表的自评报告：归到单位，换了就重新查，认不出、读不了的说明白，一份也不漏。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from cli_forms import project_form
from collection_builder import form_bytes, roster_bytes, submission
from report_marks import docx

from xltool.address import At
from xltool.cache.store import open_store
from xltool.collection.collect import collect, gather
from xltool.collection.model import Request
from xltool.collection.returning import cases_of
from xltool.collection.standing import standing
from xltool.collection.statuses import UnitStatus
from xltool.collection.verdicts import Reviews
from xltool.papers.notice import Notice, notice_values
from xltool.season.letter import Letter
from xltool.season.reminders import Reminders, reminders_plan, sent_by

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.model import Collection

NAME = "江门市教育局"
FORM, REPORT = "教育局.xlsx", "教育局_自评报告.docx"
BAD = "累计培训教师333人。\n\n共培训教师432人。"
GOOD = "累计培训教师333人。"


def text(body: str, name: str = NAME, day: str = "2025年4月18日") -> bytes:
    head = f"部门整体支出绩效自评报告\n\n部门名称：{name}\n\n填报日期：{day}\n\n"
    return docx(f"{head}一、基本情况\n\n{body}\n")


def form(name: str = NAME) -> bytes:
    """一份填好的表，关键数据核对空着。"""
    columns = ("kind", "topic", "figure", "unit", "location", "indicator")
    blank = ((f"claims.1.{column}", "") for column in columns)
    return form_bytes(("cover.department", name), ("cover.department_code", "102"), *blank)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / FORM).write_bytes(form())
    return folder


def fates(collection: Collection) -> dict[str, str]:
    return {one.file: one.status.label for one in collection.files}


def codes(collection: Collection) -> list[str]:
    return [one.code for one in collection.findings]


def told(collection: Collection) -> list[str]:
    (unit,) = (unit for unit in collection.units if unit.adopted)
    return [one.where for one in unit.findings() if ".docx " in one.sheet and one.code == "X01"]


def test_a_report_goes_with_its_form_and_nothing_is_lost(inbox: Path) -> None:
    (inbox / REPORT).write_bytes(text(BAD))
    (inbox / "副本.docx").write_bytes(text(BAD))
    (inbox / "别处.docx").write_bytes(text(BAD, "示例市水利局"))
    (inbox / "扫描的自评报告.pdf").write_bytes(b"%PDF-1.7\n")
    (inbox / "坏的自评报告.docx").write_bytes(text(BAD)[:-40])
    (inbox / "空的自评报告.docx").write_bytes(docx("\n"))
    (inbox / "其实是表.docx").write_bytes(submission("江门市财政局", "101"))
    collection = collect(Request(folder=inbox))
    assert fates(collection) == {
        FORM: "采用",
        "副本.docx": "自评报告",
        REPORT: "跳过",
        "别处.docx": "跳过",
        "扫描的自评报告.pdf": "不能读",
        "坏的自评报告.docx": "不能读",
        "空的自评报告.docx": "不能读",
        "其实是表.docx": "采用",  # 后缀名不算数
    }
    reasons = {one.file: one.reason for one in collection.files}
    assert reasons["副本.docx"] == f"自评报告，正文随“{FORM}”核对"
    assert reasons[REPORT] == "自评报告，与“副本.docx”内容相同"
    assert codes(collection).count("C322") == 1
    refused = {code.code for one in collection.files for code in one.findings}
    assert refused == {"C320", "C321", "C324"}
    counts = collection.counts
    assert counts.found == counts.adopted + counts.attached + counts.skipped + counts.unreadable
    unit = next(unit for unit in collection.units if unit.name == NAME)
    places = [one.sheet for one in unit.findings() if one.code == "X01"]
    assert places == ["副本.docx 一第2段第1句"]


@pytest.mark.parametrize("suffix", ["pdf", "doc", "txt"])
def test_who_sent_only_a_report_still_owes_the_form(tmp_path: Path, suffix: str) -> None:
    """读不了的自评报告不是评分表：单位是未报，要催；报告照样写通知，请它把表一起报来。"""
    folder = tmp_path / "报送"
    folder.mkdir()
    data = {"pdf": b"%PDF-1.7\n", "txt": "自评报告".encode(), "doc": b"\xd0\xcf\x11\xe0" * 9}[
        suffix
    ]
    (folder / f"{NAME}自评报告.{suffix}").write_bytes(data)
    roster = tmp_path / "名单.xlsx"
    roster.write_bytes(roster_bytes(("单位名称", "预算编码"), (NAME, "102")))
    collection = collect(Request(folder=folder, roster=roster))
    now = standing(collection)
    assert [one.name for one in now.behind] == [NAME]
    assert (now.owed, now.counts[UnitStatus.ABSENT], len(now.returned)) == (1, 1, 1)
    assert sent_by(collection) == {unit.key: "只交来自评报告" for unit in collection.units}
    (case,) = cases_of(collection, Reviews(), explain=False).cases
    assert (case.name, case.lacking, [part.refill for part in case.parts]) == (NAME, True, [False])
    assert {one.code for one in collection.files[0].findings} <= {"C320", "C321"}
    notice = Notice(case, Letter(), date(2025, 5, 1), {}, {})
    wanted = notice_values(notice)["办理要求"]
    assert "你单位的自评表还没有收到，请填好下发的自评表，与自评报告一起报送。" in wanted


@pytest.mark.parametrize("projects", [("路", "桥"), ("桥", "路")])
def test_a_report_sent_for_the_form_still_owed_is_returned(
    tmp_path: Path, projects: tuple[str, str]
) -> None:
    """还欠一份的，名单上哪一份在前都一样：报告照退，不说一份表也没有收到，也不说只交来报告。"""
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / f"{NAME}自评报告.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "路.xlsx").write_bytes(
        project_form(department=NAME, department_code="102", project="路")
    )
    roster = tmp_path / "名单.xlsx"
    rows = ((NAME, "102", "项目支出", project) for project in projects)
    roster.write_bytes(roster_bytes(("单位名称", "预算编码", "表种", "项目名称"), *rows))
    collection = collect(Request(folder=folder, roster=roster))
    (case,) = cases_of(collection, Reviews(), explain=False).cases
    returned = [(one.file, one.project) for one in case.parts]
    assert (case.lacking, returned) == (False, [(f"{NAME}自评报告.pdf", "")])
    behind = standing(collection).behind
    listed = Reminders(behind, sent_by(collection), None, date(2025, 5, 1), {})
    (sheet,) = reminders_plan(listed).sheets
    assert [one.content for one in sheet.every_cell() if one.at == At(5, 8)] == ["项目支出“桥”"]


def test_papers_that_are_no_report_are_listed_without_alarm(inbox: Path) -> None:
    """函、通知：收件清单里写着是什么，不问是谁的，也不拿去与评分表核对；像报告的照问。"""
    (inbox / REPORT).write_bytes(text(BAD))
    letter = "关于报送2024年度绩效自评材料的函\n\n市财政局：\n\n现报送。\n\n附件：绩效自评报告\n"
    papers = {
        f"{NAME}请转财政局.docx": docx(letter),
        "关于报送绩效自评报告的通知.docx": docx("关于报送绩效自评报告的通知\n\n各单位：\n"),
        "扫描.docx": docx("\n"),
    }
    for name, data in papers.items():
        (inbox / name).write_bytes(data)
    (inbox / "谁的.docx").write_bytes(docx("绩效自评情况的报告\n\n一、情况\n\n略。\n"))
    collection = collect(Request(folder=inbox))
    listed = {one.file: one for one in collection.files}
    assert listed.keys() == {FORM, REPORT, "谁的.docx", *papers}
    assert all(listed[name].status.label == "跳过" for name in papers)
    assert "“关于报送2024年度绩效自评材料的函”" in listed[f"{NAME}请转财政局.docx"].reason
    assert "没有可读的正文" in listed["扫描.docx"].reason
    assert not any(one.findings for one in listed.values())
    assert told(collection) == [f"{REPORT} 一第2段第1句"]
    (asked,) = collection.findings
    assert (asked.code, asked.file) == ("C322", "谁的.docx")
    assert asked.remedy


def test_the_latest_of_several_is_used_and_undated_ones_are_asked_about(inbox: Path) -> None:
    (inbox / "旧.docx").write_bytes(text(BAD, day="2025年4月10日"))
    (inbox / "新.docx").write_bytes(text(GOOD, day="2025年4月20日"))
    collection = collect(Request(folder=inbox))
    assert fates(collection) == {FORM: "采用", "旧.docx": "跳过", "新.docx": "自评报告"}
    assert told(collection) == []
    (inbox / "又一份.docx").write_bytes(text(BAD + "另有一句。", day=""))
    collection = collect(Request(folder=inbox))
    assert codes(collection) == ["C323"]
    assert set(fates(collection).values()) == {"采用", "跳过"}


def test_the_roster_and_the_file_name_tell_whose_it_is(inbox: Path, tmp_path: Path) -> None:
    roster = tmp_path / "名单.xlsx"
    rows = (("单位名称", "预算编码"), (NAME, "102"), ("江门市档案局", "109"))
    roster.write_bytes(roster_bytes(*rows))
    (inbox / f"{NAME}_自评报告.docx").write_bytes(docx(f"一、基本情况\n\n{BAD}\n"))
    (inbox / "江门市档案局_自评报告.docx").write_bytes(text(GOOD, "江门市档案局"))
    collection = collect(Request(folder=inbox, roster=roster))
    assert told(collection) == [f"{NAME}_自评报告.docx 一第2段第1句"]
    other = next(one for one in collection.files if "档案局" in one.file)
    assert other.reason == "自评报告，没有核对正文：这个单位没有采用的评分表"
    assert "C322" not in codes(collection)


@pytest.mark.parametrize(
    "name",
    [
        f"{NAME}幼儿园_自评报告.docx",
        f"{NAME}/幼儿园的报告.docx",
        f"{NAME}自评报告.docx",
        f"{NAME}定稿.docx",
    ],
)
@pytest.mark.parametrize("inside", ["", f"{NAME}幼儿园", "教育局"])
@pytest.mark.parametrize("listed", [False, True])
def test_a_file_name_that_begins_like_a_unit_is_not_that_units(
    inbox: Path, tmp_path: Path, name: str, inside: str, *, listed: bool
) -> None:
    roster = tmp_path / "名单.xlsx"
    roster.write_bytes(roster_bytes(("单位名称", "预算编码"), (NAME, "102")))
    path = inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text(BAD, inside))
    found = collect(Request(folder=inbox, roster=roster if listed else None))
    own = "幼儿园_" not in name and "幼儿园" not in inside
    assert bool(told(found)) is own


def test_reports_whose_title_names_no_unit_are_kept_apart(inbox: Path) -> None:
    """标题只写年度的，凭文件名各归各的单位，不算一个单位的几份。"""
    other = "江门市档案局"
    (inbox / "档案局.xlsx").write_bytes(
        form_bytes(("cover.department", other), ("cover.department_code", "109"))
    )
    title = "2024年度部门整体支出绩效自评报告"
    for name in (NAME, other):
        body = f"{title}\n\n填报日期：2025年4月18日\n\n一、情况\n\n{name}的一句。\n"
        (inbox / f"{name}_自评报告.docx").write_bytes(docx(body))
    assert sorted(fates(collect(Request(folder=inbox))).values()) == [
        *["自评报告"] * 2,
        *["采用"] * 2,
    ]


def test_a_report_of_a_project_is_not_the_departments(inbox: Path) -> None:
    """同一部门另交了项目的报告，填报日期更晚，也不顶替部门整体的。"""
    (inbox / REPORT).write_bytes(text(BAD))
    project = docx(
        f"校舍加固项目支出绩效自评报告\n\n部门名称：{NAME}\n\n填报日期：2025年5月1日\n\n一、情况\n\n话。\n"
    )
    (inbox / "校舍.docx").write_bytes(project)
    collection = collect(Request(folder=inbox))
    assert told(collection) == [f"{REPORT} 一第2段第1句"]
    reason = next(one.reason for one in collection.files if one.file == "校舍.docx")
    assert reason == "自评报告，标题说的是项目支出，不与部门的评分表核对"
    assert codes(collection) == []


def test_a_form_named_as_a_report_is_looked_at_as_any_other(inbox: Path) -> None:
    """后缀名写成 .docx 的表，一样与它的报告核对。"""
    (inbox / FORM).rename(inbox / "教育局.docx")
    (inbox / REPORT).write_bytes(text(BAD))
    assert told(collect(Request(folder=inbox))) == [f"{REPORT} 一第2段第1句"]


def test_a_report_of_a_form_that_has_no_such_sheet_is_set_aside(inbox: Path) -> None:
    (inbox / FORM).write_bytes(form_bytes(("cover.department", NAME), scheme_id="mof-project"))
    (inbox / REPORT).write_bytes(text(BAD))
    collection = collect(Request(folder=inbox))
    reason = next(one.reason for one in collection.files if one.file == REPORT)
    assert reason == "自评报告，没有核对正文：评分表没有“关键数据核对”一类的表"


def test_the_form_is_looked_at_again_when_its_report_changes(inbox: Path, tmp_path: Path) -> None:
    """缓存里读过的表，报告来了、换了、没有了，都要重新查。"""
    wheres = []
    store = open_store(tmp_path / "缓存")
    assert store is not None
    for report in (None, text(BAD), text(BAD), text(GOOD), text(BAD), None):
        path = inbox / REPORT
        path.unlink(missing_ok=True)
        if report is not None:
            path.write_bytes(report)
        wheres.append(told(gather(Request(folder=inbox), store=store).collection))
    place = [f"{REPORT} 一第2段第1句"]
    assert wheres == [[], place, place, [], place, []]


def test_a_report_is_held_against_the_forms_of_the_projects(inbox: Path) -> None:
    """报告里读出的数，与填在表里的一样同项目的表比；触发在那一句。"""
    (inbox / REPORT).write_bytes(text("校舍加固支出500万元。\n\n校舍加固安排620万元。"))
    project = (
        ("cover.department", NAME),
        ("cover.department_code", "102"),
        ("cover.project", "校舍加固"),
        ("finance.adjusted", Decimal(620)),
        ("finance.total", Decimal(607)),
    )
    (inbox / "校舍.xlsx").write_bytes(form_bytes(*project, scheme_id="mof-project"))
    unit = next(one for one in collect(Request(folder=inbox)).units if not one.project)
    (found,) = (one for one in unit.findings() if one.code == "X07")
    assert found.sheet == f"{REPORT} 一第2段第1句"
    assert "报告写500万元" in found.message
    assert found.message.endswith("原句：“校舍加固支出500万元。”")
