"""列表很长的，说法里只写前几个和总数：三百个选项全写出来没有人看。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheme_trial import filled_form
from small_scheme import FILE, small_changed

from xltool.assessment.unfilled import missing_findings
from xltool.excel.write import render_book
from xltool.facts.view import Facts
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.submission import understand_book
from xltool.scheme.key import CellKey
from xltool.scheme.loader import parse_scheme
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.facts.typed import Typed
    from xltool.intake.submission import FormReading
    from xltool.scheme.model import Scheme

PHONE = CellKey("cover", "phone")
WORDS = [f"第{number}项" for number in range(1, 31)]
LABEL = 'label = "联系电话", '
LISTED = f"{'、'.join(WORDS[:20])}等30项"


def reading_of(scheme: Scheme, contents: Mapping[CellKey, Typed]) -> FormReading:
    return understand_book(
        read_bytes(render_book(form_plan(make_form(scheme, contents)))), [scheme]
    )


def test_a_long_list_is_cut_short_where_it_is_told() -> None:
    options = ", ".join(f'{{ key = "o{n}", value = "{word}" }}' for n, word in enumerate(WORDS))
    big = f'[[options]]\nkey = "big"\ntitle = "大表"\noptions = [{options}]\n\n[[options]]\n'
    changes = (
        ("[[options]]\n", big),
        (
            'label = "联系电话", kind = "text"',
            'label = "联系电话", kind = "choice", options = "big"',
        ),
    )
    scheme = parse_scheme(small_changed(("capacity = 15", "capacity = 2"), *changes), FILE)
    contents = {**filled_form(scheme).contents, PHONE: "别的"}
    reading = understand_book(
        read_bytes(render_book(form_plan(make_form(scheme, contents)))), [scheme]
    )
    (told,) = (one.message for one in reading.findings if one.code == "V154")
    assert told == f"“联系电话”填的“别的”不在列表里，应为 {LISTED}"
    del contents[PHONE]
    reading = understand_book(
        read_bytes(render_book(form_plan(make_form(scheme, contents)))), [scheme]
    )
    assert reading.submission is not None
    facts = Facts(scheme, reading.submission)
    (how,) = (one.remedy for one in missing_findings(facts, set()) if "联系电话" in one.message)
    assert how == f"请从下拉列表里选：{LISTED}。"
