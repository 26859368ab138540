"""正文的章节和句子：第几部分、第几段、第几句；编号照公文的写法认（一、（一）1.（1））。"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xltool.narrative.document import NO_OUTLINE, Table
from xltool.values.text import narrow, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.narrative.document import Document, Paragraph

_NUMERALS: Final = "一二三四五六七八九十"
_LEVELS: Final = (
    re.compile(f"([{_NUMERALS}]{{1,3}})、"),
    re.compile(f"(\\([{_NUMERALS}]{{1,3}}\\))[、.]?"),
    re.compile(r"([0-9]{1,2})[.、](?![0-9])"),
    re.compile(r"(\([0-9]{1,2}\))[、.]?"),
)
_LEADING: Final = re.compile(
    f"(?:[0-9]{{1,2}}[.、]|\\([^()]{{1,3}}\\)|[{_NUMERALS}]{{1,3}}(?:、|是))"
)
_HEADING: Final = 40  # 编了号而不长于此的一段是标题；长的是正文，头一句才是标题
_STOPS: Final = ("。", ";", "!", "?")
_ITEM: Final = 2  # 从这一级起，编号后面常是一句话而不是标题


@dataclass(frozen=True, slots=True)
class Section:
    """一节：从最上一级起的编号和标题。"""

    numbers: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """给人看的编号，如 一（二）4。"""
        return "".join(number.translate(_WIDE) for number in self.numbers)

    @property
    def title(self) -> str:
        """这一节自己的标题。"""
        return self.titles[-1] if self.titles else ""


_WIDE: Final = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Sentence:
    """一句话：在哪一节、第几段（表格是第几行）、第几句；`text` 已折成半角、去了空白。

    `order` 是全文的第几句。
    """

    section: Section
    text: str
    paragraph: int
    number: int
    table: int = 0
    order: int = 0

    @property
    def where(self) -> str:
        """给人看的位置，如 一（二）4第1段第3句、四表1第2行第1句。"""
        inside = f"表{self.table}第{self.paragraph}行" if self.table else f"第{self.paragraph}段"
        return f"{self.section.label}{inside}第{self.number}句"


@dataclass(frozen=True, slots=True)
class Passage:
    """一段话，或表里的一行（`cells` 是各格）。"""

    section: Section
    sentences: tuple[Sentence, ...]
    heading: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0

    @property
    def text(self) -> str:
        """整段的文字。"""
        return "".join(sentence.text for sentence in self.sentences)


def unnumbered(text: str) -> str:
    """去掉开头的编号，“一是”也算。"""
    found = _LEADING.match(text)
    return text[found.end() :] if found else text


def passages(document: Document) -> tuple[Passage, ...]:
    """依次的各段和表里的各行，都标明在哪一节。"""
    found: list[Passage] = []
    count = 0
    for passage in _Reader().read(document):
        numbered = enumerate(passage.sentences, count + 1)
        sentences = tuple(replace(one, order=order) for order, one in numbered)
        count += len(sentences)
        found.append(replace(passage, sentences=sentences))
    return tuple(found)


class _Reader:
    """边读边记到了哪一节、这一节的第几段。"""

    def __init__(self) -> None:
        self._numbers: list[str] = []
        self._titles: list[str] = []
        self._paragraphs = self._tables = 0

    def read(self, document: Document) -> Iterator[Passage]:
        for block in document.blocks:
            if isinstance(block, Table):
                yield from self._table(block)
            else:
                yield from self._paragraph(block)

    def _section(self) -> Section:
        return Section(tuple(filter(None, self._numbers)), tuple(filter(None, self._titles)))

    def _paragraph(self, block: Paragraph) -> Iterator[Passage]:
        wide = narrow(block.text)
        text = squeeze(wide)
        if not text:
            return
        level, number, rest = _numbered(wide.lstrip())
        rest = squeeze(rest)
        if level is None and block.outline < NO_OUTLINE and len(text) <= _HEADING:
            level, number, rest = min(block.outline, len(_LEVELS) - 1), "", text
        heading = False
        if level is not None:
            heading = len(text) <= _HEADING and (level < _ITEM or not text.endswith(_STOPS))
            self._open(level, number, rest.partition("。")[0][:_HEADING])
        self._paragraphs += 1
        section = self._section()
        found = tuple(_sentences(section, text, self._paragraphs, 0))
        yield Passage(section, found, heading)

    def _open(self, level: int, number: str, title: str) -> None:
        """到了新的一节：下级的编号作废，段从头数。"""
        self._numbers = [*self._numbers[:level], *[""] * (level - len(self._numbers)), number]
        self._titles = [*self._titles[:level], *[""] * (level - len(self._titles)), title]
        self._paragraphs = self._tables = 0

    def _table(self, block: Table) -> Iterator[Passage]:
        self._tables += 1
        section = self._section()
        for line, row in enumerate(block.rows, 1):
            cells = tuple("\n".join(map(_line, cell.split("\n"))) for cell in row)
            joined = "\n".join(filter(None, cells))
            found = tuple(_sentences(section, joined, line, self._tables))
            if found:
                yield Passage(section, found, cells=cells, table=self._tables)


def _line(text: str) -> str:
    return squeeze(narrow(text))


def _numbered(text: str) -> tuple[int | None, str, str]:
    """一段开头的编号是第几级、是几，后面的字。"""
    for level, pattern in enumerate(_LEVELS):
        found = pattern.match(text)
        if found:
            return level, found[1], text[found.end() :]
    return None, "", text


def _sentences(section: Section, text: str, paragraph: int, table: int) -> Iterator[Sentence]:
    """断句；括号、书名号里的句号不断。"""
    start, depth, number = 0, 0, 0
    for at, char in enumerate(text):
        if char in "(《":
            depth += 1
        elif char in ")》":
            depth = max(depth - 1, 0)
        last = at == len(text) - 1
        ends = char == "\n" or (char in "。!?" and not depth) or last
        if ends:
            piece = text[start : at + 1].strip()
            start = at + 1
            if char == "\n":
                depth = 0
            if piece and (table or piece not in _STOPS):
                number += 1
                yield Sentence(section, piece, paragraph, number, table)
