"""汇总：每个文件都有去向，每个单位都有着落。"""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import collection_stand_ins as stand_ins
import pytest
from collected_once import collect_once
from collection_builder import ROSTER, form_bytes, roster_bytes, submission

from xltool.address import At
from xltool.collection import reading
from xltool.collection.collect import UnusableListError, collect
from xltool.collection.inbox import OUTPUT_FORMAT
from xltool.collection.model import Request
from xltool.collection.statuses import FileStatus, UnitStatus
from xltool.excel.write import render_book
from xltool.finding import Tally
from xltool.sheets.plan import Cell, Role, SheetPlan, WorkbookPlan

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.inbox import Item
    from xltool.collection.model import Collection
    from xltool.collection.reading import Read
    from xltool.intake.submission import FormReading
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book

FINANCE, EDUCATION, INDUSTRY = "江门市财政局", "江门市教育局", "江门市工业和信息化局"
EARLY, LATE = date(2025, 4, 18), date(2025, 4, 25)
RICHER = Decimal("90.00")


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    return folder


def put(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)


def fates(collection: Collection) -> dict[str, str]:
    return {file.file: file.status.label for file in collection.files}


def codes(collection: Collection) -> list[str]:
    return [finding.code for finding in collection.findings]


def statuses(collection: Collection) -> dict[str, str]:
    return {unit.name: unit.status.label for unit in collection.units}


def roster(tmp_path: Path, *rows: tuple[str, ...]) -> Path:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(roster_bytes(*(rows or ROSTER)))
    return path


# ---------------------------------------------------------------- 文件


def test_an_inbox_with_every_trap(inbox: Path) -> None:
    good = submission(FINANCE, "101")
    put(inbox, 财政局=good, 副本=good, 教育局=submission(EDUCATION, "102"))
    put(inbox, 无名=submission(""), 坏的=good[:-400], 空的=b"")
    (inbox / "~$财政局.xlsx").write_bytes(b"lock")
    (inbox / ".DS_Store").write_bytes(b"\0\0\0\1Bud1")
    (inbox / "__MACOSX").mkdir()
    (inbox / "__MACOSX" / "._财政局.xlsx").write_bytes(b"\0\5\x16\7")
    (inbox / "教育局.xlsx.crdownload").write_bytes(good[:100])
    (inbox / "扫描件.pdf").write_bytes(b"%PDF-1.7\n")
    (inbox / "逗号.csv").write_text("部门,得分\n财政局,97\n", encoding="gbk")
    (inbox / "别处.xlsx").symlink_to("/etc/hostname")
    (inbox / "绕圈").symlink_to(inbox, target_is_directory=True)
    os.mkfifo(inbox / "管道.xlsx")
    collection = collect_once(Request(folder=inbox))
    assert fates(collection) == {
        "~$财政局.xlsx": "跳过",
        ".DS_Store": "跳过",
        "__MACOSX/._财政局.xlsx": "跳过",
        "教育局.xlsx.crdownload": "跳过",
        "副本.xlsx": "采用",
        "财政局.xlsx": "跳过",
        "教育局.xlsx": "采用",
        "无名.xlsx": "退回",
        "坏的.xlsx": "不能读",
        "空的.xlsx": "不能读",
        "扫描件.pdf": "不能读",
        "逗号.csv": "不能读",
        "别处.xlsx": "不能读",
        "绕圈": "不能读",
        "管道.xlsx": "不能读",
    }
    reasons = {file.file: file.reason for file in collection.files}
    assert reasons["财政局.xlsx"] == "与“副本.xlsx”内容相同"
    assert reasons["无名.xlsx"] == "封面没有部门名称，不知道是哪个部门的报送"
    assert reasons["别处.xlsx"] == "这是符号链接，不是文件"
    assert reasons["管道.xlsx"] == "这是管道，不是文件"
    assert reasons["扫描件.pdf"] == "这是 PDF，不是 .xlsx 工作簿"
    assert reasons["空的.xlsx"] == "文件是空的（0 字节）"
    counts = collection.counts
    assert (counts.found, counts.adopted, counts.returned, counts.pending) == (15, 2, 1, 0)
    assert (counts.blank, counts.replaced, counts.skipped, counts.unreadable) == (0, 0, 5, 7)


