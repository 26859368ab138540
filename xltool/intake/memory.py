"""一模一样的工作表只解一次：收来的几百份里，评分参数、选项这些印好的表往往一个字节也不差。

只记不引用共享文字的表：引用的要看另一个部件，字节相同内容也可能不同。
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from xltool.intake.grid import Grid
    from xltool.intake.limits import Limits
    from xltool.intake.walker import Room
    from xltool.intake.workbook import SheetEntry

_MOST = 64  # 记住最近的这么多张
_SHARED = b't="s"'


class _Known(NamedTuple):
    grid: Grid
    spent: tuple[int, ...]


_known: dict[tuple[bytes, bytes, Limits], _Known] = {}


class SheetMemory:
    """读一个工作簿时用：样式相同、字节相同的表取记住的，用掉的余量照算。"""

    def __init__(self, styles: Iterable[bytes], room: Room) -> None:
        self._styles = _digest(styles) if isinstance(styles, tuple) else b""
        self._room = room

    def recall(self, entry: SheetEntry, blocks: Iterable[bytes], read: Callable[[], Grid]) -> Grid:
        """记得就取，不记得就读了记下。

        Raises:
            Refused: 表不能读，或余量用完。
        """
        if not (self._styles and isinstance(blocks, tuple)) or any(
            _SHARED in block for block in blocks
        ):
            return read()
        key = (_digest(blocks), self._styles, self._room.limits)
        known = _known.get(key)
        if known is not None:
            for name, amount in zip(_COUNTED, known.spent, strict=True):
                self._room.spend(name, amount)
            return replace(known.grid, name=entry.name, hidden=entry.hidden)
        before = self._room.spent
        grid = read()
        spent = tuple(now - then for now, then in zip(self._room.spent, before, strict=True))
        if len(_known) >= _MOST:
            del _known[next(iter(_known))]
        _known[key] = _Known(grid, spent)
        return grid


_COUNTED = ("tags", "cells", "characters", "merges")


def _digest(blocks: tuple[bytes, ...]) -> bytes:
    digest = blake2b(digest_size=16)
    for block in blocks:
        digest.update(block)
    return digest.digest()
