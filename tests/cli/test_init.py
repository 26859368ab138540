"""xltool init，和在工作文件夹里执行的 template、collect。"""

from __future__ import annotations

import re
import shutil
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
from cli_forms import good_form, roster, write
from cli_runner import xltool
from pages import ROOT
from season_books import fill

from xltool.collection.roster import Roster, read_roster

if TYPE_CHECKING:
    from pathlib import Path

SEASON = ("名单.xlsx", "退回通知模板.docx", "下发", "报送", "退回")
UNITS = (
    {
        "单位名称": "示例市教育局",
        "预算编码": "101",
        "表种": "有专项资金",
        "联系人": "张三",
        "联系电话": "0750-1234567",
    },
    {"单位名称": "示例市民政局", "预算编码": "102", "表种": "无专项资金", "联系人": "李四"},
    {"单位名称": "示例市档案馆", "预算编码": "103", "零报送": "是"},
)


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一季的工作文件夹；名单填了三个单位，教育局报了。"""
    folder = tmp_path_factory.mktemp("季") / "2025"
    assert xltool("init", folder).code == 0
    fill(folder, {"截止日期": date(2025, 4, 1)}, UNITS)
    data = good_form(department="示例市教育局", department_code="101")
    write(folder / "报送", "教育局.xlsx", data)
    return folder


@pytest.fixture
def home(started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """一个副本，就是当前文件夹。"""
    folder = tmp_path / "2025"
    shutil.copytree(started, folder)
    monkeypatch.chdir(folder)
    return folder


def test_a_season_has_its_list_and_three_folders(tmp_path: Path) -> None:
    folder = tmp_path / "新" / "2025"
    ran = xltool("init", folder)
    assert ran.code == 0
    names = SEASON
    assert ran.out.splitlines() == [f"√ {folder / name}" for name in names]
    assert ran.err == f"下一步：打开 {folder / '名单.xlsx'}，照第一张表“下一步”做。\n"
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)


def test_what_is_there_is_never_touched(home: Path) -> None:
    """再执行一次：人填的名单一个字节也不动，缺的文件夹补上。"""
    before = (home / "名单.xlsx").read_bytes()
    (home / "退回").rmdir()
    ran = xltool("init", ".")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "√ 退回",
        "· 名单.xlsx：已有，没有动",
        "· 退回通知模板.docx：已有，没有动",
        "· 下发：已有，没有动",
        "· 报送：已有，没有动",
    ]
    assert (home / "名单.xlsx").read_bytes() == before
    assert (home / "退回").is_dir()


def test_a_plain_list_is_left_alone_and_can_be_carried(tmp_path: Path) -> None:
    listed = roster(tmp_path, ("示例市教育局", "101", "", "有专项资金"))
    before = listed.read_bytes()
    ran = xltool("init", tmp_path)
    assert (ran.code, listed.read_bytes()) == (2, before)
    assert ran.err.splitlines()[-1] == (f"错误：“{listed}”已有，里面没有“设置”一张表，没有动它。")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["名单.xlsx"]
    old = listed.rename(tmp_path / "旧名单.xlsx")
    assert xltool("init", tmp_path, "--roster", old).code == 0
    read = read_roster(tmp_path / "名单.xlsx")
    assert isinstance(read, Roster)
    assert [(one.name, one.code, one.variants) for one in read.entries] == [
        ("示例市教育局", "101", ("有专项资金",))
    ]


def test_a_list_with_faults_is_not_carried_in_part(tmp_path: Path) -> None:
    """同名的两个单位、认不得的表种：照抄就丢了，先改名单，什么也不写。"""
    rows = (
        ("示例市服务中心", "939", "", "有专项资金"),
        ("示例市服务中心", "940", "", "有专项资金"),
        ("示例市乙局", "942", "", "有专项"),
    )
    old = roster(tmp_path, *rows)
    ran = xltool("init", tmp_path / "2025", "--roster", old)
    assert ran.code == 2
    assert f"“{old}”有 2 处要先改好，什么也没有写。" in ran.err
    assert not (tmp_path / "2025").exists()
    kept = roster(tmp_path, *rows[:1])
    assert xltool("init", tmp_path / "2025", "--roster", kept).code == 0


def test_next_year_takes_over_units_contacts_and_the_book(home: Path, tmp_path: Path) -> None:
    own = {"收表单位": "示例市财政局", "报送邮箱": "a@example.gov.cn", "得分低的界限": "65%"}
    fill(home, own, [{**UNITS[0], "缓报至": "2025-5-31"}, *UNITS[1:]])
    assert xltool("collect").code == 0
    assert xltool("init", tmp_path / "2026", "--last-year", home).code == 0
    sheet = openpyxl.load_workbook(tmp_path / "2026" / "名单.xlsx")["设置"]
    filled = {row[0]: row[1] for row in sheet.iter_rows(5, values_only=True) if row[1]}
    assert filled == own | {"上年汇总": "../2025/汇总.xlsx"}
    read = read_roster(tmp_path / "2026" / "名单.xlsx")
    assert isinstance(read, Roster)
    assert [one.name for one in read.entries] == [unit["单位名称"] for unit in UNITS]
    assert [one.zero for one in read.entries] == [False, False, True]
    assert [one.until for one in read.entries] == [None] * 3  # 去年批准的缓报，不管今年
    wrong = xltool("init", tmp_path / "2027", "--last-year", tmp_path)
    assert (wrong.code, (tmp_path / "2027").exists()) == (2, False)


def test_json_lists_what_was_written(tmp_path: Path) -> None:
    folder = tmp_path / "2025"
    names = [str(folder / name) for name in SEASON]
    document = xltool("init", folder, "--json").document
    assert document == {"schema": "xltool/1", "written": names, "kept": []}
    assert xltool("init", folder, "--json").document["kept"] == names


def test_forms_go_to_their_folder_as_the_list_says(home: Path) -> None:
    ran = xltool("template")
    assert ran.code == 0
    assert sorted(path.name for path in (home / "下发").iterdir()) == [
        "001_示例市教育局_自评表.xlsx",
        "002_示例市民政局_自评表.xlsx",
    ]
    first = home / "下发" / "001_示例市教育局_自评表.xlsx"
    first.write_bytes(b"x")
    (home / "下发" / "002_示例市民政局_自评表.xlsx").unlink()
    again = xltool("template")
    assert (again.code, first.read_bytes()) == (0, b"x")
    assert "已有的 1 份没有动；要重新生成的，加 --force。" in again.err
    assert again.err.splitlines()[-1] == "已写入 1 份到 下发"
    assert xltool("template", "--force").err.splitlines()[-1] == "已写入 2 份到 下发"
    assert xltool("template", "-o", "下发").code == 2
    elsewhere = xltool("template", "jiangmen-2025-special", "-o", "别处")
    assert elsewhere.code == 0
    assert [path.name for path in (home / "别处").iterdir()] == ["001_示例市教育局_自评表.xlsx"]


def test_a_row_put_in_the_list_issues_that_unit_alone(home: Path) -> None:
    """插在最前面，后面的序号都变了：下发过的不再生成一份。"""
    assert xltool("template").code == 0
    first = {"单位名称": "示例市统计局", "预算编码": "104", "表种": "有专项资金"}
    own = {"零报送": "否"}  # 原来在这一行的是零报送
    fill(home, units=(first, UNITS[0], UNITS[1] | own, UNITS[2]))
    again = xltool("template")
    assert "已有的 2 份没有动；要重新生成的，加 --force。" in again.err
    assert sorted(path.name for path in (home / "下发").iterdir()) == [
        "001_示例市教育局_自评表.xlsx",
        "001_示例市统计局_自评表.xlsx",
        "002_示例市民政局_自评表.xlsx",
    ]


@pytest.mark.usefixtures("home")
def test_collect_needs_no_words() -> None:
    """名单、期限、文件夹、写到哪里都取自设置；示例行不是单位。"""
    ran = xltool("collect")
    assert ran.code == 0
    assert ran.out.splitlines() == ["未报、未报齐 1 个：", "  示例市民政局  李四"]
    assert ran.err.splitlines() == [
        "照 名单.xlsx 的设置，汇总“报送”。",
        "共 1 份：采用 1，退回 0，重复待确认 0，跳过 0；错误 0 处，警告 2 处，提示 2 处。",
        "单位：应报 3：已报 1，退回 0，重复待确认 0，未报 1，零报送 1。",
        "下一步：写催报名单：xltool return；照它联系未报的",
        "已写入 汇总.xlsx",
    ]
    assert "晚于截止日期 2025-04-01" in xltool("collect", "-v").out


def test_options_go_before_settings(home: Path, tmp_path: Path) -> None:
    fill(home, {"一个单位有几份时": "取填报日期最晚的"})
    other = tmp_path / "别处"
    other.mkdir()
    for number in (1, 2):
        data = good_form(department="示例市教育局", date=date(2025, 3, number))
        write(other, f"{number}.xlsx", data)
    listed = roster(tmp_path, ("示例市教育局", "101"))
    ran = xltool("collect", other, "-o", "另.xlsx", "--roster", listed, "--deadline", "2026-1-1")
    assert "采用 1，退回 0，重复待确认 0，跳过 0，被替代 1；" in ran.err
    assert "单位：应报 1：已报 1，" in ran.err
    assert ran.err.splitlines()[-1] == "已写入 另.xlsx"
    asked = xltool("collect", other, "-o", "另.xlsx", "--on-duplicate", "ask", "-v")
    assert "重复待确认 2，" in asked.err
    assert "C130" not in ran.out


def test_wrong_settings_stop_before_anything_is_read(home: Path) -> None:
    fill(home, {"截止日期": "下周", "上年汇总": "没有.xlsx"})
    for command in ("collect", "template"):
        ran = xltool(command)
        assert ran.code == 2
        assert [line.split()[1:3] for line in ran.out.splitlines() if "办法" not in line] == [
            ["编码C193", "设置!B6"],
            ["编码C194", "设置!B12"],
        ]
        assert ran.err.splitlines()[-1] == "错误：“名单.xlsx”的“设置”有 2 处要改，没有执行。"
    assert not (home / "汇总.xlsx").exists()
    assert list((home / "下发").iterdir()) == []
    silent = xltool("collect", "--json")
    assert (silent.code, silent.out) == (2, "")
    assert "如 设置!B6 “截止日期”填的“下周”读不懂" in silent.err


def test_a_broken_list_is_not_passed_over(home: Path) -> None:
    (home / "名单.xlsx").write_bytes(b"")
    ran = xltool("collect")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == "错误：“名单.xlsx”读不了：文件是空的（0 字节）。"


def test_a_scheme_of_our_own_is_named_in_the_settings(home: Path, tmp_path: Path) -> None:
    """自己定的方案写在设置里，各个命令不用再写 --schemes。"""
    text = (ROOT / "xltool" / "schemes" / "jiangmen-2025-special.toml").read_text("utf-8")
    own = tmp_path / "自己的.toml"
    few = re.sub(r"(?m)^capacity = \d+$", "capacity = 3", text)  # 备几行与这里看的无关
    own.write_text(few.replace('"jiangmen-2025-', '"own-2026-'), "utf-8")
    assert "own-2026-special" not in xltool("scheme", "list").out
    fill(home, {"方案文件": "../自己的.toml", "方案": "own-2026-special"})
    assert "own-2026-special" in xltool("scheme", "list").out
    ran = xltool("template")
    assert (ran.code, len(list((home / "下发").iterdir()))) == (0, 1)
    read = xltool("read", next((home / "下发").iterdir()), "--json").document
    assert read["scheme"] == {"id": "own-2026-special", "version": "2025.1"}
    fill(home, {"方案文件": "没有.toml"})
    gone = xltool("check", home / "报送" / "教育局.xlsx")
    assert gone.code == 2
    assert "错误 编码C193 设置!B15 “方案文件”填的“没有.toml”读不懂" in gone.out


# ---------------------------------------------------------------- 收表记录


def runs(home: Path, name: str = "收表记录.xlsx") -> list[tuple[int, str | None]]:
    """各次的序号和备注。"""
    rows = openpyxl.load_workbook(home / name)["每次汇总"].iter_rows(5, values_only=True)
    return [(row[0], row[-1]) for row in rows]


def test_every_run_is_recorded_and_compared_with_the_one_before(home: Path) -> None:
    assert "与上一次" not in xltool("collect").err
    write(home / "报送", "民政局.xlsx", good_form(department="示例市民政局"))
    (home / "报送" / "教育局.xlsx").unlink()
    ran = xltool("collect", "-q", "--exit-zero")
    assert runs(home) == [(2, None), (1, None)]
    assert ran.err == ""
    assert "比：新到 0，换过 0，不见了 0。" in xltool("collect").err
    changes = [
        row[14:17]
        for row in openpyxl.load_workbook(home / "收表记录.xlsx")["每次汇总"].iter_rows(
            5, values_only=True
        )
    ]
    assert changes == [(0, 0, 0), (1, 0, 1), (1, 0, 0)]


def test_what_people_wrote_in_the_record_stays(home: Path) -> None:
    """存过的一份改名留着，备注抄进新的。"""
    xltool("collect")
    remark(home, 1, "第一批")
    kept = (home / "收表记录.xlsx").read_bytes()
    xltool("collect")
    assert runs(home) == [(2, None), (1, "第一批")]
    assert (home / "收表记录_2.xlsx").read_bytes() == kept
    remark(home, 2, "头一批")  # 改了的照改的，改名留着的那一份里的不再用
    xltool("collect")
    assert runs(home) == [(3, None), (2, None), (1, "头一批")]


def remark(home: Path, line: int, text: str) -> None:
    """在自上而下第几行写备注。"""
    book = openpyxl.load_workbook(home / "收表记录.xlsx")
    (heading,) = (cell for cell in book["每次汇总"][4] if cell.value == "备注")
    heading.offset(line, 0).value = text
    book.save(home / "收表记录.xlsx")


def test_an_open_record_is_written_beside_and_goes_on(home: Path) -> None:
    xltool("collect")
    lock = home / "~$收表记录.xlsx"
    lock.touch()
    xltool("collect")
    assert runs(home, "收表记录_2.xlsx") == [(2, None), (1, None)]
    remark(home, 1, "第一批")  # 开着的那一份这时才存
    lock.unlink()
    xltool("collect")
    assert runs(home) == [(3, None), (2, None), (1, "第一批")]


def test_a_file_that_is_no_record_is_left_alone(home: Path) -> None:
    path = home / "收表记录.xlsx"
    path.write_bytes(b"")
    ran = xltool("collect")
    assert (ran.code, path.read_bytes()) == (0, b"")
    assert "“收表记录.xlsx”读不了，或不是本程序写的，没有动它；这一次没有记。" in ran.err


def test_without_a_season_nothing_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "报送").mkdir()
    monkeypatch.chdir(tmp_path)
    assert xltool("collect", "报送").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["报送", "汇总.xlsx"]


# ---------------------------------------------------------------- 不在工作文件夹里


def test_without_o_the_book_lies_in_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = tmp_path / "收来" / "报送"
    inbox.mkdir(parents=True)
    write(inbox, "教育局.xlsx", good_form())
    monkeypatch.chdir(tmp_path)
    ran = xltool("collect", "收来/报送")
    assert (ran.code, ran.err.splitlines()[-1]) == (0, "已写入 汇总.xlsx")
    assert (tmp_path / "汇总.xlsx").exists()


@pytest.mark.parametrize("inner", ["", "市直"])
def test_the_book_never_lies_among_what_came_in(
    inner: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """在收来的文件夹里执行的，写到它的上一级，并且说出来。"""
    inbox = tmp_path / "报送"
    (inbox / inner).mkdir(parents=True)
    write(inbox / inner, "教育局.xlsx", good_form())
    monkeypatch.chdir(inbox / inner)
    ran = xltool("collect", inbox)
    assert ran.code == 0
    assert ran.err.splitlines()[0] == "当前文件夹就是收来的文件，汇总写到它的上一级。"
    assert ran.err.splitlines()[-1] == f"已写入 {tmp_path / '汇总.xlsx'}"
    assert [path.name for path in inbox.rglob("*.xlsx")] == ["教育局.xlsx"]


def test_nothing_to_collect_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = xltool("collect")
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (
        "错误：没有说汇总哪个文件夹，当前文件夹里也没有 xltool init 写的 名单.xlsx。"
    )


def test_a_season_is_used_where_it_stands(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """从别处汇总它、在它的报送文件夹里汇总，都不会悄悄不用它的名单。"""
    monkeypatch.chdir(home.parent)
    ran = xltool("collect", home)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (f"错误：“{home}”是一季的工作文件夹，不是放报送文件的。")
    monkeypatch.chdir(home)
    assert xltool("collect", ".").err.splitlines()[-1] == (
        "错误：“.”是一季的工作文件夹，不是放报送文件的。"
    )
    monkeypatch.chdir(home / "报送")
    inside = xltool("collect", ".")
    assert inside.code == 2
    assert "是一季的工作文件夹，它的名单和设置要在那里执行才用得上" in inside.err
    assert not (home / "汇总.xlsx").exists()


def test_a_list_that_came_in_commands_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """收来的文件夹里有人发来一份名单：不照它的设置做，坏的也不妨碍。"""
    other = home.parent / "收来"
    other.mkdir()
    write(other, "名单.xlsx", (home / "名单.xlsx").read_bytes())
    write(other, "教育局.xlsx", good_form())
    monkeypatch.chdir(home.parent)
    assert "单位：已报 1；没有名单，不知道谁没有报。" in xltool("collect", other).err
    monkeypatch.chdir(other)
    assert "单位：已报 1；没有名单，不知道谁没有报。" in xltool("collect", ".").err
    write(other, "名单.xlsx", b"")
    assert "单位：已报 1；" in xltool("collect", ".").err
