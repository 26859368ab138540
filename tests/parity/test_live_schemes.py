"""添了栏、添了字眼的方案：表里的自查还与 check 一致。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from form_files import quick_file
from live_bases import clean
from live_forms import compared
from parity_books import form_book
from parity_cells import differences
from parity_engines import formualizer_each
from scheme_variants import SPECIAL, brief, shipped, variants

from xltool.assessment.report import make_report
from xltool.finding import Severity
from xltool.form.fitting import oversized
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.scheme.contract.word_lists import NOT_APPLICABLE
from xltool.scheme.key import CellKey
from xltool.scheme.options import Option, OptionList
from xltool.scoring.catalogue import methods_of
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.facts.typed import Contents
    from xltool.scheme.model import Scheme

E, W = Severity.ERROR, Severity.WARNING
ADJUSTABLE = f"有调整值（{SPECIAL}）"
D = Decimal


def goal(column: str, row: str) -> CellKey:
    return CellKey("indicators", row, column)


def with_parts(**changed: Decimal) -> Contents:
    """添一条十场的指标和它的“其中”两项，六场、四场；`later` 是上一条的调整值。"""
    given = {"whole": D(10), "first": D(6), "second": D(4)} | changed
    rows = (
        ("11", "宣讲场次", given["whole"], given["whole"]),
        ("12", "其中：进校园", given["first"], given["first"]),
        ("13", "其中：进社区", given["second"], given["second"]),
    )
    fixed = {"level1": "产出", "level2": "数量指标", "unit": "场", "operator": "=", "special": "否"}
    contents = clean(SPECIAL)
    for row, title, expected, actual in rows:
        told = fixed | {"title": title, "expected": expected, "actual": actual}
        contents |= {goal(column, row): one for column, one in told.items()}
        contents[goal("evidence", row)] = "活动台账"
    if "later" in given:
        contents[goal("adjusted", "11")] = given["later"]
        contents[goal("actual", "11")] = given["later"]
    return contents


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (with_parts(), set()),
        (with_parts(second=D(5)), {E}),
        (with_parts(second=D(3)), {W}),
        (with_parts(later=D(12)), {W}),
        (with_parts(later=D(8)), {E}),
        (with_parts(second=D(6), later=D(12)), set()),
    ],
    ids=["相符", "多", "少", "调高了没有跟着", "调低了没有跟着", "照调整值相符"],
)
def test_parts_are_added_to_the_target_in_force(contents: Contents, told: set[Severity]) -> None:
    scheme = variants()[ADJUSTABLE]
    found = compared(scheme, contents)
    live = {check.severity for _, row, check in found.live if row == "11" and "K20" in check.codes}
    assert live == told
    said = {one.severity for one in found.found if one.row == "11" and one.code == "K20"}
    assert said == told


def test_the_adjusted_target_is_named_and_pointed_at() -> None:
    scheme = variants()[ADJUSTABLE]
    form = make_form(scheme, with_parts(later=D(8)))
    reading = understand_book(read_bytes(quick_file(form)), [scheme])
    assert reading.submission is not None
    report = make_report(scheme, methods_of(scheme), reading.submission, reading.findings)
    block = form.layout.blocks["indicators"]
    told = {one.at: one.message for one in report.findings if one.code == "K20"}
    said = told[block.at("11", "adjusted")]
    assert "调整预期值8场，其中2项合计10场，多出2场" in said
    assert block.at("11", "expected") not in told


def test_the_sums_are_recalculated_alike() -> None:
    scheme = variants()[ADJUSTABLE]
    assert list(oversized(scheme)) == []
    plans = [
        form_book(make_form(scheme, with_parts(**changed)))
        for changed in ({}, {"later": D(8)}, {"second": D(3), "later": D(12)})
    ]
    for plan, found in zip(plans, formualizer_each(plans), strict=True):
        assert differences(plan, found) == []


@pytest.mark.parametrize("word", ["不适用", "本年无此任务"])
def test_own_words_of_what_does_not_apply_are_no_other_kind(word: str) -> None:
    """写明不适用的，照方案的字眼认：不说类型不同。"""
    scheme = with_word(brief(shipped()[SPECIAL]), "本年无此任务")
    row = "1"
    changed = {goal("actual", row): word, goal("note", row): "上级取消了这项任务。"}
    found = compared(scheme, clean(SPECIAL) | {goal("tier", row): None} | changed)
    assert {one.code for one in found.found if one.row == row} & {"K05", "K06"} == set()
    assert not [check for _, at, check in found.live if at == row and "K06" in check.codes]


def test_own_words_excuse_only_an_amount() -> None:
    """应填“是”“否”的写不适用一类的话，表里、check 都说类型不同。"""
    scheme, row = with_word(brief(shipped()[SPECIAL]), "本年无此任务"), "1"
    changed = {goal("expected", row): "是", goal("unit", row): None, goal("operator", row): None}
    changed |= {goal("actual", row): "本年无此任务", goal("note", row): "上级取消了这项任务。"}
    found = compared(scheme, clean(SPECIAL) | {goal("tier", row): None} | changed)
    assert "K06" in {one.code for one in found.found if one.row == row}
    assert [check for _, at, check in found.live if at == row and "K06" in check.codes]


def with_word(scheme: Scheme, word: str) -> Scheme:
    """不适用的字眼换成这样两个。"""
    words = tuple(Option(f"word{number}", one) for number, one in enumerate(("不适用", word), 1))
    own = OptionList(NOT_APPLICABLE, "不适用的字眼", words)
    return replace(scheme, options={**scheme.options, NOT_APPLICABLE: own})
