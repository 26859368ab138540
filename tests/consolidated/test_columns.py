"""登记表的栏凭标识取：栏的次序怎么换，重新算出的各栏、等级分布、图、条件格式都一样。"""

from __future__ import annotations

import ast
import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sample_books
from book_tables import DETAILS, DOUBTS, around, by_heading, reviewed, tables
from parity_cells import Spot, bare, frozen
from parity_engines import formualizer_found, needs_office, office
from sample_books import ROSTERS, sources

import xltool.consolidated
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.columns import FIRST_ROW, Column, Kind, points
from xltool.consolidated.register import BLANKS, Register
from xltool.consolidated.summary import Summary
from xltool.form.status import MATCH, MISMATCH
from xltool.sheets.plan import Formula, NumberFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parity_cells import Found

    from xltool.sheets.plan import WorkbookPlan

each_folder = pytest.mark.parametrize("folder", ROSTERS)


def arranged(seed: int) -> property:
    """每张登记表的栏，各按自己的随机次序排；次序只在这里换，程序里没有为测试留的口子。"""

    def columns(register: Register[Any]) -> tuple[Column[Any], ...]:
        shown = [column for column in register.columns if column.on_sheet]
        random.Random(f"{seed} {register.name}").shuffle(shown)  # noqa: S311 - not a secret
        return (*shown, BLANKS)

    return property(columns)


@cache
def as_it_is(folder: str) -> tuple[WorkbookPlan, Found]:
    plan = reviewed(sample_books.plan(folder))
    return plan, formualizer_found(bare(plan))


def permuted(folder: str, seed: int, monkeypatch: pytest.MonkeyPatch) -> WorkbookPlan:
    with monkeypatch.context() as patch:
        patch.setattr(Register, "on_sheet", arranged(seed))
        plan = reviewed(frozen(consolidated_plan(sources(folder))))
    before = tables(as_it_is(folder)[0])
    moved = [name for name, table in tables(plan).items() if table.columns != before[name].columns]
    assert {DOUBTS, "文件清单"} < set(moved)
    assert sum(name.startswith(("汇总", "得分明细")) for name in moved) == 2 * len(sources(folder))
    return plan


def compare(folder: str, plan: WorkbookPlan, found: Found) -> None:
    before, was = as_it_is(folder)
    assert by_heading(plan, found) == by_heading(before, was)
    assert list(around(plan, found)) == list(around(before, was))


@each_folder
def test_a_review_shows_in_every_place_that_reads_it(folder: str) -> None:
    """没有复核，复核得分就是系统得分，处处相符，读错了栏也看不出；所以比的是复核过的。"""
    cells = by_heading(*as_it_is(folder))
    rows = [(name, row) for name, heading, row in cells if heading == "核对" and row >= FIRST_ROW]
    rows = [(name, row) for name, row in rows if name.startswith("汇总")]
    marks = [cells[name, "核对", row] for name, row in rows]
    assert marks.count(MISMATCH) == 1
    assert marks.count(MATCH) > 3
    moved = 0
    for name, row in rows:
        total, own = cells[name, "系统得分", row], cells[name, "复核得分", row]
        if isinstance(total, Decimal) and isinstance(own, Decimal):
            lines = counted(cells, name.replace("汇总", DETAILS), cells[name, "单位序号", row])
            assert round(own, 4) == round(sum(lines, Decimal(0)), 4)
            moved += own != total
            for heading, others in (("系统得分", "名次"), ("复核得分", "复核名次")):
                mine = cells[name, heading, row]
                totals = [cells[sheet, heading, other] for sheet, other in rows if sheet == name]
                better = [one for one in totals if isinstance(one, Decimal) and one > mine]
                assert cells[name, others, row] == len(better) + 1
            levels = [cells[name, f"复核：{level}", row] for level in first_levels(folder, name)]
            assert round(sum(levels, Decimal(0)), 4) == round(own, 4)
    assert moved >= len(sources(folder))
    states = [cells[name, "报送状态", row] for name, row in rows]
    assert states.count("复核退回") == 1
    assert MISMATCH in [value[1] for value in around(*as_it_is(folder)) if isinstance(value, tuple)]