def test_findings_carry_the_path_inside_the_folder(inbox: Path) -> None:
    (inbox / "甲").mkdir()
    put(inbox / "甲", 财政局=submission(FINANCE))
    (unit,) = collect_once(Request(folder=inbox)).units
    report = unit.report()
    assert report.file == "甲/财政局.xlsx"
    assert {finding.file for finding in report.findings} == {"甲/财政局.xlsx"}
    told = Counter("explained" if one.explained else one.severity.value for one in report.findings)
    assert unit.tally._asdict() == {name: told[name] for name in Tally._fields}
    assert unit.tally.error > 0


def test_a_book_of_ours_without_its_sheets_is_returned(inbox: Path) -> None:
    """汇总的表可以比报送的上限多；不是汇总的仍照报送的上限。"""
    few = (SheetPlan("汇总", (Cell(At(1, 1), "汇总", Role.BODY),)),)
    used = "jiangmen-2025-special 2025.1"
    put(inbox, 汇总=render_book(WorkbookPlan(few, keywords=f"{OUTPUT_FORMAT} {used}")))
    many = tuple(SheetPlan(f"单位{n}", (Cell(At(1, 1), "甲", Role.BODY),)) for n in range(201))
    put(inbox, 大汇总=render_book(WorkbookPlan(many, keywords=f"{OUTPUT_FORMAT} {used}")))
    put(inbox, 表太多=render_book(WorkbookPlan(many)))
    collection = collect_once(Request(folder=inbox))
    assert fates(collection) == {
        "大汇总.xlsx": "退回",
        "汇总.xlsx": "退回",
        "表太多.xlsx": "不能读",
    }
    assert collection.files[1].reason == "下级的汇总里找不到“汇总”一张表，或它的表头改过"


def test_the_roster_and_named_files_are_not_submissions(inbox: Path) -> None:
    put(inbox, 财政局=submission(FINANCE, "101"), 旧=b"x")
    listed = roster(inbox)
    collection = collect_once(Request(folder=inbox, roster=listed, exclude=(inbox / "旧.xlsx",)))
    reasons = {file.file: file.reason for file in collection.files}
    assert reasons == {
        "名单.xlsx": "这是单位名单，不是报送",
        "旧.xlsx": "本程序汇总的结果，不是报送",
        "财政局.xlsx": "已采用",
    }


def test_a_fault_of_the_program_returns_one_file(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, 财政局=submission(FINANCE), 教育局=submission(EDUCATION))
    real = reading.understand_book

    def faulty(book: Book, schemes: tuple[Scheme, ...], file: str) -> FormReading:
        if file == "财政局.xlsx":
            name = "张三 13800001111"
            raise KeyError(name)
        return real(book, schemes, file)

    monkeypatch.setattr(reading, "understand_book", faulty)
    collection = collect(Request(folder=inbox))
    assert fates(collection) == {"教育局.xlsx": "采用", "财政局.xlsx": "不能读"}
    (finding,) = collection.files[1].findings
    assert (finding.code, finding.message) == (
        "C142",
        "程序处理这个文件时出错（KeyError），没有采用",
    )


def test_an_empty_folder(inbox: Path) -> None:
    collection = collect_once(Request(folder=inbox))
    assert (collection.files, collection.units, collection.counts.found) == ((), (), 0)
    assert collection.folder == "报送"


# ---------------------------------------------------------------- 重复


