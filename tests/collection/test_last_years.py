"""上年度的报送：自评表的文件夹、单个文件、上年度的汇总；版本不同也读得出。"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import pytest
from cli_forms import good_form
from collection_builder import filled, form_bytes, submission
from form_files import form_file
from openpyxl_books import opened, saved
from written_books import write_consolidated

from xltool.collection.collect import collect
from xltool.collection.last_years import read_last_years
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.sources import make_sources
from xltool.finding import Severity
from xltool.flags.rule import Outcome
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scheme.loader import parse_scheme
from xltool.xlsx.limits import Limits

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.model import Collection
    from xltool.scheme.model import Scheme

NAME, CODE = "示例市教育局", "902"
TITLE = "“小升规”企业数量"  # 例子里的指标：预期值405家，实现值411家


@cache
def last_years_scheme() -> Scheme:
    """上年度的版本：表的年度、版本和标题都是上年的。"""
    text = (resources.files("xltool") / "schemes" / "jiangmen-2025-special.toml").read_text("utf-8")
    text = re.sub("2024年度", "2023年度", text)
    text = text.replace('"2025.1"', '"2024.1"', 1).replace("year = 2024", "year = 2023", 1)
    text = text.replace('id = "jiangmen-2025-special"', 'id = "jiangmen-2024-special"', 1)
    return parse_scheme(text, "上年.toml")


@cache
def before(actual: str = "411", name: str = NAME, total: str = "26701.65") -> bytes:
    """上年度版本的一份。"""
    scheme = last_years_scheme()
    contents = filled(scheme, rows=1) | {
        CellKey("cover", "department"): name,
        CellKey("cover", "department_code"): CODE,
        CellKey("cover", "year"): Decimal(2023),
        CellKey("indicators", "1", "actual"): actual,
        CellKey("finance", "total"): Decimal(total),
    }
    return form_file(make_form(scheme, contents))


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "教育局.xlsx").write_bytes(submission(NAME, CODE))
    return folder


def put(folder: Path, **files: bytes) -> Path:
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return folder


def hits(collection: Collection) -> list[str]:
    (unit,) = collection.units
    return [f.message for f in unit.findings() if f.code == "Q03"]


def test_a_folder_of_last_years_forms(inbox: Path, tmp_path: Path) -> None:
    earlier = put(tmp_path / "上年", 教育局=before("600"))
    collection = collect(Request(folder=inbox, last_year=earlier))
    assert hits(collection) == [
        (
            f"{TITLE}：预期值405家，上年度实现600家（教育局.xlsx 绩效目标完成情况!H7），"
            "是上年的67.50%，不高于80%"
        )
    ]
    assert collection.last_year == "上年"


def test_an_amount_ten_thousand_times_last_years(inbox: Path, tmp_path: Path) -> None:
    """上年的决算支出2.67万元，今年26701.65万元：元和万元弄混了一年。"""
    earlier = put(tmp_path / "上年", 教育局=before(total="2.67"))
    (unit,) = collect(Request(folder=inbox, last_year=earlier)).units
    (found,) = [f for f in unit.findings() if f.code == "A09"]
    assert found.message == (
        "收支与资产 决算支出26701.65万元，上年度2.67万元（教育局.xlsx 收支与资产!C10），相差10001倍"
    )
    assert found.where == "收支与资产!C10"


def test_nothing_to_say_when_the_target_kept_up(inbox: Path, tmp_path: Path) -> None:
    earlier = put(tmp_path / "上年", 教育局=before("411"))
    collection = collect(Request(folder=inbox, last_year=earlier))
    assert hits(collection) == []
    (unit,) = collection.units
    assert unit.report().outcomes["Q03"] is Outcome.PASS


def test_matched_by_code_where_the_name_has_changed(inbox: Path, tmp_path: Path) -> None:
    earlier = put(tmp_path / "上年", 教育局=before("600", "示例市教育委员会"))
    assert len(hits(collect(Request(folder=inbox, last_year=earlier)))) == 1


def test_a_department_that_was_not_there_is_not_judged(inbox: Path, tmp_path: Path) -> None:
    (inbox / "教育局.xlsx").write_bytes(submission("示例市统计局", "999"))
    earlier = put(tmp_path / "上年", 教育局=before("600"))
    (unit,) = collect(Request(folder=inbox, last_year=earlier)).units
    assert unit.report().outcomes["Q03"] is Outcome.UNJUDGED


def last_book(tmp_path: Path, form: bytes) -> Path:
    """上年度的汇总，只有一份。"""
    old = put(tmp_path / "上年报送", 教育局=form)
    book = write_consolidated(collect(Request(folder=old)), tmp_path / "上年汇总.xlsx")
    of_year(book, 2023)
    return book


def test_last_years_consolidated_book(inbox: Path, tmp_path: Path) -> None:
    form = form_bytes(
        ("cover.department", NAME),
        ("cover.date", date(2024, 4, 18)),
        ("indicators.1.actual", "600"),
    )
    collection = collect(Request(folder=inbox, last_year=last_book(tmp_path, form)))
    (message,) = hits(collection)
    assert "上年度实现600家（上年汇总.xlsx 绩效指标明细!" in message


def test_scores_that_were_never_computed_are_told(inbox: Path, tmp_path: Path) -> None:
    """上年度的汇总由不算公式的程序存过：得分没有结果，说出来，不是不声不响地不比。"""
    book = last_book(tmp_path, good_form(department=NAME))
    assert len(collect(Request(folder=inbox, last_year=book)).earlier) == 1
    book.write_bytes(saved(opened(book.read_bytes())))
    collection = collect(Request(folder=inbox, last_year=book))
    assert collection.earlier == {}
    (told,) = (one for one in collection.findings if one.code == "C152")
    assert told.file == "上年汇总.xlsx"
    assert "有 1 个单位的得分是公式，没有计算结果" in told.message


def of_year(book: Path, year: int) -> None:
    """把汇总里印着的年度改成某一年的。"""
    with zipfile.ZipFile(book) as archive:
        parts = {item.filename: archive.read(item) for item in archive.infolist()}
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace("2024年度".encode(), f"{year}年度".encode()))


@pytest.mark.parametrize("given", ["报送", "汇总.xlsx"])
def test_this_years_own_is_not_last_years(inbox: Path, tmp_path: Path, given: str) -> None:
    """错把今年的当成上年的，今年的实现值就成了“上年的”，凡是超额的都要误报。"""
    (inbox / "教育局.xlsx").write_bytes(form_bytes(("indicators.1.actual", "600")))
    write_consolidated(collect(Request(folder=inbox)), tmp_path / "汇总.xlsx")
    again = tmp_path / "再报"
    again.mkdir()
    (again / "教育局.xlsx").write_bytes((inbox / "教育局.xlsx").read_bytes())
    collection = collect(Request(folder=again, last_year=tmp_path / given))
    assert hits(collection) == []
    (unit,) = collection.units
    (missing,) = unit.report().unjudged["Q03"]
    assert missing.startswith("上年度的报送（给出的")
    assert missing.endswith("是2024年度的）")


def test_files_that_cannot_be_used_are_told_and_the_rest_is_used(
    inbox: Path, tmp_path: Path
) -> None:
    earlier = put(tmp_path / "上年", 坏的=b"PK\3\4", 教育局=before("600"))
    (earlier / "别的.xlsx").write_bytes(_foreign())
    collection = collect(Request(folder=inbox, last_year=earlier))
    told = {(finding.code, finding.file) for finding in collection.findings}
    assert told == {("C150", "坏的.xlsx"), ("C151", "别的.xlsx")}
    assert len(hits(collection)) == 1


def _foreign() -> bytes:
    from collection_builder import roster_bytes

    return roster_bytes(("一张别的表",))


def test_a_folder_inside_the_inbox_is_not_read_as_submissions(inbox: Path) -> None:
    put(inbox / "上年", 教育局=before("600"))
    collection = collect(Request(folder=inbox, last_year=inbox / "上年"))
    reasons = {file.file: file.reason for file in collection.files}
    assert reasons["上年/教育局.xlsx"] == "这是上年度的，不是本次的报送"
    assert len(hits(collection)) == 1


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    read = read_last_years(tmp_path / "没有.xlsx", Limits())
    assert [finding.code for finding in read.findings] == ["C150"]


def test_a_form_named_as_a_word_file_is_compared_as_well(inbox: Path, tmp_path: Path) -> None:
    """后缀名写成 .docx 的表先读，一样与上年比。"""
    (inbox / "教育局.xlsx").rename(inbox / "教育局.docx")
    earlier = put(tmp_path / "上年", 教育局=before("1000"))
    assert hits(collect(Request(folder=inbox, last_year=earlier)))


def test_scores_grades_ranks_and_problems_come_from_last_years_book(
    inbox: Path, tmp_path: Path
) -> None:
    """去年的汇总：照编码、名称找到同一个单位；复核过的照复核得分，小计的一行不是单位。"""
    put(
        tmp_path / "去年报送",
        教育局=good_form(department=NAME, department_code=CODE),
        财政局=good_form(department="示例市财政局", department_code="901"),
    )
    book = tmp_path / "2023年汇总.xlsx"
    before = collect(Request(folder=tmp_path / "去年报送"))
    grouped = replace(before, units=tuple(replace(one, group="一科") for one in before.units))
    write_consolidated(grouped, book)
    now = collect(Request(folder=inbox, last_year=book))
    (unit,) = now.units
    (earlier,) = now.earlier.values()
    (own,) = (one for one in before.units if one.code == CODE)
    assert (earlier.score, earlier.grade, earlier.rank) == (own.total, own.grade, own.rank)
    codes = {one.code for one in own.findings() if one.severity is not Severity.NOTICE}
    assert earlier.rules == codes
    assert codes
    (sheet,) = (
        one for one in consolidated_plan(make_sources(now, "")).sheets if one.name == "统计"
    )
    texts = [cell.content for cell in sheet.every_cell() if isinstance(cell.content, str)]
    assert "六、与上年度相比" in texts
    assert texts[-1] == "、".join(sorted(codes & {one.code for one in unit.findings()}))
    assert list(now.earlier) == [unit.key]


def test_of_last_years_forms_only_the_self_assessed_score_is_known(
    inbox: Path, tmp_path: Path
) -> None:
    earlier = put(tmp_path / "上年", 教育局=before())
    (found,) = collect(Request(folder=inbox, last_year=earlier)).earlier.values()
    assert found.own
    assert (found.grade, found.rank, found.rules) == ("", None, frozenset())
