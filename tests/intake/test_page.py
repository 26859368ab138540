"""印成一页的表：挪过、缺了标识、改过的照样读得出；合并的格、页外的栏、总分一行都认得。"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from form_files import form_file
from openpyxl_books import changed, loaded, saved
from parity_project import full_project

from xltool.assessment.report import make_report
from xltool.excel.write import render_book
from xltool.finding import Severity
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.layout.block import END
from xltool.layout.layout import form_layout, template_layout
from xltool.messages import entries as say
from xltool.messages import form as form_say
from xltool.scheme.key import CellKey, field_key
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.workbook.workbook import Workbook

    from xltool.facts.typed import Typed
    from xltool.intake.submission import FormReading
    from xltool.layout.layout import Layout

PAGE = "自评表"
IDS = ("mof-project", "mof-project-101")


@cache
def contents_of(scheme_id: str) -> dict[CellKey, Typed]:
    scheme, _ = ready_scheme(scheme_id)
    return full_project(scheme) | {field_key("cover.year"): Decimal(scheme.year)}


@cache
def data_of(scheme_id: str) -> bytes:
    scheme, _ = ready_scheme(scheme_id)
    return form_file(make_form(scheme, contents_of(scheme_id)))


def after(scheme_id: str, change: Callable[[Workbook, Layout], None] | None = None) -> FormReading:
    """填好的一份，动过以后读。"""
    data = data_of(scheme_id)
    if change is not None:
        layout = template_layout(ready_scheme(scheme_id)[0])
        data = changed(data, lambda book: change(book, layout))
    return understand_book(read_bytes(data), ready_schemes())


def numbers(reading: FormReading) -> dict[CellKey, Decimal]:
    """读出的各个数。"""
    assert reading.submission is not None
    entries = reading.submission.entries
    return {k: one.value for k, one in entries.items() if isinstance(one.value, Decimal)}


@pytest.mark.parametrize("scheme_id", IDS)
def test_a_page_filled_reads_as_it_was_filled(scheme_id: str) -> None:
    reading = after(scheme_id)
    assert reading.findings == ()
    assert reading.submission is not None
    assert reading.submission.entries.keys() == contents_of(scheme_id).keys()
    place = reading.submission.place(field_key("finance.adjusted_fiscal"))
    assert place is not None
    assert place.sheet == PAGE


@pytest.mark.parametrize("scheme_id", IDS)
def test_a_blank_page_reads_clean(scheme_id: str) -> None:
    scheme, _ = ready_scheme(scheme_id)
    blank = form_file(make_form(scheme, {}))
    reading = understand_book(read_bytes(blank), ready_schemes())
    assert reading.findings == ()


def _unmerged(book: Workbook) -> None:
    """openpyxl 插行不挪合并的格；先拆开，插完不再合并。"""
    for area in list(book[PAGE].merged_cells.ranges):
        book[PAGE].unmerge_cells(str(area))


def insert_rows(book: Workbook, layout: Layout) -> None:
    """在“表格结束”之上插两行：总分、填报人各行往下挪。"""
    _unmerged(book)
    book[PAGE].insert_rows(layout.blocks["indicators"].rows[END], 2)


def insert_above(book: Workbook, layout: Layout) -> None:
    """在资金之上插一行。"""
    _unmerged(book)
    book[PAGE].insert_rows(layout.blocks["finance"].lines.identity)


def insert_column(book: Workbook, _: Layout) -> None:
    _unmerged(book)
    book[PAGE].insert_cols(1)


def untag(book: Workbook, layout: Layout) -> None:
    """绩效指标一段的标识行清空。"""
    for cell in book[PAGE][layout.blocks["indicators"].lines.identity]:
        cell.value = None


def unmark(book: Workbook, layout: Layout) -> None:
    """“表格结束”四个字删去。"""
    block = layout.blocks["indicators"]
    book[PAGE][block.at(END, "code").a1].value = None


def rename(book: Workbook, _: Layout) -> None:
    book[PAGE].title = "项目自评"


def reorder(book: Workbook, _: Layout) -> None:
    book.move_sheet(PAGE, 5)


CHANGES = (insert_rows, insert_above, insert_column, untag, unmark, rename, reorder)


@pytest.mark.parametrize("scheme_id", IDS)
@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.__name__)
def test_what_was_moved_is_still_read(
    scheme_id: str, change: Callable[[Workbook, Layout], None]
) -> None:
    reading = after(scheme_id, change)
    assert numbers(reading) == numbers(after(scheme_id))
    assert reading.submission is not None
    assert reading.submission.entries.keys() == contents_of(scheme_id).keys()
    wrong = [one for one in reading.findings if one.code.startswith("V")]
    assert wrong == []


def test_a_label_of_the_money_that_was_changed_is_told() -> None:
    def change(book: Workbook, layout: Layout) -> None:
        block = layout.blocks["finance"]
        line, _ = block.slots["total_other"]
        book[PAGE][block.at(line, "level1").a1].value = "自筹资金"

    reading = after("mof-project", change)
    codes = [one.code for one in reading.findings]
    assert form_say.CHANGED_ROW.code in codes
    assert numbers(reading) == numbers(after("mof-project"))


def test_the_weight_of_execution_that_was_changed_is_told() -> None:
    """10号文统一的预算执行率 10 分不随项目变：改了的说出来，照 10 分计。"""

    def change(book: Workbook, layout: Layout) -> None:
        block = layout.blocks["finance"]
        line, _ = block.slots["total"]
        column, _ = layout.blocks["indicators"].columns["points"]
        book[PAGE].cell(block.at(line, "tier").row, column).value = 20

    assert [(one.code, one.message) for one in after("mof-project", change).findings] == [
        ("R246", "“年度资金总额”的分值应是 10，现为“20”，没有采用，按方案计分")
    ]


def test_what_is_typed_beside_the_page_is_told() -> None:
    def change(book: Workbook, layout: Layout) -> None:
        block = layout.blocks["finance"]
        line, _ = block.slots["total"]
        book[PAGE][block.at(line, "tier").a1].value = "另有说明"

    (told,) = after("mof-project", change).findings
    assert "另有说明" in told.message


def test_text_under_a_merged_cell_is_told() -> None:
    """合并区里藏着的字不读，只说出来。"""

    def change(book: Workbook, layout: Layout) -> None:
        _unmerged(book)
        at = layout.place(field_key("cover.project")).at.moved(cols=1)
        book[PAGE][at.a1].value = "藏着的"

    reading = after("mof-project", change)
    assert any("藏着的" in one.message for one in reading.findings)


def test_rows_beyond_the_page_are_read() -> None:
    """多于备好的四十个指标的，表随之加长，下面各行往下排。"""
    scheme, _ = ready_scheme("mof-project")
    contents = dict(contents_of("mof-project"))
    rows = {key.row for key in contents if key.sheet == "indicators"}
    base = {
        key: value
        for key, value in contents.items()
        if key.row == "1" and key.sheet == "indicators"
    }
    for number in range(len(rows) + 1, 46):
        contents |= {key._replace(row=str(number)): value for key, value in base.items()}
    layout = form_layout(scheme, {"indicators": tuple(map(str, range(1, 46)))})
    assert layout.blocks["cover"].last_row == template_layout(scheme).blocks["cover"].last_row + 5
    data = render_book(form_plan(make_form(scheme, contents)))
    reading = understand_book(read_bytes(data), ready_schemes())
    assert reading.submission is not None
    assert len(reading.submission.records["indicators"]) == 45
    assert reading.submission.entries.keys() == contents.keys()
    assert reading.submission.place(field_key("cover.phone")) == layout.place(
        field_key("cover.phone")
    )


@pytest.mark.parametrize(("points", "told"), [("89.99", True), ("90", False), ("90.01", True)])
def test_the_weights_make_the_full_marks(points: str, told: bool) -> None:  # noqa: FBT001
    """连同预算执行率十分，合计不是一百分的，说一句，也不能计分。"""
    scheme, _ = ready_scheme("mof-project")
    contents = {k: v for k, v in contents_of("mof-project").items() if k.sheet != "indicators"}
    row = {
        k: v
        for k, v in contents_of("mof-project").items()
        if k.sheet == "indicators" and k.row == "1"
    }
    contents |= row | {CellKey("indicators", "1", "points"): Decimal(points)}
    form = make_form(scheme, contents)
    reading = understand_book(read_bytes(form_file(form)), ready_schemes())
    found = [one for one in reading.findings if one.code == say.WEIGHTS.code]
    assert len(found) == int(told)
    assert (form.scorecard.total is None) == told
    assert reading.submission is not None
    report = make_report(*ready_scheme("mof-project"), reading.submission, reading.findings)
    assert "V171" not in {one.code for one in report.findings}  # 三项都因此不能计分，说一次
    if told:
        at = form.layout.place(CellKey("indicators", "1", "points")).at
        assert found[0].at == at
        assert f"共 {Decimal(points) + 10} 分" in found[0].message


def test_parts_without_points_do_not_hide_a_wrong_sum() -> None:
    """其中项没有分值，不是没有填完：各行合计不对照样说；别的行缺分值的，先补上再看。"""
    scheme, _ = ready_scheme("mof-project")
    contents = contents_of("mof-project") | {CellKey("indicators", "1", "points"): Decimal(89)}
    rows = {key.row for key in contents if key.sheet == "indicators"}
    last = str(len(rows) + 1)
    for title, told in (("其中：东区", True), ("东区", False)):
        part = {"title": title, "expected": Decimal(1), "actual": Decimal(1)}
        more = contents | {CellKey("indicators", last, key): one for key, one in part.items()}
        data = form_file(make_form(scheme, more))
        codes = {one.code for one in understand_book(read_bytes(data), ready_schemes()).findings}
        assert (say.WEIGHTS.code in codes) == told


# ---------------------------------------------------------------- 早先的版面


@pytest.mark.parametrize("scheme_id", IDS)
def test_a_form_of_the_earlier_layout_is_read_by_its_own_scheme(scheme_id: str) -> None:
    """早先下发的表上写着原来的标识和版本；照那一版的方案读，一句不说。"""
    version = {"mof-project": "2020-1", "mof-project-101": "2021-1"}[scheme_id]
    earlier, _ = ready_scheme(f"{scheme_id}-{version}")
    book = loaded(render_book(form_plan(make_form(earlier, contents_of(earlier.id)))))
    record = book["_xltool"]
    assert record["B2"].value == earlier.id
    record["B2"].value = scheme_id
    reading = understand_book(read_bytes(saved(book)), ready_schemes())
    assert reading.submission is not None
    assert (reading.submission.scheme, reading.submission.version) == (earlier.id, earlier.version)
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"level1": "可持续影响指标", "level2": "效益指标"}, {"V154"}),
        (None, {"C01"}),
    ],
    ids=["一二级写反了", "一个指标也没有填"],
)
def test_what_follows_from_the_fault_is_not_told_beside_it(
    changes: dict[str, str] | None, told: set[str]
) -> None:
    """分不清哪些行是哪一类的，只说那几格，不说各类的分值不合、不能计分。"""
    contents = contents_of("mof-project")
    if changes is None:
        contents = {k: v for k, v in contents.items() if k.sheet != "indicators"}
    else:
        contents |= {CellKey("indicators", "1", column): one for column, one in changes.items()}
    form = make_form(ready_scheme("mof-project")[0], contents)
    reading = understand_book(read_bytes(form_file(form)), ready_schemes())
    assert reading.submission is not None
    report = make_report(*ready_scheme("mof-project"), reading.submission, reading.findings)
    errors = [one for one in report.findings if one.standing is Severity.ERROR]
    assert {one.code for one in errors if one.sheet != "评分表"} == told
    misplaced = [one.remedy for one in errors if one.code == "V154"]
    assert all("像是填错了栏" in one for one in misplaced)
    assert "V171" not in {one.code for one in errors}