def test_two_submissions_of_one_department_wait(inbox: Path) -> None:
    put(inbox, 甲=submission(FINANCE, phone="13800001111"))
    put(inbox, 乙=submission(f" {FINANCE}", phone="13800002222", self_total=RICHER))
    collection = collect_once(Request(folder=inbox))
    assert fates(collection) == {"乙.xlsx": "重复待确认", "甲.xlsx": "重复待确认"}
    (unit,) = collection.units
    assert (unit.status, unit.adopted, unit.rank) == (UnitStatus.PENDING, False, None)
    assert unit.files == ("乙.xlsx", "甲.xlsx")
    with pytest.raises(ValueError, match=FINANCE):
        unit.report()
    (finding,) = collection.findings
    assert finding.code == "C111"
    assert finding.message == (
        "“江门市财政局”有 2 份内容不同的报送：乙.xlsx、甲.xlsx；没有采用任何一份"
    )
    (found,) = collection.differences
    assert (found.count, found.files) == (3, ("乙.xlsx", "甲.xlsx"))
    shown = [
        (one.item, *((value.sheet, value.cell, value.text) for value in one.values))
        for one in found.listed
    ]
    assert shown == [
        ("封面 部门名称", ("封面", "C7", " 江门市财政局"), ("封面", "C7", "江门市财政局")),
        ("封面 联系电话", ("封面", "C12", "138****2222"), ("封面", "C12", "138****1111")),
        ("封面 自评分数", ("封面", "C16", "90"), ("封面", "C16", "97.35")),
    ]


def test_a_crowd_of_submissions_is_said_briefly(inbox: Path) -> None:
    for number in range(12):
        put(inbox, **{f"{number:02}": submission(FINANCE, phone=f"1380000{number:04}")})
    collection = collect_once(Request(folder=inbox))
    assert collection.counts.pending == 12
    assert collection.files[0].reason == (
        "与 01.xlsx、02.xlsx、03.xlsx、04.xlsx、05.xlsx等11份 是同一部门的不同报送，待确认"
    )
    assert [len(found.files) for found in collection.differences] == [10]


def test_a_third_submission_joins_two_departments(inbox: Path) -> None:
    put(inbox, 甲=submission("市财政局", "101"), 乙=submission(FINANCE))
    put(inbox, 丙=submission(EDUCATION, "102"), 丁=submission(FINANCE, "101"))
    assert fates(collect_once(Request(folder=inbox))) == {
        "丁.xlsx": "重复待确认",
        "丙.xlsx": "采用",
        "乙.xlsx": "重复待确认",
        "甲.xlsx": "重复待确认",
    }


def test_one_code_under_two_names_is_one_department(inbox: Path) -> None:
    put(inbox, 甲=submission("市财政局", "101"), 乙=submission(FINANCE, "101"))
    put(inbox, 丙=submission(EDUCATION, "无"), 丁=submission(INDUSTRY, "无"))
    assert fates(collect_once(Request(folder=inbox))) == {
        "丁.xlsx": "采用",
        "丙.xlsx": "采用",
        "乙.xlsx": "重复待确认",
        "甲.xlsx": "重复待确认",
    }


def test_the_latest_is_adopted_when_asked(inbox: Path) -> None:
    put(inbox, 早=submission(FINANCE, day=EARLY), 晚=submission(FINANCE, day=LATE))
    collection = collect_once(Request(folder=inbox, on_duplicate="latest"))
    assert fates(collection) == {"早.xlsx": "被替代", "晚.xlsx": "采用"}
    assert collection.files[0].reason == "同一部门另有填报日期更晚的“晚.xlsx”"
    assert codes(collection) == ["C112"]
    assert [unit.date for unit in collection.units] == [LATE]
    assert len(collection.differences) == 1


@pytest.mark.parametrize(("day", "why"), [(EARLY, "填报日期相同"), (None, "有的没有填报日期")])
def test_no_latest_means_neither(inbox: Path, day: date | None, why: str) -> None:
    put(inbox, 甲=submission(FINANCE, day=EARLY))
    put(inbox, 乙=submission(FINANCE, day=day, self_total=RICHER))
    collection = collect_once(Request(folder=inbox, on_duplicate="latest"))
    assert set(fates(collection).values()) == {"重复待确认"}
    assert codes(collection) == ["C113"]
    assert why in collection.findings[0].message


# ---------------------------------------------------------------- 名单、期限、排名


