"""xltool return：退回件、通知、催报名单；再执行一次只换没有人动过的。"""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from contextlib import chdir
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import pytest
from cli_forms import good_form, write
from cli_runner import xltool
from collection_builder import form_bytes
from openpyxl_books import changed, loaded
from season_books import fill

from xltool.address import At
from xltool.collection.statuses import UnitStatus
from xltool.collection.unit_standings import UnitStanding
from xltool.excel.returns_folder import RECORD
from xltool.season.letter import Letter
from xltool.season.reminders import Reminders, reminders_plan

if TYPE_CHECKING:
    from pathlib import Path

    from cli_runner import Ran
    from openpyxl import Workbook

pytestmark = pytest.mark.usefixtures("marking_here")
UNITS = (
    {
        "单位名称": "示例市教育局",
        "预算编码": "101",
        "表种": "有专项资金",
        "联系人": "张三",
        "联系电话": "0750-1234567",
    },
    {
        "单位名称": "示例市民政局",
        "预算编码": "102",
        "表种": "无专项资金",
        "备注": "人手不足",
        "联系人": "李四",
        "联系电话": "0750-7654321",
    },
    {"单位名称": "示例市统计局", "预算编码": "103", "表种": "有专项资金"},
)
SETTINGS = {
    "截止日期": date(2025, 4, 1),
    "改正截止日期": date(2025, 5, 20),
    "收表单位": "示例市财政局绩效管理科",
    "报送邮箱": "jixiao@example.gov.cn",
    "联系人": "王五",
    "联系电话": "0750-1111111",
}
COPY, NOTICE, REMINDERS = "示例市教育局_退回修改.xlsx", "示例市教育局_通知.docx", "催报名单.xlsx"
TODAY = ("--today", "2025-4-11")


