"""在一个存过的工作簿里填几格，别的部件一个字节也不动；打开时重新计算。"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final
from zipfile import ZIP_DEFLATED, ZipFile

from xltool.excel.cells import date_number
from xltool.excel.text import put_text
from xltool.xlsx.archive import Archive
from xltool.xlsx.package import content_types, relations, workbook_part
from xltool.xlsx.workbook import read_workbook
from xltool.xlsx.xml_walker import Budget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.address import At
    from xltool.collection.verdicts import Written
    from xltool.xlsx.limits import Limits

    Cells = Mapping[At, Written]

_CELL: Final = re.compile(r'<((?:\w+:)?)c r="([A-Z]+[0-9]+)"([^>]*?)(?:/>|>.*?</\1c>)', re.DOTALL)
_TYPE: Final = re.compile(r' t="[^"]*"')
_CALCULATION: Final = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)/>")
_FULL: Final = b' fullCalcOnLoad="1"'


class MissingCellError(Exception):
    """要填的一格，文件里没有。"""


def fill(data: bytes, sheets: Mapping[str, Cells], limits: Limits) -> bytes:
    """填好的文件；`sheets` 是各表（表名）要填的格，空串是清空。

    Raises:
        MissingCellError: 要填的一格，文件里没有：本工具印的待填的格都有样式，一定在。
    """
    archive, budget = Archive(data, limits), Budget(limits)
    main, _ = workbook_part(archive, content_types(archive, budget), budget)
    parts = relations(archive, main, budget)
    names = read_workbook(main, archive.blocks(main), budget).sheets
    wanted = {
        parts[one.relation].target.lower(): sheets[one.name] for one in names if one.name in sheets
    }
    out = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename.lower() in wanted:
                content = _filled(content.decode(), wanted[info.filename.lower()]).encode()
            elif info.filename.lower() == main.lower():
                content = _CALCULATION.sub(_recalculated, content)
            target.writestr(info, content)
    return out.getvalue()


def _filled(text: str, cells: Cells) -> str:
    """只走一遍：一张表有几万行，要填的也有几千格。"""
    left = {at.a1: written for at, written in cells.items()}

    def replaced(found: re.Match[str]) -> str:
        space, at, attributes = found.groups()
        if at not in left:
            return found[0]
        return _cell(space, at, _TYPE.sub("", attributes), left.pop(at))

    filled = _CELL.sub(replaced, text)
    if left:
        raise MissingCellError(next(iter(left)))
    return filled


def _cell(space: str, at: str, attributes: str, written: Written) -> str:
    start = f'<{space}c r="{at}"{attributes}'
    if written == "":
        return f"{start}/>"
    if isinstance(written, str):
        inner = f'<{space}t xml:space="preserve">{put_text(written).xml}</{space}t>'
        return f'{start} t="inlineStr"><{space}is>{inner}</{space}is></{space}c>'
    number = date_number(written) if isinstance(written, date) else str(Decimal(written))
    return f"{start}><{space}v>{number}</{space}v></{space}c>"


def _recalculated(found: re.Match[bytes]) -> bytes:
    kept = re.sub(rb' fullCalcOnLoad="[^"]*"', b"", found[2])
    return b"<" + found[1] + b"calcPr" + kept + _FULL + b"/>"
