"""xltool scheme export、import 和 --schemes：从导出到收表，一条路走到底。"""

from __future__ import annotations

import json
import os
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from cli_runner import xltool
from collection_builder import filled
from form_files import form_file
from openpyxl_books import loaded
from scheme_books import NEW_ID, SPECIAL, Edit, edited, exported
from scheme_variants import brief_for

from xltool.excel.errors import TextTooLongError
from xltool.flags.registry import rules_for
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scheme.loader import load_scheme, load_scheme_file
from xltool.scheme.sources import LOCAL

NEXT_YEAR = (
    NEW_ID,
    Edit("基本信息", ("版本",), "内容", "2026.1"),
    Edit("基本信息", ("表种",), "内容", "有专项资金（新）"),
    Edit("指标体系", ("03",), "分值", 7),
    Edit("指标体系", ("02",), "分值", 8),
)
ID = "jiangmen-2026-special"
# 记录表只备几行：这里看的与备几行无关，生成的表小，快
RECORDS = ("indicators", "funds", "tasks", "rectification", "claims")
BRIEF = tuple(Edit("工作表", (key,), "可填几行", 3) for key in RECORDS)


def scheme_file(folder: Path, *edits: Edit, name: str = "新方案") -> Path:
    """改好、导入的方案文件。"""
    path = folder / f"{name}.toml"
    path.write_bytes(imported(edits or NEXT_YEAR, path.stem))
    return path


@cache
def imported(edits: tuple[Edit, ...], name: str) -> bytes:
    """由命令导入，同样的只导入一次。"""
    with TemporaryDirectory() as folder:
        book = Path(folder) / f"{name}.xlsx"
        book.write_bytes(edited(exported(), (*edits, *BRIEF)))
        ran = xltool("scheme", "import", book)
        assert ran.code == 0, ran.out + ran.err
        return book.with_suffix(".toml").read_bytes()


def test_export_writes_a_workbook(tmp_path: Path) -> None:
    target = tmp_path / "方案.xlsx"
    ran = xltool("scheme", "export", SPECIAL, "-o", target)
    assert (ran.code, ran.err) == (0, f"已写入 {target}\n")
    assert ran.out == (
        "√ 2024年度部门整体支出绩效自评指标评分表（有专项资金）"
        "（jiangmen-2025-special，版本 2025.1）\n"
    )
    assert target.read_bytes() == exported()
    assert openpyxl.load_workbook(target, read_only=True).sheetnames == [
        "说明", "基本信息", "一二级指标", "指标体系", "备选办法", "计分取数", "计分参数", "等级",
        "分法", "参数", "标志参数", "选项", "工作表", "字段", "自动计算", "二级下拉", "勾稽",
        "填报要求", "词表", "来源",
    ]  # fmt: skip


def test_export_names_the_file_after_the_scheme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = xltool("scheme", "export", "mof-project", "--json")
    assert ran.document == {"schema": "xltool/1", "file": "方案_mof-project.xlsx"}
    assert (tmp_path / "方案_mof-project.xlsx").exists()


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    target = tmp_path / "方案.xlsx"
    target.write_text("别的")
    ran = xltool("scheme", "export", SPECIAL, "-o", target)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == f"错误：“{target}”已存在，没有写出。"
    assert target.read_text() == "别的"
    assert xltool("scheme", "export", SPECIAL, "-o", target, "--force").code == 0
    (tmp_path / "方案.toml").write_text("别的")
    assert xltool("scheme", "import", target).code == 2
    assert (tmp_path / "方案.toml").read_text() == "别的"
    assert xltool("scheme", "import", target, "--force").code == 0
    assert load_scheme_file(tmp_path / "方案.toml").id == SPECIAL


@pytest.mark.parametrize(
    ("command", "output"), [("export", "方案.xls"), ("export", "方案"), ("import", "方案.txt")]
)
def test_the_suffix_must_be_right(tmp_path: Path, command: str, output: str) -> None:
    ran = xltool("scheme", command, SPECIAL, "-o", tmp_path / output)
    assert (ran.code, ran.out) == (2, "")
    assert "后缀应是" in ran.err
    assert not (tmp_path / output).exists()


