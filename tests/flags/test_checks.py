"""勾稽（方案的 checks）：在哪张逐项表、叫什么名字都看，自查和 check 说的一样；看不了的不能用。"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from live_forms import compared
from pages import named_block, page
from scheme_journey import contents_of
from scheme_variants import brief

from xltool.flags.page import rule_page
from xltool.flags.registry import known_checks, rule_of, rules_for
from xltool.scheme.key import CellKey
from xltool.scheme.loader import parse_scheme
from xltool.scheme.problem import SchemeProblem
from xltool.soundness import faults

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

SMALL = named_block(page("docs/方案参考.md"), "small-form")
CHECK = """
[[checks]]
rule = "{rule}"
label = "{rule}：预算＝支出＋问题"
total = "{total}"
plus = ["data.spent"]
minus = ["data.problems"]
"""


@cache
def small(total: str = "data.budget") -> Scheme:
    """参考页上的小表，它的“基础数据”里加上四条勾稽。"""
    added = "".join(CHECK.format(rule=rule, total=total) for rule in known_checks())
    return brief(parse_scheme(SMALL + added, "county.toml"))


def test_a_check_is_judged_on_whatever_sheet_it_is() -> None:
    scheme = small()
    assert list(faults(scheme)) == []
    assert {*known_checks()} <= {rule.code for rule in rules_for(scheme)}
    contents = contents_of(scheme) | {CellKey("data", "spent"): Decimal(900)}
    found = compared(scheme, contents)
    for code in known_checks():
        assert any(code in check.codes for *_, check in found.live)
        assert any((one.code, one.row) == (code, "budget") for one in found.found)
    assert found.unequal() == ([], [])
    balanced = contents | {CellKey("data", "budget"): Decimal(900)}
    assert not {one.code for one in compared(scheme, balanced).found} & {*known_checks()}


@pytest.mark.parametrize("code", known_checks())
def test_the_page_of_a_check_names_no_item_that_is_not_there(code: str) -> None:
    said = rule_page(rule_of(code), small())
    assert "{" not in said
    assert "[" not in said


@pytest.mark.parametrize(
    ("total", "message"),
    [
        ("form.self_score", "“form.self_score”是一栏，勾稽只看逐项表的项"),
        ("data.system", "“data.system”要是数，现为 choice"),
        ("data.gone", "没有填报项“data.gone”"),
    ],
)
def test_a_check_that_cannot_be_judged_is_refused(total: str, message: str) -> None:
    with pytest.raises(SchemeProblem) as caught:
        small(total)
    problem = caught.value
    assert (problem.path, problem.message) == (f"checks.{known_checks()[0]}", message)
