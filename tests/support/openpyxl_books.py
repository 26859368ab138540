"""测试用：用 openpyxl 改的工作簿，打开、改几张表、再存，都尽量只做一次。"""

from __future__ import annotations

import pickle
import zipfile
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import openpyxl
from openpyxl.styles.stylesheet import write_stylesheet
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.xml.functions import tostring

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl import Workbook

_STYLES = "xl/styles.xml"


def opened(data: bytes) -> Workbook:
    """打开一份；同一份只解析一次，此后用备好的副本。"""
    book: Workbook = pickle.loads(_pickled(data))  # noqa: S301 - we pickled it ourselves
    return book


@cache
def _pickled(data: bytes) -> bytes:
    """先存一遍：存的时候会添样式，各个副本的样式序号都要与 `_parts` 的相同。"""
    book = openpyxl.load_workbook(BytesIO(data))
    saved(book)
    return pickle.dumps(book)


def saved(book: Workbook) -> bytes:
    """照 openpyxl 的做法存。"""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@cache
def _parts(data: bytes) -> dict[str, bytes]:
    """没有改过的一份，openpyxl 存成的各个部件。"""
    with zipfile.ZipFile(BytesIO(saved(opened(data)))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved_sheets(data: bytes, book: Workbook, changed: Iterable[str]) -> bytes:
    """由 `data` 打开、只改了这几张表的一份：别的部件与没有改时一样，不再写一遍。"""
    parts = dict(_parts(data))
    for name in changed:
        part, xml = f"xl/worksheets/sheet{book.sheetnames.index(name) + 1}.xml", BytesIO()
        assert part in parts
        WorksheetWriter(book[name], xml).write()
        parts[part] = xml.getvalue()
    parts[_STYLES] = tostring(write_stylesheet(book))
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()
