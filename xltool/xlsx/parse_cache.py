"""一模一样的部件只解一次：收来的几百份里，评分参数、选项这些印好的表往往一个字节也不差。

键就是部件的全部字节，差一个字节就是另一个，没有认错的可能。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from xltool.xlsx.row_memory import Formats, RowMemory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xltool.xlsx.cells import CellMaker
    from xltool.xlsx.grid import Grid, Look
    from xltool.xlsx.limits import Limits
    from xltool.xlsx.xml_walker import Budget

T = TypeVar("T")
MOST = 8  # 样式之类，各记住最近用过的这么多个
_MOST_SHEETS = 64
_LARGEST = 256 * 1024  # 印好的部件没有这么大；再大的不记，免得占内存
_COUNTED = ("tags", "cells", "characters", "merges")


class _Known(NamedTuple, Generic[T]):
    """部件读成了什么，用掉各项余量多少，有哪些标记名称。"""

    value: T
    spent: tuple[int, ...]
    names: frozenset[str]


class ParseCache(Generic[T]):
    """最近用过的若干个部件各读成了什么；余量照算，与重新读一样。"""

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[tuple[tuple[bytes, ...], Limits], _Known[T]] = {}

    def recall(
        self,
        blocks: Iterable[bytes],
        budget: Budget,
        read: Callable[[], T],
        fit: Callable[[], bool] = lambda: True,
    ) -> T:
        """记得就取，不记得就读了记下；`blocks` 是读法所看的一切，分段解压的大部件不记。

        `fit` 读完再问：读的时候没有看过别的，才能记。

        Raises:
            Refused: 部件不能读，或余量用完。
        """
        if not isinstance(blocks, tuple) or sum(map(len, blocks)) > _LARGEST:
            return read()
        key = (blocks, budget.limits)
        known = self._known.pop(key, None)
        if known is None:
            known = _counted(budget, read)
            if not fit():
                return known.value
        else:
            for name, amount in zip(_COUNTED, known.spent, strict=True):
                budget.spend(name, amount)
            budget.learn(known.names)
        if len(self._known) >= self._most:
            del self._known[next(iter(self._known))]
        self._known[key] = known
        return known.value


def _counted(budget: Budget, read: Callable[[], T]) -> _Known[T]:
    """读，看用掉了多少余量。"""
    before, names = budget.spent, budget.names
    budget.names = set()
    value = read()
    own, budget.names = frozenset(budget.names), names
    budget.learn(own)
    spent = tuple(now - then for now, then in zip(budget.spent, before, strict=True))
    return _Known(value, spent, own)


_sheets: ParseCache[Grid] = ParseCache(_MOST_SHEETS)
_styles: ParseCache[Formats] = ParseCache(MOST)


class SheetCache:
    """读一个工作簿时用：样式和工作表，字节相同的取记住的。"""

    def __init__(self, styles: Iterable[bytes], budget: Budget) -> None:
        self._styles = styles
        self._budget = budget

    def formats(self, read: Callable[[], Mapping[str, Look]]) -> Formats:
        """样式。

        Raises:
            Refused: 样式不能读，或余量用完。
        """
        return _styles.recall(self._styles, self._budget, lambda: Formats(read(), RowMemory()))

    def sheet(self, blocks: Iterable[bytes], maker: CellMaker, read: Callable[[], Grid]) -> Grid:
        """一张表，名称由调用方换上；看了表和样式两个部件。

        取过共享文字的不记：那要看另一个部件，字节相同，内容也可能不同。由读的一方说取过没有，
        写法有千百种，不能从字节里找。

        Raises:
            Refused: 表不能读，或余量用完。
        """
        if not (isinstance(blocks, tuple) and isinstance(self._styles, tuple)):
            return read()
        maker.looked_up = False
        seen = (*blocks, *self._styles)
        return _sheets.recall(seen, self._budget, read, lambda: not maker.looked_up)
