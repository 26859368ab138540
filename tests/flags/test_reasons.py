"""扣了分的原因写在哪里：得分所由来的各处，表里的自查和 S04 认的是同样的几处。"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from live_bases import clean
from live_forms import compared
from parity_books import form_book
from parity_cells import differences
from parity_engines import formualizer_each
from scheme_variants import PROJECT, SPECIAL, brief

from xltool.facts.using import ShortRows, reason_sources, reasons_using
from xltool.form.form import make_form
from xltool.scheme.key import CellKey
from xltool.scheme.loader import parse_scheme
from xltool.scoring.catalogue import methods_of

if TYPE_CHECKING:
    from xltool.facts.typed import Contents
    from xltool.scheme.model import Scheme

WAY = """[[indicators.method.ways]]
title = "{title}"
name = "{name}"
inputs = {inputs}
{parameters}
origin = "假设：试验"
"""
RATE = "parameters = { when_zero = 0 }"
# 项目执行率：按执行率，或按产出的完成情况，取高的
BEST = (
    """[[indicators]]
code = "01"
[indicators.method]
name = "best_of"
origin = "假设：试验"
"""
    + WAY.format(
        title="按执行率",
        name="proportional",
        inputs='{ numerator = "finance.total", denominator = "finance.adjusted" }',
        parameters=RATE,
    )
    + WAY.format(
        title="按产出",
        name="indicator_mean",
        inputs='{ where = "level1", equals = "level1.output" }',
        parameters="",
    )
)
# 一张自己的记录表，没有说明一栏，也没有扣分原因
BARE = """[[sheets]]
key = "form"
fields = [ { key = "reason", remove = true } ]
[[sheets]]
key = "funds"
fields = [ { key = "note", remove = true } ]
"""
D = Decimal
NOTE = CellKey("finance", "note")


@cache
def trial(base: str, text: str) -> Scheme:
    head = f'[scheme]\nextends = "{base}"\nid = "trial"\ntitle = "试验"\n'
    scheme = brief(parse_scheme(head + text, "trial.toml"))
    methods_of(scheme)
    return scheme


def test_every_way_is_a_source() -> None:
    scheme = trial(PROJECT, BEST)
    assert reason_sources(scheme, "01") == (
        NOTE,
        ShortRows("indicators", "factor", "level1.output"),
    )
    spent = CellKey("finance", "total")
    assert {one.row for one in reasons_using(scheme, spent)} == {"01"}


def test_what_the_form_has_no_place_for_is_no_source() -> None:
    scheme = trial(SPECIAL, BARE)
    assert reason_sources(scheme, "05") == ()  # 专项资金的支出率
    assert reason_sources(scheme, "03") == ()  # 收支与资产没有说明
    assert reason_sources(scheme, "08") == (CellKey("management", "finance_problems", "note"),)


# 产出的一个指标差一点，写了原因；执行率的说明空着
SHORT: Contents = {
    CellKey("indicators", "2", "actual"): D(98),
    CellKey("indicators", "2", "self_score"): D("9.8"),
}
EXPLAINED: Contents = {CellKey("indicators", "2", "note"): "一处挡墙返工后合格。"}


@pytest.mark.parametrize(
    ("note", "changes", "told"),
    [
        ("执行率98%，扣0.20分，为质保金。", {}, False),
        ("", {}, True),
        ("", SHORT, True),
        ("", SHORT | EXPLAINED, False),
        ("执行率98%，扣0.20分，为质保金。", SHORT, False),
    ],
)
def test_one_place_of_one_way_is_enough(note: str, changes: Contents, *, told: bool) -> None:
    """取高的：各种办法所由来的几处，写一处就够；一处也没有写，说在执行率的说明那一行。"""
    contents = clean(PROJECT) | {NOTE: note} | changes
    found = compared(trial(PROJECT, BEST), contents)
    here = {(sheet, row) for sheet, row, check in found.live if "S04" in check.codes}
    assert (("finance", "note") in here) is told
    assert any((one.code, one.row) == ("S04", "note") for one in found.found) is told
    assert found.unequal() == ([], [])


def test_the_formula_says_the_same() -> None:
    contents = clean(PROJECT) | {NOTE: ""} | SHORT
    plans = [
        form_book(make_form(trial(PROJECT, BEST), contents | more)) for more in ({}, EXPLAINED)
    ]
    for plan, found in zip(plans, formualizer_each(plans), strict=True):
        assert differences(plan, found) == []


def test_nothing_is_asked_where_there_is_no_place_to_write() -> None:
    """没有扣分原因一栏、得分所由来的那里也没有说明：表里不问，S04 不算触发。"""
    scheme = trial(SPECIAL, BARE)
    lost = {CellKey("form", "05", "self_score"): D("4.5"), CellKey("cover", "self_total"): D(97)}
    known = {key: value for key, value in clean(SPECIAL).items() if key.column != "reason"}
    found = compared(scheme, {k: v for k, v in known.items() if k.sheet != "funds"} | lost)
    assert not [row for _, row, check in found.live if "S04" in check.codes and row == "05"]
    assert not [one for one in found.found if (one.code, one.row) == ("S04", "05")]
