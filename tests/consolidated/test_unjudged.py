"""未判规则一张：每个单位没有判的规则都列出、写明缺什么，个数与汇总的“未判规则”相同。"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.excel.consolidated_book import write_consolidated
from xltool.flags.rule import Outcome

if TYPE_CHECKING:
    from openpyxl import Workbook

    from xltool.collection.model import Collection

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
HEADER = 5


def rows(book: Workbook, name: str) -> list[dict[str, object]]:
    head, *lines = book[name].iter_rows(min_row=HEADER, values_only=True)
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.fixture(scope="module", params=["inbox", "mixed"])
def written(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Collection, Workbook]:
    collection = collect(Request(folder=SAMPLES / request.param))
    target = tmp_path_factory.mktemp("汇总") / "汇总.xlsx"
    write_consolidated(collection, target)
    return collection, openpyxl.load_workbook(target)


def test_every_unjudged_rule_is_listed_with_what_it_lacks(
    written: tuple[Collection, Workbook],
) -> None:
    collection, book = written
    expected = {
        (number, code)
        for number, unit in enumerate(collection.units, 1)
        if unit.adopted
        for code, outcome in {**unit.report().outcomes, **unit.batch_outcomes}.items()
        if outcome is Outcome.UNJUDGED
    }
    listed = rows(book, "未判规则")
    assert {(line["单位序号"], line["规则"]) for line in listed} == expected
    assert len(listed) == len(expected)
    assert all(line["规则名称"] and line["缺什么"] for line in listed)


def test_a_project_is_spoken_of_in_its_own_words(written: tuple[Collection, Workbook]) -> None:
    """一种表的一本里没有项目，也没有“表种”一栏。"""
    collection, book = written
    projects = [line for line in rows(book, "未判规则") if "项目" in str(line.get("表种"))]
    assert bool(projects) == any(unit.adopted and unit.project for unit in collection.units)
    titles = {line["规则名称"] for line in projects if line["规则"] == "Q03"}
    assert titles <= {"今年的年度指标值远低于上年的实际完成值"}
    assert bool(titles) == bool(projects)


def test_the_summary_counts_the_same(written: tuple[Collection, Workbook]) -> None:
    _, book = written
    listed = [line["单位序号"] for line in rows(book, "未判规则")]
    summaries = [name for name in book.sheetnames if name.startswith("汇总")]
    counted = {
        line["单位序号"]: line["未判规则"] for name in summaries for line in rows(book, name)
    }
    adopted = {number: count for number, count in counted.items() if count not in (None, "")}
    assert adopted == {number: listed.count(number) for number in adopted}
