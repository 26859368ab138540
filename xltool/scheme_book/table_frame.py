"""方案工作簿里各张表的位置：表头在第几行，各行各栏在哪，连同预留的空白行。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import Area, At, column_letters, quoted
from xltool.scheme_book.table import HEADER
from xltool.scheme_book.tables.catalogue import PARTS, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.table import Row, Table


@dataclass(frozen=True, slots=True)
class Frame:
    """一张表：写了的各行，其下是预留的空白行。"""

    table: Table
    rows: tuple[Row, ...]

    @property
    def first(self) -> int:
        """第一行。"""
        return HEADER + 1

    @property
    def last(self) -> int:
        """最后一行，连同预留的。"""
        return HEADER + len(self.rows) + self.table.spare

    def letters(self, key: str) -> str:
        """某一栏的列标。"""
        return column_letters(self.table.position(key))

    def area(self, key: str) -> Area:
        """某一栏的全部格，连同预留的。"""
        column = self.table.position(key)
        return Area(At(self.first, column), At(self.last, column))

    def whole(self, key: str) -> str:
        """别的表的公式里怎样称呼一栏。"""
        return f"{quoted(self.table.name)}!{self.area(key).absolute}"

    def cell(self, key: str, number: int) -> str:
        """第几行（从 1 起）的某一栏，在别的表的公式里怎样称呼。"""
        return f"{quoted(self.table.name)}!${self.letters(key)}${HEADER + number}"


@dataclass(frozen=True, slots=True)
class Frames:
    """全部表的位置。"""

    scheme: Scheme
    frames: Mapping[str, Frame]

    def __getitem__(self, key: str) -> Frame:
        return self.frames[key]

    def column(self, dotted: str) -> str:
        """某张表的某一栏（表.栏），在公式里怎样称呼。"""
        table, _, key = dotted.partition(".")
        return self[table].whole(key)

    def parameter(self, key: str) -> str:
        """某个共用参数的值。"""
        frame = self["parameters"]
        number = [row["key"] for row in frame.rows].index(key) + 1
        return frame.cell("value", number)


def make_frames(scheme: Scheme) -> Frames:
    """排好各张表。"""
    rows = rows_of(scheme)
    tables = [part.table for part in PARTS]
    return Frames(scheme, {table.key: Frame(table, rows[table.key]) for table in tables})
