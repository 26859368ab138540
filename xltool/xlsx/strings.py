"""文字：共享文字表，以及格内文字与它共用的读法（富文本相连，注音不算）。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.xlsx.escapes import unescaped
from xltool.xlsx.fast_text import Unusual, fast_strings
from xltool.xlsx.refusal import Refused
from xltool.xlsx.xml_names import RUN, STRING, STRINGS, TEXT
from xltool.xlsx.xml_walker import FEW, Walker

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.xlsx.xml_walker import Budget


# TextWalker 的层次；子类自己的层次都小于 RICH
RICH: Final = 20  # 在 si 或 is 里
_IN_RUN: Final = 21
_IN_TEXT: Final = 22
_IN_RUN_TEXT: Final = 23


class TextWalker(Walker):
    """认得 si、is 里面的结构。"""

    __slots__ = ("_runs", "level")

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.level = 0
        self._runs: list[str] = []

    def aside(self, *_: str) -> None:
        """夹在一段文字中间的拒收。"""
        if self.level >= _IN_TEXT:
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
        elif self.level >= _IN_TEXT:
            self.broken("文字里面还有元素")
        else:  # rPr 是字体，rPh 是注音
            self.skip(name, attributes, self.level - 15)

    def rich_end(self) -> str | None:
        """文字条目里面的元素结束；条目自己结束时给出全部文字（未还原转义）。"""
        if self.level >= _IN_TEXT:
            self._runs.append("".join(self.pieces))
            self.level -= 2
        elif self.level == _IN_RUN:
            self.level = RICH
        else:
            return "".join(self._runs)
        return None


class _Strings(TextWalker):
    """sharedStrings.xml。"""

    __slots__ = ("strings",)

    def __init__(self, part: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.strings: list[str] = []
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
            self.strings.append(text)
            self.level = 1
            if len(self.strings) > self.budget.limits.strings:
                self.over("strings", len(self.strings))


def read_strings(part: str, blocks: Iterable[bytes], budget: Budget) -> list[str]:
    """共享文字表的全部文字，按序号；没有注音的小表走快路，走不通的从头由 expat 读。"""
    spent = budget.spent
    if isinstance(blocks, tuple):
        try:
            return _read_fast(part, blocks[0], budget)
        except (Unusual, Refused):
            budget.spent = spent
    walker = _Strings(part, budget)
    walker.read(blocks)
    return walker.strings


def _read_fast(part: str, block: bytes, budget: Budget) -> list[str]:
    frame, written = fast_strings(block)
    budget.spend("tags", block.count(b"<") - frame.count(b"<"))
    _Strings(part, budget).read((frame,))
    strings = [unescaped(text) for text in written]
    budget.spend("characters", sum(map(len, strings)))
    if len(strings) > budget.limits.strings:
        raise Unusual
    return strings
