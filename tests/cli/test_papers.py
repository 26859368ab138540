"""xltool report、export：写在哪里、不覆盖、认不出的怎样说、印出的 JSON。"""

from __future__ import annotations

import re
import sys
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest
from cli_runner import xltool
from pages import ROOT
from sample_books import plan
from season_books import fill
from small_docx import docx, paragraph, texts

from xltool.cli import reporting
from xltool.excel.write import render_book, write_book
from xltool.season.book import season_plan
from xltool.season.names import BULLETIN_FILE, SELF_REPORT_FILE
from xltool.season.register import CORRECTION_DEADLINE, OFFICE
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from pathlib import Path

SAMPLES: Final = ROOT / "sample_inputs"
FORM: Final = SAMPLES / "mixed" / "示例市机关事务管理局.xlsx"
PROJECT: Final = SAMPLES / "mixed" / "示例市水利局_河道清淤整治.xlsx"
TABLES: Final = (
    *("汇总", "得分明细", "绩效指标明细", "疑点清单", "封面", "收支资产", "专项资金", "重点任务"),
    *("管理情况", "整改台账", "关键数据核对", "年度总体目标", "项目资金"),
)
IMPORTED: Final = (
    "示例市科学技术局",
    "示例市机关事务管理局",
    "示例市地方志办公室",
    "示例市水利局_城区河道清淤整治",
    "示例市水利局_小型山塘除险加固",
    "示例市商务局_电商产业园扶持",
    "示例市体育局_全民健身设施补短板",
    "示例市档案馆_馆藏档案数字化",
    "示例市残疾人联合会_残疾人精准康复服务",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("汇总") / "汇总.xlsx"
    path.write_bytes(render_book(plan("mixed")))
    return path


def test_a_form_becomes_a_report_that_is_never_written_over(folder: Path) -> None:
    ran = xltool("report", FORM, "--json")
    assert ran.code == 0
    assert ran.document["kind"] == "self_report"
    written = folder / "示例市机关事务管理局_自评报告.docx"
    assert ran.document["output"] == written.name
    assert xltool("report", FORM).code == 0, "同样的内容，不另写"
    written.write_bytes(b"edited")
    again = xltool("report", FORM, "--json")
    assert again.code == 3
    (finding,) = again.document["findings"]  # type: ignore[misc]
    assert finding["code"] == "C304"
    assert written.read_bytes() == b"edited"
    assert (folder / "示例市机关事务管理局_自评报告_2.docx").exists()
    assert {one.name for one in folder.iterdir()} == {
        written.name,
        "示例市机关事务管理局_自评报告_2.docx",
    }


def test_a_book_becomes_a_bulletin(folder: Path, book: Path) -> None:
    ran = xltool("report", book, "--office", "示例市财政局", "--json")
    assert (ran.code, ran.document["kind"], ran.document["gaps"]) == (0, "bulletin", 3)
    assert (folder / "绩效自评情况通报.docx").exists()


def test_a_book_that_lost_its_properties_is_still_one(
    folder: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = folder / "另存.xlsx"
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"<cp:keywords>.*?</cp:keywords>", b"", data)
            new.writestr(name, data)
    opened: list[Path] = []
    monkeypatch.setattr(
        reporting, "read_book", lambda path, limits: opened.append(path) or read_book(path, limits)
    )
    assert xltool("report", bare, "--json").document["kind"] == "bulletin"
    assert opened == [bare], "汇总很大，只读一遍"


def test_a_project_form_needs_a_template_of_its_own(folder: Path) -> None:
    own = folder / "模板.docx"
    own.write_bytes(
        docx(paragraph("{{封面.项目名称}}：{{绩效指标.三级指标}}，{{绩效指标.实际完成值}}"))
    )
    assert xltool("report", PROJECT, "--template", own, "-o", "报告.docx").code == 0
    assert "城区河道清淤整治：" in texts((folder / "报告.docx").read_bytes())[0]


def test_an_own_template_is_used_and_its_faults_are_named(folder: Path, book: Path) -> None:
    assert xltool("report", "--templates", "模板").code == 0
    own = folder / "模板" / BULLETIN_FILE
    assert {one.name for one in own.parent.iterdir()} == {BULLETIN_FILE, SELF_REPORT_FILE}
    assert xltool("report", book, "--template", own, "-o", "a.docx").code == 0
    wrong = xltool("report", FORM, "--template", own)
    assert wrong.code == 2
    assert "不认得" in wrong.err
    damaged = folder / "坏.docx"
    damaged.write_bytes(b"no zip")
    assert "不是 Word 文档" in xltool("report", book, "--template", damaged).err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((PROJECT,), 2, "C306"),
        ((SAMPLES / "inbox" / "示例市统计局.xlsx",), 1, "没有写报告"),
        (("没有.xlsx",), 2, "不存在"),
        ((FORM, "-o", "报告.pdf"), 2, "不是 .docx"),
        ((), 2, "没有给文件"),
        ((FORM, "--by", "下周"), 2, "不是日期"),
    ],
)
def test_what_cannot_be_written_is_said(
    words: tuple[Path | str, ...], code: int, said: str, folder: Path
) -> None:
    ran = xltool("report", *words)
    assert ran.code == code
    assert said in ran.out + ran.err
    assert list(folder.iterdir()) == []


