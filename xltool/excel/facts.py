"""计划里有多少公式、链接，各是什么：写完之后拿来核对文件。"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Sum:
    """一串文字的个数和指纹；不留原文，所以多大的文件都核得起。"""

    count: int
    digest: bytes


class Tally:
    """边写边累计个数和指纹。"""

    def __init__(self) -> None:
        self._count = 0
        self._hash = blake2b(digest_size=16)

    def add(self, text: str) -> None:
        """记下一条。"""
        self._count += 1
        self._hash.update(text.encode())
        self._hash.update(b"\0")

    @property
    def sum(self) -> Sum:
        """到此为止的合计。"""
        return Sum(self._count, self._hash.digest())


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """一张表里应有的公式和链接，按出现的次序。"""

    name: str
    part: str
    formulas: Sum
    links: Sum


@dataclass(frozen=True, slots=True)
class Facts:
    """一个工作簿里应有的一切可执行、可跳转的东西。

    `rules` 是各表校验、条件格式的公式，`charts` 是图表引用的区域，`names` 是名称和它的引用。
    """

    sheets: tuple[SheetFacts, ...]
    rules: tuple[tuple[str, ...], ...]
    charts: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
