"""一张表除格以外的样子：列宽、合并、冻结、筛选、保护、打印、图表。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import quoted
from xltool.excel.errors import UnwritableTextError
from xltool.excel.looks import BODY_FONT, HEADING_FONT, tab_color
from xltool.excel.rules import apply_highlights, apply_validations, rule_formulas
from xltool.excel.text import require_length, without_controls
from xltool.sheets.paper import SIDE
from xltool.sheets.plan import Paper

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from xltool.address import Area
    from xltool.sheets.plan import Chart, Print, SheetPlan

_PAPERS = {Paper.A4: 9, Paper.A3: 8}
_MM = 25.4
_LANDSCAPE_MARGINS = {"top": 28, "bottom": 26, "left": 20, "right": 20}  # 毫米，横排表订口在上
_PORTRAIT_MARGINS = {"top": 37, "bottom": 35, "left": 28, "right": 26}  # GB/T 9704—2012 的版心
_DENSE_MARGINS = {"top": 16, "bottom": 20, "left": SIDE, "right": SIDE}  # 字不能再小的
_FOOTER_MARGIN, _DENSE_FOOTER = 15, 9
_FOOTER_LIMIT = 255
_HEADER, _HEADER_MARGIN = '&R&"宋体,常规"&9&A', 8
_PAGE_NUMBER = '&C&"宋体,常规"&14— &P —&R&"宋体,常规"&9&D'
_PROTECTION = {
    "select_locked_cells": True,  # 印好的字也要能选中复制
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": True,
}
_SERIES_COLOR = "#2F5F9E"
_GRIDLINES = {"visible": True, "line": {"color": "#D9D9D9"}}


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
    if sheet.chart is not None:
        _apply_chart(workbook, target, sheet, sheet.chart)


def planned_rules(sheet: SheetPlan) -> tuple[str, ...]:
    """表里应有的校验和条件格式的公式。"""
    return rule_formulas(sheet.validations, sheet.highlights)


def planned_charts(sheet: SheetPlan) -> tuple[str, ...]:
    """图表应引用的区域。"""
    if sheet.chart is None:
        return ()
    return (_reference(sheet, sheet.chart.names), _reference(sheet, sheet.chart.values))


def _reference(sheet: SheetPlan, area: Area) -> str:
    return f"{quoted(sheet.name)}!{area.absolute}"


def _corners(area: Area) -> tuple[int, int, int, int]:
    return (area.first.row - 1, area.first.col - 1, area.last.row - 1, area.last.col - 1)


def _apply_view(target: Worksheet, sheet: SheetPlan) -> None:
    if sheet.freeze is not None:
        target.freeze_panes(sheet.freeze.row - 1, sheet.freeze.col - 1)
    if sheet.filter is not None:
        target.autofilter(*_corners(sheet.filter))
    if not sheet.gridlines:
        target.hide_gridlines(2)  # 屏幕上和打印时都不要
    if sheet.tab is not None:
        target.set_tab_color(tab_color(sheet.tab))


def _apply_print(target: Worksheet, printing: Print) -> None:
    target.set_paper(_PAPERS[printing.paper])
    margins = _PORTRAIT_MARGINS
    if printing.landscape:
        target.set_landscape()
        margins = _LANDSCAPE_MARGINS
    footer_margin = _FOOTER_MARGIN
    if printing.dense:
        margins, footer_margin = _DENSE_MARGINS, _DENSE_FOOTER
    target.set_margins(**{side: size / _MM for side, size in margins.items()})
    target.fit_to_pages(printing.pages, 0)
    target.center_horizontally()
    left = without_controls(printing.footer_left).replace("&", "&&")  # & 是页脚的指令符
    footer = f'&L&"宋体,常规"&9 {left}{_PAGE_NUMBER}'
    require_length("页脚", footer, _FOOTER_LIMIT)
    kept = {"scale_with_doc": not printing.named}
    target.set_footer(footer, {"margin": footer_margin / _MM, **kept})
    if printing.named:
        target.set_header(_HEADER, {"margin": _HEADER_MARGIN / _MM, **kept})
    if printing.title_rows is not None:
        first, last = printing.title_rows
        target.repeat_rows(first - 1, last - 1)
    if printing.title_columns:
        target.repeat_columns(0, printing.title_columns - 1)
    if printing.area is not None:
        target.print_area(*_corners(printing.area))


def _apply_chart(workbook: Workbook, target: Worksheet, sheet: SheetPlan, chart: Chart) -> None:
    if chart.title.startswith("="):
        raise UnwritableTextError("图表标题", chart.title)
    for row, height in sheet.heights.items():
        target.set_row(row - 1, height)  # 图的落点按真实行高算，否则会被拉长
    drawing = workbook.add_chart({"type": "bar"})
    if drawing is None:
        raise RuntimeError(chart.title)
    drawing.add_series(
        {
            "categories": f"={_reference(sheet, chart.names)}",
            "values": f"={_reference(sheet, chart.values)}",
            "fill": {"color": _SERIES_COLOR},
            "gap": 60,
        }
    )
    drawing.set_title(
        {"name": without_controls(chart.title), "name_font": {"name": HEADING_FONT, "size": 12}}
    )
    drawing.set_legend({"none": True})
    # 第一名排在最上面；横轴仍留在下方。
    drawing.set_y_axis({"reverse": True, "num_font": {"name": BODY_FONT, "size": 10}})
    drawing.set_x_axis({"label_position": "high", "major_gridlines": _GRIDLINES})
    drawing.set_size({"width": chart.width, "height": chart.height})
    target.insert_chart(chart.anchor.row - 1, chart.anchor.col - 1, drawing)
