"""共享公式：移动引用与 openpyxl 一致；各格读回的是自己的公式。"""

from __future__ import annotations

from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from xltool.address import MAX_ROW, At
from xltool.xlsx.shared_formulas import Shift, translated

HOME = At(20, 20)
_column = st.text(ascii_uppercase, min_size=1, max_size=2)
_row = st.integers(1, 9_999).map(str)
_fixed = st.sampled_from(["", "$"])
_cell = st.tuples(_fixed, _column, _fixed, _row).map("".join)
_sheet = st.sampled_from(["", "表!", "'A1 B2'!", "'它''s C3'!", "AB12!"])
_references = st.one_of(
    _cell,
    st.tuples(_cell, _cell).map(":".join),
    st.tuples(_fixed, _row, st.just(":"), _fixed, _row).map("".join),
    st.tuples(_fixed, _column, st.just(":"), _fixed, _column).map("".join),
)
_pieces = st.one_of(
    st.tuples(_sheet, _references).map("".join),
    st.sampled_from(
        ['"A1""B2"', "LOG10(A1)", "_选项_6行14列", "N6_x", "x.A1", "TRUE", "1.5E3", "0.5"]
    ),
    st.tuples(st.just("SUM("), _references, st.just(",A1)")).map("".join),
)
_formulas = st.lists(_pieces, min_size=1, max_size=6).map("+".join)


@given(_formulas, st.integers(0, 400), st.integers(0, 20))
def test_moved_as_openpyxl_moves(formula: str, rows: int, cols: int) -> None:
    moved = Translator(f"={formula}", HOME.a1).translate_formula(HOME.moved(rows, cols).a1)
    assert f"={translated(formula, Shift(rows, cols))}" == moved


@pytest.mark.parametrize(
    ("formula", "shift", "moved"),
    [
        ("A1+A$1", Shift(-1), "#REF!+A$1"),
        (f"SUM(A1:A{MAX_ROW})", Shift(1), "SUM(A2:#REF!)"),
        ("表1[A1]&B2", Shift(3), "表1[A1]&B5"),
    ],
)
def test_what_leaves_the_sheet_is_lost_and_structured_references_stay(
    formula: str, shift: Shift, moved: str
) -> None:
    assert translated(formula, shift) == moved
