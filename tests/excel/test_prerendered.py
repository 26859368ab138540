"""一版多印：印出来的与从头写的逐格相同；混进别的公式或链接，一份也印不出。"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from random import Random
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from collection_builder import SCHEME, filled
from form_files import form_file
from styled_xml import looked

from xltool.address import At
from xltool.excel.errors import OutputNotAsPlannedError
from xltool.excel.prerendered import prerender_book
from xltool.excel.skeleton import empty_skeleton
from xltool.excel.write import render_book
from xltool.finding import Severity
from xltool.form.book import form_plan
from xltool.form.changing_cells import changing_cells, changing_rows
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.plan import Cell, ChangedRows, Formula, Link, Role

if TYPE_CHECKING:
    from xltool.excel.prerendered import PrerenderedBook

ALLOCATED = "mof-project-101-2021-1"


@pytest.fixture(scope="module")
def prerendered() -> PrerenderedBook:
    blank = form_plan(make_form(ready_scheme(SCHEME)[0], {}))
    return prerender_book(empty_skeleton(blank), blank)


@pytest.mark.parametrize("rows", [0, 1, 15, 18])
def test_printed_equals_written(prerendered: PrerenderedBook, rows: int) -> None:
    scheme, _ = ready_scheme(SCHEME)
    form = make_form(scheme, filled(scheme, rows))
    printed = BytesIO()
    prerendered.print(printed, changing_cells(form), changing_rows(form))
    written = render_book(form_plan(form))
    assert looked(printed.getvalue()) == looked(written)
    assert form_file(form) == written


def test_whichever_rows_change_the_rest_is_as_it_was(prerendered: PrerenderedBook) -> None:
    """没有变的各块照压好的接上：哪几块变了、连着还是隔开，解开都对。"""
    chance = Random(16)  # noqa: S311 - 要的是可重复
    longest = max(prerendered.sheets, key=lambda sheet: len(sheet.blocks))
    name, sizes = longest.skeleton.name, longest.skeleton.sizes
    blank = "".join(piece for block in longest.blocks for piece in block.pieces)
    for count in (1, 2, 3, 5, 20, len(longest.rows)):
        rows = chance.sample(sorted(longest.rows), count)
        printed = BytesIO()
        prerendered.print(printed, {name: ()}, {name: ChangedRows(dict.fromkeys(rows, 300.0))})
        expected = blank
        for row in rows:
            expected = expected.replace(sizes.start(row), sizes.start(row, 300.0))
        with ZipFile(printed) as archive:
            assert archive.read(longest.part.name).decode() == expected
    assert len(longest.blocks) > 50


@pytest.fixture(scope="module")
def allocated() -> PrerenderedBook:
    blank = form_plan(make_form(ready_scheme(ALLOCATED)[0], {}))
    return prerender_book(empty_skeleton(blank), blank)


@pytest.mark.parametrize("option", ["plain", "cost", "plain_unsurveyed", "cost_unsurveyed"])
def test_the_chosen_allocation_reaches_every_sheet(allocated: PrerenderedBook, option: str) -> None:
    """分值随分法而定，评分参数里引用它的格，记着的结果也随之而变。"""
    scheme, _ = ready_scheme(ALLOCATED)
    assert scheme.allocation is not None
    options = scheme.options[scheme.field(scheme.allocation.field).options]
    contents = filled(scheme, 2) | {scheme.allocation.field: options.value(option)}
    form = make_form(scheme, contents)
    printed = BytesIO()
    allocated.print(printed, changing_cells(form), changing_rows(form))
    assert looked(printed.getvalue()) == looked(render_book(form_plan(form)))


def test_marks_are_printed_on_filled_and_on_blank_cells(prerendered: PrerenderedBook) -> None:
    scheme, _ = ready_scheme(SCHEME)
    contents = filled(scheme, 2)
    marks = {
        CellKey("cover", "department"): Severity.NOTICE,
        CellKey("cover", "phone"): Severity.ERROR,
        CellKey("indicators", "1", "title"): Severity.WARNING,
        CellKey("indicators", "2", "special"): Severity.WARNING,
        CellKey("indicators", "1", "factor"): Severity.ERROR,  # 自动计算的格照旧
        CellKey("form", "01", "reason"): Severity.NOTICE,
    }
    blank = {CellKey("cover", "phone"), CellKey("indicators", "2", "special")}
    contents = {key: value for key, value in contents.items() if key not in blank}
    form = replace(make_form(scheme, contents), marks=marks)
    printed = BytesIO()
    prerendered.print(printed, changing_cells(form), changing_rows(form))
    assert looked(printed.getvalue()) == looked(render_book(form_plan(form)))


@pytest.mark.parametrize(
    "content", [Formula("1+1", 2), Link("看", "填报说明", At(1, 1))], ids=["公式", "链接"]
)
def test_a_foreign_formula_or_link_is_not_printed(
    prerendered: PrerenderedBook, content: Formula | Link
) -> None:
    cell = Cell(At(7, 3), content, Role.INPUT, unlocked=True)
    with pytest.raises(OutputNotAsPlannedError):
        prerendered.print(BytesIO(), {"封面": [cell]}, {})


@pytest.mark.parametrize("rows", [0, 2])
def test_texts_like_formulas_are_printed_as_written(rows: int) -> None:
    """像公式的字用的样式版上没有，排号也与从头写的相同。"""
    scheme, _ = ready_scheme(SCHEME)
    contents = filled(scheme, rows) | {
        CellKey("cover", "department"): "=1+1",
        CellKey("cover", "department_code"): "001",
        CellKey("form", "02", "reason"): "-见说明",
    }
    form = make_form(scheme, contents)
    assert form_file(form) == render_book(form_plan(form))
