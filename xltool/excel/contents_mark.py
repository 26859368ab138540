"""汇总里每格内容的指纹：写在文件属性里，以后看得出存过的有没有改过什么。

打开就会重新计算，关闭时问要不要存；只是看了看、顺手存了的，格里的内容一处也没有变。公式只看是不是
公式，不看结果；数比到十二位有效数字，因为别的程序存盘时写法不同。
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from xltool.sheets.plan import Formula, Link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.sheets.plan import Content
    from xltool.xlsx.grid import Book, GridCell

_SIZE: Final = 16
_MARK: Final = re.compile(rb" contents/([0-9a-f]{32})</cp:keywords>")
_KEYWORDS_END: Final = "</cp:keywords>"
_EPOCH: Final = date(1899, 12, 30)


class Contents:
    """边写边累计；空行不算。"""

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=_SIZE)

    def sheet(self, name: str) -> None:
        """换一张表。"""
        self._hash.update(f"\1{name}\n".encode("utf-8", "replace"))

    def row(self, row: int, cells: Iterable[tuple[int, str]]) -> None:
        """一行里有内容的格：第几列，和内容。"""
        if text := "\0".join([f"{column} {token}" for column, token in cells if token]):
            self._hash.update(f"{row}\0{text}\n".encode("utf-8", "replace"))

    @property
    def mark(self) -> str:
        """到此为止的指纹。"""
        return self._hash.hexdigest()


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


def _number(number: Decimal | float) -> str:
    """数取十二位有效数字：有的程序存盘时只留十五位。"""
    return f"{float(number):.12g}"


def _read(cell: GridCell) -> str:
    if cell.formula:
        return "="
    return _number(Decimal(cell.text)) if cell.numeric or cell.boolean else cell.text


def mark_of(book: Book) -> str:
    """读回的一个工作簿的指纹，与写的时候累计的同义。"""
    contents = Contents()
    for grid in book.grids:
        contents.sheet(grid.name)
        rows: dict[int, list[tuple[int, str]]] = {}
        for (row, column), cell in sorted(grid.cells.items()):
            rows.setdefault(row, []).append((column, _read(cell)))
        for row, cells in rows.items():
            contents.row(row, cells)
    return contents.mark


def with_mark(properties: str, mark: str) -> str:
    """文件属性里记下指纹：接在关键词后面，别的程序存盘也留着。"""
    return properties.replace(_KEYWORDS_END, f" contents/{mark}{_KEYWORDS_END}")


def mark_in(properties: bytes) -> str:
    """文件属性里记着的指纹；没有就是空串。"""
    found = _MARK.search(properties)
    return found[1].decode() if found else ""
