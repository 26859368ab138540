"""一张表除格以外的样子：列宽、合并、冻结、筛选、保护、打印、图表。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import Area
from xltool.excel.charts import apply_charts
from xltool.excel.looks import tab_color
from xltool.excel.rules import apply_bars, apply_highlights, apply_validations, rule_formulas
from xltool.excel.text import require_length, without_controls
from xltool.sheets.paper import FOOT, HEAD, SIDE
from xltool.sheets.plan import Paper

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from xltool.sheets.plan import Print, SheetPlan

_PAPERS = {Paper.A4: 9, Paper.A3: 8}
_MM = 25.4
_LANDSCAPE_MARGINS = {"top": 28, "bottom": 26, "left": 20, "right": 20}  # 毫米，横排表订口在上
_PORTRAIT_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # GB/T 9704—2012 的版心
_DENSE_MARGINS = {"top": HEAD, "bottom": FOOT, "left": SIDE, "right": SIDE}  # 字不能再小的
_SLIM = {"top": 12, "bottom": 15}  # 要印成一页的，上下再排几行
_FOOTER_MARGIN, _DENSE_FOOTER, _SLIM_FOOTER = 15, 9, 7
_FOOTER_LIMIT = 255
_HEADER, _HEADER_MARGIN = '&R&"宋体,常规"&9&A', 8
_HEADING, _WORD = '&C&"宋体,常规"&16', '&C&"黑体,常规"&10'
_PAGE_NUMBER, _DAY = '&C&"宋体,常规"&14— &P —', '&R&"宋体,常规"&9&D'
_PROTECTION = {
    "select_locked_cells": True,  # 印好的字也要能选中复制
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": True,
}


def apply_features(workbook: Workbook, target: Worksheet, sheet: SheetPlan) -> None:
    """把计划里格以外的一切加到工作表上。"""
    widths = dict(enumerate(sheet.widths, start=1))
    for col in sorted({*widths, *sheet.hidden_columns}):
        hidden = {"hidden": col in sheet.hidden_columns}
        target.set_column(col - 1, col - 1, widths.get(col), None, hidden)
    for merge in sheet.merges:
        if merge.area.first != merge.area.last:
            target.merge_range(*_corners(merge.area), "")
    apply_validations(target, sheet.validations)
    apply_highlights(workbook, target, sheet.highlights)
    _apply_view(target, sheet)
    if sheet.protected:
        target.protect("", _PROTECTION)
    _apply_print(target, sheet.printing)
    apply_bars(target, sheet.bars)
    apply_charts(workbook, target, sheet)


def planned_rules(sheet: SheetPlan) -> tuple[str, ...]:
    """表里应有的校验和条件格式的公式。"""
    return rule_formulas(sheet.validations, sheet.highlights)


def _corners(area: Area) -> tuple[int, int, int, int]:
    return (area.first.row - 1, area.first.col - 1, area.last.row - 1, area.last.col - 1)


def _apply_view(target: Worksheet, sheet: SheetPlan) -> None:
    if sheet.freeze is not None:
        target.freeze_panes(sheet.freeze.row - 1, sheet.freeze.col - 1)
    if sheet.opens_at is not None:
        target.set_selection(*_corners(Area(sheet.opens_at, sheet.opens_at)))
    if sheet.filter is not None:
        target.autofilter(*_corners(sheet.filter))
    if not sheet.gridlines:
        target.hide_gridlines(2)  # 屏幕上和打印时都不要
    if sheet.tab is not None:
        target.set_tab_color(tab_color(sheet.tab))


def _literal(text: str) -> str:
    """页眉、页脚里照字面的一段：& 是其中的指令符。"""
    return without_controls(text).replace("&", "&&")


def _apply_print(target: Worksheet, printing: Print) -> None:
    target.set_paper(_PAPERS[printing.paper])
    margins = _PORTRAIT_MARGINS
    if printing.landscape:
        target.set_landscape()
        margins = _LANDSCAPE_MARGINS
    footer_margin = _FOOTER_MARGIN
    if printing.dense:
        margins, footer_margin = _DENSE_MARGINS, _DENSE_FOOTER
    if printing.slim:
        margins, footer_margin = margins | _SLIM, _SLIM_FOOTER
    target.set_margins(**{side: size / _MM for side, size in margins.items()})
    _apply_pages(target, printing)
    target.center_horizontally()
    left = _literal(printing.footer_left)
    footer = f'&L&"宋体,常规"&9 {left}{_PAGE_NUMBER}{_DAY if printing.dated else ""}'
    require_length("页脚", footer, _FOOTER_LIMIT)
    kept = {"scale_with_doc": not printing.named}
    target.set_footer(footer, {"margin": footer_margin / _MM, **kept})
    style = _HEADING if printing.named else _WORD
    header = f"{style} {_literal(printing.heading)}" if printing.heading else ""
    header += _HEADER if printing.named else ""
    if header:
        require_length("页眉", header, _FOOTER_LIMIT)
        target.set_header(header, {"margin": _HEADER_MARGIN / _MM, **kept})
    if printing.title_rows is not None:
        first, last = printing.title_rows
        target.repeat_rows(first - 1, last - 1)
    if printing.title_columns:
        target.repeat_columns(0, printing.title_columns - 1)
    if printing.area is not None:
        target.print_area(*_corners(printing.area))


def _apply_pages(target: Worksheet, printing: Print) -> None:
    """缩到多大、怎样分页、页码从几起。"""
    if printing.scale:
        target.set_print_scale(printing.scale)
    else:
        target.fit_to_pages(printing.pages, int(printing.one_page))
    if printing.first_page:
        target.set_start_page(printing.first_page)
    target.set_h_pagebreaks([row - 1 for row in printing.starts])
    if printing.mono:
        target.print_black_and_white()
