"""从 XlsxWriter 写的一个小文件里学来每种样式的写法；一个进程只学一次。"""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import xlsxwriter

from xltool.excel.looks import DEFAULT_FONT, cell_properties, every_look
from xltool.excel.stylesheet import StyleTable

WORKBOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": DEFAULT_FONT, "font_size": 11},
}

_STYLE_SHEET = re.compile(
    r"(?P<head>.*)<cellXfs count=\"\d+\">(?P<entries>.*)</cellXfs>"
    r"(?P<middle>.*)(?P<highlights><dxfs.*?(?:/>|</dxfs>))(?P<end><tableStyles.*)",
    re.DOTALL,
)
_ENTRY = re.compile(r"<xf [^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_NUMBER_FORMAT = re.compile(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/>')
_STYLE_NUMBER = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"/>')


@cache
def style_table() -> StyleTable:
    """全部样式的骨架，不含条件格式。"""
    looks = every_look()
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, WORKBOOK_OPTIONS) as workbook:
        sheet = workbook.add_worksheet()
        for row, look in enumerate(looks):
            sheet.write_blank(row, 0, None, workbook.add_format(cell_properties(look)))
    with ZipFile(buffer) as archive:
        cells = archive.read("xl/worksheets/sheet1.xml").decode()
        sections = _sections(archive.read("xl/styles.xml").decode())
    entries = _ENTRY.findall(sections["entries"])
    numbers = [int(number) for number in _STYLE_NUMBER.findall(cells)]
    return StyleTable(
        head=sections["head"],
        first=entries[0],
        entries={look: entries[number] for look, number in zip(looks, numbers, strict=True)},
        middle=sections["middle"],
        highlights=sections["highlights"],
        end=sections["end"],
    )


def highlight_section(styles: str) -> str:
    """一份 styles.xml 里条件格式那一段；数的写法的编号照样式的骨架，同一个编号不能是两种写法。"""
    known = {code: number for number, code in _NUMBER_FORMAT.findall(style_table().head)}
    return _NUMBER_FORMAT.sub(
        lambda found: f'<numFmt numFmtId="{known[found[2]]}" formatCode="{found[2]}"/>',
        _sections(styles)["highlights"],
    )


def _sections(styles: str) -> dict[str, str]:
    match = _STYLE_SHEET.fullmatch(styles)
    if match is None:
        raise RuntimeError(styles[:200])
    return match.groupdict()
