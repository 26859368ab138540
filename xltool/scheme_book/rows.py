"""读一张表的各行：逐格读，缺的、读不成的都说出来；读不成的先用代替的值，好接着往下看。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At, Place
from xltool.finding import Severity
from xltool.messages import scheme as say
from xltool.scheme.reader import ORIGINS
from xltool.scheme_book.cells import FilledCell, expected, is_blank, read
from xltool.scheme_book.draft import STAND_IN, ReadRow, ReadTable
from xltool.scheme_book.locate import filled_rows
from xltool.scheme_book.table import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.finding import Finding
    from xltool.scheme_book.locate import Located
    from xltool.scheme_book.table import Column, Value

MOST_ROWS: Final = 1000
_NUMBERS: Final = (Kind.NUMBER, Kind.WHOLE)
# 这几种格读不成，用代替的值也不会牵连别处
_HARMLESS: Final = (Kind.TEXT, Kind.ORIGIN, Kind.LINES)


class Read(NamedTuple):
    """读好的一张表；`sound` 说明没有会牵连别处的错。"""

    table: ReadTable
    findings: tuple[Finding, ...]
    sound: bool


def read_table(located: Located, *, date_1904: bool) -> Read:
    """读一张表。"""
    table, grid, header = located
    numbers = filled_rows(located, [column.key for column in table.columns if column.read])
    columns = [
        (column, header.columns[column.key])
        for column in sorted(table.columns, key=lambda one: one.kind in _NUMBERS)
        if column.read and column.key in header.columns
    ]
    readers = [
        _RowReader(located, columns, number, date_1904=date_1904) for number in numbers[:MOST_ROWS]
    ]
    rows = tuple(reader.row() for reader in readers)
    findings = [finding for reader in readers for finding in reader.findings]
    if len(numbers) > MOST_ROWS:
        place = Place(grid.name, At(numbers[MOST_ROWS], 1))
        findings.append(say.TOO_MANY_ROWS.finding(place, count=len(numbers), limit=MOST_ROWS))
    sound = all(reader.sound for reader in readers) and len(numbers) <= MOST_ROWS
    sound = sound and not header.missing
    read = ReadTable(table, grid.name, header.row, header.columns, rows)
    return Read(read, tuple(findings), sound)


class _RowReader:
    """读一行。"""

    __slots__ = ("_columns", "_date_1904", "_located", "_number", "findings", "sound")

    def __init__(
        self,
        located: Located,
        columns: Sequence[tuple[Column, int]],
        number: int,
        *,
        date_1904: bool,
    ) -> None:
        self._located = located
        self._columns = columns  # 要读的各栏和在第几列，写数的在后
        self._number = number
        self._date_1904 = date_1904
        self.findings: list[Finding] = []
        self.sound = True

    def row(self) -> ReadRow:
        """这一行；数是不是百分数看本行别的栏，所以后读。"""
        table, grid, header = self._located
        values: dict[str, Value] = {}
        if not table.settings:
            for column, at in self._columns:
                values[column.key] = self._value(column, at, values)
            return ReadRow(grid.name, self._number, values, header.columns)
        for numbers in (False, True):
            for listed, at in self._columns:
                column = table.column_of(listed.key, values)
                if (column.kind in _NUMBERS) is numbers:
                    values[listed.key] = self._value(column, at, values)
        return ReadRow(grid.name, self._number, values, header.columns)

    def _value(self, column: Column, at: int, values: dict[str, Value]) -> Value:
        cell = self._located.grid.cells.get((self._number, at))
        blank = cell is None or is_blank(cell)
        if blank and not column.required:
            return None
        place = Place(self._located.grid.name, At(self._number, at))
        percent = column.is_percent(values)
        if cell is None or blank:
            wanted = expected(column, percent=percent)
            self.findings.append(say.BLANK.finding(place, label=column.heading, expected=wanted))
            return self._stand_in(column)
        reading = read(FilledCell(cell, column, place, percent, self._date_1904))
        self.findings += reading.findings
        failed = any(finding.severity is Severity.ERROR for finding in reading.findings)
        return self._stand_in(column) if failed else reading.value

    def _stand_in(self, column: Column) -> Value:
        """读不成的格先用什么：不能是空的，免得牵出别的问题。"""
        if column.kind not in _HARMLESS:
            self.sound = False
        if column.words is not None:
            return next(iter(column.words))
        if column.kind in _NUMBERS:
            return Decimal(0)
        if column.kind is Kind.ORIGIN:
            return f"{ORIGINS[-1]}?"
        if column.kind in (Kind.REFS, Kind.LINES):
            return ()
        return f"{STAND_IN}{self._number}"
