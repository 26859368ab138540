"""自己起名的记录表也看同一样东西列了几次：表里的自查和 Q07 说的一样。"""

from __future__ import annotations

import pytest
from live_forms import compared
from pages import named_block, page
from scheme_journey import contents_of
from scheme_variants import shipped

from xltool.flags.registry import rule_of, rules_for
from xltool.scheme.key import CellKey
from xltool.scheme.loader import parse_scheme
from xltool.scheme.naming import name_column
from xltool.soundness import faults

SMALL = named_block(page("docs/方案参考.md"), "small-form")
OWN = """
[[sheets]]
key = "roads"
name = "道路"
kind = "records"
title = "道路清单"
capacity = 4
anchor = "road"
fields = [
  { key = "road", label = "道路名称", kind = "text", help = "写全称。", example = "甲路" },
  { key = "length", label = "里程", kind = "number", help = "填公里数。", example = "2" },
]
"""


@pytest.mark.parametrize("second", ["甲路", "乙路"])
def test_a_row_listed_twice_on_a_sheet_of_its_own(second: str) -> None:
    scheme = parse_scheme(SMALL + OWN, "county.toml")
    assert list(faults(scheme)) == []
    assert rule_of("Q07") in rules_for(scheme)
    rows = {CellKey("roads", "1", "road"): "甲路", CellKey("roads", "2", "road"): second}
    kept = {key: value for key, value in contents_of(scheme).items() if key.sheet != "roads"}
    found = compared(scheme, kept | rows)
    told = {(sheet, row) for sheet, row, check in found.live if "Q07" in check.codes}
    assert told == ({("roads", "2")} if second == "甲路" else set())
    assert found.unequal() == ([], [])


def test_the_issued_forms_ask_where_they_asked() -> None:
    """已经下发的各种表，看列了几次的仍是绩效指标、重点任务、专项资金。"""
    found = {
        (sheet.key, name_column(sheet))
        for scheme in shipped().values()
        for sheet in scheme.sheets
        if name_column(sheet)
    }
    assert found == {("indicators", "title"), ("tasks", "task"), ("funds", "name")}
