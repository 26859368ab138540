"""汇总工作簿：名次、总分、各级得分、问题数、核对，由别的程序重新计算后一格不差。

一种表的、四种表合在一起的，各核对一本。
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from book_tables import rows_of, shown, tables
from parity_cells import Spot, bare, book_of, cents, differences, frozen, wanted
from parity_engines import formualizer_found, ironcalc_found, needs_office, office
from sample_books import GROUPS, REVIEWED, ROSTERS, SAMPLES, plan, reviewed, sources
from sorted_books import sorted_plan

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan, parts_of
from xltool.consolidated.columns import HEADER_ROW, points
from xltool.consolidated.grouping import NO_GROUP
from xltool.consolidated.overview import Overview
from xltool.consolidated.source import in_order
from xltool.consolidated.sources import make_sources
from xltool.consolidated.summary import Summary
from xltool.finding import EXPLAINED, Severity
from xltool.scheme.key import CellKey
from xltool.sheets.plan import Formula, Link

if TYPE_CHECKING:
    from pathlib import Path

    from parity_cells import Found

    from xltool.collection.model import Collection, Unit
    from xltool.sheets.plan import Cell, Content, WorkbookPlan

    Scores = dict[tuple[str, str], Decimal | None]

each_folder = pytest.mark.parametrize("folder", ROSTERS)


def scores_in_unit_sheets(folder: str, found: Found) -> Scores:
    """各单位评分表里重新算出的得分。"""
    scores: Scores = {}
    for source, scored in in_order(sources(folder)):
        for indicator in source.scheme.indicators:
            at = source.at(scored, CellKey(source.scheme.score_sheet.key, indicator.code, "score"))
            assert at is not None
            value = found[Spot(scored.sheet, at.a1)]
            score = cents(value) if isinstance(value, Decimal) else None
            scores[scored.name, indicator.code] = score
    return scores


def scores_in_reports(folder: str) -> Scores:
    """读报送文件时算的得分。"""
    return {
        (scored.name, line.code): line.score
        for _, scored in in_order(sources(folder))
        for line in scored.unit.report().scores
    }


def test_every_sheet_with_formulas_is_compared() -> None:
    sheets = {spot.sheet for spot in wanted(plan("inbox"))}
    assert sheets >= {"首页", "说明与核对", "汇总", "统计", "得分明细", "规则说明"}
    assert sheets >= {scored.sheet for scored in sources("inbox")[0].scored}
    assert len(sources("inbox")[0].scored) > 4


def test_every_form_of_the_mixed_book_is_compared() -> None:
    sheets = {spot.sheet for spot in wanted(plan("mixed"))}
    assert len(sources("mixed")) == 4
    assert len(sheets) > 20
    for source in sources("mixed"):
        assert sheets >= {source.sheet("汇总"), source.sheet("得分明细")}
        assert source.scored
        assert sheets >= {scored.sheet for scored in source.scored}


@needs_office
def test_recalculated_by_the_office(tmp_path: Path) -> None:
    """一种表的一本整个装进去，其余的只留格。"""
    whole, *rest = *ROSTERS, REVIEWED
    books = {whole: plan(whole)} | {folder: bare(plan(folder)) for folder in rest}
    for folder, found in office(books, tmp_path).items():
        assert differences(plan(folder), found) == []
        if folder in ROSTERS:
            assert scores_in_unit_sheets(folder, found) == scores_in_reports(folder)


def below(folder: str, name: str, heading: str) -> list[Content]:
    """一张表上某个表头（头一个）下面各格，写出时的值，到空的一格为止。"""
    sheet = next(one for one in plan(folder).sheets if one.name == name)
    cells = {cell.at: shown(cell.content) for cell in sheet.every_cell()}
    at = next(at for at in sorted(cells) if cells[at] == heading)
    found: list[Content] = []
    while (value := cells.get(at := at.moved(rows=1))) is not None:
        found.append(value)
    return found


def test_verdicts_move_the_front_page_and_the_statistics() -> None:
    """写了意见、改了分的：写出的结果与重算的相同，平均、失分、还没有定的、小计都随之变。"""
    found = formualizer_found(bare(plan(REVIEWED)))
    assert differences(plan(REVIEWED), found) == []
    scheme = reviewed()[0].scheme
    listed = [one for one in rows_of(tables(plan(REVIEWED))["汇总"]) if one.get("单位序号")]
    totals = [Decimal(str(one["复核得分"])) for one in listed if one.get("复核得分")]
    average = scheme.round_points(sum(totals, Decimal(0)) / len(totals))
    assert below(REVIEWED, "首页", "平均") == [average]
    assert below("inbox", "首页", "平均") != [average]
    assert below("inbox", "首页", "已写意见")[:3] == [0, 0, 0]
    levels = [Severity.ERROR.label, Severity.WARNING.label, EXPLAINED]
    written = [
        unit.notes()[n].finding.label
        for unit, n in ((units()[key], n) for key, n in reviewed()[0].reviews.findings)
    ]
    decided = [written.count(level) for level in levels]
    assert below(REVIEWED, "首页", "已写意见")[:3] == decided
    assert sum(decided) > 3
    assert below(REVIEWED, "统计", "平均失分") != below("inbox", "统计", "平均失分")
    assert below(REVIEWED, "统计", "归口") == [*GROUPS[:2], NO_GROUP]


def units() -> dict[str, Unit]:
    return {unit.key: unit for unit in reviewed()[0].collection.units}


def test_each_group_has_its_subtotal_under_the_summary() -> None:
    table = tables(plan(REVIEWED))["汇总"]
    rows = {one["单位名称"]: one for one in rows_of(table) if not one.get("单位序号")}
    assert list(rows) == [*(f"小计：{one}" for one in (*GROUPS[:2], NO_GROUP)), "合计：全部"]
    assert rows["合计：全部"]["复核得分"] == below(REVIEWED, "首页", "平均")[0]
    assert sum(int(str(one["错误"])) for one in rows.values()) == 2 * int(
        str(rows["合计：全部"]["错误"])
    )


def test_a_column_with_negative_numbers_is_averaged_in_every_group(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """另加的一栏有正有负：各小计与全部一样数，负的也是数；不求平均的一栏小计里空着。"""
    own = Summary._scores
    signed = points("signed", "加减分", lambda i: Decimal(3 - 2 * i.value.number))
    alone = points("alone", "不求平均", lambda i: Decimal(i.value.number), averaged=False)
    monkeypatch.setattr(
        Summary, "_scores", lambda self, formulas: (*own(self, formulas), signed, alone)
    )
    whole = frozen(consolidated_plan(reviewed()))
    (summary,) = (one for one in whole.sheets if one.name == "汇总")
    headings = {cell.content: cell.at.col for cell in summary.cells if cell.at.row == HEADER_ROW}
    formulas = [one for one in summary.cells if isinstance(one.content, Formula)]
    below = [one for one in formulas if one.at.col == headings["加减分"]]
    assert len(below) == len(GROUPS) + 1
    assert all(isinstance(one.content, Formula) and one.content.result for one in below)
    assert not [one for one in formulas if one.at.col == headings["不求平均"]]
    sheets = [
        replace(sheet, cells=tuple(one for one in sheet.cells if one in below or _still(one)))
        for sheet in whole.sheets
        if sheet.name in ("汇总", "评分参数")
    ]
    small = replace(whole, sheets=tuple(sheets), names=())
    assert differences(bare(small), formualizer_found(bare(small))) == []


def _still(cell: Cell) -> bool:
    return not isinstance(cell.content, Formula | Link)


@each_folder
def test_recalculated_by_the_second_engine(folder: str) -> None:
    found = formualizer_found(bare(plan(folder)))
    assert differences(plan(folder), found) == []
    assert scores_in_unit_sheets(folder, found) == scores_in_reports(folder)


@each_folder
def test_recalculated_by_the_third_engine(folder: str, tmp_path: Path) -> None:
    pytest.importorskip("ironcalc")
    assert differences(plan(folder), ironcalc_found(bare(plan(folder)), tmp_path)) == []


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """同一种表早先的版面、现行的版面，分值各不相同的三个项目。"""
    folder = tmp_path_factory.mktemp("layouts")
    names = ("earlier/示例市水利局_山塘除险加固", "mixed/示例市水利局_河道清淤整治")
    for name in (*names, "mixed/示例市商务局_电商产业园扶持"):
        shutil.copy(SAMPLES / f"{name}.xlsx", folder)
    return collect(Request(folder=folder, jobs=1))


@pytest.fixture(scope="module")
def layered(layouts: Collection) -> WorkbookPlan:
    return frozen(consolidated_plan(make_sources(layouts, "")))


def test_a_layout_of_few_forms_is_not_ranked_beside_the_rest(layouts: Collection) -> None:
    """同一种表先后的版面，一版不到另一版一半的：列在最后，失分不与别的一起排，首页也就不列。"""
    whole = make_sources(layouts, "")
    (few,) = (one for one in whole if len(one.scored) == 1)
    more = (replace(one, scored=one.scored * (1 if one is few else 2)) for one in whole)
    block = Overview(tuple(parts_of(tuple(more)))).worst
    listed = [(row.value.part.source.form, block.at(row.number, "place")) for row in block.rows()]
    cells = {cell.at: cell.content for cell in block.cells()}
    forms = [form for form, _ in listed]
    assert forms == sorted(forms, key=lambda form: form == few.form)
    places = {form: [cells[at] for name, at in listed if name == form] for form in dict(listed)}
    assert set(places.pop(few.form)) == {"—"}
    ((*ranked,),) = places.values()
    shown = [one.result for one in ranked if isinstance(one, Formula)]
    assert [one for one in shown if one != ""] == [1, 2, 3, 4, 5][: len(shown)]


def test_layouts_of_one_form_are_ranked_together(
    layouts: Collection, layered: WorkbookPlan
) -> None:
    """得分排在一起，也列在一张表里。"""
    ranked = [(unit.scheme, unit.rank) for unit in layouts.units]
    assert ranked == [("mof-project", 3), ("mof-project", 1), ("mof-project-2020-1", 2)]
    listed = rows_of(tables(layered)["各级单位"])
    assert [row["名次"] for row in listed] == [3, 1, 2]
    for name in ("首页", "总览"):  # 两个版面各有一行，叫法分得清
        (sheet,) = (one for one in layered.sheets if one.name == name)
        forms = {one.content.text for one in sheet.every_cell() if isinstance(one.content, Link)}
        assert {"项目支出2020.2", "项目支出2020.1"} <= forms, name
        said = any("先后的版面一起排" in str(one.content) for one in sheet.every_cell())
        assert said == (name == "总览")
    assert differences(layered, formualizer_found(bare(layered))) == []


def sorted_differences(book: WorkbookPlan) -> list[str]:
    """能排序的各张表都倒过来排，重算以后与随行挪过去的结果不同的。"""
    turned = sorted_plan(book, lambda rows: rows[::-1])
    assert book_of(turned).contents != book_of(book).contents
    return differences(turned, formualizer_found(bare(turned)))


def test_sorting_moves_no_number_to_another_row(layered: WorkbookPlan) -> None:
    """只有链接上写的是哪一格，随着换成那一行现在的一格；失分一样多的，写的是排在前面的一个。"""
    moved = sorted_differences(layered)
    assert [one.partition("：")[0] for one in moved] == [
        f"各级单位!O{row} 程序 '汇总_项目支出2020.2!H{was}'，重算 '汇总_项目支出2020.2!H{now}'"
        for row, was, now in ((7, 7, 6), (8, 6, 7))
    ]
    tied = [one.partition(" ")[0] for one in sorted_differences(plan(REVIEWED))]
    counts = below(REVIEWED, "统计", "失最多的份数")
    several = {f"统计!M{row}" for row, many in enumerate(counts, 6) if many not in ("", 1)}
    assert tied
    assert {*tied} <= several
