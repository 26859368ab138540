"""汇总里每格内容的指纹：写在文件属性里，以后看得出存过的有没有改过什么。

打开就会重新计算，关闭时问要不要存；只是看了看、顺手存了的，格里的内容一处也没有变。公式只看是不是
公式，不看结果；数比到十二位有效数字，因为别的程序存盘时写法不同。
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from hashlib import blake2b
from itertools import groupby
from typing import TYPE_CHECKING, Final

from xltool.sheets.plan import Formula, Line, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.sheets.plan import Cell, Content
    from xltool.xlsx.grid import Book, GridCell

_SIZE: Final = 16
_BATCH: Final = 1_000
_MARK: Final = re.compile(rb" contents/([0-9a-f]{32})</cp:keywords>")
_KEYWORDS_END: Final = "</cp:keywords>"
_EPOCH: Final = date(1899, 12, 30)


class Contents:
    """边写边累计；攒够一批才算一次指纹。行尾的空格、空行不算。"""

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=_SIZE)
        self._held: list[str] = []

    def sheet(self, name: str) -> None:
        """换一张表。"""
        self._held.append(f"\1{name}")

    def row(self, row: int, cells: Sequence[str]) -> None:
        """一行，从第一列起各格的内容。"""
        if text := "\0".join(cells).rstrip("\0"):
            self._held.append(f"{row}\0{text}")
            if len(self._held) >= _BATCH:
                self._settle()

    @property
    def mark(self) -> str:
        """到此为止的指纹。"""
        self._settle()
        return self._hash.hexdigest()

    def _settle(self) -> None:
        self._hash.update("".join(f"{line}\n" for line in self._held).encode("utf-8", "replace"))
        self._held.clear()


def planned_row(cells: Iterable[Cell | Line]) -> list[str]:
    """计划里一行各格的内容，从第一列起。"""
    tokens: list[str] = []
    for cell in cells:
        if isinstance(cell, Line):
            tokens += [one if type(one) is str else planned(one) for one in cell.contents]
        else:
            tokens += [""] * (cell.at.col - 1 - len(tokens))
            tokens.append(planned(cell.content))
    return tokens


def planned(content: Content) -> str:
    """计划里一格的内容。"""
    if content is None or isinstance(content, str):
        return content or ""
    if isinstance(content, Formula):
        return "="
    if isinstance(content, Link):
        return content.text
    if isinstance(content, date):
        return _number((content - _EPOCH).days)
    return _number(content)


@lru_cache(maxsize=8192)
def _number(number: Decimal | float) -> str:
    """数取十二位有效数字：有的程序存盘时只留十五位。"""
    return f"{float(number):.12g}"


def _read(cell: GridCell) -> str:
    return "=" if cell.formula else stored(cell)


def stored(cell: GridCell) -> str:
    """读到的一格存着的值，公式的是结果；写法与计划里的同。"""
    return _number(Decimal(cell.text)) if cell.numeric or cell.boolean else cell.text


def mark_of(book: Book) -> str:
    """读回的一个工作簿的指纹，与写的时候累计的同义。"""
    contents = Contents()
    for grid in book.grids:
        contents.sheet(grid.name)
        for row, cells in groupby(sorted(grid.cells.items()), lambda item: item[0][0]):
            tokens: list[str] = []
            for (_, column), cell in cells:
                tokens += [""] * (column - 1 - len(tokens))
                tokens.append(_read(cell))
            contents.row(row, tokens)
    return contents.mark


def with_mark(properties: str, mark: str) -> str:
    """文件属性里记下指纹：接在关键词后面，别的程序存盘也留着。"""
    return properties.replace(_KEYWORDS_END, f" contents/{mark}{_KEYWORDS_END}")


def mark_in(properties: bytes) -> str:
    """文件属性里记着的指纹；没有就是空串。"""
    found = _MARK.search(properties)
    return found[1].decode() if found else ""
