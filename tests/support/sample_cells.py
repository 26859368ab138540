"""测试用：示例报送里改几格，和单位在 Excel、WPS 里改的一样，直接改文件里的那几处。"""

from __future__ import annotations

import re
import zipfile
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xltool.intake.submission import understand_book
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from xltool.finding import Finding
    from xltool.intake.submission import FormReading

_SAMPLES: Final = Path(__file__).parents[2] / "sample_inputs"
EDUCATION: Final = "inbox/示例市教育局.xlsx"
GENERAL: Final = "mixed/示例市机关事务管理局.xlsx"
FINANCE, GOALS, COVER, MANAGED = "收支与资产", "绩效目标完成情况", "封面", "管理情况"
FUNDS: Final = "专项资金"
PROJECT: Final = "earlier/示例市水利局_山塘除险加固.xlsx"  # 一样一张表的
PAGE: Final = "mixed/示例市商务局_电商产业园扶持.xlsx"  # 印成一页的
_WORKBOOK, _STYLES = "xl/workbook.xml", "xl/styles.xml"

Parts = dict[str, bytes]


@cache
def _sample(name: str) -> Parts:
    with zipfile.ZipFile(_SAMPLES / name) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def parts_of(name: str = EDUCATION) -> Parts:
    """一份示例的各个部件。"""
    return dict(_sample(name))


def packed(parts: Parts) -> bytes:
    """各个部件装成文件。"""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def part_of(parts: Parts, sheet: str) -> str:
    """一张表的部件名。"""
    names = re.findall(r'<sheet [^>]*?name="([^"]+)"', parts[_WORKBOOK].decode())
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def put(  # noqa: PLR0913, PLR0917 - a cell and all that is written of it
    parts: Parts, sheet: str, cell: str, inner: str, kind: str = "", style: str = ""
) -> None:
    """一格换成别的内容：`kind` 是 t 属性，`style` 不写的照旧。"""
    part = part_of(parts, sheet)
    pattern = re.compile(rf'<c r="{cell}"(?: s="(\d+)")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    xml = parts[part].decode()
    found = pattern.search(xml)
    assert found is not None, (sheet, cell)
    look = f' s="{style or found[1]}"' if style or found[1] else ""
    attribute = f' t="{kind}"' if kind else ""
    new = f'<c r="{cell}"{look}{attribute}>{inner}</c>'
    parts[part] = (xml[: found.start()] + new + xml[found.end() :]).encode()


def put_text(parts: Parts, sheet: str, cell: str, text: str, style: str = "") -> None:
    """一格填文字。"""
    inner = f'<is><t xml:space="preserve">{text}</t></is>'
    put(parts, sheet, cell, inner, "inlineStr", style)


def put_number(parts: Parts, sheet: str, cell: str, number: str, style: str = "") -> None:
    """一格填数。"""
    put(parts, sheet, cell, f"<v>{number}</v>", style=style)


def show_row(parts: Parts, sheet: str, row: int) -> None:
    """一行取消隐藏：备好的行用到了。"""
    part = part_of(parts, sheet)
    xml, found = re.subn(rf'(<row r="{row}"[^>]*?) hidden="1"', r"\1", parts[part].decode())
    assert found == 1
    parts[part] = xml.encode()


def styled(parts: Parts, code: str = "General", *, struck: bool = False) -> str:
    """添一种单元格样式，给出它的序号。"""
    xml = parts[_STYLES].decode()
    quoted = code.replace("&", "&amp;").replace('"', "&quot;").replace(">", "&gt;")
    number = 900 + len(re.findall("<numFmt ", xml))
    added = f'<numFmt numFmtId="{number}" formatCode="{quoted}"/>'
    if "</numFmts>" in xml:
        xml = xml.replace("</numFmts>", f"{added}</numFmts>")
    else:
        xml = xml.replace("<fonts", f"<numFmts>{added}</numFmts><fonts", 1)
    fonts = xml[xml.index("<fonts") : xml.index("</fonts>")].count("<font>")
    if struck:
        xml = xml.replace("</fonts>", '<font><strike/><sz val="11"/></font></fonts>', 1)
    font = fonts if struck else 0
    styles = xml[xml.index("<cellXfs") : xml.index("</cellXfs>")].count("<xf ")
    look = f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0"/>'
    parts[_STYLES] = xml.replace("</cellXfs>", f"{look}</cellXfs>").encode()
    return str(styles)


def read(parts: Parts) -> FormReading:
    """像命令行一样读；同样的只读一遍。"""
    return _read(tuple(parts.items()))


@lru_cache(maxsize=32)
def _read(parts: tuple[tuple[str, bytes], ...]) -> FormReading:
    return understand_book(read_bytes(packed(dict(parts))), ready_schemes())


def said(parts: Parts) -> list[tuple[str, str]]:
    """各条问题的编码和位置。"""
    return [(finding.code, finding.where) for finding in read(parts).findings]


def only(parts: Parts) -> Finding:
    """恰好一条问题。"""
    (finding,) = read(parts).findings
    return finding


def value(reading: FormReading, key: object) -> object:
    """读出的值。"""
    assert reading.submission is not None
    entry = reading.submission.entries.get(key)
    return entry.value if entry else None