def test_an_unknown_scheme_cannot_be_exported(tmp_path: Path) -> None:
    ran = xltool("scheme", "export", "没有", "-o", tmp_path / "方案.xlsx")
    assert ran.code == 2
    assert "没有这个方案" in ran.err


@pytest.mark.parametrize(
    "scheme_id",
    [pytest.param("jiangmen-2025-general", marks=pytest.mark.nightly), "mof-project-101"],
)
def test_out_and_back_is_identical(tmp_path: Path, scheme_id: str) -> None:
    """各个方案逐个读回，在 test_roundtrip；这里看命令。"""
    first, second = tmp_path / f"{scheme_id}.xlsx", tmp_path / f"{scheme_id}-2.xlsx"
    assert xltool("scheme", "export", scheme_id, "-o", first).code == 0
    ran = xltool("scheme", "import", first)
    assert ran.code == 0
    assert ran.out.startswith("警告 编码G141 基本信息!B5 ")  # 标识还没有换
    assert "下一步" not in ran.err
    assert xltool("scheme", "export", first.with_suffix(".toml"), "-o", second).code == 0
    assert first.read_bytes() == second.read_bytes()


def test_import_says_what_to_do_next(tmp_path: Path) -> None:
    book = tmp_path / "新方案.xlsx"
    book.write_bytes(edited(exported(), NEXT_YEAR + BRIEF))
    target = tmp_path / "存在这里.toml"
    ran = xltool("scheme", "import", book, "-o", target)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.splitlines() == [
        "错误 0 处，警告 0 处，提示 0 处。",
        f"下一步：xltool template {ID} --schemes {target} -o 下发",
        f"已写入 {target}",
    ]
    assert not (tmp_path / "新方案.toml").exists()


def test_import_names_the_rules_that_have_nothing_to_look_at(tmp_path: Path) -> None:
    """没有专项资金的表，用不上看专项资金的三条；项目的表才用的规则不说。"""
    book = tmp_path / "方案.xlsx"
    assert xltool("scheme", "export", "jiangmen-2025-general", "-o", book).code == 0
    ran = xltool("scheme", "import", book)
    used = len(rules_for(load_scheme("jiangmen-2025-general")))
    said = f"疑点规则用得上 {used} 条；表里没有它们要看的项、用不上的：E02、E03、X05。"
    assert said in ran.err


def test_import_tells_every_fault_and_writes_nothing(tmp_path: Path) -> None:
    book = tmp_path / "新方案.xlsx"
    wrong = (Edit("指标体系", ("03",), "分值", "七"), Edit("参数", ("over_limit",), "来源", "网上"))
    book.write_bytes(edited(exported(), [NEW_ID, *wrong]))
    ran = xltool("scheme", "import", book)
    assert ran.code == 1
    assert [line.split()[:3] for line in ran.out.splitlines()[::2]] == [
        ["错误", "编码G111", "指标体系!E7"],
        ["错误", "编码G116", "参数!E9"],
    ]
    assert all(line.startswith("    办法：") for line in ran.out.splitlines()[1::2])
    assert ran.err.splitlines()[-1] == "有错误，没有写出。请在工作簿里改正，再导入一次。"
    assert not list(tmp_path.glob("*.toml"))
    document = xltool("scheme", "import", book, "--json").document
    assert list(document) == ["schema", "ok", "findings", "output"]
    assert (document["ok"], document["output"]) == (False, None)
    assert document["findings"][0] == {
        "code": "G111",
        "severity": "error",
        "file": "新方案.xlsx",
        "sheet": "指标体系",
        "cell": "E7",
        "message": "“分值”填的“七”不是数",
        "remedy": "请只填数，不带别的字。",
        "explained": None,
    }


