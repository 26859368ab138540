"""一模一样的行只解一次：备足的一百行、印好的项目，收来的几百份里往往一个字节也不差。

键就是一行的全部字节，差一个字节就是另一行，没有认错的可能；一行里只有这些字节说不清的（取了共享
文字）不记，跟着别的行走的（共享公式）连同跟着的是什么一起比。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.xlsx.grid import GridCell, Look
    from xltool.xlsx.shared_formulas import First

LARGEST_SHEET: Final = 2 * 1024 * 1024  # 备足一百行的不到它的三成；再大的是名单、汇总，各行都不同
_MOST_BYTES: Final = 8 * 1024 * 1024  # 一种表约一兆
_MOST_SEEN: Final = 65_536


class KnownRow(NamedTuple):
    """一行读成了什么：行号、各格、要隐藏的、行的属性（各自是否隐藏）、用掉的字数。

    `leaders` 是读它之前已有的各组共享公式，`led` 是它起头的。
    """

    number: int
    cells: Mapping[tuple[int, int], GridCell]
    hidden: frozenset[int]
    styles: Mapping[str, bool]
    characters: int
    leaders: Mapping[str, First]
    led: Mapping[str, First]

    def fits(self, last: int, groups: Mapping[str, First]) -> bool:
        """前一行是 `last`、已有的各组是 `groups` 时，读出的还是这些。"""
        return (
            self.number > last
            and self.leaders.items() <= groups.items()
            and all(groups.get(group, first) == first for group, first in self.led.items())
        )


class RowMemory:
    """见过两遍的行各读成了什么；只见过一遍的多半是这一份自己的，不记。"""

    __slots__ = ("_known", "_seen", "_size")

    def __init__(self) -> None:
        self._known: dict[bytes, KnownRow] = {}
        self._seen: set[int] = set()
        self._size = 0

    def known(self, row: bytes) -> KnownRow | None:
        """记得的一行。"""
        return self._known.get(row)

    def seen(self, row: bytes) -> bool:
        """先前见过没有；从此算见过。认错了只是早记一遍。"""
        mark = hash(row)
        if mark in self._seen:
            return True
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen.add(mark)
        return False

    def keep(self, row: bytes, known: KnownRow) -> None:
        """记下一行；记得太多就从头记起。"""
        if row not in self._known:
            self._size += len(row)
        if self._size > _MOST_BYTES:
            self._known.clear()
            self._size = len(row)
        self._known[row] = known


class Formats(NamedTuple):
    """一份样式：各种样子，和照它读过的行。"""

    looks: Mapping[str, Look]
    rows: RowMemory
