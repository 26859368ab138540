"""印的栏只写一处：加一栏，空白模板照旧读得干净，栏里的字照样核对。"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from openpyxl_books import opened, saved_sheets
from scheme_variants import brief

from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.score_sheet import score_cells
from xltool.form.sheet_cells import placed_cells
from xltool.intake.submission import understand_book
from xltool.intake.template_cells import Kind, sheet_templates
from xltool.layout import columns
from xltool.layout.columns import Column
from xltool.layout.layout import template_layout
from xltool.layout.unit import unit_layout
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.sheets.plan import Role
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.finding import Finding
    from xltool.scheme.model import Scheme, Sheet

IDS = [scheme.id for scheme in ready_schemes()]
MADE: dict[str, Callable[..., str]] = {
    "_SCORE": lambda method: f"{method.indicator.code}出自{method.indicator.origin}",
    "_FIELDS": lambda item: f"{item.code}出自某件",
    "_PROSE": lambda item: f"{item.code}出自某件",
    "_RECORDS": lambda number: f"第{number}条",
}


@pytest.fixture(params=IDS)
def scheme(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Scheme:
    """四种表各多印一栏，只在 layout/columns.py 里写；换一个对象，免得用上存着的版面。"""
    for name, text in MADE.items():
        before, after = getattr(columns, name)
        extra = Column("origin", "出处", 20, text=text)
        monkeypatch.setattr(columns, name, ((*before, extra), after))
    return _further(request.param)


@cache
def _further(scheme_id: str) -> Scheme:
    """只在多印一栏的时候用；记录表只备几行，往下各行相同。"""
    return replace(brief(ready_scheme(scheme_id)[0]))


@cache
def _blank(scheme: Scheme) -> bytes:
    return render_book(form_plan(make_form(scheme, {})))


def _read(data: bytes, scheme: Scheme) -> tuple[Finding, ...]:
    reading = understand_book(read_bytes(data), [scheme])
    assert reading.submission is not None
    return reading.findings


def _first(sheet: Sheet, scheme: Scheme) -> str:
    if sheet.kind is SheetKind.SCORE:
        return scheme.indicators[0].code
    return sheet.fields[0].key if sheet.kind is SheetKind.FIELDS else "1"


def test_a_blank_form_with_a_further_column_reads_clean(scheme: Scheme) -> None:
    assert _read(_blank(scheme), scheme) == ()


def test_the_further_column_is_compared_on_every_sheet(scheme: Scheme) -> None:
    book = opened(_blank(scheme))
    wanted = []
    for block in template_layout(scheme).blocks.values():
        if block.slots:  # 排在页上的逐项表没有自己的栏
            continue
        cell = book[block.name][block.at(_first(block.sheet, scheme), "origin").a1]
        assert cell.protection.locked
        wanted.append(("R245", f"{block.name}!{cell.coordinate}", f"“{cell.value}”"))
        cell.value = "本单位另写"
    changed = dict.fromkeys(at.split("!")[0] for _, at, _ in wanted)
    found = _read(saved_sheets(_blank(scheme), book, changed), scheme)
    assert [(one.code, one.where) for one in found] == [(code, at) for code, at, _ in wanted]
    for one, (_, _, printed) in zip(found, wanted, strict=True):
        assert printed[:12] in one.message
        assert "本单位另写" in one.message


def test_the_further_column_moves_with_its_sheet(scheme: Scheme) -> None:
    """左边多插一列，栏仍由标识和表头认出，字照样核对。"""
    book = opened(_blank(scheme))
    block = template_layout(scheme).blocks[scheme.score_sheet.key]
    at = block.at(scheme.indicators[0].code, "origin")
    sheet = book[block.name]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    sheet.insert_cols(at.col)
    sheet.cell(at.row, at.col + 1).value = "本单位另写"
    moved = saved_sheets(_blank(scheme), book, [block.name])
    changed = [one.where for one in _read(moved, scheme) if one.code == "R245"]
    assert changed == [f"{block.name}!{at.moved(cols=1).a1}"]


def test_the_further_column_stands_in_the_sheet_of_a_unit(scheme: Scheme) -> None:
    layout = unit_layout(scheme, "01_示例市民政局", {})
    block = layout.blocks[scheme.score_sheet.key]
    form = replace(make_form(scheme, {}), layout=layout)
    cells = {cell.at: cell.content for cell in score_cells(form, block)}
    for method in form.methods:
        at = block.at(method.indicator.code, "origin")
        assert cells[at] == MADE["_SCORE"](method)


# ---------------------------------------------------------------- 模板的格照写表的格


@pytest.mark.parametrize("scheme_id", IDS)
def test_every_cell_of_the_plan_is_known_to_the_reader(scheme_id: str) -> None:
    """有内容或可填的格，读的一方都认得；种类与作用相符。"""
    shipped = ready_scheme(scheme_id)[0]
    form = make_form(shipped, {})
    for key, block in form.layout.blocks.items():
        template = sheet_templates(shipped)[key]
        below = 0
        for cell, row, _ in placed_cells(form, block):
            known = template.cells.get(cell.at)
            assert (known is not None and known.kind is Kind.INPUT) == cell.unlocked
            if cell.at.row > block.last_row:
                below += 1
                assert known is None
            elif cell.content:
                assert known is not None, cell
                assert known.expected or cell.unlocked, cell
                assert (known.kind is Kind.LOOSE) == (not row and cell.role is not Role.AUTO), cell
        assert below == len(template.signed)


def test_kinds_of_a_score_row() -> None:
    """评分表一行里，每一栏是什么。"""
    shipped = ready_scheme("jiangmen-2025-special")[0]
    template = sheet_templates(shipped)[shipped.score_sheet.key]
    row = shipped.indicators[0].code
    kinds = {column: cell.kind.value for (at, column), cell in template.by_key.items() if at == row}
    assert kinds == {
        "code": "anchor",
        "level1": "text",
        "level2": "text",
        "title": "anchor",
        "points": "points",
        "note": "text",
        "standard": "text",
        "basis": "formula",
        "self_score": "input",
        "score": "formula",
        "reason": "input",
        "evidence": "input",
        "review_score": "review",
        "review_note": "review",
        "shown_basis": "live",
        "shown_score": "live",
        "self_check": "live",
        "unsaid": "live",
        "proved": "live",
        "replaced": "live",
        "said": "live",
        "filled": "live",
        "long": "live",
        "long_line": "live",
    }