def test_import_refuses_the_id_of_a_shipped_scheme(tmp_path: Path) -> None:
    book = tmp_path / "新方案.xlsx"
    book.write_bytes(edited(exported(), NEXT_YEAR[1:]))
    ran = xltool("scheme", "import", book)
    assert ran.code == 1
    said, remedy = ran.out.splitlines()
    assert said.startswith("错误 编码G140 基本信息!B5 标识“jiangmen-2025-special”是随程序带的方案")
    assert remedy == "    办法：请换一个标识，如 jiangmen-2026-special。"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("没有.xlsx", None, "R101"), ("空.xlsx", b"", "R104"), ("旧.xlsx", b"\xd0\xcf\x11\xe0", "R1")],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, name: str, data: bytes | None, code: str
) -> None:
    book = tmp_path / name
    if data is not None:
        book.write_bytes(data)
    ran = xltool("scheme", "import", book)
    assert ran.code == 1
    assert ran.out.startswith(f"错误 编码{code}")


def test_a_text_that_no_cell_holds_is_told_at_its_cell(tmp_path: Path) -> None:
    book = tmp_path / "新方案.xlsx"
    long = Edit("字段", ("cover", "year"), "填报要求", "长" * 32_000)
    book.write_bytes(edited(exported(), [NEW_ID, long, *BRIEF]))
    ran = xltool("scheme", "import", book)
    assert ran.code == 1
    told = "“cover year 评价年度”的“填报要求”不合要求：不超过1000个字，现为 32000 个"
    assert ran.out.splitlines()[0] == f"错误 编码G150 字段!P7 {told}"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TextTooLongError("B6 的公式", 9000, 8192), "B6 的公式长 9000 个字符，上限是 8192 个"),
        (KeyError("note"), "程序出错（KeyError：'note'），请把方案文件交给维护人员"),
    ],
)
def test_a_form_that_cannot_be_printed_is_told(
    error: Exception, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """查得出的毛病都没有，仍写不出空白的评分表：查、读回都说，不等到下发。"""
    book = tmp_path / "新方案.xlsx"
    book.write_bytes(edited(exported(), [NEW_ID, *BRIEF]))
    assert xltool("scheme", "import", book).code == 0

    def refuse(_: object) -> bytes:
        raise error

    monkeypatch.setattr("xltool.excel.trial.render_book", refuse)
    ran = xltool("scheme", "import", book, "--force")
    assert ran.code == 1
    assert ran.out.startswith(f"错误 编码G152 照这个方案生成不了评分表：{reason}")
    ran = xltool("scheme", "lint", book.with_suffix(".toml"))
    assert (ran.code, ran.out) == (2, f"新方案.toml：（评分表）：{reason}\n")


# ---------------------------------------------------------------- 另给的方案


def test_from_export_to_collect(tmp_path: Path) -> None:
    """导出，改，导入，生成评分表，填，收：分值是新的，旧的表也还认。"""
    local = scheme_file(tmp_path)
    blanks = tmp_path / "下发"
    ran = xltool("template", ID, "--schemes", local, "-o", blanks)
    assert ran.code == 0
    (blank,) = blanks.iterdir()
    assert blank.name == "评分表_有专项资金（新）_2026.1.xlsx"
    form = loaded(blank)["评分表"]
    assert [form.cell(9, column).value for column in (1, 4, 5)] == [
        "03",
        "部门预算资金支出率",
        7,
    ]
    inbox = tmp_path / "报送"
    inbox.mkdir()
    scheme = load_scheme_file(local)
    for number, name in enumerate(("示例市教育局", "示例市民政局"), 1):
        contents = filled(scheme, rows=1) | {
            CellKey("cover", "department"): name,
            CellKey("cover", "department_code"): f"90{number}",
        }
        form = make_form(brief_for(scheme, contents), contents)
        (inbox / f"{name}.xlsx").write_bytes(form_file(form))
    target = tmp_path / "汇总.xlsx"
    ran = xltool("collect", inbox, "-o", target, "--exit-zero", "--json", "--schemes", local)
    assert ran.code == 0
    document = ran.document
    assert document["scheme"] == {"id": ID, "version": "2026.1"}
    assert document["counts"]["adopted"] == 2
    points = {item["code"]: item["points"] for item in document["units"][0]["indicators"]}
    assert (points["02"], points["03"]) == ("8", "7")
    assert target.exists()
    file = next(inbox.iterdir())
    assert xltool("score", file, "--schemes", local, "--json").document["scheme"]["id"] == ID
    assert xltool("check", file, "--schemes", local, "--json").document["files"][0]["ok"]
    refused = xltool("check", file, "--json").document["files"][0]  # 不给方案的不认得
    assert [one["code"] for one in refused["findings"]] == ["R202"]


def test_an_older_form_among_this_years_is_pointed_out(tmp_path: Path) -> None:
    """上一年的表还认得，混在今年的里面就要说出来：名次各排各的，不说就漏过去了。"""
    local = scheme_file(tmp_path, NEW_ID, Edit("基本信息", ("评价年度",), "内容", 2025))
    inbox = tmp_path / "报送"
    inbox.mkdir()
    for name, scheme in (("甲局", load_scheme(SPECIAL)), ("乙局", load_scheme_file(local))):
        contents = filled(scheme, rows=1) | {CellKey("cover", "department"): name}
        contents.pop(CellKey("cover", "department_code"))
        contents[CellKey("cover", "date")] = date(scheme.year + 1, 4, 18)
        form = make_form(brief_for(scheme, contents), contents)
        (inbox / f"{name}.xlsx").write_bytes(form_file(form))
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx", "--json", "--schemes", local)
    told = [(one["code"], one["file"], one["message"]) for one in ran.document["findings"]]
    message = "“甲局”交的是2024年度的“有专项资金”的表，这次收来的还有2025年度的"
    assert told == [("C125", "甲局.xlsx", message)]
    (inbox / "乙局.xlsx").unlink()
    ran = xltool("collect", inbox, "-o", tmp_path / "汇总.xlsx", "--json", "--schemes", local)
    assert ran.document["findings"] == []


def test_workers_see_the_local_scheme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """再少也分给几个进程，一份一批。"""
    for name in ("FEW", "_FEWEST", "_CHUNK"):
        monkeypatch.setattr(f"xltool.workers.run.{name}", 1)
    local = scheme_file(tmp_path)
    inbox = tmp_path / "报送"
    inbox.mkdir()
    scheme = load_scheme_file(local)
    contents = filled(scheme, rows=1)
    one = form_file(make_form(brief_for(scheme, contents), contents))
    for number in range(4):
        (inbox / f"{number:03d}.xlsx").write_bytes(one)
    target = tmp_path / "汇总.xlsx"
    arguments = ["collect", inbox, "-o", target, "--jobs", "2", "--exit-zero", "--json"]
    document = json.loads(xltool(*map(str, arguments), "--schemes", str(local)).out)
    assert document["counts"]["found"] == 4
    assert {item["status"] for item in document["files"]} == {"adopted", "skipped"}


def test_the_place_may_be_a_folder_and_given_twice(tmp_path: Path) -> None:
    first, second = tmp_path / "甲", tmp_path / "乙"
    for folder in (first, second):
        folder.mkdir()
    scheme_file(first)
    other = Edit("基本信息", ("标识",), "内容", "jiangmen-2027-special")
    scheme_file(second, other, name="另一个")
    ran = xltool("scheme", "list", "--schemes", first, "--schemes", second)
    lines = [line.split() for line in ran.out.splitlines()]
    assert [line[0] for line in lines][-2:] == [ID, "jiangmen-2027-special"]
    assert [line[-1] for line in lines] == [
        *["随程序带"] * 4,
        *["早先的，只读旧表"] * 2,
        str(first / "新方案.toml"),
        str(second / "另一个.toml"),
    ]
    listed = xltool("scheme", "list", f"--schemes={first}", "--json").document["schemes"]
    assert [item["file"] for item in listed] == [None] * 6 + [str(first / "新方案.toml")]


def test_show_and_lint_know_local_ids_and_files(tmp_path: Path) -> None:
    local = scheme_file(tmp_path)
    shown = xltool("scheme", "show", ID, "--schemes", local).out
    assert shown == xltool("scheme", "show", local).out
    assert "03 履职效能·整体效能·部门预算资金支出率  7分" in shown
    assert xltool("scheme", "lint", ID, "--schemes", local).err == f"√ {ID} 可以用。\n"
    assert xltool("scheme", "lint", local).code == 0
    assert xltool("explain", "K02", "--scheme", ID, "--schemes", local).code == 0
    assert xltool("scheme", "show", ID).code == 2  # 不给就没有


def test_the_option_leaves_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    local = scheme_file(tmp_path)
    monkeypatch.delenv(LOCAL, raising=False)
    assert xltool("scheme", "list", "--schemes", local).code == 0
    assert LOCAL not in os.environ
    monkeypatch.setenv(LOCAL, str(local))
    assert xltool("scheme", "list").out.splitlines()[-1].startswith(ID)
    assert os.environ[LOCAL] == str(local)


@pytest.mark.parametrize("place", ["没有.toml", "空的"])
def test_a_place_without_schemes_is_a_wrong_call(tmp_path: Path, place: str) -> None:
    (tmp_path / "空的").mkdir()
    ran = xltool("scheme", "list", "--schemes", tmp_path / place)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("错误：")


def test_a_broken_local_scheme_is_told_before_anything(tmp_path: Path) -> None:
    local = scheme_file(tmp_path)
    text = local.read_text("utf-8")
    own = '[flags.K04]\nflor = { value = 0.5, origin = "假设：试验" }\n\n'
    local.write_text(text.replace("[[options]]", f"{own}[[options]]", 1), "utf-8")
    for command in (["template", "-o", tmp_path / "下发"], ["check", tmp_path / "某.xlsx"]):
        ran = xltool(*command, "--schemes", local)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.splitlines() == [
            "办法：请改正方案文件；xltool scheme lint 文件 列出全部毛病。",
            (
                "错误：方案 新方案.toml：flags.K04.flor："
                "没有哪里用到这个参数，是不是“K04.floor”，请核对名字或删去"
            ),
        ]
    assert not (tmp_path / "下发").exists()
    lint = xltool("scheme", "lint", local, "--schemes", local)
    assert lint.code == 2
    assert [line.split("：")[1] for line in lint.out.splitlines()] == [
        "flags.K04.flor",
    ]


def test_a_local_scheme_may_not_take_a_shipped_id(tmp_path: Path) -> None:
    local = scheme_file(tmp_path)
    local.write_text(local.read_text("utf-8").replace(ID, SPECIAL), "utf-8")
    ran = xltool("template", "-o", tmp_path / "下发", "--schemes", local)
    assert ran.code == 2
    assert ran.err.splitlines()[-1] == (
        "错误：方案 新方案.toml：scheme.id：已经有标识是“jiangmen-2025-special”的方案，请换一个"
    )


def test_the_file_name_of_a_form_never_leaves_its_folder(tmp_path: Path) -> None:
    local = scheme_file(tmp_path)
    text = local.read_text("utf-8").replace("有专项资金（新）", "../外面")
    local.write_text(text, "utf-8")
    ran = xltool("template", ID, "--schemes", local, "-o", tmp_path / "下发")
    assert (ran.code, ran.out) == (2, "")
    assert "scheme.variant" in ran.err


def test_two_schemes_alike_are_told_apart(tmp_path: Path) -> None:
    """表种、版本都一样的两个方案：模板不互相覆盖，汇总里各有各的表。"""
    local = scheme_file(tmp_path, NEW_ID)
    ran = xltool("template", SPECIAL, ID, "--schemes", local, "-o", tmp_path / "下发")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[-1] == (
        "错误：有两个方案的评分表都叫“评分表_有专项资金_2025.1.xlsx”，没有写出。"
    )
    inbox = tmp_path / "报送"
    inbox.mkdir()
    for name, scheme in (("甲局", load_scheme(SPECIAL)), ("乙局", load_scheme_file(local))):
        contents = filled(scheme, rows=1) | {CellKey("cover", "department"): name}
        contents.pop(CellKey("cover", "department_code"))
        form = make_form(brief_for(scheme, contents), contents)
        (inbox / f"{name}.xlsx").write_bytes(form_file(form))
    target = tmp_path / "汇总.xlsx"
    ran = xltool("collect", inbox, "-o", target, "--exit-zero", "--schemes", local)
    assert ran.code == 0, ran.err
    names = openpyxl.load_workbook(target, read_only=True).sheetnames
    assert {"汇总_有专项资金（1）", "汇总_有专项资金（2）"} <= set(names)
