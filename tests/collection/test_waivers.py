"""豁免：认可的例外划去、不计数；过期的、没有用到的、填得不全的都说出来。"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from collected_once import collect_once
from collection_builder import form_bytes, roster_bytes
from roster_books import Page, roster_book
from written_books import write_consolidated

from xltool.collection.collect import UnusableListError
from xltool.collection.model import Request
from xltool.finding import Severity
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from xltool.collection.model import Collection
    from xltool.xlsx.grid import Grid

MIXED = Path(__file__).parents[2] / "sample_inputs" / "mixed"
HEADINGS = ("规则", "单位", "位置", "理由", "批准人", "批准日期", "有效期至")
UNIT = "示例市民政局"
SHORT = ("A01", UNIT, "收支与资产!C10", "决算报表尾差，已核", "×××", "2025-4-20", "")
# 决算支出与分项之和差1万元；自评分数与各行之和也不符
FORM = (
    ("cover.department", UNIT),
    ("cover.department_code", "905"),
    ("cover.date", date(2025, 4, 18)),
)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "民政局.xlsx").write_bytes(form_bytes(*FORM, ("finance.basic", 2981)))
    return folder


def collected(inbox: Path, *rows: tuple[str, ...]) -> Collection:
    table = inbox.parent / "豁免.xlsx"
    table.write_bytes(roster_bytes(("认可的例外",), HEADINGS, *rows))
    return collect_once(Request(folder=inbox, waivers=table))


def waived(collection: Collection) -> dict[str, str]:
    (unit,) = collection.units
    return {note.finding.code: note.waiver for note in unit.notes() if note.waiver}


def said(collection: Collection) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in collection.findings]


def test_the_finding_is_there_to_be_waived(inbox: Path) -> None:
    (unit,) = collect_once(Request(folder=inbox)).units
    found = [f for f in unit.findings() if f.code == "A01"]
    assert [(f.where, f.severity) for f in found] == [("收支与资产!C10", Severity.ERROR)]


def test_a_waived_finding_stays_visible_and_does_not_count(inbox: Path) -> None:
    (before,) = collect_once(Request(folder=inbox)).units
    collection = collected(inbox, SHORT)
    (unit,) = collection.units
    assert waived(collection) == {"A01": "决算报表尾差，已核（×××，2025-04-20）"}
    assert unit.tally == before.tally._replace(error=before.tally.error - 1)
    counts = collect_once(Request(folder=inbox)).counts
    assert collection.counts.problems.error == counts.problems.error - 1
    assert len(unit.notes()) == len(before.notes())
    assert "A01" not in {finding.code for finding in unit.findings()}
    assert said(collection) == []


@pytest.mark.parametrize("unit", ["905", "示例市 民政局", "示例市民政局"])
def test_the_unit_is_known_by_name_or_code(inbox: Path, unit: str) -> None:
    assert "A01" in waived(collected(inbox, (SHORT[0], unit, *SHORT[2:])))


def test_without_a_place_every_hit_of_the_rule_is_waived(inbox: Path) -> None:
    assert "A01" in waived(collected(inbox, (*SHORT[:2], "", *SHORT[3:])))


def test_an_unused_waiver_is_reported_at_its_cell(inbox: Path) -> None:
    collection = collected(inbox, (*SHORT[:2], "收支与资产!C11", *SHORT[3:]))
    assert waived(collection) == {}
    assert said(collection) == [("C166", "名单!A3")]
    (finding,) = collection.findings
    assert finding.file == "豁免.xlsx"
    assert finding.message == (
        "这一条豁免没有用到：“示例市民政局”的 规则A01 在收支与资产!C11没有触发"
    )


def test_a_waiver_for_a_unit_that_did_not_report(inbox: Path) -> None:
    collection = collected(inbox, (SHORT[0], "示例市档案局", *SHORT[2:]))
    assert said(collection) == [("C165", "名单!A3")]


def test_a_department_of_projects_must_name_the_project(tmp_path: Path) -> None:
    """只写部门名称，说交了的是项目、该怎样写，不说没有交。"""
    table = tmp_path / "豁免.xlsx"
    rows = [("E01", "示例市商务局", "", "资金到位晚", "×××", "2025-4-20", "")]
    rows += [("E01", "示例市商务局：电商产业园扶持", *rows[0][2:])]
    table.write_bytes(roster_bytes(("认可的例外",), HEADINGS, *rows))
    collection = collect_once(Request(folder=MIXED, waivers=table))
    (finding,) = [one for one in collection.findings if one.code == "C168"]
    assert finding.where == "名单!A3"
    assert finding.message == (
        "这一条豁免的单位“示例市商务局”交的是项目的表，没有写是哪个项目，没有用到"
    )
    assert finding.remedy == "请照疑点清单里“单位”一栏填，如 示例市商务局：电商产业园扶持。"
    assert [result for _, result in collection.waiver_outcomes][1:] == ["用到 1 处"]


@pytest.mark.parametrize(
    ("until", "applies"), [("2025-4-18", True), ("2025-4-17", False), ("2026-12-31", True)]
)
def test_it_lasts_through_its_last_day(inbox: Path, until: str, *, applies: bool) -> None:
    """填报日期是2025-4-18。"""
    collection = collected(inbox, (*SHORT[:6], until))
    assert ("A01" in waived(collection)) is applies
    assert said(collection) == ([] if applies else [("C167", "名单!A3")])


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ((*SHORT[:3], "", *SHORT[4:]), "C162", "D3"),
        ((*SHORT[:4], "", *SHORT[5:]), "C162", "E3"),
        ((*SHORT[:5], "", ""), "C162", "F3"),
        (("R201", *SHORT[1:]), "C163", "A3"),
        (("K77", *SHORT[1:]), "C163", "A3"),
        ((*SHORT[:5], "去年", ""), "C164", "F3"),
        ((*SHORT[:6], "长期"), "C164", "G3"),
    ],
)
def test_an_incomplete_waiver_is_named_and_not_used(
    inbox: Path, row: tuple[str, ...], code: str, cell: str
) -> None:
    collection = collected(inbox, row)
    assert waived(collection) == {}
    assert said(collection) == [(code, f"名单!{cell}")]


def test_a_table_without_headings_stops_before_anything_is_read(inbox: Path) -> None:
    table = inbox.parent / "豁免.xlsx"
    table.write_bytes(roster_bytes(("只有字",)))
    with pytest.raises(UnusableListError) as stopped:
        collect_once(Request(folder=inbox, waivers=table))
    assert stopped.value.finding.code == "C161"


def test_in_the_inbox_it_is_no_submission(inbox: Path) -> None:
    table = inbox / "豁免.xlsx"
    table.write_bytes(roster_bytes(HEADINGS, SHORT))
    collection = collect_once(Request(folder=inbox, waivers=table))
    assert {file.file: file.reason for file in collection.files}["豁免.xlsx"] == (
        "这是豁免表，不是报送"
    )


def column(grid: Grid, heading: str, row: int) -> str:
    (col,) = (c for (r, c), cell in grid.cells.items() if r == 5 and cell.text == heading)
    cell = grid.cells.get((row, col))
    return cell.text if cell else ""


def test_struck_in_the_book_and_left_out_of_the_counts(inbox: Path, tmp_path: Path) -> None:
    collection = collected(inbox, SHORT)
    book = read_book(write_consolidated(collection, tmp_path / "汇总.xlsx"))
    grids = {grid.name: grid for grid in book.grids}
    doubts = grids["疑点清单"]
    rows = [row for row in range(6, 60) if column(doubts, "编码", row) == "A01"]
    assert [column(doubts, "级别", row) for row in rows] == ["豁免"]
    assert column(doubts, "豁免的理由", rows[0]) == (
        "原为错误。决算报表尾差，已核（×××，2025-04-20）"
    )
    rule = next(r for r in range(6, 60) if column(grids["规则说明"], "规则", r) == "A01")
    assert column(grids["规则说明"], "触发处数", rule) == "0"
    assert column(grids["规则说明"], "涉及单位", rule) == "0"
    assert column(grids["汇总"], "错误", 6) == str(collection.units[0].tally.error)
    assert column(grids["豁免登记"], "这次的结果", 6) == "用到 1 处"


def test_totals_and_notes_are_no_waivers(inbox: Path) -> None:
    """合计、表尾的说明、又印的表头：说一次，不当作没有填全的豁免。"""
    rows = (SHORT, HEADINGS, ("合计", "1条"), ("注：以上由局长办公会定",), ("经办人：×××",))
    found = collected(inbox, *rows)
    assert waived(found).keys() == {"A01"}
    assert said(found) == [("C170", "名单!A5")]


def test_a_unit_merged_over_its_waivers(inbox: Path) -> None:
    table = inbox.parent / "豁免.xlsx"
    second = ("S01", "", "", *SHORT[3:])
    table.write_bytes(roster_book(豁免=Page((HEADINGS, SHORT, second), merges=("B2:B3",))))
    found = collect_once(Request(folder=inbox, waivers=table))
    assert [one.unit for one, _ in found.waiver_outcomes] == [UNIT, UNIT]


def test_waivers_on_two_sheets_are_all_read(inbox: Path) -> None:
    table = inbox.parent / "豁免.xlsx"
    pages = {"上半年": Page((HEADINGS, SHORT)), "下半年": Page((HEADINGS, ("S01", *SHORT[1:])))}
    table.write_bytes(roster_book(**pages))
    found = collect_once(Request(folder=inbox, waivers=table))
    assert [one.rule for one, _ in found.waiver_outcomes] == ["A01", "S01"]
