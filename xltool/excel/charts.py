"""图：引用表里的格，连同写出时的数，没有重新计算也画得出；大小由它占的格定，不会伸到外面。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import quoted
from xltool.excel.errors import UnwritableTextError
from xltool.excel.looks import BODY_FONT, CHART_COLOR, HEADING_FONT
from xltool.excel.text import without_controls
from xltool.sheets.paper import DEFAULT_HEIGHT, DEFAULT_WIDTH
from xltool.sheets.text import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart as Drawing
    from xlsxwriter.worksheet import Worksheet

    from xltool.address import Area
    from xltool.sheets.graphics import Chart
    from xltool.sheets.plan import SheetPlan

# 由浅到深：黑白印出来也分得清；只有一组的用最深的
_COLORS = ("#B8C9DD", CHART_COLOR)
_FONT = {"name": BODY_FONT, "size": 10.5}  # 首页缩小印，印出来不小于九磅
EDGE = {"color": "#404040", "width": 0.75}
_CHARACTER, _EDGES, _PIXELS = 7, 5, 4 / 3  # 列宽、行高换成像素
# 图里的像素：十磅半的半角字、空、标题（图例）一行、条外的数两边的空
_LETTER, _SPACE, _TITLE, _NUMBER = 7.2, 10, 38, 20
_MOST_FOR_NAMES = 0.6


def apply_charts(workbook: Workbook, target: Worksheet, sheet: SheetPlan) -> None:
    """画出各图。"""
    if sheet.charts:
        for row, height in sheet.heights.items():
            target.set_row(row - 1, height)  # 图的落点按真实行高算，否则会被拉长
    for chart in sheet.charts:
        drawing = workbook.add_chart({"type": "bar"})
        if drawing is None:
            raise RuntimeError(chart.title)
        width, height = _size(sheet, chart.area)
        _draw(drawing, sheet, chart)
        if plot := plot_of(sheet, chart):
            drawing.set_plotarea({"layout": plot})
        drawing.set_size({"width": width, "height": height})
        first = chart.area.first
        options = {"description": without_controls(chart.description)}
        target.insert_chart(first.row - 1, first.col - 1, drawing, options)


def planned_charts(sheet: SheetPlan) -> Iterator[str]:
    """各图应引用的区域。"""
    for chart in sheet.charts:
        for one in chart.series:
            yield from (_reference(sheet, chart.names), _reference(sheet, one.values))


def _draw(drawing: Drawing, sheet: SheetPlan, chart: Chart) -> None:
    if chart.title.startswith("="):
        raise UnwritableTextError("图表标题", chart.title)
    for one, color in zip(chart.series, _COLORS[-len(chart.series) :], strict=True):
        drawing.add_series(
            {
                "name": without_controls(one.name),
                "categories": f"={_reference(sheet, chart.names)}",
                "categories_data": list(chart.labels),
                "values": f"={_reference(sheet, one.values)}",
                "values_data": [0 if value in ("", None) else value for value in one.results],
                "fill": {"color": color},
                "border": EDGE,
                "gap": 60,
                "data_labels": {"value": True, "font": _FONT},
            }
        )
    title = {"name": without_controls(chart.title), "overlay": False}
    drawing.set_title(title | {"name_font": {"name": HEADING_FONT, "size": 11, "bold": False}})
    several = {"position": "bottom", "font": _FONT}
    drawing.set_legend(several if len(chart.series) > 1 else {"none": True})
    # 第一名排在最上面。
    names = {"num_font": _FONT, "interval_unit": 1}
    drawing.set_y_axis({"reverse": True, **names})
    # 数标在条上，不用横轴
    drawing.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})


def plot_of(sheet: SheetPlan, chart: Chart) -> dict[str, float] | None:
    """条占这张图的哪一块。"""
    numbers = [
        value for one in chart.series for value in one.results if isinstance(value, int | Decimal)
    ]
    size = _size(sheet, chart.area)
    return plot_area(chart.labels, numbers, size, legend=len(chart.series) > 1)


def plot_area(
    labels: Iterable[str],
    numbers: Sequence[Decimal | int],
    size: tuple[float, float],
    *,
    legend: bool = False,
) -> dict[str, float] | None:
    """条占图的哪一块：左边留给名称，右边留给标在条外的数，不然最长的一条的数伸到框外。

    `size` 是宽、高的像素。名称太长、还要换行的，由打开的程序去排：定了位置，LibreOffice 就不换行；
    不定的，数伸到框外，它就把整张图连字一起缩小。
    """
    width, height = size
    longest = max((display_width(line) for one in labels for line in one.splitlines()), default=0)
    left = (longest * _LETTER + _SPACE) / width
    if left > _MOST_FOR_NAMES:
        return None
    digits = 0 if all(one == int(one) for one in numbers) else 2  # 有小数的都印两位
    shown = max((len(f"{one:.{digits}f}") for one in numbers), default=0)
    right = (shown * _LETTER + _NUMBER) / width
    top = _TITLE / height
    bottom = (_TITLE if legend else _SPACE) / height
    return {"x": left, "y": top, "width": 1 - left - right, "height": 1 - top - bottom}


def _reference(sheet: SheetPlan, area: Area) -> str:
    return f"{quoted(sheet.name)}!{area.absolute}"


def _size(sheet: SheetPlan, area: Area) -> tuple[int, int]:
    """占的格一共多宽、多高，像素；各边留一点，边框不压在格线上。"""
    widths = dict(enumerate(sheet.widths, 1))
    columns = range(area.first.col, area.last.col + 1)
    rows = range(area.first.row, area.last.row + 1)
    width = sum(int(widths.get(n, DEFAULT_WIDTH) * _CHARACTER + _EDGES) for n in columns)
    height = sum(int(sheet.heights.get(n, DEFAULT_HEIGHT) * _PIXELS) for n in rows)
    return width - 2, height - 2
