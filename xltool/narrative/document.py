"""读出的一份报告：依次的段落和表格，只有文字。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

NO_OUTLINE: Final = 9
"""不是标题的段落；标题的大纲级别从 0 起。"""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """一段话；`outline` 是排版时定的大纲级别。"""

    text: str
    outline: int = NO_OUTLINE


@dataclass(frozen=True, slots=True)
class Table:
    """一张表：一行一行的格，格里几段的用换行隔开；表里套的表并进它所在的那一格。"""

    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """一份报告的正文。"""

    sha256: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """表格以外的各段。"""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))
