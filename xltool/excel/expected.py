"""计划里有多少公式、链接，各是什么：写完之后拿来核对文件。"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Sum:
    """一串文字的个数和指纹；不留原文，所以多大的文件都核得起。"""

    count: int
    digest: bytes


class Tally:
    """边写边累计个数和指纹；攒够一批才算一次指纹。"""

    def __init__(self) -> None:
        self._count = 0
        self._hash = blake2b(digest_size=16)
        self._held: list[str] = []

    def add(self, text: str) -> None:
        """记下一条。"""
        self._held.append(text)
        if len(self._held) >= _BATCH:
            self._settle()

    @property
    def sum(self) -> Sum:
        """到此为止的合计。"""
        self._settle()
        return Sum(self._count, self._hash.digest())

    def _settle(self) -> None:
        if self._held:
            self._count += len(self._held)
            self._hash.update(("\0".join(self._held) + "\0").encode())
            self._held.clear()


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """一张表里应有的公式和链接，按出现的次序。"""

    name: str
    part: str
    formulas: Sum
    links: Sum


@dataclass(frozen=True, slots=True)
class ExpectedBook:
    """一个工作簿里应有的一切可执行、可跳转的东西。

    `rules` 是各表校验、条件格式的公式，`charts` 是图表引用的区域，`names` 是名称和它的引用；
    `generation` 是链接的文件在它的文件夹里的哪一个子文件夹，见 links.placed。
    """

    sheets: tuple[ExpectedSheet, ...]
    rules: tuple[tuple[str, ...], ...]
    charts: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    generation: str = ""