def test_a_season_folder_tells_which_book_who_issues_and_until_when(
    folder: Path, book: Path
) -> None:
    """没有写的都照名单的设置；写了的以写的为准；模板放在文件夹里就用它。"""
    write_book(season_plan(), folder / "名单.xlsx")
    assert "先执行 xltool collect" in xltool("report").err
    assert "先执行 xltool collect" in xltool("export").err
    (folder / "汇总.xlsx").write_bytes(book.read_bytes())
    fill(folder, {OFFICE.label: "示例市财政局", CORRECTION_DEADLINE.label: date(2025, 5, 20)})
    assert xltool("report", "--json").document["gaps"] == 2
    said = "".join(texts((folder / "绩效自评情况通报.docx").read_bytes()))
    assert "于2025年5月20日前整改到位" in said
    assert "示例市财政局" in said
    (folder / BULLETIN_FILE).write_bytes(docx(paragraph("{{发文单位}}，{{整改期限}}前")))
    assert xltool("report", "--office", "甲局", "--by", "2025-6-1", "-o", "a.docx").code == 0
    assert texts((folder / "a.docx").read_bytes()) == ["甲局，2025年6月1日前"]
    assert xltool("report", FORM).code == 0, "通报的模板不用来写自评报告"
    assert xltool("export").code == 0
    assert (folder / "导出" / "汇总.csv").is_file()


def test_the_tables_are_exported_beside_the_forms_for_the_system(folder: Path, book: Path) -> None:
    ran = xltool("export", book, "--json")
    assert ran.code == 0
    written = {str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file()}
    assert sorted(ran.document["files"]) == sorted(written)  # type: ignore[call-overload]
    tables = {name.removeprefix("导出/") for name in written if name.endswith(".csv")}
    assert tables == {f"{name}.csv" for name in TABLES}
    forms = {name.rpartition("/")[2] for name in written if name.endswith(".xlsx")}
    assert forms == {f"{n:04d}_{name}.xlsx" for n, name in enumerate(IMPORTED, 1)}
    assert xltool("export", book).code == 0
    (folder / "导出" / "汇总.csv").write_text("改过")
    assert xltool("export", book).code == 3
    assert (folder / "导出" / "汇总.csv").read_text() == "改过"


def test_parquet_needs_a_library_and_says_which(
    folder: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = xltool("export", book, "--format", "parquet")
    assert ran.code == 2
    assert "pyarrow" in ran.err
    assert not (folder / "导出").exists()
    assert xltool("export", FORM).code == 2
    assert xltool("export", book, "--format", "xls").code == 2


def test_a_book_of_another_scheme_is_not_summed(
    folder: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("xltool.consolidated.saved_book.ready_schemes", tuple)
    ran = xltool("report", book)
    assert ran.code == 2
    assert "现在没有，或已是另一版" in ran.err
    assert list(folder.iterdir()) == []