def counted(cells: dict[tuple[str, str, int], object], name: str, number: object) -> list[Decimal]:
    """一个单位各项计入的得分：复核得分在 0 和分值之间的用它，其余用系统得分。"""
    found = []
    for (sheet, heading, row), value in cells.items():
        if (sheet, heading, value) == (name, "单位序号", number) and row >= FIRST_ROW:
            review, full = cells[name, "复核得分", row], cells[name, "分值", row]
            usable = isinstance(review, Decimal) and 0 <= review <= full  # type: ignore[operator]
            score = review if usable else cells[name, "系统得分", row]
            assert cells[name, "计入得分", row] == score
            wrong = cells[name, "核对", row]
            if usable:
                assert wrong == "请写理由"
            else:
                assert bool(wrong) is (review is not None)
            assert isinstance(score, Decimal)
            found.append(score)
    return found


def first_levels(folder: str, name: str) -> list[str]:
    """一种表的一级指标。"""
    source = next(one for one in sources(folder) if one.sheet("汇总") == name)
    return [level.title for level in source.scheme.levels if not level.parent]


@each_folder
def test_what_stands_around_speaks_of_the_right_columns(folder: str) -> None:
    plan, _ = as_it_is(folder)
    for name, table in tables(plan).items():
        rules = [
            (table.headings(one.area), table.spoken(one.formula)) for one in table.sheet.highlights
        ]
        if name == DOUBTS:
            assert rules == [
                (("复核意见",), '〔计为〕="不在列表里"'),
                (("计为",), '〔计为〕="不在列表里"'),
                (("与上次相比",), '〔与上次相比〕="数据已改，请再看"'),
            ]
        elif name.startswith(DETAILS):
            assert rules == [(("核对",), '〔核对〕<>""'), (("复核得分",), '〔核对〕<>""')]
        elif name == "报送情况":
            assert rules == [(("报送状态",), '〔报送状态〕="复核退回"')]
        elif name.startswith("汇总"):
            assert rules == [(("核对",), f'〔核对〕="{mark}"') for mark in (MISMATCH, MATCH)]
        else:
            assert rules == []


@each_folder
def test_the_front_page_draws_the_grades_after_review(folder: str) -> None:
    plan, found = as_it_is(folder)
    front = plan.sheets[0]
    chart = front.charts[0]
    values = {
        cell.at: found[Spot(front.name, cell.at.a1)]
        if isinstance(cell.content, Formula)
        else cell.content
        for cell in front.every_cell()
    }
    grades = [value for at, value in values.items() if at in chart.names and value is not None]
    counts = [
        values[at] for at in values if at in chart.series[0].values and values[at] is not None
    ]
    assert Counter(dict(zip(grades, map(int, counts), strict=True))) == Counter(
        value
        for (sheet, heading, row), value in by_heading(plan, found).items()
        if sheet.startswith("汇总") and heading == "复核等级" and row >= FIRST_ROW and value
    )
    for sheet in plan.sheets:
        for chart in sheet.charts:
            assert sheet.printing.area is not None
            assert chart.area.first in sheet.printing.area
            assert chart.area.last in sheet.printing.area
            assert chart.title
            assert chart.description
            assert len(chart.labels) == len(chart.series[0].results)


