"""印在纸上、摆在屏幕上：字不小于九磅，表头每页重复，冻结的不过半屏；各表依用的先后。"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from paper_sizes import body_size
from sample_books import collected, plan, sources

from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.front_ranked import LINE, LONG
from xltool.consolidated.sources import make_sources
from xltool.excel.charts import plot_of
from xltool.scoring.catalogue import ready_schemes
from xltool.sheets.paper import HALF_SCREEN, LEAST_SIZE, fitted, page_room, pixels
from xltool.sheets.plan import Paper, Role

if TYPE_CHECKING:
    from xltool.sheets.plan import SheetPlan

each_folder = pytest.mark.parametrize("folder", ["inbox", "mixed"])


@each_folder
def test_every_sheet_is_set_to_be_read_on_paper(folder: str) -> None:
    for sheet in plan(folder).sheets:
        printing = sheet.printing
        assert printing.area is not None, sheet.name
        assert printing.one_page or printing.title_rows is not None, sheet.name
        assert printing.named, sheet.name
        assert body_size(sheet) >= LEAST_SIZE, sheet.name
        if sheet.filter is not None:  # 登记表分几页宽的，每页都看得出是哪个单位的哪一条
            frozen = sheet.freeze.col - 1 if sheet.freeze else 0
            assert printing.title_columns == (frozen if printing.pages > 1 else 0), sheet.name


FRONT = "首页"
_LEAST_BARS = 0.15  # 条至少占图宽的几成，长短才比得出


@pytest.mark.parametrize("folder", ["inbox", "mixed"])
def test_the_front_page_stays_one_page_whatever_is_gathered(folder: str) -> None:
    """单位的名称再长、表种再多，首页也印在一页上，正文不小于九磅：排不下的少列几个，说明白。"""
    whole = collected(folder)
    name = "示例市经济技术开发区管理委员会（高新技术产业开发区）直属事业单位管理服务中心"
    units = tuple(replace(one, department=f"{name}{n}") for n, one in enumerate(whole.units))
    own = make_sources(replace(whole, units=units), "评分表")
    (front,) = (one for one in consolidated_plan(own).sheets if one.name == FRONT)
    assert body_size(front) >= LEAST_SIZE
    assert listed(front) < listed(next(one for one in plan(folder).sheets if one.name == FRONT))


def listed(front: SheetPlan) -> int:
    """首页列着几条。"""
    area = front.printing.area
    assert area is not None
    return area.last.row


@each_folder
def test_names_and_numbers_of_a_chart_stay_inside_it(folder: str) -> None:
    """条占哪一块是定了的：伸到框外的，LibreOffice 把整张图连字一起缩小，印出来就不到九磅。"""
    drawn = [(sheet, chart) for sheet in plan(folder).sheets for chart in sheet.charts]
    assert len(drawn) > 1
    for sheet, chart in drawn:
        plot = plot_of(sheet, chart)
        assert plot is not None, chart.title
        assert plot["width"] > _LEAST_BARS, chart.title


def test_the_longest_indicator_is_two_lines_of_a_chart() -> None:
    titles = [one.title for scheme in ready_schemes() for one in scheme.indicators]
    assert max(map(len, titles)) > LONG
    assert max(map(len, titles)) <= LINE + LONG


@each_folder
def test_small_tables_are_not_torn_by_pages(folder: str) -> None:
    """统计、总览：每页排得下；小表的标题和表头不留在页末，一页排得下的小表不拆开。"""
    boards = [one for one in plan(folder).sheets if one.name.startswith(("统计", "总览"))]
    assert any(board.printing.starts for board in boards)
    for board in boards:
        area, title = board.printing.area, board.printing.title_rows
        assert area is not None
        assert title is not None
        repeated, room = board.heights[title[0]], page_room(board.printing)
        starts = [area.first.row, *board.printing.starts, area.last.row + 1]
        pages = [range(*two) for two in pairwise(starts)]
        for number, page in enumerate(pages):
            taken = sum(board.heights[row] for row in page) + (repeated if number else 0)
            assert taken <= room, (board.name, page)
        tops = [cell.row for cell in board.every_cell() if cell.role is Role.SECTION]
        for top, following in pairwise([*tops, area.last.row + 2]):
            own = range(top, following - 1)
            torn = sum(bool({*own} & {*page}) for page in pages) > 1
            if torn:
                assert repeated + sum(board.heights[row] for row in own) > 0.9 * room, board.name
                assert not {top + 1, top + 2, top + 3} & {*starts}, board.name


@each_folder
def test_a_title_is_whole_on_every_page(folder: str) -> None:
    """分几页宽的：标题在每页重复的几列里放得下，要不就印在页眉，不切成半截。"""
    wide = [sheet for sheet in plan(folder).sheets if sheet.filter and sheet.printing.pages > 1]
    assert wide
    for sheet in wide:
        cells = [cell for cell in sheet.every_cell() if cell.role is Role.TITLE]
        area, repeated = sheet.printing.area, sheet.printing.title_columns
        assert area is not None
        if sheet.printing.heading:
            assert sheet.printing.heading == cells[0].content
            assert area.first.row > cells[0].row, sheet.name
        else:
            assert cells[-1].at.col <= repeated, sheet.name


@each_folder
def test_what_is_frozen_leaves_half_of_the_screen(folder: str) -> None:
    for sheet in plan(folder).sheets:
        if sheet.freeze is not None:
            assert pixels(sheet.widths[: sheet.freeze.col - 1]) <= HALF_SCREEN, sheet.name


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        ("得分明细", {"单位名称", "编码", "三级指标"}),
        ("疑点清单", {"单位", "编码", "位置"}),
        ("绩效指标明细", {"单位名称", "三级指标"}),
        ("重点任务", {"单位名称", "重点工作任务"}),
        ("未判规则", {"单位", "规则名称"}),
    ],
)
def test_unit_and_indicator_stay_in_sight(sheet: str, kept: set[str]) -> None:
    (own,) = (one for one in plan("inbox").sheets if one.name == sheet)
    assert own.freeze is not None
    assert own.filter is not None
    heads = {
        cell.content
        for cell in own.every_cell()
        if cell.row == own.filter.first.row and cell.at.col < own.freeze.col
    }
    assert kept <= heads


def test_sheets_come_in_the_order_of_work() -> None:
    """先看疑点，再改分；填报的各表供查；单位的评分表之后是规则、参数和选项。"""
    names = [sheet.name for sheet in plan("inbox").sheets]
    order = ["汇总", "疑点清单", "得分明细", "绩效指标明细", "报送情况", "收支资产"]
    assert [name for name in names if name in order] == order
    units = [scored.sheet for scored in sources("inbox")[0].scored]
    assert names[-len(units) - 3 :] == [*units, "规则说明", "评分参数", "选项"]


def test_paper_is_chosen_by_the_widths() -> None:
    assert fitted((10.0,) * 11) == (Paper.A4, 1, 11)
    assert fitted((10.0,) * 12) == (Paper.A3, 1, 12)
    assert fitted((10.0,) * 16) == (Paper.A3, 1, 16)
    # 17 栏放不下；每页重复两栏，第二页还放得下 14 栏
    assert fitted((10.0,) * 17, 2) == (Paper.A3, 2, 16)
    assert fitted((10.0,) * 30, 2) == (Paper.A3, 2, 16)
    assert fitted((10.0,) * 31, 2) == (Paper.A3, 3, 16)
