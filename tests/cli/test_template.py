"""xltool template：空白的表、按名单预填、不覆盖。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from cli_forms import roster, write
from cli_runner import xltool
from collection_builder import SCHEME
from read_forms import read_submission
from roster_books import write_roster

from xltool.scoring.catalogue import ready_schemes

if TYPE_CHECKING:
    from pathlib import Path

BLANK = "评分表_有专项资金_2025.1.xlsx"


def cover(path: Path) -> dict[str, object]:
    """读出的封面。"""
    submission = read_submission(path, ready_schemes()).submission
    assert submission is not None
    return {key.row: item.value for key, item in submission.entries.items() if key.sheet == "cover"}


def test_a_blank_form_is_written_and_is_recognised(tmp_path: Path) -> None:
    ran = xltool("template", SCHEME, "-o", tmp_path / "新")
    assert ran.code == 0
    assert [item.name for item in (tmp_path / "新").iterdir()] == [BLANK]
    assert cover(tmp_path / "新" / BLANK) == {}
    assert ran.err == f"已写入 1 份到 {tmp_path / '新'}\n"


def test_the_same_template_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("甲", "乙"):
        xltool("template", SCHEME, "-o", tmp_path / name)
    assert (tmp_path / "甲" / BLANK).read_bytes() == (tmp_path / "乙" / BLANK).read_bytes()


def test_with_a_roster_each_unit_gets_its_own(tmp_path: Path) -> None:
    names = roster(
        tmp_path, ("示例市教育局", "101"), ("../怪/名:字", ""), ("示例市档案馆", "103", "是")
    )
    out = tmp_path / "发"
    ran = xltool("template", SCHEME, "-o", out, "--roster", names)
    assert ran.code == 0
    assert sorted(item.name for item in out.iterdir()) == [
        "001_示例市教育局_自评表.xlsx",
        "002_怪_名_字_自评表.xlsx",
    ]
    assert cover(out / "001_示例市教育局_自评表.xlsx") == {
        "department": "示例市教育局",
        "department_code": "101",
        "year": Decimal(2024),
        "has_funds": "是",
    }


def test_the_roster_says_which_form(tmp_path: Path) -> None:
    """各单位照名单的表种；项目的表没有“是否有专项资金”，不预填。"""
    names = roster(
        tmp_path,
        ("示例市教育局", "101", "", "有专项资金"),
        ("示例市统计局", "102", "", "无专项资金、项目支出"),
        ("示例市档案馆", "103", "是", "无专项资金"),
    )
    out = tmp_path / "发"
    assert xltool("template", "-o", out, "--roster", names).code == 0
    funds = {item.name: cover(item).get("has_funds") for item in sorted(out.iterdir())}
    assert funds == {
        "001_示例市教育局_自评表.xlsx": "是",
        "002_示例市统计局_无专项资金_自评表.xlsx": "否",
        "002_示例市统计局_项目支出_自评表.xlsx": None,
    }
    assert cover(out / "002_示例市统计局_项目支出_自评表.xlsx") == {
        "department": "示例市统计局",
        "department_code": "102",
        "year": Decimal(2024),
    }


def test_a_unit_without_a_form_needs_one_scheme(tmp_path: Path) -> None:
    names = roster(tmp_path, ("甲局", "101", "", "有专项资金"), ("乙局", "102"))
    ran = xltool("template", "-o", tmp_path / "发", "--roster", names)
    assert (ran.code, ran.out) == (2, "")
    assert "名单里“乙局”没有写表种，不知道用哪一个方案。" in ran.err
    assert not (tmp_path / "发").exists()


def test_forms_of_another_kind_are_named_and_left_out(tmp_path: Path) -> None:
    """一个单位要报几种的，没有生成的几份也说。"""
    names = roster(
        tmp_path,
        ("甲局", "101", "", "有专项资金、项目支出"),
        ("乙局", "102", "", "无专项资金"),
    )
    out = tmp_path / "发"
    ran = xltool("template", SCHEME, "-o", out, "--roster", names)
    assert ran.code == 0
    assert [item.name for item in out.iterdir()] == ["001_甲局_自评表.xlsx"]
    assert "名单上应报的还有 2 份，表种不是所给的方案，没有生成：" in ran.err
    assert "：甲局（项目支出）、乙局（无专项资金）。" in ran.err


def test_an_unknown_form_in_the_roster_is_refused(tmp_path: Path) -> None:
    names = roster(tmp_path, ("甲局", "101", "", "有专向资金"))
    ran = xltool("template", "-o", tmp_path / "发", "--roster", names)
    assert ran.code == 2
    assert "名单!D2" in ran.err
    assert "最像的是“有专项资金”" in ran.err


def test_two_schemes_of_one_form_are_not_guessed_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """另给的下一年的方案与随程序带的是同一个表种：写明方案才生成。"""
    text = '[scheme]\nextends = "jiangmen-2025-general"\nid = "jiangmen-2026-general"\n'
    write(tmp_path, "下一年.toml", text.encode())
    monkeypatch.setenv("XLTOOL_SCHEMES", str(tmp_path / "下一年.toml"))
    names = roster(tmp_path, ("甲局", "101", "", "无专项资金"))
    ran = xltool("template", "-o", tmp_path / "发", "--roster", names)
    assert ran.code == 2
    assert "“无专项资金”有几个方案，不知道用哪一个。" in ran.err
    ran = xltool("template", "jiangmen-2026-general", "-o", tmp_path / "发", "--roster", names)
    assert ran.code == 0


def test_nothing_is_written_when_one_file_exists(tmp_path: Path) -> None:
    names = roster(tmp_path, ("示例市教育局",), ("示例市民政局",))
    out = tmp_path / "发"
    out.mkdir()
    kept = write(out, "002_示例市民政局_自评表.xlsx", b"filled")
    ran = xltool("template", SCHEME, "-o", out, "--roster", names)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == "错误：“002_示例市民政局_自评表.xlsx”已存在，没有写出。"
    assert list(out.iterdir()) == [kept]
    assert xltool("template", SCHEME, "-o", out, "--roster", names, "--force").code == 0
    assert kept.read_bytes() != b"filled"


@pytest.mark.parametrize(
    ("rows", "message"),
    [((), "名单“名单.xlsx”里一个单位也没有"), ((("甲局",), ("甲局",)), "甲局")],
)
def test_a_faulty_roster_is_refused(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...], message: str
) -> None:
    ran = xltool("template", SCHEME, "-o", tmp_path, "--roster", roster(tmp_path, *rows))
    assert ran.code == 2
    assert message in ran.err.splitlines()[-1]


def test_an_unknown_scheme_writes_nothing(tmp_path: Path) -> None:
    assert xltool("template", "没有", "-o", tmp_path / "新").code == 2
    assert not (tmp_path / "新").exists()


def test_json_lists_the_files(tmp_path: Path) -> None:
    ran = xltool("template", SCHEME, "-o", tmp_path, "--json")
    assert ran.document == {"schema": "xltool/1", "files": [str(tmp_path / BLANK)]}


# ---------------------------------------------------------------- 应报几份的、名单有毛病的

OWED = ("单位名称", "预算编码", "表种", "项目名称")


def test_each_form_and_project_owed_has_a_file_with_the_project_filled_in(tmp_path: Path) -> None:
    names = write_roster(
        tmp_path,
        OWED,
        ("甲局", "101", "无专项资金、项目支出", "农村公路、小/桥"),
        ("乙局", "102", "项目支出", ""),
    )
    out = tmp_path / "发"
    assert xltool("template", "-o", out, "--roster", names).code == 0
    assert {item.name: cover(item).get("project") for item in out.iterdir()} == {
        "001_甲局_无专项资金_自评表.xlsx": None,
        "001_甲局_项目支出_农村公路_自评表.xlsx": "农村公路",
        "001_甲局_项目支出_小_桥_自评表.xlsx": "小/桥",
        "002_乙局_自评表.xlsx": None,
    }


def test_projects_without_a_form_take_the_only_project_scheme_given(tmp_path: Path) -> None:
    names = write_roster(tmp_path, OWED, ("甲局", "101", "", "桥"), ("乙局", "102", "", "路"))
    ran = xltool("template", "mof-project", SCHEME, "-o", tmp_path / "发", "--roster", names)
    assert ran.code == 0
    files = sorted(item.name for item in (tmp_path / "发").iterdir())
    assert files == ["001_甲局_桥_自评表.xlsx", "002_乙局_路_自评表.xlsx"]


def test_long_names_of_projects_do_not_collide(tmp_path: Path) -> None:
    long = "某某县某某镇某某村农村公路建设工程项目第"
    names = write_roster(
        tmp_path,
        OWED,
        ("甲局", "101", "项目支出", f"{long}一标"),
        ("甲局", "101", "项目支出", f"{long}二标"),
    )
    assert xltool("template", "-o", tmp_path / "发", "--roster", names).code == 0
    covers = {cover(item)["project"] for item in (tmp_path / "发").iterdir()}
    assert covers == {f"{long}一标", f"{long}二标"}


def test_all_faults_of_the_roster_are_told_at_once(tmp_path: Path) -> None:
    names = write_roster(
        tmp_path,
        OWED,
        ("甲局", "101", "无专项"),
        ("乙局", "102", "专项"),
        ("丙局", "101", "无专项资金"),
        ("丁局", "104", ""),
        ("合计", "", ""),
    )
    ran = xltool("template", "-o", tmp_path / "发", "--roster", names)
    assert (ran.code, ran.out) == (2, "")
    *details, remedy, last = ran.err.splitlines()
    assert [line.split()[0] for line in details] == ["名单!C2", "名单!C3", "名单!B4", "名单!A5"]
    assert remedy.startswith("办法：")
    assert last == "错误：名单有 4 处要先改，一份也没有生成。"
    assert not (tmp_path / "发").exists()


def test_a_roster_without_a_column_of_forms_blames_the_heading(tmp_path: Path) -> None:
    names = write_roster(tmp_path, ("单位名称", "预算编码"), ("甲局", "101"), ("乙局", "102"))
    ran = xltool("template", "-o", tmp_path / "发", "--roster", names)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (
        "错误：名单里没有“表种”一栏（认得的表头有“单位名称”、“预算编码”），不知道用哪一个方案。"
    )


def test_rows_that_are_no_units_and_zero_units_are_told(tmp_path: Path) -> None:
    names = write_roster(
        tmp_path,
        ("单位名称", "预算编码", "零报送"),
        ("市直部门",),
        ("甲局", "101", ""),
        ("乙局", "102", "是"),
        ("丙局", "103", "免报"),
        ("合计", "2家", ""),
    )
    ran = xltool("template", SCHEME, "-o", tmp_path / "发", "--roster", names)
    assert ran.code == 0
    assert [item.name for item in (tmp_path / "发").iterdir()] == ["001_甲局_自评表.xlsx"]
    assert "“市直部门”（A2）、“合计”（A6）" in ran.out
    assert "名单上有 1 个单位零报送，不用填表，没有生成：乙局。" in ran.err
    assert "名单上有 1 个单位免报，不用填表，没有生成：丙局。" in ran.err


def test_words_that_no_formula_can_hold_write_no_form(tmp_path: Path) -> None:
    """字眼写多了，公式 Excel 打不开：不写出这样的表，说清是哪一格、要改什么。"""
    words = ", ".join(f'{{ key = "w{n}", value = "甲乙丙丁第{n}率" }}' for n in range(70))
    scheme = tmp_path / "字眼.toml"
    scheme.write_text(
        f'[scheme]\nextends = "{SCHEME}"\nid = "many-words"\ntitle = "试验"\n'
        f'[[options]]\nkey = "differing_words"\ntitle = "试验"\noptions = [{words}]\n',
        "utf-8",
    )
    ran = xltool("--schemes", scheme, "template", "many-words", "-o", tmp_path / "发")
    assert ran.code != 0
    assert "的公式太长、套得太深，或里面一段字太长，Excel 打不开" in ran.err
    assert "scheme lint" in ran.err
    assert not list((tmp_path / "发").glob("*.xlsx"))