@pytest.mark.parametrize(
    ("folder", "seed"),
    [
        ("inbox", 0),
        ("mixed", 1),  # 换了次序的，一种汇总一个；其余的次序平时不排
        pytest.param("inbox", 1, marks=pytest.mark.nightly),
        pytest.param("mixed", 0, marks=pytest.mark.nightly),
    ],
)
def test_the_order_of_the_columns_changes_no_result(
    folder: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = permuted(folder, seed, monkeypatch)
    compare(folder, plan, formualizer_found(bare(plan)))


@needs_office
def test_the_office_agrees_whatever_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = permuted("mixed", 3, monkeypatch)
    found = office({"汇总": bare(plan)}, tmp_path)["汇总"]
    cells, before = by_heading(plan, found), by_heading(*as_it_is("mixed"))
    assert cells.keys() == before.keys()
    assert [key for key, value in cells.items() if not near(value, before[key])] == []
    pairs = zip(around(plan, found), around(*as_it_is("mixed")), strict=True)
    assert [pair for pair in pairs if not near(*pair)] == []


def near(one: object, other: object) -> bool:
    """写进文本再读的数少几位尾数。"""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(map(near, one, other))
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) < Decimal("1e-9")
    return one == other


# ---------------------------------------------------------------- 添一栏


def with_two_more(register: Callable[[Summary], Register[Any]]) -> Callable[[Summary], object]:
    """汇总添两栏：名单上取的一栏，由别的栏算出的一栏；都只写一处。"""
    contact: Column[Any] = Column("contact", "名单联系人", 13, lambda i: i.value.unit.contact)
    doubled: Column[Any] = points(
        "doubled", "系统得分的两倍", lambda i: Formula(f"IF({i.at('no')}>0,N({i.at('total')})*2,0)")
    )

    def more(summary: Summary) -> Register[Any]:
        made = register(summary)
        first, *rest = made.columns
        return replace(made, columns=(first, contact, doubled, *rest))

    return more


@pytest.mark.parametrize("folder", ["mixed", pytest.param("inbox", marks=pytest.mark.nightly)])
def test_a_column_of_the_summary_is_one_entry(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Summary, "register", with_two_more(Summary.register))
        plan = reviewed(frozen(consolidated_plan(sources(folder))))
    found = formualizer_found(bare(plan))
    cells, before = by_heading(plan, found), by_heading(*as_it_is(folder))
    assert {key: cells[key] for key in before} == before
    new = {key: value for key, value in cells.items() if key not in before}
    assert {heading for _, heading, _ in new} == {"名单联系人", "系统得分的两倍"}
    for (name, heading, row), value in new.items():
        if heading == "系统得分的两倍" and row >= FIRST_ROW:
            total = cells[name, "系统得分", row]
            assert value == (total * 2 if isinstance(total, Decimal) else 0)
    contacts = {unit.contact for source in sources(folder) for _, unit in source.units}
    assert {v for (_, heading, row), v in new.items() if heading == "名单联系人"} >= contacts
    for name, table in tables(plan).items():
        if name.startswith("汇总"):
            assert table.sheet.widths[table.columns["名单联系人"] - 1] == 13


# ---------------------------------------------------------------- 不数第几列


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(Path(xltool.consolidated.__file__).parent.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield path.name, node


def test_no_column_is_counted() -> None:
    """列号不写成数；行号加减可以，列没有加减。"""
    found = list(calls())
    places = [(name, node) for name, node in found if getattr(node.func, "id", "") == "At"]
    assert places
    for name, node in places:
        assert not isinstance(node.args[1], ast.Constant), f"{name}:{node.lineno}"
    for name, node in found:
        moved = getattr(node.func, "attr", "") == "moved"
        assert not moved, f"{name}:{node.lineno}"


def test_a_column_that_is_not_on_the_sheet_has_no_place() -> None:
    shown: Column[int] = Column("a", "甲", 9, lambda i: i.value, NumberFormat.INTEGER)
    only: Column[int] = Column("b", "乙", 9, lambda i: i.value * 2, kind=Kind.COUNT, on_sheet=False)
    register = Register(
        name="表",
        title="",
        note="",
        columns=(only, shown),
        items=(3, 4),
        count=2,
        home="",
        version="",
        frozen="a",
    )
    assert register.position("a") == 1
    assert list(register.data()) == [(6, 3), (8, 4)]
    with pytest.raises(KeyError):
        register.position("b")
