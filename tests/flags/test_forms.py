"""各种表自己的规则页逐个照做；用得着的规则都有触发和不触发的例子，说的都是那种表的话。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from flag_examples import assert_as_written
from flag_pages import BESIDE, EARLIER_FORMS, FORMS, PAGE_FORMS, examples, pages, pages_of
from official_schemes import CHONGQING, ready

from xltool.flags.judging import verdict_of
from xltool.flags.page import rule_page, worded
from xltool.flags.registry import rule_of, rules, rules_for
from xltool.flags.rule import Outcome
from xltool.scheme.labels import named
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from flag_pages import Example

    from xltool.scheme.model import Scheme

GENERAL = "jiangmen-2025-general"
PROJECTS = (*PAGE_FORMS, *EARLIER_FORMS)
OWN = [
    (scheme, one)
    for scheme in (GENERAL, *PROJECTS, CHONGQING)
    for p in pages_of(scheme)
    for one in examples(p)
]
# 别的表种没有的东西；依据是引来的话，不在此列
FOREIGN = {
    **dict.fromkeys(
        PROJECTS, re.compile("决算|专项资金|预期值|实现值|部门预算|存在问题|基本支出|本单位")
    ),
    GENERAL: re.compile("(?<![有无])专项资金"),
}


def _all_examples(scheme_id: str) -> list[Example]:
    """一种表的例子：自己的；部门的表没有自己的页的，照做有专项资金的表的各页里合用的。"""
    own = [example for scheme, example in OWN if scheme == scheme_id]
    if scheme_id != GENERAL:
        return own
    written = {example.code for example in own}
    scheme, _ = ready_scheme(scheme_id)
    others = (one for page in pages() if page.stem not in written for one in examples(page))
    codes = {rule.code for rule in rules_for(scheme)}
    return own + [one for one in others if one.code in codes and _fits(scheme, one)]


def _fits(scheme: Scheme, example: Example) -> bool:
    """例子里的表和栏这种表都有。"""
    labels = {
        sheet.name: {field.label.removeprefix("其中：") for field in sheet.fields}
        | {"项目", "填报", "序号"}
        for sheet in scheme.sheets
    }
    tables = [(name, rows) for name, rows in example.tables if name not in BESIDE]
    return all(
        name in labels and {heading for row in rows for heading in row} <= labels[name]
        for name, rows in tables
    )


CASES = [
    (scheme, one) for scheme in (GENERAL, *PROJECTS, CHONGQING) for one in _all_examples(scheme)
]


@pytest.mark.parametrize(
    ("scheme_id", "example"), CASES, ids=[f"{scheme}-{one.id}" for scheme, one in CASES]
)
def test_example(scheme_id: str, example: Example) -> None:
    assert_as_written(scheme_id, example)


@pytest.mark.parametrize("scheme_id", [GENERAL, *PROJECTS])
def test_each_rule_that_applies_fires_and_stays_silent(scheme_id: str) -> None:
    scheme, _ = ready_scheme(scheme_id)
    codes = {rule.code for rule in rules_for(scheme)}
    shown = {(one.code, one.outcome) for name, one in CASES if name == scheme_id}
    for outcome in (Outcome.HIT, Outcome.PASS):
        assert {code for code in codes if (code, outcome) not in shown} == set()
    assert {code for code, _ in shown} <= codes


@pytest.mark.parametrize("scheme_id", PROJECTS)
def test_what_a_project_form_has_no_place_for_is_not_judged(scheme_id: str) -> None:
    """项目的表有页的规则就是它用得着的；用不着的不判，不算通过。"""
    scheme, _ = ready_scheme(scheme_id)
    judged = {rule.code for rule in rules_for(scheme)}
    assert judged == {page.stem for page in pages_of(scheme_id)}
    assert judged < {rule.code for rule in rules()}


@pytest.mark.parametrize(("scheme_id", "example"), OWN, ids=[f"{s}-{e.id}" for s, e in OWN])
def test_a_page_is_headed_with_the_title_on_that_form(scheme_id: str, example: Example) -> None:
    scheme, _ = ready(scheme_id)
    (page,) = [p for p in pages_of(scheme_id) if p.stem == example.code and example in examples(p)]
    heading = page.read_text("utf-8").partition("\n")[0]
    assert heading == f"# {example.code} {worded(rule_of(example.code), scheme).title}"


@pytest.mark.parametrize("scheme_id", [GENERAL, *PROJECTS])
def test_the_words_are_those_of_the_form(scheme_id: str) -> None:
    """说明页和问题里不说那种表没有的东西。"""
    scheme, methods = ready_scheme(scheme_id)
    foreign = FOREIGN[scheme_id]
    for rule in rules_for(scheme):
        said = worded(rule, scheme)
        page = rule_page(rule, scheme).replace(said.source, "")
        for threshold in rule.thresholds:
            page = page.replace(threshold.under(scheme).origin, "")
        for parameter in rule.parameters:
            page = page.replace(scheme.parameters[parameter].origin, "")
        assert foreign.findall(page) == [], rule.code
    for name, example in OWN:
        if name == scheme_id:
            verdict = verdict_of(rule_of(example.code), example.case(scheme, methods))
            said_all = [hit.message for hit in verdict.hits] + list(verdict.missing)
            said_all.append(named(scheme, verdict.rule.remedy))
            assert [text for text in said_all if foreign.search(text)] == []


def test_every_folder_of_pages_belongs_to_a_form() -> None:
    folders = {path.name for path in pages()[0].parent.iterdir() if path.is_dir()}
    assert folders == set(FORMS)
