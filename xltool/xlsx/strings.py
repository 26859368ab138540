"""文字：共享文字表，以及格内文字与它共用的读法（富文本相连，注音不算）。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.xlsx.escapes import unescaped
from xltool.xlsx.fast_text import Unusual, fast_strings
from xltool.xlsx.grid import Run
from xltool.xlsx.refusal import Refused
from xltool.xlsx.xml_names import (
    RUN,
    RUN_FONT,
    SCRIPT,
    STRIKE,
    STRING,
    STRINGS,
    TEXT,
)
from xltool.xlsx.xml_walker import FEW, Walker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.xlsx.xml_walker import Budget


# TextWalker 的层次；子类自己的层次都小于 RICH
RICH: Final = 20  # 在 si 或 is 里
_IN_RUN: Final = 21
_IN_TEXT: Final = 22
_IN_RUN_TEXT: Final = 23
_IN_FONT: Final = 24
_OFF: Final = frozenset({"0", "false", "off", "baseline"})
_DIGIT: Final = re.compile("[0-9]")


class SharedStrings(NamedTuple):
    """共享文字：各条文字，和其中划掉了字、数字后面跟着上下标的各条的各段。"""

    texts: list[str]
    marks: Mapping[int, tuple[Run, ...]]


def told(runs: list[Run]) -> tuple[Run, ...]:
    """会改变意思的才留：划掉的字，接在数字后面的上下标数字；m² 里的上标不改变什么。"""
    before = ""
    for run in runs:
        after_digit = _DIGIT.match(before[-1:]) and _DIGIT.search(run.text)
        if (run.struck and run.text.strip()) or (run.raised and after_digit):
            return tuple(runs)
        before = run.text or before
    return ()


class TextWalker(Walker):
    """认得 si、is 里面的结构。"""

    __slots__ = ("_raised", "_runs", "_struck", "level", "marks")

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.level = 0
        self._runs: list[Run] = []
        self._struck = self._raised = False
        self.marks: tuple[Run, ...] = ()  # 刚结束的一条里各段的样子，会改变意思的才有

    def aside(self, *_: str) -> None:
        """夹在一段文字中间的拒收。"""
        if _IN_TEXT <= self.level < _IN_FONT:
            self.broken("文字中间夹着注释")

    def rich_open(self) -> None:
        """进入一个 si 或 is。"""
        self.level = RICH
        self._runs.clear()

    def rich_start(self, name: str, attributes: Mapping[str, str]) -> None:
        """文字条目（si 或 is）里面的元素开始。"""
        if len(attributes) > FEW:
            self.check(attributes)
        if name == TEXT and self.level <= _IN_RUN:
            self.level += 2
            self.pieces.clear()
        elif name == RUN and self.level == RICH:
            self.level = _IN_RUN
            self._struck = self._raised = False
        elif name == RUN_FONT and self.level == _IN_RUN:
            self.level = _IN_FONT
        elif self.level == _IN_FONT:
            shown = attributes.get("val", "1") not in _OFF
            self._struck = self._struck or (name == STRIKE and shown)
            self._raised = self._raised or (name == SCRIPT and shown)
            self.skip(name, attributes, 7)
        elif self.level >= _IN_TEXT:
            self.broken("文字里面还有元素")
        else:  # rPh 是注音
            self.skip(name, attributes, self.level - 15)

    def rich_end(self) -> str | None:
        """文字条目里面的元素结束；条目自己结束时给出全部文字（未还原转义）。"""
        if self.level == _IN_FONT:
            self.level = _IN_RUN
        elif self.level >= _IN_TEXT:
            self._runs.append(Run("".join(self.pieces), self._struck, self._raised))
            self.level -= 2
        elif self.level == _IN_RUN:
            self.level = RICH
            self._struck = self._raised = False
        else:
            runs = self._runs
            marked = any(run.struck or run.raised for run in runs)
            self.marks = told([r._replace(text=unescaped(r.text)) for r in runs]) if marked else ()
            return "".join([run.text for run in runs])
        return None


class _Strings(TextWalker):
    """sharedStrings.xml。"""

    __slots__ = ("marked", "strings")

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.strings: list[str] = []
        self.marked: dict[int, tuple[Run, ...]] = {}
        self.guarded = frozenset({STRING})

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self.level >= RICH:
            self.rich_start(name, attributes)
        elif self.level == 1 and name == STRING:
            self.rich_open()
        elif self.level == 0 and name == STRINGS:
            self.level = 1
        elif self.level == 0:
            self.broken("不是共享文字表")
        else:
            self.skip(name, attributes, 2)

    def end(self, name: str) -> None:
        del name
        if self.level < RICH:
            return
        text = self.rich_end()
        if text is not None:
            text = unescaped(text)
            self.budget.spend("characters", len(text))
            if self.marks:
                self.marked[len(self.strings)] = self.marks
            self.strings.append(text)
            self.level = 1
            if len(self.strings) > self.budget.limits.strings:
                self.over("strings", len(self.strings))


def read_strings(part: str, blocks: Iterable[bytes], budget: Budget) -> SharedStrings:
    """共享文字表的全部文字，按序号；没有注音的小表走快路，走不通的从头由 expat 读。"""
    spent = budget.spent
    if isinstance(blocks, tuple):
        try:
            return SharedStrings(_read_fast(part, blocks[0], budget), {})
        except (Unusual, Refused):
            budget.spent = spent
    walker = _Strings(part, budget)
    walker.read(blocks)
    return SharedStrings(walker.strings, walker.marked)


def _read_fast(part: str, block: bytes, budget: Budget) -> list[str]:
    frame, written = fast_strings(block)
    budget.spend("tags", block.count(b"<") - frame.count(b"<"))
    _Strings(part, budget).read((frame,))
    strings = [unescaped(text) for text in written]
    budget.spend("characters", sum(map(len, strings)))
    if len(strings) > budget.limits.strings:
        raise Unusual
    return strings
