"""照模板填写：{{名称}} 换成内容；独占一段而有几条内容的，一条一段。

模板里的字体、版式、表格、页眉页脚都是人定的，一概照旧；填进去的字全部转义，成不了别的东西。
"""

from __future__ import annotations

import re
import zipfile
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.sax.saxutils import escape

from xltool.excel.archive import Archive, pack
from xltool.excel.text import without_controls
from xltool.finding import bounded
from xltool.messages import papers as say
from xltool.papers.paragraphs import BrokenPartError, paragraphs_of
from xltool.values import quote
from xltool.xlsx.archive import Archive as CheckedArchive
from xltool.xlsx.limits import Limits
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from xltool.finding import Finding
    from xltool.papers.paragraphs import Paragraph, TextRun

    Values = Mapping[str, str | tuple[str, ...]]

_MAIN: Final = "word/document.xml"
_FILLED: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_ACTIVE: Final = re.compile(r"vbaproject|activex|/embeddings/", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(r"\{\{\s*([^{}]{1,40}?)\s*\}\}")
_IDENTITIES: Final = re.compile(rb' w14:(?:paraId|textId)="[^"]*"')
_JOINT: Final = "；"


class TemplateError(Exception):
    """模板不能用，`finding` 说明为什么、怎么办。"""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding: Final = finding


class _Edit(NamedTuple):
    start: int
    end: int
    new: bytes


class Template:
    """一份查过的模板。"""

    def __init__(self, data: bytes, file: str, known: Collection[str]) -> None:
        """查一遍：是不是 .docx，要填的都认得。

        Raises:
            TemplateError: 不能用。
        """
        self._parts = _parts(data, file)
        self.mark: Final = sha256(data).hexdigest()
        used: dict[str, None] = {}
        try:
            for name in filter(_FILLED.fullmatch, self._parts):
                for paragraph in paragraphs_of(self._parts[name]):
                    used |= dict.fromkeys(_PLACEHOLDER.findall(paragraph.text))
        except (BrokenPartError, UnicodeDecodeError) as error:
            raise TemplateError(say.NOT_DOCX.finding(file=file)) from error
        listed = "、".join(map(_braced, known))
        for found in used:
            if found not in known:
                fault = say.UNKNOWN_PLACEHOLDER.finding(
                    file=file, found=_braced(quote(found)), known=listed
                )
                raise TemplateError(fault)
        if not used:
            example = _braced(next(iter(known)))
            raise TemplateError(say.NO_PLACEHOLDER.finding(file=file, example=example))

    def filled(self, values: Values) -> bytes:
        """填好的一份；同样的模板和内容，得到同样的字节。"""
        out = BytesIO()
        target = Archive(out)
        for name, data in self._parts.items():
            new = _filled(data, values) if _FILLED.fullmatch(name) else data
            target.add(pack(name, (new,)))
        target.close()
        return out.getvalue()


def _parts(data: bytes, file: str) -> dict[str, bytes]:
    """各个部件，依模板里的次序；打不开的、带宏的不要。"""
    broken = TemplateError(say.NOT_DOCX.finding(file=file))
    try:
        CheckedArchive(data, Limits()).verify(lambda _: True)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
            if _MAIN not in names or any(map(_ACTIVE.search, names)):
                raise broken
            return {name: archive.read(name) for name in names}
    except (Refused, zipfile.BadZipFile, LookupError, RuntimeError, ValueError) as error:
        raise broken from error


def _filled(data: bytes, values: Values) -> bytes:
    edits = sorted(edit for one in paragraphs_of(data) for edit in _edits(data, one, values))
    pieces, at = [], 0
    for edit in edits:
        pieces += [data[at : edit.start], edit.new]
        at = edit.end
    return b"".join((*pieces, data[at:]))


def _edits(data: bytes, paragraph: Paragraph, values: Values) -> Iterator[_Edit]:
    """一个段落要改的地方。"""
    text = paragraph.text
    named = _PLACEHOLDER.findall(text)
    if not named:
        return
    alone = _PLACEHOLDER.fullmatch(text.strip())
    value = values.get(named[0], "")
    whole = data[paragraph.start : paragraph.end]
    movable = not (paragraph.nested or paragraph.lone)
    if alone and isinstance(value, tuple) and not paragraph.nested and value:
        clones = [_replaced(whole, paragraph, {named[0]: one}) for one in value]
        rest = [_IDENTITIES.sub(b"", one) for one in clones[1:]]
        yield _Edit(paragraph.start, paragraph.end, b"".join((clones[0], *rest)))
    elif alone and not value and movable:
        yield _Edit(paragraph.start, paragraph.end, b"")
    else:
        for run, new in _new_texts(paragraph.runs, values):
            yield _Edit(run.start, run.end, _element(run, new))


def _replaced(whole: bytes, paragraph: Paragraph, values: Values) -> bytes:
    """一个段落换好文字的副本。"""
    pieces, at = [], 0
    for run, new in _new_texts(paragraph.runs, values):
        pieces += [whole[at : run.start - paragraph.start], _element(run, new)]
        at = run.end - paragraph.start
    return b"".join((*pieces, whole[at:]))


def _new_texts(runs: Sequence[TextRun], values: Values) -> Iterator[tuple[TextRun, str]]:
    """各段文字换成什么；Word 常把一个 {{名称}} 拆成几段，内容写在头一段。"""
    text = "".join(run.text for run in runs)
    spans = [
        (found.start(), found.end(), _plain(values.get(found[1], "")))
        for found in _PLACEHOLDER.finditer(text)
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


def _element(run: TextRun, text: str) -> bytes:
    clean = escape(without_controls(bounded(" ".join(text.splitlines()) if "\n" in text else text)))
    return f'<{run.name} xml:space="preserve">{clean}</{run.name}>'.encode()


def _braced(name: str) -> str:
    return f"{{{{{name}}}}}"
