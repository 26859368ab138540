"""方案的约定：规则和程序所说的名字都在约定里，程序自己的选项表方案不必重复。"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from scoring_builder import FILE, mutated_text, scheme_text

import xltool
from xltool.collection.verdicts import VERDICTS
from xltool.flags.registry import rules
from xltool.flags.rule import HEADINGS, NAMED_ROWS, PORTIONS
from xltool.layout.columns import columns_of, printed_keys
from xltool.scheme.caps import LIMIT, POINTS
from xltool.scheme.completing import SATISFACTION_LIMIT, SATISFACTION_SHARE
from xltool.scheme.contract.catalogue import NEEDS, SHEETS
from xltool.scheme.contract.checking import contract_problems
from xltool.scheme.contract.judging_words import RECTIFYING, RECURRING
from xltool.scheme.contract.lists import ALWAYS, CATEGORIES, OWN_LISTS, REVIEW
from xltool.scheme.contract.need import When
from xltool.scheme.labels import names_in
from xltool.scheme.loader import parse_scheme
from xltool.scheme.reader import ORIGINS
from xltool.scoring.catalogue import ready_schemes
from xltool.values.kinds import Operator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Rule

PACKAGE = Path(xltool.__file__).parent
TABLES = {need.name for need in SHEETS if "." not in need.name}
COLUMNS = {need.name.partition(".")[2] for need in SHEETS if "." in need.name}
# 说方案自己的话、不问一份报送的各间；评分表印的栏、登记表和汇总的栏也不是方案的项
APART = ("scheme_book", "scheme", "xlsx", "messages", "schemes", "consolidated", "excel", "marking")


def sources() -> Iterator[tuple[Path, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.relative_to(PACKAGE).parts[0] not in APART:
            yield path, ast.parse(path.read_text("utf-8"))


def test_every_name_that_the_program_writes_is_in_the_contract() -> None:
    """cover.date 一类的写法，在哪间写的都要在约定里；规则的 needs 里写明、有方案有的，就是约定。"""
    asked = {name for rule in rules() for name in rule.needs}
    declared = {name for scheme in ready_schemes() for name in asked if scheme.has(name)}
    known = NEEDS.keys() | declared
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                sheet, dot, name = node.value.partition(".")
                if dot and sheet in TABLES and name.isidentifier():
                    assert node.value in known, f"{path.name}:{node.lineno} {node.value}"


ASKING = {"text", "number", "measure", "day", "entry", "key"}


def test_every_column_that_is_asked_for_is_in_the_contract() -> None:
    """record.text("kind") 一类，按栏名问的，约定里要有哪张表有这一栏。"""
    asked = 0
    for path, tree in sources():
        if path.parent.name not in ("rules", "flags", "facts", "papers"):
            continue
        for node in ast.walk(tree):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if not (named and node.func.attr in ASKING and node.args):
                continue
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                name = first.value
                asked += 1
                known = "." in name or name in COLUMNS or f"parameters.{name}" in NEEDS
                assert known, (path.name, name)
    assert asked > 50


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_what_a_rule_needs_is_in_the_contract_or_in_a_scheme(rule: Rule) -> None:
    for need in (*rule.needs, *names_in(rule.remedy)):
        family, _, code = need.partition(".")
        checked = family == "checks" and code == rule.code
        declared = any(scheme.has(need) for scheme in ready_schemes())
        assert need in {HEADINGS, NAMED_ROWS, PORTIONS} or checked or need in NEEDS or declared, (
            need
        )


def test_what_is_said_of_rules_names_rules_that_exist() -> None:
    codes = {rule.code for rule in rules()}
    said = [need.without for need in NEEDS.values()] + [*CATEGORIES.values()]
    named = {code for text in said for code in re.findall(r"[A-Z][0-9]{2}", text)}
    assert named
    assert named <= codes


def test_every_part_says_what_is_lost_without_it() -> None:
    """可以没有、又没有哪条规则要它的，要写明没有时怎样。"""
    wanted = {name for rule in rules() for name in (*rule.needs, *names_in(rule.remedy))}
    silent = [need.name for need in NEEDS.values() if not (need.without or need.name in wanted)]
    assert [name for name in silent if NEEDS[name].when is When.OPTIONAL] == SILENT


# 这一张表里的各项都有规则要，表自己不必再说
SILENT = ["finance", "rectification"]


def test_parameters_with_a_number_are_told_too() -> None:
    for stem in (LIMIT, POINTS, SATISFACTION_LIMIT, SATISFACTION_SHARE):
        assert f"parameters.{stem}N" in NEEDS


def test_printed_columns_cannot_be_taken() -> None:
    for scheme in ready_schemes():
        for sheet in scheme.sheets:
            own = {field.key for field in sheet.columns}
            printed = {column.key for column in columns_of(sheet)} - own
            assert printed <= printed_keys(sheet.kind), sheet.key
            assert not own & printed_keys(sheet.kind)


# ---------------------------------------------------------------- 程序自己的选项表


def test_own_lists_have_an_origin() -> None:
    for item in OWN_LISTS:
        assert item.origin.startswith(ORIGINS), item.key
        assert item.origin not in ORIGINS


def test_phrases_with_gaps_are_those_that_the_program_reads() -> None:
    """只有两个表的话可以隔字，别的表里“…”就是“…”；写着的都合规矩。"""
    assert {item.key for item in OWN_LISTS if item.gaps} == {RECTIFYING, RECURRING}
    assert [one for scheme in ready_schemes() for one in contract_problems(scheme)] == []


def test_operators_are_those_that_the_program_reads() -> None:
    (listed,) = (item for item in OWN_LISTS if item.key == "operator")
    assert {one.value for one in listed.options} == {
        one.value for one in Operator if one is not Operator.APPROX
    }


def test_every_scheme_can_be_reviewed() -> None:
    for scheme in ready_schemes():
        assert [one.value for one in scheme.options[REVIEW].options] == list(VERDICTS)


def test_a_list_that_is_used_need_not_be_written() -> None:
    text = scheme_text().replace('[[options]]\nkey = "operator"\n', "")
    scheme = parse_scheme(text, FILE)
    assert list(scheme.options)[-len(ALWAYS) - 1 :] == ["operator", *ALWAYS]
    assert scheme.word("operator", "ge") == "≥"


def test_a_list_stands_where_its_key_is_written() -> None:
    scheme = parse_scheme(scheme_text(), FILE)
    assert list(scheme.options).index("operator") < list(scheme.options).index("grade")


def test_a_list_that_nothing_uses_is_not_there() -> None:
    project = next(scheme for scheme in ready_schemes() if scheme.id == "mof-project")
    assert "claim_kind" not in project.options


def test_a_scheme_overrides_an_own_list() -> None:
    own = 'key = "progress"\ntitle = "进展"\noptions = [{ key = "done", value = "改好了" }]\n'
    scheme = parse_scheme(mutated_text(('key = "progress"\n', own)), FILE)
    assert scheme.options["progress"].title == "进展"
    assert scheme.word("progress", "done") == "改好了"
    assert scheme.word("progress", "doing") == ""
    from xltool.flags.registry import rules_for

    codes = {rule.code for rule in rules_for(scheme)}
    assert "R01" in codes
    assert not codes & {"R02", "R03"}


def test_an_overlay_brings_a_sheet_and_its_list_comes_along() -> None:
    text = """
[scheme]
extends = "mof-project"
id = "mof-own"

[[sheets]]
key = "claims"
name = "关键数据核对"
kind = "records"
title = "关键数据核对表"
capacity = 5
anchor = "topic"
fields = [
  { key = "kind", label = "类别", kind = "choice", options = "claim_kind", help = "选。" },
  { key = "topic", label = "事项", kind = "text", help = "写。" },
]
"""
    scheme = parse_scheme(text, "本地.toml")
    assert list(scheme.options)[-1] == "claim_kind"
    assert scheme.word("claim_kind", "section") == "章节"
