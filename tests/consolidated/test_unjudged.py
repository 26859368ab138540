"""未判规则一张：每个单位没有判的规则都列出、写明缺什么，个数与汇总的“未判规则”相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sample_books
from book_tables import rows_of, tables

from xltool.flags.rule import Outcome

if TYPE_CHECKING:
    from book_tables import Table

    from xltool.collection.model import Collection

    Written = tuple[Collection, dict[str, Table]]


@pytest.fixture(params=sample_books.ROSTERS)
def written(request: pytest.FixtureRequest) -> Written:
    return sample_books.collected(request.param), tables(sample_books.plan(request.param))


def test_every_unjudged_rule_is_listed_with_what_it_lacks(
    written: Written,
) -> None:
    collection, book = written
    expected = {
        (number, code)
        for number, unit in enumerate(collection.units, 1)
        if unit.adopted
        for code, outcome in {**unit.report().outcomes, **unit.batch_outcomes}.items()
        if outcome is Outcome.UNJUDGED
    }
    listed = rows_of(book["未判规则"])
    assert {(line["单位序号"], line["规则"]) for line in listed} == expected
    assert len(listed) == len(expected)
    assert all(line["规则名称"] and line["缺什么"] for line in listed)


def test_a_project_is_spoken_of_in_its_own_words(
    written: Written,
) -> None:
    """一种表的一本里没有项目，也没有“表种”一栏。"""
    collection, book = written
    projects = [line for line in rows_of(book["未判规则"]) if "项目" in str(line.get("表种"))]
    assert bool(projects) == any(unit.adopted and unit.project for unit in collection.units)
    titles = {line["规则名称"] for line in projects if line["规则"] == "Q03"}
    assert titles <= {"今年的年度指标值远低于上年的实际完成值"}
    assert bool(titles) == bool(projects)


def test_the_summary_counts_the_same(written: Written) -> None:
    _, book = written
    listed = [line["单位序号"] for line in rows_of(book["未判规则"])]
    summaries = [name for name in book if name.startswith("汇总")]
    counted = {
        line["单位序号"]: line["未判规则"] for name in summaries for line in rows_of(book[name])
    }
    adopted = {number: count for number, count in counted.items() if count not in (None, "")}
    assert adopted == {number: listed.count(number) for number in adopted}
