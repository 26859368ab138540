"""读回的方案：各表的各行，拼成方案文件的内容；每个键记着出自哪一格。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from xltool.address import At, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.finding import Finding
    from xltool.scheme_book.table import Table, Value

Data = dict[str, Any]
STAND_IN: Final = "unread_"  # 读不成的标识、编码先用它加行号
_NAMED: Final = re.compile("（([^）]+)）")
_QUOTED: Final = re.compile("“([^”]*)”")
_LAST: Final = re.compile(r"(\.[^.\[\]]+|\[\d+\])$")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """读到的一行；读不成的格没有值，另有问题说明。"""

    sheet: str
    number: int
    values: Mapping[str, Value]
    columns: Mapping[str, int]

    def text(self, key: str) -> str:
        """文字；空着的是空串。"""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def number_or_none(self, key: str) -> Decimal | None:
        """数；空着或读不成的为空。"""
        value = self.values.get(key)
        return value if isinstance(value, Decimal) else None

    def amount(self, key: str) -> Decimal:
        """数；空着或读不成的先当作零，问题另有说明。"""
        return self.number_or_none(key) or Decimal(0)

    def flag(self, key: str) -> bool:
        """是不是写了“是”。"""
        return self.values.get(key) is True

    def texts(self, key: str) -> list[str]:
        """几个词。"""
        value = self.values.get(key)
        return list(value) if isinstance(value, tuple) else []

    def place(self, key: str) -> Place:
        """某一栏在哪一格；没有这一栏的，是本行第一栏。"""
        column = self.columns.get(key) or min(self.columns.values(), default=1)
        return Place(self.sheet, At(self.number, column))


@dataclass(frozen=True, slots=True)
class ReadTable:
    """读到的一张表：工作表名、表头在第几行、各栏在第几列、各行。"""

    table: Table
    sheet: str
    header: int
    columns: Mapping[str, int]
    rows: tuple[ReadRow, ...] = ()

    def head(self, key: str) -> Place:
        """某一栏的表头。"""
        return Place(self.sheet, At(self.header, self.columns.get(key, 1)))


@dataclass(frozen=True, slots=True)
class Draft:
    """正在拼的方案。`data` 是方案文件的内容，`places` 是各个键出自哪一格。"""

    tables: Mapping[str, ReadTable]
    data: Data = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    _groups: dict[tuple[str, str], dict[str, list[ReadRow]]] = field(default_factory=dict)

    def rows(self, table: str) -> tuple[ReadRow, ...]:
        """某张表的各行。"""
        return self.tables[table].rows if table in self.tables else ()

    def known(self, table: str, key: str) -> set[str] | None:
        """某张表某一栏写了的全部；有读不成的，说不准有没有，为空。"""
        values = {row.text(key) for row in self.rows(table)}
        unread = table not in self.tables or any(text.startswith(STAND_IN) for text in values)
        return None if unread else values

    def groups(self, table: str, key: str) -> dict[str, list[ReadRow]]:
        """某张表的各行按一栏归拢，依第一次出现的次序；补在末尾的行跟着自己的一组。"""
        known = self._groups.get((table, key))
        if known is None:
            known = self._groups[table, key] = {}
            for row in self.rows(table):
                known.setdefault(row.text(key), []).append(row)
        return known

    def mark(self, path: str, place: Place) -> None:
        """记下一个键出自哪一格；先记的算数。"""
        self.places.setdefault(path, place)

    def mark_row(self, paths: tuple[str, ...], row: ReadRow, first: str) -> None:
        """一行成为一张表：表本身记在 `first` 一栏，各键记在同名的栏。"""
        mark, sheet, number = self.places.setdefault, row.sheet, row.number
        places = [(key, Place(sheet, At(number, at))) for key, at in row.columns.items()]
        own = row.place(first)
        for path in paths:
            mark(path, own)
            for key, place in places:
                mark(f"{path}.{key}", place)

    def mark_words(self, path: str, row: ReadRow, *keys: str, home: str = "") -> None:
        """键下的一个个词记在写着它的格；同一个词写了几处的，记最后一处。

        `home` 是所在的表：同表的栏只写栏名的，写成“表.项”也认得。
        """
        for key in keys:
            for word in row.texts(key) or [row.text(key)]:
                if word:
                    self.places[f"{path}.{word}"] = row.place(key)
                    if home:
                        self.places.setdefault(f"{path}.{home}.{word}", row.place(key))

    def mark_head(self, path: str, table: str, key: str) -> None:
        """整张表的键记在某一栏的表头。"""
        if table in self.tables:
            self.mark(path, self.tables[table].head(key))

    def table_of(self, finding: Finding) -> str:
        """一条问题说的是哪张表；不是哪张表的为空。"""
        sheets = {read.sheet: key for key, read in self.tables.items()}
        return sheets.get(finding.sheet, "")

    def find(self, path: str, message: str = "") -> Place | None:
        """毛病的键出自哪一格：说到哪个词，先找那个词的格；找不到的，找它外面一层。"""
        for word in _QUOTED.findall(message):
            if f"{path}.{word}" in self.places:
                return self.places[f"{path}.{word}"]
        inner, outer = "", _NAMED.sub(r".\1", path)
        while outer != inner:
            if outer in self.places:
                return self.places[outer]
            inner, outer = outer, _LAST.sub("", outer)
        return None


def given(**values: object) -> Data:
    """写了的才留：空串、空列、否和没有的不写，读的时候自有缺省。"""
    return {key: value for key, value in values.items() if isinstance(value, Decimal) or value}
