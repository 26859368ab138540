"""一张条形图的部件（DrawingML），放进别的文件里：图由 XlsxWriter 画，数存在图里，不引用工作簿。"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final

import xlsxwriter

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
_LONGEST: Final = 20  # 图上的名称再长就看不清了，全名在表里


def chart_part(title: str, bars: Sequence[tuple[str, Decimal | int]], digits: str = "0") -> bytes:
    """头一条在最上面；`digits` 是标在条上的数的写法。"""
    handle = BytesIO()
    with xlsxwriter.Workbook(handle, {"in_memory": True}) as book:
        sheet = book.add_worksheet("1")
        for row, (name, value) in enumerate(bars or [("", 0)]):
            sheet.write_string(row, 0, _shortened(without_controls(name)))
            sheet.write_number(row, 1, float(value))
        last = max(len(bars), 1)
        drawing = book.add_chart({"type": "bar"})
        drawing.add_series(
            {
                "categories": f"='1'!$A$1:$A${last}",
                "values": f"='1'!$B$1:$B${last}",
                "fill": {"color": CHART_COLOR},
                "gap": 60,
                "data_labels": {"value": True, "num_format": digits, "font": _FONT},
            }
        )
        name_font = {"name": HEADING_FONT, "size": 12}
        drawing.set_title({"name": without_controls(title), "name_font": name_font})
        drawing.set_legend({"none": True})
        drawing.set_y_axis({"reverse": True, "num_font": _FONT})
        drawing.set_x_axis(
            {"label_position": "high", "num_font": _FONT, "min": 0, "num_format": "General"}
        )
        sheet.insert_chart("D1", drawing)
    with zipfile.ZipFile(handle) as archive:
        return archive.read(_PART).replace(_LABEL, _ONLY_VALUE)


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
