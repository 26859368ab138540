"""一段文字换成什么：{{名称}} 换成内容，转义，要人补充的地方涂成黄色。"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

from xltool.address import TEXT_LIMIT
from xltool.excel.text import without_controls
from xltool.finding import bounded
from xltool.narrative.gaps import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.papers.paragraphs import TextRun

PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")
LINE_BREAK: Final = "\u2028"
"""内容里总要换行的地方，如标题分两行。"""
MAIN: Final = "word/document.xml"
_TAGS: Final = re.compile("<[^>]*>")
_IDENTITIES: Final = re.compile(rb' w14:(?:paraId|textId)="[^"]*"')
_MERGED: Final = "/合并"
_YELLOW: Final = '<{0}highlight {0}val="yellow"/>'
_JOINT: Final = "；"


class Edit(NamedTuple):
    """要改的一处：从第几个字节到第几个字节，换成什么。"""

    start: int
    end: int
    new: bytes


def name_of(written: str) -> str:
    """模板里写的是哪个名称：不带“/合并”。"""
    return written.removesuffix(_MERGED)


def is_merged(written: str) -> bool:
    """这一格与上一条相同时，要不要并到上面。"""
    return written.endswith(_MERGED)


def gaps_in(data: bytes) -> int:
    """一份填好的文件里，正文还有几处要人补充。"""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return len(GAP.findall(bare_text(archive.read(MAIN))))


def bare_text(data: bytes) -> str:
    """一个部件里的字，接成一串。"""
    return _TAGS.sub("", data.decode("utf-8"))


def joined(copies: Sequence[bytes]) -> bytes:
    """一段（一行）的几份接起来；段落的标识各不相同，只留头一份的。"""
    rest = (_IDENTITIES.sub(b"", one) for one in copies[1:])
    return b"".join((copies[0], *rest))


def braced(name: str) -> str:
    """模板里的写法。"""
    return f"{{{{{name}}}}}"


def edited(data: bytes, edits: Sequence[Edit], start: int, end: int) -> bytes:
    """一段字节改好以后的；各处不相交。"""
    pieces, at = [], start
    for edit in sorted(edits):
        pieces += [data[at : edit.start], edit.new]
        at = edit.end
    return b"".join((*pieces, data[at:end]))


def run_edits(
    runs: Sequence[TextRun], values: Mapping[str, str | tuple[str, ...]], *, breaks: bool = False
) -> Iterator[Edit]:
    """各段文字要改的；`breaks` 是内容里的换行照样换行，不然换成空格。"""
    for run, new in _new_texts(runs, values):
        yield Edit(run.start, run.end, _element(run, new, breaks=breaks))


def plain_text(text: str, values: Mapping[str, str | tuple[str, ...]]) -> str:
    """一段话填好以后的文字。"""
    return PLACEHOLDER.sub(lambda found: _plain(values.get(name_of(found[1]), "")), text)


def _new_texts(
    runs: Sequence[TextRun], values: Mapping[str, str | tuple[str, ...]]
) -> Iterator[tuple[TextRun, str]]:
    """各段文字换成什么；Word 常把一个 {{名称}} 拆成几段，内容写在头一段。"""
    text = "".join(run.text for run in runs)
    spans = [
        (found.start(), found.end(), _plain(values.get(name_of(found[1]), "")))
        for found in PLACEHOLDER.finditer(text)
    ]
    offset = 0
    for run in runs:
        stop = offset + len(run.text)
        new, at = "", offset
        for start, end, value in spans:
            if end <= offset or start >= stop:
                continue
            new += text[at : max(at, start)] + (value if start >= offset else "")
            at = min(end, stop)
        new += text[at:stop]
        offset = stop
        if new != run.text:
            yield run, new


def _plain(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else _JOINT.join(value)


def _element(run: TextRun, text: str, *, breaks: bool) -> bytes:
    """一段文字的元素；有要补充的，拆成几段，那几段涂成黄色，其余的样子照旧。"""
    prefix = run.name.removesuffix("t")
    look = run.look.decode()
    written = []
    for number, part in enumerate(GAP.split(text)):
        marked = number % 2 == 1
        if not part and number:
            continue
        if number:
            shown = _highlighted(look, prefix) if marked else look
            written.append(f"</{prefix}r><{prefix}r>{shown}")
        written.append(_texts(part, run.name, prefix, breaks=breaks))
    return "".join(written).encode()


def _texts(text: str, name: str, prefix: str, *, breaks: bool) -> str:
    clean = escape(without_controls(bounded(text, TEXT_LIMIT)))
    lines = clean.splitlines() if "\n" in clean else [clean]
    broken = f'</{name}><{prefix}br/><{name} xml:space="preserve">'
    shown = (broken if breaks else " ").join(lines).replace(LINE_BREAK, broken)
    return f'<{name} xml:space="preserve">{shown}</{name}>'


def _highlighted(look: str, prefix: str) -> str:
    if "highlight" in look:
        return look
    yellow = _YELLOW.format(prefix)
    head, found, _ = look.rpartition("</")
    return f"{head}{yellow}</{prefix}rPr>" if found else f"<{prefix}rPr>{yellow}</{prefix}rPr>"