class Season(NamedTuple):
    """一季的工作文件夹，和在里面执行 return 印的。"""

    folder: Path
    ran: Ran


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一季的工作文件夹：教育局有错误，统计局没有，民政局没有报。"""
    folder = tmp_path_factory.mktemp("没有退") / "2025"
    assert xltool("init", folder).code == 0
    fill(folder, SETTINGS, UNITS)
    put(folder, "教育局.xlsx", department="示例市教育局", department_code="101", self_grade="良")
    put(folder, "统计局.xlsx", department="示例市统计局", department_code="103")
    return folder


@pytest.fixture(scope="module")
def done(started: Path, tmp_path_factory: pytest.TempPathFactory) -> Season:
    """退过一次的；与平时一样，标注在另一个进程里做。"""
    folder = tmp_path_factory.mktemp("退过") / "2025"
    shutil.copytree(started, folder)
    with chdir(folder):
        return Season(folder, xltool("return", *TODAY))


@pytest.fixture
def home(started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """还没有退的，一个副本，就是当前文件夹。"""
    return moved_into(started, tmp_path, monkeypatch)


@pytest.fixture
def returned(done: Season, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """退过一次的，一个副本，就是当前文件夹。"""
    return moved_into(done.folder, tmp_path, monkeypatch)


def moved_into(season: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = place / "2025"
    shutil.copytree(season, folder)
    monkeypatch.chdir(folder)
    return folder


def put(folder: Path, file: str, **cover: str) -> Path:
    return write(folder / "报送", file, good_form(**cover))


def names(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "退回").iterdir())


def said(path: Path) -> str:
    """一份 .docx 的文字。"""
    with zipfile.ZipFile(path) as archive:
        text = archive.read("word/document.xml").decode()
    return text.partition("<w:body>")[2].replace("</w:p>", "\n").replace("&amp;", "&")


def letter(home: Path, name: str = NOTICE) -> list[str]:
    return [re.sub("<[^>]*>", "", line) for line in said(home / "退回" / name).split("\n")][:-1]


def test_one_step_writes_the_copy_the_notice_and_the_reminders(done: Season) -> None:
    folder, ran = done
    assert ran.code == 0
    assert names(folder) == sorted([COPY, NOTICE, REMINDERS, RECORD])
    assert ran.out.splitlines() == ["× 示例市教育局：须改正 1 处，须说明 2 处"]
    assert ran.err.splitlines() == [
        "照 名单.xlsx 的设置，汇总“报送”。",
        "退回 1 个单位：退回件 1 份，通知 1 份。",
        "另有 1 份只有须说明的，没有退回；要一并退回的加 --explain。",
        "没有报、没有报齐的 1 个，列在 退回/催报名单.xlsx",
        "已写入 退回（退回记录.json 是程序记的，不要删）",
    ]


def test_the_notice_says_what_by_when_and_to_whom(done: Season) -> None:
    lines = letter(done.folder)
    assert lines[:3] == [
        "关于退回修改绩效自评表的通知",
        "示例市教育局：",
        "你单位报送的“教育局.xlsx”经核对，有1处须改正，2处须说明，现予退回。请按下列要求办理：",
    ]
    assert lines[3] == "一、须改正的"
    assert lines[4].startswith("1．封面!C17　自评分数100分应为“优”，填的是“良”。")
    assert lines[5] == "二、须说明的"
    assert lines[6].startswith("1．")
    assert lines[7].startswith("2．")
    assert lines[8] == "三、办理要求"
    assert lines[10:] == [
        "请于 2025年5月20日前改好，报送到 jixiao@example.gov.cn。",
        "有疑问请联系 王五，0750-1111111。",
        f"附件：{COPY}",
        "示例市财政局绩效管理科",
        "2025年4月11日",
    ]


def test_the_copy_names_the_office_and_replaces_the_original(returned: Path) -> None:
    path = returned / "退回" / COPY
    book = loaded(path)
    assert book["问题清单"]["A3"].value == (
        "退回单位：示例市财政局绩效管理科；请在 2025年5月20日前改好，"
        "报送到 jixiao@example.gov.cn；有疑问请找 王五，0750-1111111。"
    )
    book["封面"]["C17"] = "优"
    rows = {book["问题清单"].cell(row, 3).value: row for row in range(6, 30)}
    book["问题清单"].cell(rows["C02"], 7).value = "本年没有这项材料"
    book.save(returned / "报送" / "教育局改.xlsx")
    document = json.loads(xltool("collect", "--json").out)
    status = {one["file"]: one["status"] for one in document["files"]}
    assert status == {
        "教育局.xlsx": "replaced",
        "教育局改.xlsx": "adopted",
        "统计局.xlsx": "adopted",
    }
    (unit,) = (one for one in document["units"] if one["code"] == "101")
    stated = {one["code"]: one["statement"] for one in unit["findings"]}
    assert stated["C02"] == "本年没有这项材料"
    sheet = loaded(returned / "汇总.xlsx")["疑点清单"]
    assert "本年没有这项材料" in {cell.value for row in sheet.iter_rows() for cell in row}
    ran = xltool("return", *TODAY)
    assert names(returned) == [REMINDERS, RECORD]
    assert f"{COPY} 用不着了，没有人改过，删去了。" in ran.err.splitlines()


def test_the_reminders_say_how_late_whom_and_what(done: Season) -> None:
    sheet = loaded(done.folder / "退回" / REMINDERS).active
    assert sheet["A2"].value == (
        "截至 2025年4月11日，未报、未报齐 1 个。截止日期 2025年4月1日。"
        "“催报记录”由人填写，再写时带过来。"
    )
    heads = [cell.value for cell in sheet[4]]
    row = dict(zip(heads, (cell.value for cell in sheet[5]), strict=True))
    assert (row["单位"], row["联系人"], row["电话"]) == ("示例市民政局", "李四", "0750-7654321")
    assert (row["报送情况"], row["欠报"], row["逾期天数"]) == ("未报", "无专项资金", 10)
    assert (row["备注"], row["缓报至"]) == ("人手不足", None)


def test_who_may_be_late_is_late_from_the_day_that_was_granted() -> None:
    """缓报的照缓报的那一天数；比截止日期还早的不算。"""
    granted = {"甲局": date(2025, 4, 9), "乙局": date(2025, 5, 31), "丙局": date(2024, 5, 31)}
    units = tuple(
        UnitStanding(
            key=name, code="", name=name, status=UnitStatus.ABSENT, owed=(), files=(), until=until
        )
        for name, until in granted.items()
    )
    listed = Reminders(units, {}, date(2025, 4, 1), date(2025, 4, 11), {})
    (sheet,) = reminders_plan(listed).sheets
    cells = {cell.at: cell.content for cell in sheet.every_cell()}
    heads = {cells[at]: at.col for at in cells if at.row == 4}
    shown = [
        tuple(cells[At(row, heads[name])] for name in ("缓报至", "逾期天数")) for row in (5, 6, 7)
    ]
    assert shown == [("2025年4月9日", 2), ("2025年5月31日", None), ("2024年5月31日", 10)]
    for some, note in ((units, "只有批准缓报的数逾期天数"), ((), "逾期天数空着")):
        (bare,) = reminders_plan(listed._replace(units=some, deadline=None)).sheets
        texts = {cell.at: str(cell.content) for cell in bare.every_cell()}
        assert texts[At(2, 1)].endswith(f"没有给截止日期，{note}。")
        assert [texts.get(At(row, 10)) for row in (5, 7)] == (["2", "315"] if some else [None] * 2)


def test_the_form_sent_out_prints_the_day_that_was_granted() -> None:
    """没有截止日期的，缓报的那一天就是期限；数逾期也照同一条。"""
    assert Letter().deferred(date(2025, 6, 1)).sending == "请在 2025年6月1日前报送。"
    assert Letter().deferred(None).sending == ""
    assert Letter(by=date(2025, 7, 1)).deferred(date(2025, 6, 1)).deadline == "2025年7月1日"


def test_the_same_again_changes_no_byte_even_on_another_day(returned: Path) -> None:
    before = {name: (returned / "退回" / name).read_bytes() for name in (COPY, NOTICE)}
    assert xltool("return", "--today", "2025-4-12").code == 0
    assert {name: (returned / "退回" / name).read_bytes() for name in before} == before
    sheet = loaded(returned / "退回" / REMINDERS).active
    assert sheet["A2"].value.startswith("截至 2025年4月12日")
    assert names(returned) == sorted([COPY, NOTICE, REMINDERS, RECORD])


def test_of_two_lists_of_reminders_the_one_saved_last_counts(returned: Path) -> None:
    """先存的一份编了号留着；后来又在原名的那一份上改的，照改的。"""
    first, second = returned / "退回" / REMINDERS, returned / "退回" / "催报名单_2.xlsx"
    _call(first, "4月11日打过电话")
    xltool("return", "--today", "2025-4-12")
    assert loaded(second).active["L5"].value == "4月11日打过电话"
    _call(first, "4月14日答应明天报")
    os.utime(first, ns=(2 * 10**18, 2 * 10**18))
    xltool("return", "--today", "2025-4-15")
    newest = max(
        (returned / "退回").glob("催报名单_*.xlsx"), key=lambda one: one.stat().st_mtime_ns
    )
    assert loaded(newest).active["L5"].value == "4月14日答应明天报"


def _call(path: Path, text: str) -> None:
    book = loaded(path)
    book.active["L5"] = text
    book.save(path)


def test_what_somebody_edited_stays_and_the_new_one_stands_beside(returned: Path) -> None:
    edited = write(returned / "退回", NOTICE, b"by hand")
    sheet = loaded(returned / "退回" / REMINDERS)
    sheet.active["L5"] = "4月11日打过电话"
    sheet.save(returned / "退回" / REMINDERS)
    assert xltool("return", *TODAY).code == 0  # 没有变的，不另写
    assert names(returned) == sorted([COPY, NOTICE, REMINDERS, RECORD])
    ran = xltool("return", "--today", "2025-4-12", "--by", "2025-6-1")
    assert ran.code == 3
    other = NOTICE.replace(".docx", "_2.docx")
    assert edited.read_bytes() == b"by hand"
    assert "2025年6月1日" in "".join(letter(returned, other))
    assert f"“{NOTICE}”有人改过，没有覆盖，新的写在“{other}”" in ran.out
    later = loaded(returned / "退回" / "催报名单_2.xlsx").active
    assert later["L5"].value == "4月11日打过电话"
    again = xltool("return", "--today", "2025-4-12", "--by", "2025-6-1")
    assert again.code == 0
    assert other in names(returned)
    assert NOTICE.replace(".docx", "_3.docx") not in names(returned)


def test_what_somebody_edited_and_is_no_longer_needed_stays_and_is_told(returned: Path) -> None:
    edited = write(returned / "退回", NOTICE, b"by hand")
    put(returned, "教育局.xlsx", department="示例市教育局", department_code="101", self_grade="优")
    ran = xltool("return", *TODAY)
    assert edited.read_bytes() == b"by hand"
    assert names(returned) == sorted([NOTICE, REMINDERS, RECORD])
    assert f"“{NOTICE}”用不着了，有人改过，没有删" in ran.out


def test_files_that_others_put_there_are_never_touched(home: Path) -> None:
    own = write(home / "退回", COPY, b"mine")
    note = write(home / "退回", "备忘.txt", b"note")
    ran = xltool("return", *TODAY)
    assert ran.code == 3
    assert (own.read_bytes(), note.read_bytes()) == (b"mine", b"note")
    assert COPY.replace(".xlsx", "_2.xlsx") in names(home)
    put(home, "教育局.xlsx", department="示例市教育局", department_code="101")
    xltool("return", *TODAY)
    assert names(home) == sorted([COPY, "备忘.txt", REMINDERS, RECORD])


def test_a_lost_or_foreign_record_deletes_nothing(returned: Path, tmp_path: Path) -> None:
    outside = write(tmp_path, "别处.txt", b"outside")
    evil = {"../../别处.txt": {"sha256": "0" * 64, "basis": "0" * 64}}
    record = json.dumps({"schema": "xltool-returns/1", "files": evil})
    write(returned / "退回", RECORD, record.encode())
    put(returned, "教育局.xlsx", department="示例市教育局", department_code="101")
    xltool("return", *TODAY)
    assert outside.exists()
    assert {COPY, NOTICE} <= set(names(returned))


def test_units_that_need_only_explain_are_returned_when_asked(returned: Path) -> None:
    ran = xltool("return", "--explain", *TODAY)
    assert "× 示例市统计局：须改正 0 处，须说明 2 处" in ran.out.splitlines()
    lines = letter(returned, "示例市统计局_通知.docx")
    assert lines[4] == "无。"


def test_an_unreadable_file_gets_a_notice_without_a_copy(home: Path) -> None:
    (home / "报送" / "教育局.xlsx").unlink()
    write(home / "报送", "示例市民政局.xlsx", b"not a workbook")
    xltool("return", *TODAY)
    lines = letter(home, "示例市民政局_通知.docx")
    assert not [line for line in lines if line.startswith("附件")]
    again = "请用本年度下发给你单位的空白表重新填写，存为 .xlsx 报送，不要在原来的文件上改。"
    assert again in lines
    assert "示例市民政局_退回修改.xlsx" not in names(home)


def test_the_reviewers_verdicts_count(home: Path) -> None:
    xltool("collect")
    book = loaded(home / "汇总.xlsx")
    sheet = book["疑点清单"]
    header = next(row for row in range(1, 10) if sheet.cell(row, 1).value == "序号")
    heads = {sheet.cell(header, col).value: col for col in range(1, sheet.max_column + 1)}
    for row in range(header + 1, sheet.max_row + 1):
        name, code = (sheet.cell(row, heads[key]).value for key in ("单位", "编码"))
        if (name, code) == ("示例市统计局", "C02"):
            sheet.cell(row, heads["复核意见"]).value = "须改正"
            sheet.cell(row, heads["复核理由"]).value = "补上材料"
        elif (name, code) == ("示例市教育局", "S02"):
            sheet.cell(row, heads["复核意见"]).value = "不成立"
    book.save(home / "汇总.xlsx")
    ran = xltool("return", *TODAY)
    assert ran.out.splitlines() == ["× 示例市统计局：须改正 1 处，须说明 1 处"]
    assert "复核意见：须改正：补上材料。" in letter(home, "示例市统计局_通知.docx")[4]
    # 规则只是警告，复核人员要改的，清单上也是须改正，排在最前
    sheet = loaded(home / "退回" / "示例市统计局_退回修改.xlsx")["问题清单"]
    assert str(sheet["A2"].value).startswith("共 3 处：错误 1 处，警告 1 处，")
    level, code, _, message = (sheet.cell(6, column).value for column in range(2, 6))
    assert (level, code) == ("错误", "C02")
    assert str(message).endswith("。复核意见：须改正：补上材料")


def test_a_book_that_cannot_be_read_is_not_taken_for_one_without_verdicts(returned: Path) -> None:
    """汇总坏了的：意见不知道在不在，一份也不退，先前退的也不删。"""
    xltool("collect")
    book = returned / "汇总.xlsx"
    book.write_bytes(book.read_bytes()[:5000])
    before = {one.name: one.read_bytes() for one in (returned / "退回").iterdir()}
    ran = xltool("return", *TODAY)
    assert ran.code == 2
    assert "“汇总.xlsx”不是汇总，或者坏了、加了密：里面的复核意见读不了，没有退回。" in ran.err
    assert {one.name: one.read_bytes() for one in (returned / "退回").iterdir()} == before


def test_nothing_is_reported_from_the_older_of_two_books(home: Path) -> None:
    """汇总开着时收的写在另存的一份：通报不照先前的一份写，先合成一份。"""
    xltool("collect")
    (home / "~$汇总.xlsx").touch()
    assert xltool("collect").code == 3
    for command in (("report", "-o", "通报.docx"), ("export", "-o", "数据")):
        ran = xltool(*command)
        assert ran.code == 2
        assert "“汇总.xlsx”旁边还有“汇总_另存.xlsx”：汇总开着时收的写在那里" in ran.err
    (home / "~$汇总.xlsx").unlink()
    xltool("collect")
    assert xltool("report", "-o", "通报.docx").code == 0


def test_an_empty_inbox_removes_nothing(returned: Path) -> None:
    for path in (returned / "报送").iterdir():
        path.unlink()
    ran = xltool("return", *TODAY)
    assert {COPY, NOTICE} <= set(names(returned))
    assert "“报送”里一个文件也没有，请核对是不是给错了文件夹；先前写的都留着。" in ran.err


def test_outside_a_season_the_command_says_it_all(tmp_path: Path) -> None:
    inbox = tmp_path / "报送"
    inbox.mkdir()
    put(tmp_path, "教育局.xlsx", department="示例市教育局", self_grade="良")
    out = tmp_path / "发还"
    ran = xltool("return", inbox, "-o", out, "--contact", "王五", *TODAY)
    assert ran.code == 0
    assert sorted(path.name for path in out.iterdir()) == sorted([COPY, NOTICE, RECORD])
    assert "没有名单，不知道谁没有报，没有写催报名单。" in ran.err
    refused = xltool("return", inbox, "-o", inbox / "退回", *TODAY)
    assert refused.code == 2
    assert not (inbox / "退回").exists()


def test_the_letter_follows_a_template_that_was_changed(returned: Path) -> None:
    assert (returned / "退回通知模板.docx").exists()
    with zipfile.ZipFile(returned / "退回通知模板.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    old = "关于退回修改绩效自评表的通知".encode()
    parts["word/document.xml"] = parts["word/document.xml"].replace(old, "催办函".encode())
    with zipfile.ZipFile(returned / "退回通知模板.docx", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    xltool("return", *TODAY)
    assert letter(returned)[0] == "催办函"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"not a docx", "不是 Word 文档，或已损坏"),
        (b"", "不是 Word 文档，或已损坏"),
    ],
)
def test_a_broken_template_is_named_and_nothing_is_written(
    home: Path, data: bytes, told: str
) -> None:
    write(home, "退回通知模板.docx", data)
    ran = xltool("return", *TODAY)
    assert ran.code == 2
    assert told in ran.err
    assert names(home) == []


def test_a_form_of_another_year_is_to_be_filled_again_on_the_blank(home: Path) -> None:
    """在原来的文件上改不成的：不附标注件，附下发给它的空白表，不说命令，也不说收在哪个文件夹。"""
    own = form_bytes(("cover.department", "示例市民政局"), scheme_id="jiangmen-2025-general")
    mail = home / "报送" / "邮件"
    mail.mkdir()
    name = "示例市民政局" + "很长的名字" * 8 + ".xlsx"
    write(mail, name, last_year(own))
    write(home / "下发", "002_示例市民政局_自评表.xlsx", own)
    write(home / "下发", "001_示例市教育局_自评表.xlsx", good_form())
    write(mail, "供销社.zip", b"PK\5\6" + bytes(18))
    write(mail, "值班表.pdf", b"%PDF-1.4")
    ran = xltool("return", *TODAY)
    lines = letter(home, "示例市民政局_通知.docx")
    assert lines[2].startswith(f"你单位报送的“{name}”经核对，有1处须改正，")
    again = (
        "请用附上的空白表“002_示例市民政局_自评表.xlsx”重新填写，"
        "存为 .xlsx 报送，不要在原来的文件上改。"
    )
    assert lines[4].endswith("不符。")  # 怎样重填只在办理要求里说一次
    assert lines[8] == again
    assert "附件：002_示例市民政局_自评表.xlsx" in lines
    assert (home / "退回" / "002_示例市民政局_自评表.xlsx").read_bytes() == own
    assert "示例市民政局_退回修改.xlsx" not in names(home)
    told = "".join("".join(letter(home, one)) for one in names(home) if one.endswith("通知.docx"))
    assert "xltool" not in told
    assert "邮件" not in told.replace("邮箱", "")
    assert "退回 2 个单位：退回件 1 份，通知 2 份。" in ran.err
    strange = "不是自评表、看不出是谁的 2 个文件没有写通知：邮件/供销社.zip、邮件/值班表.pdf。"
    assert strange in ran.err


def last_year(data: bytes) -> bytes:
    """记着上一年度的一份。"""

    def change(book: Workbook) -> None:
        for row in book["_xltool"].iter_rows(max_col=2):
            if row[0].value == "year":
                row[1].value = "2023"

    return changed(data, change)


def test_in_the_wrong_folder_the_advice_is_for_this_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = xltool("return")
    assert ran.code == 2
    assert "如 xltool return 报送。" in ran.err
    assert "collect" not in ran.err
