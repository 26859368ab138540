"""严格读 .docx 的正文：只要看得见的文字，别的部件、链接、图片、宏一概不看。

修订里删去的、移走的、藏起来的、划掉的字不是正文，插入的是；域只取它显示的结果。
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from xltool.messages import narrative as say
from xltool.messages.files import NOT_FOUND, UNREADABLE
from xltool.narrative.document import NO_OUTLINE, Document, Paragraph, Table
from xltool.xlsx.archive import MAGIC, Archive
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.file_kinds import identify, identify_zip
from xltool.xlsx.limits import Limits
from xltool.xlsx.refusal import Refused
from xltool.xlsx.xml_walker import Budget, Walker

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xltool.finding import Finding
    from xltool.narrative.document import Block

_DEFAULT: Final = Limits()
_MAIN: Final = "word/document.xml"
_WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MIXED: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def _names(*names: str) -> frozenset[str]:
    return frozenset(f"{space} {name}" for space in _WORD for name in names)


_PARAGRAPH, _TEXT, _TABLE = _names("p"), _names("t"), _names("tbl")
_ROW, _CELL, _RUN = _names("tr"), _names("tc"), _names("r")
_BREAKS, _TABS = _names("br", "cr"), _names("tab", "ptab")
_HYPHEN: Final = _names("noBreakHyphen")
_HIDDEN: Final = _names("vanish", "strike", "dstrike")
_OUTLINE, _PARAGRAPH_LOOK = _names("outlineLvl"), _names("pPr")
_TAB_STOPS: Final = _names("tabs")
# 删去的、移走的、批注的、域的代码、图形里的文字：都不是正文
_SKIPPED: Final = _names(
    *("del", "moveFrom", "delText", "delInstrText", "instrText", "pict", "drawing", "object"),
    *("sectPr", "pPrChange", "rPrChange", "tblPr", "tcPr", "trPr", "tblGrid", "ruby"),
) | {f"{_MIXED} Fallback"}
_LEVELS: Final = frozenset("0123456789")
_NOT_OPENED: Final = frozenset({NOT_FOUND.code, UNREADABLE.code})  # 与种类无关，办法照原来的
_NOT_WORKBOOK: Final = "，不是 .xlsx"  # 认出种类的那些说法（R1xx）都这样接着说


def read_document(path: Path, limits: Limits = _DEFAULT) -> Document:
    """读一份 .docx 的正文。

    Raises:
        Refused: 不是 .docx，损坏，或超过上限。
    """
    return read_document_bytes(file_bytes(path, limits), path.name, limits)


def read_document_bytes(data: bytes, name: str = "", limits: Limits = _DEFAULT) -> Document:
    """读内存里的一份 .docx 的正文。

    Raises:
        Refused: 不是 .docx，损坏，或超过上限。
    """
    other = None if data.startswith(MAGIC) else identify(data, name)
    if other is not None:
        raise Refused(other)
    archive = Archive(data, limits)
    if _MAIN not in archive:
        raise Refused(identify_zip(archive))
    archive.verify(lambda part: part == _MAIN)
    body = _Body(_MAIN, Budget(limits))
    body.read(archive.blocks(_MAIN))
    return Document(sha256(data).hexdigest(), tuple(body.blocks))


class _Body(Walker):
    """走一遍正文；表格里的段落归到最外层的那一格。"""

    __slots__ = (
        "_cell",
        "_cells",
        "_hidden",
        "_level",
        "_open",
        "_outline",
        "_paragraphs",
        "_rows",
        "_tables",
        "_texts",
        "blocks",
    )

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.blocks: list[Block] = []
        self._level = self._tables = self._paragraphs = 0
        self._open: list[list[str]] = []  # 还没有完的段落：文本框里的套在外面的里面
        self._rows: list[tuple[str, ...]] = []
        self._cells: list[str] = []
        self._cell: list[str] = []
        self._texts = self._hidden = False
        self._outline = NO_OUTLINE

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """一个元素开始。"""
        if name in _SKIPPED or name in _TAB_STOPS:
            self.skip(name, attributes, self._level + 1)
            return
        self._level += 1
        self._bounded(attributes)
        if name in _TEXT:
            self._texts = not self._hidden
            self.pieces.clear()
        elif name in _RUN:
            self._hidden = False
        elif name in _HIDDEN:
            # 几样有一样就看不见：划掉的后面常写着“不是双划线”
            self._hidden |= _value(attributes) not in ("0", "false", "off")
        elif name in _PARAGRAPH:
            self._begin()
        elif name in _TABLE:
            self._tables += 1
        elif name in _OUTLINE:
            level = _value(attributes)
            self._outline = int(level) if level in _LEVELS else NO_OUTLINE
        elif self._open and not self._hidden:
            self._mark(name)

    def _bounded(self, attributes: Mapping[str, str]) -> None:
        """层数和属性有没有超过上限。"""
        if self._level > self.budget.limits.depth:
            self.over("depth", self._level)
        self.check(attributes)

    def _begin(self) -> None:
        """一个段落开始。"""
        self._paragraphs += 1
        if self._paragraphs > self.budget.limits.paragraphs:
            self.over("paragraphs", self._paragraphs)
        self._open.append([])
        self._outline = NO_OUTLINE

    def _mark(self, name: str) -> None:
        """换行、制表符和不断行的连字号。"""
        if name in _BREAKS:
            self._open[-1].append("\n")
        elif name in _TABS:
            self._open[-1].append("\t")
        elif name in _HYPHEN:
            self._open[-1].append("-")

    def end(self, name: str) -> None:
        """一个元素结束。"""
        self._level -= 1
        if name in _TEXT:
            if self._texts and self._open:
                text = "".join(self.pieces)
                self.budget.spend("characters", len(text), self.subject)
                self._open[-1].append(text)
            self._texts = False
        elif name in _RUN:
            self._hidden = False
        elif name in _PARAGRAPH:
            self._paragraph("".join(self._open.pop()))
        elif name in _PARAGRAPH_LOOK:
            self._hidden = False  # 段落标记自己的样子
        elif self._tables == 1 and name in _CELL:
            self._cells.append("\n".join(filter(None, self._cell)))
            self._cell = []
        elif self._tables == 1 and name in _ROW:
            self._rows.append(tuple(self._cells))
            self._cells = []
        elif name in _TABLE:
            self._tables -= 1
            if not self._tables:
                self.blocks.append(Table(tuple(self._rows)))
                self._rows = []

    def _paragraph(self, text: str) -> None:
        text = text.strip()
        if self._tables:
            self._cell.append(text)
        elif text:
            self.blocks.append(Paragraph(text, self._outline))


def _value(attributes: Mapping[str, str]) -> str:
    """w:val 的值；没有写的为空串。"""
    found = (value for name, value in attributes.items() if name.endswith(" val"))
    return next(found, "")


def trouble(refused: Refused) -> Finding:
    """一份自评报告为什么读不了：是别的种类的文件，或损坏、超过上限。"""
    kind, mark, _ = refused.finding.message.partition(_NOT_WORKBOOK)
    if mark:
        return say.NOT_DOCX.finding(kind=kind.removeprefix("这是"))
    finding = say.UNREADABLE.finding(reason=refused.finding.message)
    if refused.finding.code in _NOT_OPENED:
        return finding._replace(remedy=refused.finding.remedy)
    return finding
