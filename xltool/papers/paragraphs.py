"""一份 .docx 的正文里各段落、各段文字在哪几个字节：只记位置，别的一个字节也不动。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import unescape

_WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_PARAGRAPH: Final = frozenset(f"{one} p" for one in _WORD)
_TEXT: Final = frozenset(f"{one} t" for one in _WORD)
_BODY: Final = frozenset(f"{one} body" for one in _WORD)
_SECTION: Final = frozenset(f"{one} sectPr" for one in _WORD)
_RUN: Final = frozenset(f"{one} r" for one in _WORD)
_LOOK: Final = frozenset(f"{one} rPr" for one in _WORD)
_CELL: Final = frozenset(f"{one} tc" for one in _WORD)
_ROW: Final = frozenset(f"{one} tr" for one in _WORD)
_TABLE: Final = frozenset(f"{one} tbl" for one in _WORD)
_ENTITIES: Final = {"&quot;": '"', "&apos;": "'"}


class BrokenPartError(Exception):
    """不是格式正确的 XML，或带着不该有的声明。"""


@dataclass(frozen=True, slots=True)
class TextRun:
    """一段文字：从“<w:t”到“</w:t>”后面，元素的名字和内容；`look` 是它的字体字号（<w:rPr>）。"""

    start: int
    end: int
    name: str
    text: str
    look: bytes = b""


@dataclass(slots=True)
class Grid:
    """表格的一格、一行或整张：从哪里到哪里。"""

    start: int
    end: int = 0


@dataclass(slots=True)
class Paragraph:
    """一个段落；`nested` 是里面还有段落（文本框），`lone` 是去掉它会坏了结构的。

    在表格里的，`cell`、`row`、`table` 是它所在的最里面的一格、一行、一张表。
    """

    start: int
    end: int = 0
    runs: list[TextRun] = field(default_factory=list)
    nested: bool = False
    lone: bool = False
    cell: Grid | None = None
    row: Grid | None = None
    table: Grid | None = None

    @property
    def text(self) -> str:
        """全部文字。"""
        return "".join(run.text for run in self.runs)


def paragraphs_of(data: bytes) -> tuple[Paragraph, ...]:
    """各个段落，依结束的先后。

    Raises:
        BrokenPartError: 读不懂。
    """
    walker = _Walker(data)
    try:
        walker.parser.Parse(data, True)  # noqa: FBT003 - expat takes no name
    except expat.ExpatError as error:
        raise BrokenPartError from error
    return tuple(walker.found)


class _Walker:
    """走一遍，记下位置。"""

    def __init__(self, data: bytes) -> None:
        self.found: list[Paragraph] = []
        self.parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._refuse
        self._data = data
        self._open: list[Paragraph] = []
        self._parents: list[str] = []
        self._text: int | None = None
        self._look: list[bytes] = []
        self._look_start: int | None = None
        self._grids: dict[frozenset[str], list[Grid]] = {_CELL: [], _ROW: [], _TABLE: []}

    def _refuse(self, *_: object) -> None:
        raise BrokenPartError

    def _start(self, name: str, _: dict[str, str]) -> None:
        at = self.parser.CurrentByteIndex
        if name in _PARAGRAPH:
            for outer in self._open:
                outer.nested = True
            lone = not (self._parents and self._parents[-1] in _BODY)
            cell, row, table = (found[-1] if found else None for found in self._grids.values())
            self._open.append(Paragraph(at, lone=lone, cell=cell, row=row, table=table))
        elif name in _TEXT and self._open:
            self._text = at
        elif name in _SECTION and self._open:
            self._open[-1].lone = True
        elif name in _RUN:
            self._look.append(b"")
        elif name in _LOOK and self._parents[-1] in _RUN:
            self._look_start = at
        for kind, found in self._grids.items():
            if name in kind:
                found.append(Grid(at))
        self._parents.append(name)

    def _end(self, name: str) -> None:
        self._parents.pop()
        if name in _RUN:
            self._look.pop()
        elif name in _LOOK and self._look_start is not None:
            self._look[-1] = self._data[self._look_start : self._closed()]
            self._look_start = None
        for kind, found in self._grids.items():
            if name in kind:
                found.pop().end = self._closed()
        if name in _TEXT and self._text is not None:
            self._open[-1].runs += self._run(self._text)
            self._text = None
        elif name in _PARAGRAPH:
            done = self._open.pop()
            done.end = self._closed()
            self.found.append(done)

    def _closed(self) -> int:
        """现在这个元素结束在哪里。"""
        return self._data.index(b">", self.parser.CurrentByteIndex) + 1

    def _run(self, start: int) -> list[TextRun]:
        inside = self._data.index(b">", start) + 1
        close = self.parser.CurrentByteIndex
        if close < inside:  # <w:t/>
            return []
        name = self._data[start + 1 : inside - 1].split()[0].decode()
        text = unescape(self._data[inside:close].decode(), _ENTITIES)
        look = self._look[-1] if self._look else b""
        return [TextRun(start, self._data.index(b">", close) + 1, name, text, look)]
