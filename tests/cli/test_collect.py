"""xltool collect：逐个文件的去向、统计、退出码、JSON。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form, roster, write
from cli_runner import xltool
from openpyxl_books import loaded

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """一份好的。"""
    folder = tmp_path / "报送"
    folder.mkdir()
    write(folder, "教育局.xlsx", good_form(department="示例市教育局", department_code="101"))
    return folder


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "汇总.xlsx"


def test_all_adopted_gives_zero_and_the_path_comes_last(inbox: Path, target: Path) -> None:
    ran = xltool("collect", inbox, "-o", target)
    assert ran.code == 0
    assert ran.out == ""
    assert ran.err == (
        "共 1 份：采用 1，退回 0，重复待确认 0，跳过 0；错误 0 处，警告 2 处，提示 1 处。\n"
        "单位：已报 1；没有名单，不知道谁没有报。\n"
        f"下一步：打开 {target} 复核\n"
        f"已写入 {target}\n"
    )
    assert target.exists()
    told = xltool("collect", inbox, "-o", target, "-v").out.splitlines()
    assert told[0] == "√ 采用，须说明2处 教育局.xlsx  示例市教育局  100.00 优"
    assert [line.split()[1] for line in told[1::2]] == ["规则S06", "规则C02", "规则C04"]


def test_an_empty_folder_is_pointed_out(tmp_path: Path, target: Path) -> None:
    """多半是给错了文件夹；名单上的都算没有报，汇总照样写出。"""
    empty = tmp_path / "空的"
    empty.mkdir()
    ran = xltool("collect", empty, "-o", target)
    assert ran.code == 0
    first, *_, last = ran.err.splitlines()
    assert first == f"“{empty}”里一个文件也没有，请核对是不是给错了文件夹。"
    assert last == f"已写入 {target}"


def test_the_inbox_itself_is_not_last_year(inbox: Path, target: Path) -> None:
    ran = xltool("collect", inbox, "-o", target, "--last-year", inbox)
    assert (ran.code, target.exists()) == (2, False)
    assert ran.err.splitlines()[-1] == "错误：--last-year 给的就是这次的报送文件夹。"


def test_every_file_is_accounted_for(inbox: Path, target: Path) -> None:
    write(inbox, "空.xlsx", b"")
    write(inbox, "~$教育局.xlsx", b"x")
    for number in (1, 2):
        data = good_form(department="示例市民政局", filler=f"第{number}人")
        write(inbox, f"民政局{number}.xlsx", data)
    ran = xltool("collect", inbox, "-o", target, "-v")
    lines = [line for line in ran.out.splitlines() if line[:1] in set("√×●")]
    marks = [line.split()[:3] if line[0] == "√" else line.split(maxsplit=2) for line in lines]
    assert ran.code == 1
    assert marks == [
        ["√", "采用，须说明2处", "教育局.xlsx"],
        ["●", "重复待确认", "民政局1.xlsx：与 民政局2.xlsx 是同一部门的不同报送，待确认"],
        ["●", "重复待确认", "民政局2.xlsx：与 民政局1.xlsx 是同一部门的不同报送，待确认"],
        ["×", "不能读", "空.xlsx"],
    ]
    assert "错误 编码C111 " in ran.out
    assert "共 5 份：采用 1，退回 0，重复待确认 2，跳过 1，不能读 1；" in ran.err
    assert "· 跳过 ~$教育局.xlsx：" in ran.out


def test_it_ends_with_what_must_be_done(inbox: Path, target: Path) -> None:
    """平时只说要办的：谁退回、谁待确认、谁要改正、谁没有报，各一行。"""
    write(inbox, "空.xlsx", b"")
    write(inbox, "审计局.xlsx", good_form(department="示例市审计局", without=("cover.filler",)))
    for number in (1, 2):
        data = good_form(department="示例市民政局", filler=f"第{number}人")
        write(inbox, f"民政局{number}.xlsx", data)
    names = ("示例市教育局", "示例市审计局", "示例市民政局", "示例市档案局")
    listed = roster(inbox.parent, *((name,) for name in names), ("示例市党校", "", "是"))
    ran = xltool("collect", inbox, "-o", target, "--roster", listed)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "退回、不能读 1 份：",
        "  空.xlsx：文件是空的（0 字节）",
        "待确认 1 个：",
        "  示例市民政局：民政局1.xlsx、民政局2.xlsx",
        "有错误须改正 1 个：",
        "  示例市审计局：错误 1 处（审计局.xlsx）",
        "未报、未报齐 1 个：",
        "  示例市档案局",
    ]
    found, units, *steps, written = ran.err.splitlines()
    assert found.startswith("共 5 份：采用 2，退回 0，重复待确认 2，跳过 0，不能读 1；")
    assert units == "单位：应报 5：已报 2，退回 0，重复待确认 1，未报 1，零报送 1。"
    back, confirm = steps
    assert back.startswith("下一步：写退回件、通知、催报名单：xltool return ")
    assert " --roster " in back
    assert confirm.startswith("下一步：待确认")
    assert written == f"已写入 {target}"


def test_the_next_step_returns_by_the_same_rules_and_the_same_book(
    inbox: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """照抄下一步：几份时怎样办、期限、复核意见在哪一份汇总，都与刚才的一样。"""
    write(inbox, "审计局.xlsx", good_form(department="示例市审计局", without=("cover.filler",)))
    monkeypatch.chdir(target.parent)
    options = ("--deadline", "2025年4月30日", "--on-duplicate", "latest")
    _, _, back, *_ = xltool("collect", "报送", "-o", "另存.xlsx", *options).err.splitlines()
    command = "xltool return 报送 --book 另存.xlsx --deadline 2025-04-30 --on-duplicate latest"
    assert back.startswith(f"下一步：写退回件、通知：{command}；")
    _, _, back, *_ = xltool("collect", "报送").err.splitlines()
    assert back.startswith("下一步：写退回件、通知：xltool return 报送；")


def test_exit_zero_hides_findings_but_not_failures(inbox: Path, target: Path) -> None:
    write(inbox, "空.xlsx", b"")
    assert xltool("collect", inbox, "-o", target, "--exit-zero").code == 0
    assert xltool("collect", inbox / "没有", "-o", target, "--exit-zero").code == 2


def test_the_latest_is_adopted_when_asked(inbox: Path, target: Path) -> None:
    data = good_form(department="示例市教育局", department_code="101", filler="另一人")
    write(inbox, "教育局2.xlsx", data)
    assert xltool("collect", inbox, "-o", target, "--on-duplicate", "latest").code == 1
    wrong = xltool("collect", inbox, "-o", target, "--on-duplicate", "first")
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.splitlines()[-1] == "错误：--on-duplicate 的值“first”不对。"


def test_the_deadline_may_be_written_as_people_do(inbox: Path, target: Path) -> None:
    late = xltool("collect", inbox, "-o", target, "--deadline", "2025年4月1日", "-v")
    assert "提示 编码C130 “示例市教育局”的填报日期 2025-04-18 晚于截止日期 2025-04-01" in late.out
    wrong = xltool("collect", inbox, "-o", target, "--deadline", "下周")
    assert wrong.code == 2
    assert wrong.err.splitlines()[-1] == "错误：--deadline 的值“下周”不是日期。"


@pytest.mark.parametrize(
    ("name", "message"),
    [("汇总.xls", "要以 .xlsx 结尾"), ("没有/汇总.xlsx", "这个文件夹不存在")],
)
def test_an_impossible_target_is_said_before_reading(inbox: Path, name: str, message: str) -> None:
    ran = xltool("collect", inbox, "-o", inbox.parent / name)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err.splitlines()[-1]


def test_the_result_inside_the_inbox_is_not_read_again(inbox: Path) -> None:
    inside = inbox / "汇总.xlsx"
    assert xltool("collect", inbox, "-o", inside).code == 0
    assert "跳过 1" in xltool("collect", inbox, "-o", inside).err


def test_review_notes_go_into_the_next_book(inbox: Path, target: Path) -> None:
    """填过复核意见的：写的带到新的一份，原来的编了号留着；没有人动过的照样换新。"""
    for _ in range(2):
        assert xltool("collect", inbox, "-o", target).code == 0
    book = loaded(target)
    sheet = book["疑点清单"]
    headings = {cell.value: cell.column for cell in sheet[5]}
    sheet.cell(6, headings["复核意见"], "退回")
    book.save(target)
    saved, kept = target.read_bytes(), target.with_name("汇总_1.xlsx")
    ran = xltool("collect", inbox, "-o", target)
    assert ran.code == 0
    assert ran.err.splitlines()[-3:] == [
        "复核意见带过来 1 条，其中数据已改、请再看的 0 条；已不再出现的 0 条。",
        f"存过的那一份留在 {kept}",
        f"已写入 {target}",
    ]
    assert kept.read_bytes() == saved
    again = loaded(target)
    assert again["疑点清单"].cell(6, headings["复核意见"]).value == "退回"
    shown = loaded(target, results=True)
    assert "复核退回" in [cell.value for cell in shown["汇总"][6]]
    assert "复核退回" in [cell.value for cell in shown["报送情况"][6]]
    before = target.read_bytes()
    ran = xltool("collect", inbox, "-o", target)
    assert (ran.code, target.read_bytes()) == (0, before)
    assert not target.with_name("汇总_2.xlsx").exists()


def test_another_file_is_not_overwritten(inbox: Path, tmp_path: Path) -> None:
    """把名单或报送写成了 -o，不能就此没了。"""
    listed = roster(tmp_path, ("示例市教育局", "101", "", ""))
    form = inbox / "教育局.xlsx"
    for path in (listed, form):
        before = path.read_bytes()
        ran = xltool("collect", inbox, "-o", path, "--roster", listed)
        assert (ran.code, path.read_bytes()) == (2, before)
        assert ran.err.splitlines()[-1] == f"错误：“{path}”已有，不是汇总，没有覆盖。"


def test_a_locked_target_gives_three_and_names_both(inbox: Path, target: Path) -> None:
    other = target.with_name("汇总_另存.xlsx")
    assert xltool("collect", inbox, "-o", target).code == 0
    target.with_name(".~lock.汇总.xlsx#").touch()
    ran = xltool("collect", inbox, "-o", target)
    assert (ran.code, other.exists()) == (3, True)
    assert "“汇总.xlsx”正被其他程序打开" in ran.err
    assert ran.err.splitlines()[-1] == f"已写入 {other}"


def test_a_faulty_roster_stops_before_anything_is_written(inbox: Path, target: Path) -> None:
    ran = xltool("collect", inbox, "-o", target, "--roster", write(inbox.parent, "名单.xlsx", b""))
    assert (ran.code, ran.out, target.exists()) == (2, "", False)
    assert "文件是空的" in ran.err.splitlines()[-1]


def test_a_file_name_cannot_reach_the_terminal(inbox: Path, target: Path) -> None:
    write(inbox, "\x1b[2J13812345678.xlsx", b"")
    ran = xltool("collect", inbox, "-o", target)
    assert "\x1b" not in ran.out + ran.err
    assert "138****5678" in ran.out
    assert "13812345678" not in ran.out + ran.err


def test_json_is_one_complete_document(inbox: Path, target: Path) -> None:
    write(inbox, "空.xlsx", b"")
    names = roster(inbox.parent, ("示例市教育局", "101"), ("示例市民政局", "102"))
    document = xltool("collect", inbox, "-o", target, "--roster", names, "--json").document
    (education, civil) = document.pop("units")
    (indicator, *others) = education.pop("indicators")
    warnings = education.pop("findings")
    sha256 = document["files"][0].pop("sha256")
    none = ("partial", "returned", "pending", "zero", "sent_back", "exempt", "extra", "unlisted")
    counted = {"owed": 2, "reported": 1, "absent": 1, **dict.fromkeys(none, 0)}
    assert document == {
        "schema": "xltool/1",
        "scheme": {"id": "jiangmen-2025-special", "version": "2025.1"},
        "files": [
            {"file": "教育局.xlsx", "status": "adopted", "reason": "已采用", "instead": ""},
            {
                "file": "空.xlsx",
                "sha256": "",
                "status": "unreadable",
                "reason": "文件是空的（0 字节）",
                "instead": "",
            },
        ],
        "findings": [
            {
                "code": "R104",
                "severity": "error",
                "file": "空.xlsx",
                "sheet": "",
                "cell": "",
                "message": "文件是空的（0 字节）",
                "remedy": "请重新发送原文件；用聊天软件或邮箱传送的，确认传完后再报。",
                "explained": None,
            }
        ],
        "counts": {
            "found": 2,
            "adopted": 1,
            "returned": 0,
            "pending": 0,
            "blank": 0,
            "replaced": 0,
            "attached": 0,
            "skipped": 0,
            "unreadable": 1,
            "error": 1,
            "warning": 2,
            "notice": 1,
            "explained": 0,
        },
        "standing": {"units": counted, "forms": counted},
        "lower": [],
        "output": str(target),
    }
    assert education == {
        "code": "101",
        "name": "示例市教育局",
        "department": "示例市教育局",
        "project": "",
        "scheme": {"id": "jiangmen-2025-special", "version": "2025.1"},
        "file": "教育局.xlsx",
        "status": "reported",
        "group": "",
        "owed": [{"form": "", "project": "", "met": True, "file": "教育局.xlsx"}],
        "total": "100.00",
        "self_total": "100",
        "grade": "优",
    }
    assert civil == {
        "code": "102",
        "name": "示例市民政局",
        "department": "示例市民政局",
        "project": "",
        "scheme": None,
        "file": "",
        "status": "absent",
        "group": "",
        "owed": [{"form": "", "project": "", "met": False, "file": ""}],
        "total": None,
        "self_total": None,
        "grade": "",
        "indicators": [],
        "findings": [],
    }
    assert [(item["code"], item["file"], item["waived"]) for item in warnings] == [
        ("S06", "教育局.xlsx", None),
        ("C02", "教育局.xlsx", None),
        ("C04", "教育局.xlsx", None),
    ]
    assert (len(sha256), len(others)) == (64, 25)
    keys = ["code", "title", "points", "score", "self_score", "trace", "rule", "source"]
    assert list(indicator) == [*keys, "cells", "explanation", "deductions"]
    assert (indicator["points"], indicator["score"], indicator["self_score"]) == (
        "10",
        "10.00",
        "10",
    )
