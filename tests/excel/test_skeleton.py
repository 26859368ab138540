"""壳里的公式：走近路的与 XlsxWriter 自己整理的一个字也不差。"""

from __future__ import annotations

import pytest
from xlsxwriter.worksheet import Worksheet

from xltool.excel.features import planned_rules
from xltool.excel.skeleton import PlainSheet
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.scheme_book.book import scheme_plan
from xltool.scoring.catalogue import ready_schemes


def test_every_formula_of_ours_is_as_the_library_has_it() -> None:
    plans = [form_plan(make_form(scheme, {})) for scheme in ready_schemes()]
    plans += [scheme_plan(scheme) for scheme in ready_schemes()]
    formulas = {one for plan in plans for sheet in plan.sheets for one in planned_rules(sheet)}
    assert len(formulas) > 100
    for formula in formulas:
        expected = Worksheet()._prepare_formula(f"={formula}", expand_future_functions=True)
        assert (
            PlainSheet()._prepare_formula(f"={formula}", expand_future_functions=True)
            == expected
            == formula
        )


@pytest.mark.parametrize(
    "formula",
    ["=SORT(A1:A3)", "=IF(A1,XLOOKUP(1,B:B,C:C),2)", "{=AND(A1)}", "=COT(1)"],
)
def test_a_newer_function_is_left_to_the_library(formula: str) -> None:
    expected = Worksheet()._prepare_formula(formula, expand_future_functions=True)
    assert (
        PlainSheet()._prepare_formula(formula, expand_future_functions=True)
        == expected
        != formula.removeprefix("=")
    )
