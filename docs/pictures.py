"""由示例画出 README 的图：评分表和汇总各一张。要有 LibreOffice、pdftoppm 和一种中文字体。

用法：python docs/pictures.py。图只印选中的几栏几行，好看清；字体、版本不同的机器画出的字节不同。
"""

from __future__ import annotations

import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import openpyxl
from openpyxl.worksheet.pagebreak import RowBreak
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from collections.abc import Collection

    from openpyxl.worksheet.worksheet import Worksheet

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "sample_inputs"
DPI = 165  # 放到一千多点宽时，表里的字还看得清
MARGIN = 8  # 四边留白几个点
STEP = 15  # 颜色取整到几的倍数：文字边上的灰不必分得那么细，文件小一半，色表也放得下

WHITE = 255

FORM_COLUMNS = (
    *("编码", "一级指标", "二级指标", "三级指标", "分值", "评分标准", "自评得分"),
    *("扣分原因和其他说明", "计算依据（自动）", "系统得分（自动）"),
)
BOOK_COLUMNS = (
    *("单位序号", "名次", "单位名称", "报送状态", "自评得分", "系统得分", "自评-系统", "系统等级"),
    *("自评等级", "履职效能", "管理效率", "错误", "警告", "提示", "未判规则", "复核得分"),
)


def main() -> None:
    """画两张图。"""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "汇总.xlsx"
        words = ["collect", str(SAMPLES / "inbox"), "-o", str(book), "--exit-zero", "-qq"]
        words += ["--roster", str(SAMPLES / "名单.xlsx")]
        subprocess.run([sys.executable, "-m", "xltool", *words], check=True)
        draw(SAMPLES / "inbox" / "示例市民政局.xlsx", "评分表", FORM_COLUMNS, records=4)
        draw(book, "汇总", BOOK_COLUMNS)


def draw(file: Path, sheet: str, columns: Collection[str], records: int | None = None) -> None:
    """一张表的几栏：藏起其余的表和栏，由 LibreOffice 印成一页，切去四边的白。"""
    book = openpyxl.load_workbook(file)
    for other in book:
        if other.title != sheet:
            other.sheet_state = "hidden"
            other.print_area = None  # 写了打印区域的，藏起来也印
    book.active = book[sheet]
    only_columns(book[sheet], columns, records)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.xlsx"
        book.save(source)
        office = ["soffice", f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"]
        office += ["--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(office, check=True, capture_output=True, timeout=120)
        page = source.with_suffix(".pdf")
        drawn = ["pdftoppm", "-r", str(DPI), "-f", "1", "-l", "1", str(page)]
        pixels = subprocess.run(drawn, check=True, capture_output=True).stdout
    (HERE / "图" / f"{sheet}.png").write_bytes(png(trimmed(pixels)))


def only_columns(sheet: Worksheet, columns: Collection[str], records: int | None) -> None:
    """只印表头在 `columns` 里的栏，表头和它下面的 `records` 行。"""
    (head,) = (row for row in sheet.iter_rows() if set(columns) <= {cell.value for cell in row})
    # 相邻而同宽的栏合写成一项，不拆开就藏不住其中一栏
    shared = list(sheet.column_dimensions.values())
    width = {at: one.width for one in shared for at in range(one.min, one.max + 1)}
    sheet.column_dimensions.clear()
    for cell in head:
        one = sheet.column_dimensions[cell.column_letter]
        one.width, one.hidden = width.get(cell.column, 9), cell.value not in columns
    last = head[0].row + records if records else sheet.max_row
    sheet.print_area = f"A2:{sheet.dimensions.split(':')[1].rstrip('0123456789')}{last}"
    sheet.row_breaks = RowBreak()
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight, sheet.page_setup.blackAndWhite = 0, False
    for part in (sheet.oddHeader, sheet.oddFooter):
        part.left.text = part.center.text = part.right.text = None
    for area in list(sheet.conditional_formatting):  # openpyxl 不认纯色的数据条，存成渐变，就不画
        if any(rule.type == "dataBar" for rule in area.rules):
            del sheet.conditional_formatting[str(area.sqref)]


def trimmed(ppm: bytes) -> np.ndarray:
    """切去四边的白。"""
    _, width, height, _, data = ppm.split(maxsplit=4)
    pixels = np.frombuffer(data, np.uint8).reshape(int(height), int(width), 3)
    rows, columns = np.nonzero((pixels < WHITE).any(axis=2))
    return pixels[
        max(rows.min() - MARGIN, 0) : rows.max() + MARGIN,
        max(columns.min() - MARGIN, 0) : columns.max() + MARGIN,
    ]


def png(pixels: np.ndarray) -> bytes:
    """写成带色表的 PNG。"""
    rounded = ((pixels.astype(int) + STEP // 2) // STEP * STEP).astype(np.uint8)
    colours, places = np.unique(rounded.reshape(-1, 3), axis=0, return_inverse=True)
    height, width = pixels.shape[:2]
    lines = np.zeros((height, width + 1), np.uint8)  # 每行开头一个 0：不作差分
    lines[:, 1:] = places.reshape(height, width)
    size = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = {b"IHDR": size, b"PLTE": colours.tobytes()}
    parts |= {b"IDAT": zlib.compress(lines.tobytes(), 9), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts.items()
    )


if __name__ == "__main__":
    main()
