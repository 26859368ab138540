"""封面上由别的格得出的几项：下发的表上写着公式，不用打；改写了的照改写的，没有改的由程序得出。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from form_contents import after, full_contents, read, scheme
from parity_cells import Spot
from parity_engines import formualizer_found

from xltool.excel.write import render_book
from xltool.facts.answers import untouched
from xltool.facts.derived import derived_keys
from xltool.form.book import form_plan
from xltool.form.computed import field_cell
from xltool.form.form import make_form
from xltool.form.live.cells import counts
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import offered_schemes
from xltool.sheets.plan import Role

if TYPE_CHECKING:
    from openpyxl import Workbook

    from xltool.facts.typed import Contents
    from xltool.form.form import Form

TOTAL, GRADE, COUNT, OUTPUTS, OUTCOMES = derived_keys(scheme())


@cache
def filled(*, records: bool = True) -> Form:
    """由名单起头、填了的一份，五项都没有打。"""
    contents: Contents = {}
    for key, value in full_contents().items():
        if key not in derived_keys(scheme()) and (records or key.sheet == "cover"):
            contents[key] = Decimal("2.125") if key.column == "self_score" else value
    if records:
        contents[CellKey("indicators", "3", "title")] = "其中：上一条的一部分"
    return make_form(scheme(), contents, derive=True)


def test_they_are_the_five_that_follow() -> None:
    assert [key.row for key in derived_keys(scheme())] == [
        "self_total", "self_grade", "indicator_count", "output_count", "outcome_count",
    ]  # fmt: skip
    projects = [one for one in offered_schemes() if one.id.startswith("mof")]
    assert projects
    assert not any(derived_keys(one) for one in projects)  # 总分、等级本来就自动算


def test_the_formulas_yield_what_the_program_yields() -> None:
    for form in (filled(), filled(records=False)):
        found = formualizer_found(form_plan(form))
        for key in derived_keys(scheme()):
            place = form.layout.place(key)
            value, wanted = found[Spot(place.sheet, place.at.a1)], form.derived[key]
            assert (value or None) == wanted, key
    assert filled().derived == {
        TOTAL: Decimal("55.25"), GRADE: "差", COUNT: 11, OUTPUTS: 5, OUTCOMES: 6,
    }  # fmt: skip
    assert set(filled(records=False).derived.values()) == {None}


def _saved(_: Workbook) -> None:
    """另存一次，公式没有结果。"""


def test_what_was_not_typed_over_is_read_as_the_program_yields_it() -> None:
    """存着的结果不作数：不重新计算的软件存过的表，结果是旧的，或者没有。"""
    reading = after(_saved, render_book(form_plan(filled())))
    assert reading.submission is not None
    entries = reading.submission.entries
    assert {key: entries[key].value for key in derived_keys(scheme())} == filled().derived
    assert not [one for one in reading.each if one.sheet == "封面" and one.code[0] == "V"]


def test_what_was_typed_over_is_read_as_typed() -> None:
    def change(book: Workbook) -> None:
        for key, value in ((TOTAL, 90), (COUNT, "=10+2")):
            book["封面"][filled().layout.place(key).at.a1] = value

    reading = after(change, render_book(form_plan(filled())))
    assert reading.submission is not None
    entries = reading.submission.entries
    assert entries[TOTAL].value == 90
    assert entries[GRADE].value == "优"  # 由改写的总分得出
    assert COUNT not in entries or entries[COUNT].formula


def test_what_cannot_be_derived_yet_is_not_asked_for() -> None:
    """自动得出的不用填，也不像要填的；没有评完的没有等级；清掉了的才是必填未填。"""
    blank = make_form(scheme(), {}, derive=True)
    cover = scheme().sheet("cover")
    own = {key.row for key in derived_keys(scheme())}
    asked = [one.key for one in cover.fields if one.required and one.key not in own]
    assert counts(blank, cover)[None] == len(asked)
    cell = field_cell(blank, blank.layout.blocks["cover"], GRADE, scheme().field(GRADE))
    assert (cell.role, cell.unlocked) == (Role.AUTO, True)
    some = make_form(scheme(), {CellKey("form", "01", "self_score"): Decimal(9)}, derive=True)
    assert (some.derived[TOTAL], some.derived[GRADE]) == (Decimal(9), None)
    cleared = make_form(scheme(), filled().contents)
    assert counts(cleared, cover)[None] == len(own) - 1  # 总分填了才有等级


def test_a_form_not_yet_filled_stays_unfilled() -> None:
    blank = read(render_book(form_plan(make_form(scheme(), {}, derive=True))))
    assert blank.submission is not None
    assert blank.submission.entries == {}
    started = read(render_book(form_plan(filled()))).submission
    assert started is not None
    own = set(derived_keys(scheme()))
    assert own <= started.entries.keys()
    only = replace(started, entries={key: started.entries[key] for key in own})
    assert untouched(scheme(), only)
    typed = {key: one._replace(formula=False) for key, one in only.entries.items()}
    assert not untouched(scheme(), replace(only, entries=typed))
