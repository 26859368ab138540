"""空白模板：每个方案一份，与 xltool template 写出的字节相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from exact_bytes import needs_exact_bytes
from read_forms import read_submission
from regenerate import HINT, TEMPLATES

from xltool.cli.prefilled import blank_form
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.layout.block import END, END_MARK
from xltool.scheme.model import SheetKind
from xltool.scoring.catalogue import offered_schemes, ready_scheme, ready_schemes

if TYPE_CHECKING:
    from pathlib import Path

IDS = [scheme.id for scheme in offered_schemes()]


def _file(scheme_id: str) -> Path:
    return TEMPLATES / blank_form(ready_scheme(scheme_id)[0]).file


@needs_exact_bytes
@pytest.mark.parametrize("scheme_id", IDS)
def test_committed_template_is_what_the_scheme_yields(scheme_id: str) -> None:
    plan = form_plan(make_form(ready_scheme(scheme_id)[0], {}, derive=True))
    assert _file(scheme_id).read_bytes() == render_book(plan), HINT


def test_one_template_for_each_scheme_and_no_other() -> None:
    wanted = {_file(scheme_id).name for scheme_id in IDS}
    assert {path.name for path in TEMPLATES.glob("*.xlsx")} == wanted, HINT
    assert len(wanted) == len(IDS)


@pytest.mark.parametrize("scheme_id", IDS)
def test_blank_template_is_recognised_and_empty(scheme_id: str) -> None:
    reading = read_submission(_file(scheme_id), ready_schemes())
    assert reading.findings == ()
    assert reading.submission is not None
    assert reading.submission.scheme == scheme_id
    assert reading.submission.entries == {}
    assert all(rows == () for rows in reading.submission.records.values())


@pytest.mark.parametrize("scheme_id", IDS)
def test_nothing_but_the_mark_stands_in_an_end_row(scheme_id: str) -> None:
    """公式的区域含“表格结束”行，那里有字就会多算一条记录。"""
    form = make_form(ready_scheme(scheme_id)[0], {})
    sheets = {sheet.name: sheet for sheet in form_plan(form).sheets}
    marked = 0
    for block in form.layout.blocks.values():
        cells = sheets[block.name].cells
        written = [c.content for c in cells if c.at.row == block.rows.get(END) and c.content]
        marked += END in block.rows
        assert written == ([END_MARK] if END in block.rows else [])
    assert marked == sum(s.kind is SheetKind.RECORDS for s in form.scheme.sheets) > 0
