"""照模板填写：{{名称}} 换成内容。

独占一段而有几条内容的，一条一段；{{清单.栏}} 所在的一行，一条一行；图的标题是 {{名称}} 的，换掉。
模板里的字体、版式、表格、页眉页脚都是人定的，一概照旧；填进去的字全部转义，成不了别的东西。
"""

from __future__ import annotations

import re
import zipfile
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xltool.excel.archive import Archive, pack
from xltool.messages import papers as say
from xltool.papers.paragraphs import BrokenPartError, paragraphs_of
from xltool.papers.repeating import Listed, blocks_of, repeated
from xltool.papers.runs import (
    MAIN,
    PLACEHOLDER,
    Edit,
    bare_text,
    braced,
    edited,
    joined,
    name_of,
    run_edits,
)
from xltool.values import quote
from xltool.xlsx.archive import Archive as CheckedArchive
from xltool.xlsx.limits import Limits
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.papers.paragraphs import Paragraph

    Texts = Mapping[str, str | tuple[str, ...]]
    Values = Mapping[str, str | tuple[str, ...] | Listed | bytes]

_FILLED: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_ACTIVE: Final = re.compile(r"vbaproject|activex|/embeddings/", re.IGNORECASE)
_CHART: Final = re.compile(r"word/charts/chart\d*\.xml")


class TemplateError(Exception):
    """模板不能用，`finding` 说明为什么、怎么办。"""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding: Final = finding


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
                    used |= dict.fromkeys(PLACEHOLDER.findall(paragraph.text))
            for name in filter(_CHART.fullmatch, self._parts):
                used |= dict.fromkeys(filter(None, [_chart_name(self._parts[name])]))
        except (BrokenPartError, UnicodeDecodeError) as error:
            raise TemplateError(say.NOT_DOCX.finding(file=file)) from error
        listed = "、".join(map(braced, known))
        for found in map(name_of, used):
            if found not in known:
                fault = say.UNKNOWN_PLACEHOLDER.finding(
                    file=file, found=braced(quote(found)), known=listed
                )
                raise TemplateError(fault)
        if not used:
            example = braced(next(iter(known)))
            raise TemplateError(say.NO_PLACEHOLDER.finding(file=file, example=example))

    def filled(self, values: Values) -> bytes:
        """填好的一份；同样的模板和内容，得到同样的字节。"""
        out = BytesIO()
        target = Archive(out)
        for name, data in self._parts.items():
            new = _filled(data, values) if _FILLED.fullmatch(name) else data
            drawn = values.get(_chart_name(data)) if _CHART.fullmatch(name) else None
            target.add(pack(name, (drawn if isinstance(drawn, bytes) else new,)))
        target.close()
        return out.getvalue()


def _parts(data: bytes, file: str) -> dict[str, bytes]:
    """各个部件，依模板里的次序；打不开的、带宏的不要。"""
    broken = TemplateError(say.NOT_DOCX.finding(file=file))
    try:
        CheckedArchive(data, Limits()).verify(lambda _: True)
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = [one.filename for one in archive.infolist() if not one.is_dir()]
            if MAIN not in names or any(map(_ACTIVE.search, names)):
                raise broken
            return {name: archive.read(name) for name in names}
    except (Refused, zipfile.BadZipFile, LookupError, RuntimeError, ValueError) as error:
        raise broken from error


def _chart_name(data: bytes) -> str:
    """一张图是哪一张：写在标题里；不写的为空串，照旧不动。"""
    found = PLACEHOLDER.search(bare_text(data))
    return found[1] if found else ""


def _outermost(edits: list[Edit]) -> list[Edit]:
    """去掉整张表的，里面的各处不再改。"""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.start, -one.end)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def _filled(data: bytes, values: Values) -> bytes:
    """一个部件填好以后的。"""
    lists = {name: value for name, value in values.items() if isinstance(value, Listed)}
    texts = {
        name: value
        for name, value in values.items()
        if isinstance(value, str | tuple) and name not in lists
    }
    paragraphs = paragraphs_of(data)
    blocks = blocks_of(data, paragraphs, lists)
    inside = {id(one) for block in blocks for one in block.paragraphs}
    edits = [repeated(data, block, lists[block.name], texts) for block in blocks]
    edits = _outermost(edits)
    for one in paragraphs:
        if id(one) not in inside and not any(e.start <= one.start < e.end for e in edits):
            edits += _edits(data, one, texts)
    return edited(data, edits, 0, len(data))


def _edits(data: bytes, paragraph: Paragraph, values: Texts) -> Iterator[Edit]:
    """一个段落要改的地方。"""
    text = paragraph.text
    named = PLACEHOLDER.findall(text)
    if not named:
        return
    alone = PLACEHOLDER.fullmatch(text.strip())
    value = values.get(named[0], "")
    start, end = paragraph.start, paragraph.end
    movable = not (paragraph.nested or paragraph.lone)
    if alone and isinstance(value, tuple) and not paragraph.nested and value:
        clones = [
            edited(data, list(run_edits(paragraph.runs, {named[0]: one})), start, end)
            for one in value
        ]
        yield Edit(start, end, joined(clones))
    elif alone and not value and movable:
        yield Edit(start, end, b"")
    else:
        yield from run_edits(paragraph.runs, values)
