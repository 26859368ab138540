"""评分参数：报送表只列自己的公式用到的数；只有复核的人看的，列在汇总里。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from scheme_variants import SPECIAL, brief, shipped, variants

from xltool.flags.registry import reviewers_parameters, thresholds_for
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.form.parameter_sheet import parameter_sheet
from xltool.layout.layout import PARAMETERS
from xltool.layout.parameters import form_parameters
from xltool.scheme.loader import parse_scheme
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.sheets.plan import SheetPlan, WorkbookPlan

REFERENCE = re.compile(rf"'{PARAMETERS}'!\$D\$(\d+)")
CAPPED = f"""[scheme]
extends = "{SPECIAL}"
id = "capped"
[parameters.self_cap_limit1]
label = "执行率低于"
value = 0.8
unit = "%"
origin = "假设：试验"
[parameters.self_cap_points1]
label = "自评最高"
value = 89
unit = "分"
origin = "假设：试验"
"""
EVERY = {**shipped(), **variants(), "自评封顶": parse_scheme(CAPPED, "试验.toml")}
EACH = pytest.mark.parametrize("scheme", EVERY.values(), ids=EVERY)


def formulas(plan: WorkbookPlan) -> Iterator[str]:
    """一份表里全部公式：各格的、条件格式的，连同其中的名称指的。"""
    yield from (name.reference for name in plan.names)
    for sheet in plan.sheets:
        for cell in sheet.every_cell():
            if isinstance(cell.content, Formula):
                yield cell.content.text
        yield from (highlight.formula for highlight in sheet.highlights)


def keys(sheet: SheetPlan) -> list[str]:
    """编号一栏，表头以下。"""
    column = [cell for cell in sheet.every_cell() if cell.at.col == 1 and cell.at.row > 5]
    return [str(cell.content) for cell in column]


@EACH
def test_the_form_lists_just_what_its_formulas_use(scheme: Scheme) -> None:
    form = make_form(brief(scheme), {})
    plan = form_plan(form)
    rows = {int(row) for text in formulas(plan) for row in REFERENCE.findall(text)}
    places = {at.row: key for key, at in form.layout.parameters.items()}
    assert {places[row] for row in rows} == set(form_parameters(scheme))
    printed = next(sheet for sheet in plan.sheets if sheet.name == PARAMETERS)
    points = [f"{item.code}.分值" for item in scheme.indicators]
    assert keys(printed) == [*form_parameters(scheme), *points]


@EACH
def test_the_book_goes_on_with_what_only_the_reviewer_needs(scheme: Scheme) -> None:
    others = reviewers_parameters(scheme)
    sheet = parameter_sheet(make_form(scheme, {}), linked=False, others=others)
    listed = keys(sheet)
    assert listed[-len(others) :] == [one.key for one in others]
    assert len(set(listed)) == len(listed)
    every = {*scheme.parameters, *(one.key for one in thresholds_for(scheme))}
    assert every <= set(listed)


def test_a_cap_of_the_self_score_is_for_the_reviewer() -> None:
    scheme = EVERY["自评封顶"]
    assert "self_cap_limit1" not in form_parameters(scheme)
    assert "self_cap_limit1" in {one.key for one in reviewers_parameters(scheme)}


def test_the_rows_of_the_book_say_whose_they_are() -> None:
    scheme = EVERY[SPECIAL]
    others = reviewers_parameters(scheme)
    sheet = parameter_sheet(make_form(scheme, {}), linked=False, others=others)
    row = next(cell.at.row for cell in sheet.every_cell() if cell.content == "K04.floor")
    printed = [str(cell.content) for cell in sheet.every_cell() if cell.at.row == row]
    assert printed == [
        "K04.floor",
        "规则K04",
        "反向指标实现值过低的界限",
        "0.6",
        "%",
        "重建：参照财预〔2021〕101号60%的及格门槛",
    ]
