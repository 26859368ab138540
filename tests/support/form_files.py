"""填好的评分表的文件：一个方案刻一次版，各份只换有变的格；照从头写的压，一个字节也不差（test_prerendered）。"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xltool.excel.archive import Archive, pack
from xltool.excel.prerendered import prerender_book
from xltool.excel.render import STYLES_PART
from xltool.excel.skeleton import empty_skeleton
from xltool.excel.text import put_text
from xltool.form.book import form_plan
from xltool.form.changing_cells import changing_cells, changing_rows
from xltool.form.form import make_form

if TYPE_CHECKING:
    from xltool.excel.prerendered import PrerenderedBook
    from xltool.form.form import Form
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Scheme

_STYLED: Final = re.compile(rb'(<c r="[A-Z]+[0-9]+" s=")([0-9]+)')
_LOOKS: Final = re.compile(rb'<cellXfs count="[0-9]+">(.*?)</cellXfs>', re.DOTALL)
_LOOK: Final = re.compile(rb"<xf [^>]*?(?:/>|[^/]>.*?</xf>)", re.DOTALL)


def form_file(form: Form) -> bytes:
    """一份的 .xlsx；有像公式的字的，多出的样式排到从头写时的位置。"""
    parts = parts_of(quick_file(form))
    quoted = any(isinstance(one, str) and put_text(one).quoted for one in form.contents.values())
    return _packed(_in_order(parts) if quoted else parts)


def quick_file(form: Form) -> bytes:
    """读起来与 `form_file` 相同的一份：压得松，像公式的字的样式排在最后，字节不必相同。"""
    buffer = BytesIO()
    book = _prerendered(form.scheme, form.layout)
    book.print(buffer, changing_cells(form), changing_rows(form))
    return buffer.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    """各部件，依次序。"""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _in_order(parts: dict[str, bytes]) -> dict[str, bytes]:
    """样式的序号照第一次用到的先后重排。"""
    numbers: dict[bytes, bytes] = {}

    def renumbered(found: re.Match[bytes]) -> bytes:
        number = numbers.setdefault(found[2], b"%d" % (len(numbers) + 1))
        return found[1] + number

    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = _STYLED.sub(renumbered, content)
    opening, entries, rest = _LOOKS.split(parts[STYLES_PART])
    listed = _LOOK.findall(entries)
    kept = (listed[0], *(listed[int(number)] for number in numbers))
    count = b'<cellXfs count="%d">' % len(kept)
    parts[STYLES_PART] = b"".join((opening, count, *kept, b"</cellXfs>", rest))
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    written = Archive(buffer)
    for name, content in parts.items():
        written.add(pack(name, (content,)))
    written.close()
    return buffer.getvalue()


@lru_cache(maxsize=8)
def _prerendered(scheme: Scheme, layout: Layout) -> PrerenderedBook:
    """版面照一份的：记录多过备好的行数，就多几行。"""
    blank = form_plan(replace(make_form(scheme, {}), layout=layout))
    return prerender_book(empty_skeleton(blank), blank)