def test_every_unit_of_the_roster_is_listed(inbox: Path, tmp_path: Path) -> None:
    put(inbox, 财政局=submission(FINANCE, "101"), 海关=submission("江门海关"))
    put(inbox, 江门市教育局=b"%PDF-1.7\n")
    collection = collect_once(Request(folder=inbox, roster=roster(tmp_path)))
    assert statuses(collection) == {
        FINANCE: "已报",
        EDUCATION: "退回",
        INDUSTRY: "未报",
        "江门市民政局": "零报送",
        "江门海关": "名单外",
    }
    assert [unit.key for unit in collection.units] == ["101", "102", "103", "104", "江门海关"]
    assert collection.units[1].files == ("江门市教育局.xlsx",)
    assert codes(collection) == ["C120"]
    assert collection.findings[0].file == "海关.xlsx"
    assert collection.roster == "名单.xlsx"
    assert [file.unit for file in collection.files] == ["102", "江门海关", "101"]


def test_a_zero_reporter_that_reports(inbox: Path, tmp_path: Path) -> None:
    put(inbox, 民政局=submission("江门市民政局", "104"))
    collection = collect_once(Request(folder=inbox, roster=roster(tmp_path)))
    assert statuses(collection)["江门市民政局"] == "已报"
    assert codes(collection) == ["C123"]


def test_an_unusable_roster_stops_the_run(inbox: Path, tmp_path: Path) -> None:
    path = roster(tmp_path, ("编码",), ("101",))
    with pytest.raises(UnusableListError) as stopped:
        collect_once(Request(folder=inbox, roster=path))
    assert stopped.value.finding.code == "C101"


@pytest.mark.parametrize(
    ("day", "expected"),
    [(EARLY, []), (LATE, ["C130"]), (None, ["C131"])],
)
def test_deadline(inbox: Path, day: date | None, expected: list[str]) -> None:
    put(inbox, 财政局=submission(FINANCE, day=day))
    collection = collect_once(Request(folder=inbox, deadline=EARLY))
    assert codes(collection) == expected
    assert fates(collection) == {"财政局.xlsx": "采用"}


def ranked(item: Item) -> Read:
    """名字的长短就是总分。"""
    return stand_ins.good(item)


def test_equal_totals_share_a_rank(inbox: Path) -> None:
    put(inbox, 四个字的=b"1", 三个字=b"2", 又三字=b"3", 二字=b"4")
    collection = collect(Request(folder=inbox), read=ranked)
    assert {unit.name: (unit.total, unit.rank) for unit in collection.units} == {
        "四个字的": (4, 1),
        "三个字": (3, 2),
        "又三字": (3, 2),
        "二字": (2, 4),
    }


def test_personal_numbers_are_masked_in_findings(inbox: Path, tmp_path: Path) -> None:
    put(inbox, 甲=submission("财政局13800001111"))
    collection = collect_once(
        Request(folder=inbox, roster=roster(tmp_path), deadline=date(2025, 1, 1))
    )
    assert codes(collection) == ["C120", "C130"]
    for finding in collection.findings:
        assert "13800001111" not in finding.message
        assert "138****1111" in finding.message


# ---------------------------------------------------------------- 可以重复


def test_neither_workers_nor_the_order_of_making_change_the_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_ins.shared_out(monkeypatch, among=16)
    made = [submission(FINANCE), submission(EDUCATION), submission(INDUSTRY), b"x"]
    results = []
    for run, jobs in enumerate((1, 2)):
        folder = tmp_path / str(run) / "报送"
        folder.mkdir(parents=True)
        for number in (range(16), reversed(range(16)))[run]:
            data = made[number % 4] + b"\0" * (number // 4)
            (folder / f"{number:02}.xlsx").write_bytes(data)
        results.append(collect(Request(folder=folder, jobs=jobs)))
    assert results[0] == results[1]
    assert results[0].counts.found == 16


def test_totals_are_scored(inbox: Path) -> None:
    put(inbox, 工信局=form_bytes(("cover.department", INDUSTRY)))
    collection = collect_once(Request(folder=inbox))
    (unit,) = collection.units
    assert collection.files[0].status is FileStatus.ADOPTED
    assert unit.self_total == Decimal("97.35")
    assert unit.levels == unit.report().levels
    assert unit.total == unit.report().total
