"""记录表备好的行：够一个部门用，隐藏着不印，用到的才显示；早先行数少的表照读；超出的说一句。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_contents import NOISE, scheme
from openpyxl_books import opened, saved
from scoring_builder import mutated

from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.common import FIRST_SHOWN
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.layout.block import END
from xltool.layout.layout import template_layout
from xltool.messages.form import BEYOND_CAPACITY
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.facts.typed import Typed
    from xltool.form.form import Form
    from xltool.sheets.plan import SheetPlan

ENOUGH = {"indicators": 90, "funds": 40, "rectification": 30}
ROW: dict[str, dict[str, Typed]] = {
    "indicators": {
        "level1": "产出", "level2": "数量指标", "title": "企业户数", "operator": "≥",
        "expected": Decimal(400), "unit": "家", "actual": Decimal(400),
    },
    "funds": {"name": "资金" },
    "rectification": {"problem": "问题"},
}  # fmt: skip


def contents(counts: dict[str, int]) -> dict[CellKey, Typed]:
    return {
        CellKey(sheet, str(number), column): value
        for sheet, count in counts.items()
        for number in range(1, count + 1)
        for column, value in ROW[sheet].items()
    }


def sheet_of(form: Form, key: str) -> SheetPlan:
    name = form.layout.blocks[key].name
    return next(sheet for sheet in form_plan(form).sheets if sheet.name == name)


def shown(form: Form, key: str) -> list[str]:
    block, hidden = form.layout.blocks[key], set(sheet_of(form, key).hidden_rows)
    return [row for row, line in block.rows.items() if line not in hidden]


def test_a_large_department_fills_the_rows_that_are_there() -> None:
    """九十个指标、四十项资金、三十个问题都在备好的行里，每行都有公式、列表、提示和自查。"""
    form = make_form(scheme(), contents(ENOUGH))
    assert form.layout is template_layout(scheme())
    for key, count in ENOUGH.items():
        block, plan = form.layout.blocks[key], sheet_of(form, key)
        assert shown(form, key) == [*map(str, range(1, count + 1)), END]
        cells = {cell.at: cell for cell in plan.every_cell()}
        for row in block.entry_rows:
            assert cells[block.at(row, "self_check")].content
            for field in block.sheet.fields:
                at = block.at(row, field.key)
                assert cells[at].unlocked is (field.computation is None)
                prompted = any(at in one.area for one in plan.validations)
                assert prompted is (field.computation is None)
                assert field.computation is None or cells[at].content


@pytest.mark.parametrize("scheme_id", [one.id for one in ready_schemes()])
def test_rows_not_used_are_hidden_and_the_end_is_seen(scheme_id: str) -> None:
    (own,) = (one for one in ready_schemes() if one.id == scheme_id)
    blank = make_form(own, {})
    scored = replace(blank, lines={})
    for sheet in own.sheets:
        if sheet.kind is SheetKind.RECORDS:
            first = [str(number) for number in range(1, FIRST_SHOWN + 1)]
            assert shown(blank, sheet.key) == [*first, END]
            assert shown(scored, sheet.key) == ["1", END]


def test_a_scored_form_shows_what_is_filled() -> None:
    form = replace(make_form(scheme(), contents({"indicators": 3})), lines={})
    assert shown(form, "indicators") == ["1", "2", "3", END]


def test_a_form_issued_with_fewer_rows_is_read_without_a_word() -> None:
    fewer = mutated(("capacity = 100", "capacity = 60"), ("capacity = 45", "capacity = 20"))
    reading = understand_book(read_bytes(render_book(form_plan(make_form(fewer, {})))), [scheme()])
    assert reading.findings == ()


def test_rows_inserted_beyond_those_prepared_are_told_in_one_line() -> None:
    capacity = scheme().sheet("indicators").capacity
    book = opened(render_book(form_plan(make_form(scheme(), contents({"indicators": capacity})))))
    block = template_layout(scheme()).blocks["indicators"]
    sheet, end = book[block.name], block.rows[END]
    sheet.insert_rows(end)
    for field in block.sheet.fields:
        if field.computation is None:
            column = block.columns[field.key][0]
            sheet.cell(end, column).value = sheet.cell(end - 1, column).value
    reading = understand_book(read_bytes(saved(book)), [scheme()])
    found = [one for one in reading.findings if one.code != NOISE]
    assert [(one.code, one.sheet) for one in found] == [(BEYOND_CAPACITY.code, block.name)]
    assert reading.submission is not None
    assert len(reading.submission.records["indicators"]) == capacity + 1
