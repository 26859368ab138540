"""记录表只写头两行的公式，以下各行照距离移：与逐行写的一字不差。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from scheme_variants import brief, shipped, variants

from xltool.form.book import form_plan
from xltool.form.form import Form, make_form
from xltool.layout.layout import Layout, template_layout
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

TOUCHED = ("按金额加权", "不认不适用，不收其中", "有调整值（jiangmen-2025-special）")


def formulas(scheme: Scheme) -> dict[tuple[str, str], str]:
    """各格的公式；版面另造一份，不用存着的。"""
    made = make_form(scheme, {}, derive=True)
    layout = made.layout
    fresh = Layout(
        scheme, layout.blocks, layout.parameters, layout.options, layout.explained, texts={}
    )
    named = {field: getattr(made, field) for field in Form.__dataclass_fields__}
    plan = form_plan(Form(**(named | {"layout": fresh, "live": {}})))
    return {
        (sheet.name, cell.at.a1): cell.content.text
        for sheet in plan.sheets
        for cell in sheet.every_cell()
        if isinstance(cell.content, Formula)
    }


@pytest.mark.parametrize("name", [*shipped(), *TOUCHED])
def test_filled_down_is_what_each_row_would_write(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheme = brief((shipped() | variants())[name])
    filled = formulas(scheme)
    monkeypatch.setattr(Layout, "model_row", lambda _layout, _sheet, row: row)
    assert formulas(scheme) == filled


def test_below_the_second_row_nothing_is_written_anew() -> None:
    """只有自成一张的记录表是照着往下填的；页上的、逐项表和评分表各写各的。"""
    special = template_layout(shipped()["jiangmen-2025-special"])
    assert special.model_row("indicators", "9") == "2"
    assert special.model_row("indicators", "1") == "1"
    assert special.model_row("management", "policy") == "policy"
    assert template_layout(shipped()["mof-project"]).model_row("indicators", "9") == "9"
