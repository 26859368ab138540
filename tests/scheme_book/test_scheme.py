"""方案工作簿的样子：能改的格都不锁、都有提示；认行的格锁着；下拉的来源都在；公式里没有方案的文字。"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from xltool.excel.write import render_book
from xltool.scheme.loader import load_scheme, shipped_ids
from xltool.scheme_book.book import scheme_plan
from xltool.scheme_book.table import HEADER
from xltool.scheme_book.tables.catalogue import PARTS, TABLES
from xltool.sheets.plan import Formula, Link, Role, ValidationKind

if TYPE_CHECKING:
    from xltool.sheets.plan import SheetPlan, WorkbookPlan

IDS = shipped_ids()


@cache
def plan(scheme_id: str) -> WorkbookPlan:
    whole = scheme_plan(load_scheme(scheme_id))
    return replace(
        whole, sheets=tuple(replace(s, cells=tuple(s.every_cell())) for s in whole.sheets)
    )


def sheet_of(scheme_id: str, name: str) -> SheetPlan:
    return next(sheet for sheet in plan(scheme_id).sheets if sheet.name == name)


@pytest.mark.parametrize("scheme_id", IDS)
def test_every_open_cell_is_prompted_and_every_prompt_is_open(scheme_id: str) -> None:
    for table in TABLES.values():
        sheet = sheet_of(scheme_id, table.name)
        opened = {cell.at for cell in sheet.every_cell() if cell.unlocked}
        prompted = {at for at in (c.at for c in sheet.every_cell()) if _covered(sheet, at)}
        assert opened == prompted
        assert opened
        assert all(one.prompt and one.prompt_title for one in sheet.validations)


def _covered(sheet: SheetPlan, at: object) -> bool:
    return any(at in validation.area for validation in sheet.validations)


@pytest.mark.parametrize("scheme_id", IDS)
def test_what_names_a_row_is_locked_and_grey_but_in_the_spare_rows(scheme_id: str) -> None:
    rows = {part.table.key: len(tuple(part.rows(load_scheme(scheme_id)))) for part in PARTS}
    for key, table in TABLES.items():
        fixed = {n for n, column in enumerate(table.columns, 1) if column.fixed}
        for cell in sheet_of(scheme_id, table.name).every_cell():
            if cell.at.row > HEADER and cell.at.col in fixed:
                spare = cell.at.row > HEADER + rows[key]
                assert cell.unlocked is spare
                assert (cell.role is Role.CODE) is not spare


@pytest.mark.parametrize("scheme_id", IDS)
def test_sheets_are_protected_landscape_and_have_room(scheme_id: str) -> None:
    for sheet in plan(scheme_id).sheets:
        assert sheet.protected
        assert sheet.printing.landscape
        assert not sheet.hidden
    for table in TABLES.values():
        assert table.spare or table.settings
        sheet = sheet_of(scheme_id, table.name)
        assert sheet.printing.title_rows == (HEADER, HEADER)
        assert sheet.freeze is not None


@pytest.mark.parametrize("scheme_id", IDS)
def test_lists_come_from_names_that_are_there(scheme_id: str) -> None:
    whole = plan(scheme_id)
    names = {name.name for name in whole.names}
    used = {
        one.source
        for sheet in whole.sheets
        for one in sheet.validations
        if one.rule is ValidationKind.LIST
    }
    assert used <= names
    sheets = {sheet.name for sheet in whole.sheets}
    for name in whole.names:
        assert name.reference.split("!")[0].strip("'") in sheets


@pytest.mark.parametrize("scheme_id", IDS)
def test_every_table_is_a_click_away_and_links_back(scheme_id: str) -> None:
    guide, *others = plan(scheme_id).sheets
    targets = [c.content.sheet for c in guide.every_cell() if isinstance(c.content, Link)]
    assert targets == [sheet.name for sheet in others]
    for sheet in others:
        first = next(iter(sheet.every_cell()))
        assert isinstance(first.content, Link)
        assert (first.at.a1, first.content.sheet) == ("A1", guide.name)


def test_text_of_the_scheme_is_in_no_formula() -> None:
    mark = '"&ZQX&"'
    scheme = load_scheme(IDS[0])
    indicators = tuple(replace(item, title=f"{mark}{item.code}") for item in scheme.indicators)
    sheets = tuple(replace(item, note=mark, title=mark) for item in scheme.sheets)
    options = {key: replace(item, title=mark) for key, item in scheme.options.items()}
    marked = replace(
        scheme, indicators=indicators, sheets=sheets, options=options, basis=mark, guide=(mark,)
    )
    whole = scheme_plan(marked)
    formulas = [
        cell.content.text
        for sheet in whole.sheets
        for cell in sheet.every_cell()
        if isinstance(cell.content, Formula)
    ]
    assert formulas
    assert not [text for text in formulas if "ZQX" in text]
    assert not [name for name in whole.names if "ZQX" in name.reference]
    assert render_book(scheme_plan(marked)) == render_book(scheme_plan(marked))
