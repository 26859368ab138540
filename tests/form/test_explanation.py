"""计分说明：在汇总里接在各单位的评分表之下，在评分后的表里单独一张，空白模板没有。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cli_runner import xltool
from collection_builder import SCHEME, filled
from openpyxl_books import loaded
from parity_cells import bare, differences, frozen
from parity_engines import formualizer_found
from read_forms import read_submission
from styled_xml import looked
from written_books import write_consolidated

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.sources import make_sources
from xltool.consolidated.unit_sheet import lines_of
from xltool.excel.output_set import forms_folder
from xltool.excel.prerendered import prerender_book
from xltool.excel.skeleton import empty_skeleton
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.changing_cells import changing_cells, changing_rows
from xltool.form.explanation_sheet import NOTE, explanation_cells, explanation_heights
from xltool.form.form import make_form
from xltool.layout.explained import EXPLAINED, EXPLANATION
from xltool.layout.layout import template_layout
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.scoring.explanation import cells_text, deductions_text, ground
from xltool.sheets.plan import Formula, Link, Role
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from xltool.address import At
    from xltool.assessment.report import Report
    from xltool.consolidated.source import Source
    from xltool.excel.prerendered import PrerenderedBook
    from xltool.form.form import Form
    from xltool.sheets.plan import Cell, WorkbookPlan

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
DEMONSTRATION = "江门市工业和信息化局"
FIRST_TWO = (
    "扣0.68分：第1行“促进工业企业上规模专项资金（第一批）”实际支出665万元只有安排数2055万元的32.36%。"
    "怎样不扣：实际支出达到安排数2055万元（还差1390万元），可不扣。\n"
    "扣0.24分：第2行“省产业共建扶持市级配套资金”实际支出333.84万元只有安排数441.01万元的75.70%。"
    "怎样不扣：实际支出达到安排数441.01万元（还差107.17万元），可不扣。"
)


@cache
def source() -> Source:
    request = Request(folder=SAMPLES / "inbox", roster=SAMPLES / "名单.xlsx", jobs=1)
    (only,) = make_sources(collect(request), "评分表")
    return only


@cache
def book() -> WorkbookPlan:
    return frozen(consolidated_plan((source(),)))


@cache
def reports() -> dict[str, Report]:
    return {scored.name: scored.unit.report() for scored in source().scored}


def explained(report: Report) -> Form:
    """评分后的表。"""
    scheme, _ = ready_scheme(SCHEME)
    return replace(make_form(scheme, report.contents), lines=lines_of(report))


def sheet_cells(plan: WorkbookPlan, name: str) -> dict[At, Cell]:
    sheet = next(sheet for sheet in plan.sheets if sheet.name == name)
    return {cell.at: cell for cell in sheet.every_cell()}


# ---------------------------------------------------------------- 汇总里各单位的表


def test_it_stands_between_the_form_and_the_other_tables() -> None:
    for scored in source().scored:
        layout = source().layouts[scored.number]
        form, *others = layout.blocks.values()
        table = layout.explained
        assert form.last_row + 1 < table.title < table.header < min(table.rows.values())
        assert table.last_row + 1 < min(block.lines.title for block in others)
        assert table.name == scored.sheet
        ends = [last for _, last in table.columns.values()]
        assert ends == sorted(ends)
        assert ends[-1] == form.last_column


@pytest.mark.parametrize("name", [DEMONSTRATION, "示例市民政局", "示例市卫生健康局"])
def test_every_row_says_how_the_score_came_about(name: str) -> None:
    scored = next(scored for scored in source().scored if scored.name == name)
    layout = source().layouts[scored.number]
    table, report = layout.explained, reports()[name]
    cells = sheet_cells(book(), scored.sheet)
    for method, line in zip(source().methods, report.scores, strict=True):
        row = {column.key: cells[table.at(line.code, column.key)] for column in EXPLAINED}
        assert (row["code"].content, row["trace"].content) == (line.code, line.trace)
        assert row["title"].content == method.indicator.title
        assert row["ground"].content == ground(method).text
        assert row["deductions"].content == (deductions_text(line.deductions) or None)
        form = layout.blocks["form"]
        score = form.at(line.code, "score").a1
        expected = Formula(f'IF(ISNUMBER({score}),{score},"")', line.score)
        assert row["score"].content == expected
        assert row["points"].content == Formula(form.at(line.code, "points").a1, line.points)


def test_the_cells_lead_to_the_number_on_the_same_sheet() -> None:
    scored = next(scored for scored in source().scored if scored.name == DEMONSTRATION)
    table = source().layouts[scored.number].explained
    cells = sheet_cells(book(), scored.sheet)
    content = cells[table.at("03", "cells")].content
    assert isinstance(content, Link)
    assert (content.text, content.sheet) == ("收支与资产!C8、C10", scored.sheet)
    assert content.at is not None
    assert cells[content.at].content == Decimal("26701.65")
    assert cells[table.at("05", "deductions")].content == FIRST_TWO


def test_cells_of_a_row_that_was_not_written_back_have_no_link() -> None:
    form = explained(reports()[DEMONSTRATION])
    table = form.layout.explained
    for used, kind in (("1", Link), ("999", str)):
        lines = dict(form.lines or {})
        lines["05"] = lines["05"]._replace(used=(CellKey("funds", used, "counted_rate"),))
        cells = explanation_cells(replace(form, lines=lines), table, linked=True)
        content = next(cell.content for cell in cells if cell.at == table.at("05", "cells"))
        assert isinstance(content, kind)


def test_merged_cells_do_not_overlap() -> None:
    for scored in source().scored:
        sheet = next(sheet for sheet in book().sheets if sheet.name == scored.sheet)
        taken: set[tuple[int, int]] = set()
        for merge in sheet.merges:
            first, last = merge.area.first, merge.area.last
            spots = {
                (row, col)
                for row in range(first.row, last.row + 1)
                for col in range(first.col, last.col + 1)
            }
            assert not spots & taken, (scored.sheet, merge.area.a1)
            taken |= spots


# ---------------------------------------------------------------- 评分后的表


def test_the_blank_form_has_none() -> None:
    scheme, _ = ready_scheme(SCHEME)
    names = [sheet.name for sheet in form_plan(make_form(scheme, {})).sheets]
    assert EXPLANATION not in names


def test_the_scored_form_has_it_after_the_form_and_leads_to_it() -> None:
    plan = form_plan(explained(reports()[DEMONSTRATION]))
    names = [sheet.name for sheet in plan.sheets]
    assert names.index(EXPLANATION) == names.index("评分表") + 1
    links = [
        cell.content
        for sheet in plan.sheets
        for cell in sheet.every_cell()
        if isinstance(cell.content, Link) and cell.content.sheet == EXPLANATION
    ]
    assert [link.text for link in links] == ["看计分说明"]
    cells = sheet_cells(plan, EXPLANATION)
    table = template_layout(ready_scheme(SCHEME)[0]).explained
    assert cells[table.at("03", "cells")].content == "收支与资产!C8、C10"
    assert cells[table.at("03", "score")].content == Formula(
        "IF(ISNUMBER('评分表'!$J$9),'评分表'!$J$9,\"\")", Decimal("4.90")
    )
    assert [cell.content for cell in cells.values() if cell.role is Role.INFO] == [NOTE]


@pytest.fixture(scope="module")
def prerendered() -> PrerenderedBook:
    blank = form_plan(replace(make_form(ready_scheme(SCHEME)[0], {}), lines={}))
    return prerender_book(empty_skeleton(blank), blank)


@pytest.mark.parametrize("name", [DEMONSTRATION, "示例市民政局", "示例市教育局"])
def test_printed_equals_written(prerendered: PrerenderedBook, name: str) -> None:
    form = explained(reports()[name])
    printed = BytesIO()
    prerendered.print(printed, changing_cells(form), changing_rows(form))
    assert looked(printed.getvalue()) == looked(render_book(form_plan(form)))


@pytest.mark.parametrize("name", [DEMONSTRATION, "示例市民政局"])
def test_every_row_is_high_enough(name: str) -> None:
    form = explained(reports()[name])
    table, heights = form.layout.explained, explanation_heights(form, form.layout.explained)
    for method in form.methods:
        line = (form.lines or {})[method.indicator.code]
        texts = {
            "title": method.indicator.title,
            "ground": ground(method).text,
            "trace": line.trace,
            "cells": cells_text(line.cells),
            "deductions": deductions_text(line.deductions),
        }
        needed = row_height([(text, table.widths[key]) for key, text in texts.items()], 36.0)
        assert heights[table.rows[line.code]] == needed
        assert needed < 409


def test_the_formulas_are_recalculated_alike() -> None:
    plan = bare(frozen(form_plan(explained(reports()["示例市民政局"]))))
    assert differences(plan, formualizer_found(plan)) == []


def test_it_is_saved_with_the_scored_form_and_not_taken_for_an_answer(tmp_path: Path) -> None:
    saved = tmp_path / "评分后.xlsx"
    assert xltool("score", SAMPLES / "inbox" / "示例市教育局.xlsx", "-o", saved).code == 0
    sheet = loaded(saved)[EXPLANATION]
    table = template_layout(ready_scheme(SCHEME)[0]).explained
    report = reports()["示例市教育局"]
    line = next(line for line in report.scores if line.code == "03")
    assert sheet[table.at("03", "trace").a1].value == line.trace
    assert sheet[table.at("03", "deductions").a1].value == deductions_text(line.deductions)
    again = read_submission(saved, [ready_scheme(SCHEME)[0]])
    assert again.submission is not None
    assert again.findings == ()


def test_forms_beside_the_book_have_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xltool.consolidated.sources.MOST_IN_BOOK", 0)
    inbox, target = tmp_path / "报送", tmp_path / "汇总.xlsx"
    inbox.mkdir()
    scheme, _ = ready_scheme(SCHEME)
    contents = filled(scheme, 3)
    contents[CellKey("finance", "total")] = Decimal("20434.935")  # 27246.58×75%
    (inbox / "1.xlsx").write_bytes(render_book(form_plan(make_form(scheme, contents))))
    write_consolidated(collect(Request(folder=inbox)), target)
    (form,) = forms_folder(target).glob("*/*.xlsx")
    sheet = loaded(form)[EXPLANATION]
    table = template_layout(scheme).explained
    assert sheet[table.at("03", "deductions").a1].value == (
        "扣1.25分：决算支出20434.935万元只有调整后预算数27246.58万元的75%。"
        "怎样不扣：决算支出达到调整后预算数27246.58万元（还差6811.645万元），可不扣。"
    )
    assert sheet[table.at("03", "cells").a1].value == "收支与资产!C8、C10"


# ---------------------------------------------------------------- 得分明细


def test_the_register_says_where_and_why() -> None:
    cells = sheet_cells(book(), "得分明细")
    headings = {cell.content: at.col for at, cell in cells.items() if at.row == 5}
    row = next(
        at.row for at, cell in cells.items() if cell.content == "05" and at.col == headings["编码"]
    )
    found = {
        heading: next(cell.content for at, cell in cells.items() if at == (row, column))
        for heading, column in headings.items()
    }
    assert found["计算过程"] == "(32.36%+75.70%+100%+100%+100%)÷5=81.61%，×5分=4.08"
    assert found["取数"] == "专项资金!H7:H11"
    assert found["规则来源"] == "重建：多个专项取简单平均（取简单平均为假设）"
    assert found["扣分说明"] == (
        "扣0.68分：第1行“促进工业企业上规模专项资金（第一批）”"
        "实际支出665万元只有安排数2055万元的32.36%。\n"
        "扣0.24分：第2行“省产业共建扶持市级配套资金”"
        "实际支出333.84万元只有安排数441.01万元的75.70%。"
    )
