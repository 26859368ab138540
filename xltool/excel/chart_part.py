"""一张条形图的部件（DrawingML），放进别的文件里：图由 XlsxWriter 画，数存在图里，不引用工作簿。"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

import xlsxwriter

from xltool.excel.charts import EDGE, plot_area
from xltool.excel.looks import BODY_FONT, CHART_COLOR, HEADING_FONT
from xltool.excel.text import without_controls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_PART: Final = "xl/charts/chart1.xml"
_FONT: Final = {"name": BODY_FONT, "size": 10}
# 数旁边只标数：别的不写明不要，有的程序就一并标上
_LABEL: Final = b'<c:showVal val="1"/>'
_ONLY_VALUE: Final = (
    b'<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
    b'<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_NO_TICKS: Final = {"major_tick_mark": "none", "minor_tick_mark": "none"}
_PIXELS: Final = 96 / 25.4  # 一毫米
_LONGEST: Final = 24  # 图上的名称再长就看不清了，全名在表里


def chart_part(
    title: str,
    bars: Sequence[tuple[str, Decimal | int]],
    size: tuple[float, float],
    digits: str = "0",
) -> bytes:
    """头一条在最上面；`size` 是宽、高的毫米，`digits` 是标在条上的数的写法。

    数都标在条上，不用横轴和网格线；条描了边，黑白印出来也看得清。
    """
    shown = [(_shortened(without_controls(name)), value) for name, value in bars or [("", 0)]]
    handle = BytesIO()
    with xlsxwriter.Workbook(handle, {"in_memory": True}) as book:
        sheet = book.add_worksheet("1")
        for row, (name, value) in enumerate(shown):
            sheet.write_string(row, 0, name)
            sheet.write_number(row, 1, float(value))
        last = len(shown)
        drawing = book.add_chart({"type": "bar"})
        drawing.add_series(
            {
                "categories": f"='1'!$A$1:$A${last}",
                "values": f"='1'!$B$1:$B${last}",
                "fill": {"color": CHART_COLOR},
                "border": EDGE,
                "gap": 60,
                "data_labels": {"value": True, "num_format": digits, "font": _FONT},
            }
        )
        name_font = {"name": HEADING_FONT, "size": 12, "bold": False}
        drawing.set_title({"name": without_controls(title), "name_font": name_font})
        drawing.set_legend({"none": True})
        drawing.set_y_axis({"reverse": True, "num_font": _FONT, **_NO_TICKS})
        drawing.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        drawing.set_chartarea({"border": {"none": True}})
        names, numbers = zip(*shown, strict=True)
        width, height = (side * _PIXELS for side in size)
        if plot := plot_area(names, numbers, (width, height)):
            drawing.set_plotarea({"layout": plot})
        sheet.insert_chart("D1", drawing)
    with zipfile.ZipFile(handle) as archive:
        return archive.read(_PART).replace(_LABEL, _ONLY_VALUE)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
