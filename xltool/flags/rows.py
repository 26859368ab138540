"""绩效指标各行：可以判断的和缺数的分开，归类和超额的共同判断。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.completion import completion
from xltool.facts.direction import Way, named_word, way_of
from xltool.facts.target import target_rows
from xltool.flags.wording import given, lacks, lacks_sheet
from xltool.scheme.categories import SHEET, is_category
from xltool.scheme.contract.judging_words import SAVED, UNIT_COST
from xltool.scheme.contract.word_lists import TOTAL_COST
from xltool.scheme.key import field_key
from xltool.scheme.labels import words_of
from xltool.values import Kind, fold

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Split
    from xltool.scheme.model import Scheme
    from xltool.values import Measure, MeasureUnit

    Values = tuple[tuple[str, str, Measure], ...]


def split_rows(case: Case, *columns: str) -> Split:
    """这几栏都填了的行，以及其余各行缺的格；一行也没有时缺整张表。"""
    if columns in case.split:
        return case.split[columns]
    rows, missing = [], []
    for row in target_rows(case.facts):
        blanks = [column for column in columns if not given(row.record.entry(column))]
        missing += [lacks(case.facts, row.record.key(column)) for column in blanks]
        if not blanks:
            rows.append(row)
    if not rows and not missing:
        missing.append(lacks_sheet(case.facts, SHEET))
    case.split[columns] = tuple(rows), tuple(missing)
    return case.split[columns]


def falls_under(scheme: Scheme, row: Target, *keys: str) -> bool:
    """二级指标是不是其中一类。"""
    return is_category(scheme, row.level2, *keys)


def of_whole_project(facts: Facts, row: Target) -> bool:
    """说的是不是整个项目花的钱：名称里有总成本一类的字眼，或就是项目名称。

    项目的名字以外说一件的、省下的（每公里总成本、总成本节约额），不是。
    """
    scheme, project = facts.scheme, facts.text(field_key("cover.project"))
    if named_word(scheme, TOTAL_COST, row.title):
        rest = row.title.replace(project, "") if project else row.title
        return not any(named_word(scheme, words, rest) for words in (UNIT_COST, SAVED))
    return bool(project) and fold(row.title) == fold(project)


def values_of(scheme: Scheme, row: Target) -> Values:
    """预期和实际两格：表上的叫法、栏、读出的量。"""
    words = words_of(scheme)
    return (words.expected, "expected", row.expected), (words.actual, "actual", row.actual)


def own_unit(row: Target) -> MeasureUnit | None:
    """本行的单位；别处都没写时用实现值里的。"""
    return row.unit or row.actual.unit


def forward_ratio(scheme: Scheme, row: Target) -> Decimal | None:
    """正向和等于的完成率，舍入到计算精度；反向的、方向不定的和不能相除的为空。"""
    if row.target is None or row.target <= 0 or way_of(scheme, row) is not Way.UP:
        return None
    ratio = completion(scheme, row)
    return None if ratio is None else scheme.precise(ratio)


def unquantified(row: Target) -> bool:
    """预期值是一段话，里面没有数，也没有选达成档次。"""
    if row.expected.kind is not Kind.QUAL or given(row.record.entry("tier")):
        return False
    return not any(char.isdecimal() for char in row.expected.raw)
