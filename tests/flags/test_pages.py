"""tests/flags 各页的例子逐个照做；每条规则都有触发、不触发和未判的例子。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flag_examples import assert_as_written
from flag_pages import examples, pages, pages_of
from official_schemes import CHONGQING

from xltool.finding import EXPLAINED
from xltool.flags.judging import findings, verdict_of
from xltool.flags.page import worded
from xltool.flags.registry import rule_of, rules, rules_for
from xltool.flags.rule import Outcome
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from pathlib import Path

    from flag_pages import Example

EXAMPLES = [example for page in pages() for example in examples(page)]
# 只用于项目的表的规则，页在项目的文件夹里；随程序带的方案用不着的，在测试的方案的文件夹里
OF_PROJECTS = {page.stem: page for page in pages_of("mof-project")}
OF_OFFICIAL = {page.stem: page for page in pages_of(CHONGQING)}
OWN = {page.stem: page for page in pages()}
ALL = OF_OFFICIAL | OF_PROJECTS | OWN
# 没有填整改表就是没有被评价；空白本身就是这两条要报的
NEVER_UNJUDGED = {"R01", "C01"}


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_example(example: Example) -> None:
    assert_as_written("jiangmen-2025-special", example)


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.id for example in EXAMPLES])
def test_findings_stand_in_the_cells_of_the_file(example: Example) -> None:
    scheme, methods = ready_scheme("jiangmen-2025-special")
    case = example.case(scheme, methods)
    facts, verdict = case.facts, verdict_of(rule_of(example.code), case)
    for hit, finding in zip(verdict.hits, findings([verdict], facts), strict=True):
        place = facts.place(hit.key) if hit.key else None
        assert finding.at == (place.at if place else None)
        assert (finding.at is None) == (hit.key is None)
        assert finding.sheet == scheme.sheet(hit.key.sheet if hit.key else hit.sheet).name


def test_every_example_of_every_page_was_read() -> None:
    headings = sum(page.read_text("utf-8").count("\n## ") for page in pages())
    results = sum(page.read_text("utf-8").count("\n结果：") for page in pages())
    assert len(EXAMPLES) == headings == results
    assert len({example.id for example in EXAMPLES}) == len(EXAMPLES)
    assert {example.outcome for example in EXAMPLES} == {str(item) for item in Outcome}


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert set(ALL) == {rule.code for rule in rules()}
    scheme, _ = ready_scheme("jiangmen-2025-special")
    assert set(OWN) == {rule.code for rule in rules_for(scheme)}


@pytest.mark.parametrize("page", ALL.values(), ids=lambda page: page.stem)
def test_page_shows_all_outcomes(page: Path) -> None:
    wanted = {str(item) for item in Outcome}
    if page.stem in NEVER_UNJUDGED:
        wanted.remove(Outcome.UNJUDGED)
    assert {example.outcome for example in examples(page)} == wanted


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_page_is_headed_with_the_rule_title(page: Path) -> None:
    scheme, _ = ready_scheme("jiangmen-2025-special")
    heading = page.read_text("utf-8").partition("\n")[0]
    assert heading == f"# {page.stem} {worded(rule_of(page.stem), scheme).title}"


def test_rules_that_use_several_levels_show_each_of_them() -> None:
    shown: dict[str, set[str]] = {rule.code: set() for rule in rules()}
    for example in (one for page in ALL.values() for one in examples(page)):
        shown[example.code] |= {level for _, level, _ in example.hits}
    for rule in rules():
        assert shown[rule.code] - {EXPLAINED} == {
            severity.label for severity in (rule.severity, *rule.also)
        }
