"""读一份汇总的各登记表：凭表头认栏，各栏的表头、类别取自写它的同一处；公式只看结果，不信公式。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from xltool import __version__
from xltool.collection.lower_tables import LEVELS
from xltool.collection.model import Collection, Unit
from xltool.collection.sheet_labels import labels_of
from xltool.collection.statuses import UnitStatus
from xltool.collection.table import find_table
from xltool.consolidated.basis import read_entries
from xltool.consolidated.book import parts_of
from xltool.consolidated.source import ABOUT, Source
from xltool.scheme.digest import scheme_digest
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.values import excel_number, serial_date
from xltool.xlsx.grid import FormatClass, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.collection.table import HeadedTable
    from xltool.consolidated.columns import Column, Value
    from xltool.consolidated.part import Part
    from xltool.consolidated.register import Register
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book, GridCell

NUMBER: Final = "no"  # 单位序号：各登记表凭它接起来
_SUMMARY: Final = (NUMBER, "total", "program", "file")
_DETAILS: Final = (NUMBER, "code", "points", "verdict")
_FINDINGS: Final = (NUMBER, "code", "message", "verdict")
# 只为列出各栏：有的栏要有这样的单位才列
_ANYONE: Final = Unit(
    key="", code="", department="", status=UnitStatus.ABSENT, listed=True, group="-"
)


@dataclass(frozen=True)
class SavedTable:
    """读到的一张登记表，和它是哪个方案的；`columns` 是这张表上有的各栏。"""

    source: Source
    columns: tuple[Column[Any], ...]
    table: HeadedTable

    def rows(self) -> Iterator[int]:
        """有单位序号的各行；小计、空行不算。"""
        yield from (row for row in self.table.rows() if self.table.text(row, NUMBER).isdecimal())

    def number(self, row: int) -> int:
        """哪个单位。"""
        return int(self.table.text(row, NUMBER))

    def cell(self, row: int, key: str) -> GridCell | None:
        """一格；没有这一栏、没有内容的为空。"""
        column = self.table.columns.get(key)
        return None if column is None else self.table.grid.cells.get((row, column))

    def value(self, row: int, key: str) -> Value:
        """一格的值：数是数，日期是日期，其余是字；空着的、出错的、公式没有结果的为空。"""
        cell = self.cell(row, key)
        if cell is None or cell.state in (State.ERROR, State.NO_RESULT, State.PICTURE):
            return None
        if not cell.numeric:
            return cell.text or None
        number = excel_number(cell.text)
        dated = cell.format is FormatClass.DATE
        day = serial_date(number, date_1904=self.table.date_1904) if dated else None
        if day is not None:
            return day
        return number if cell.look.ordinary else self.table.text(row, key)  # 如补零的编码

    def decimal(self, row: int, key: str) -> Decimal | None:
        """一格的数；不是数的为空。"""
        found = self.value(row, key)
        return found if isinstance(found, Decimal) else None

    def text(self, row: int, key: str) -> str:
        """一格的字。"""
        return self.table.text(row, key)


@dataclass(frozen=True)
class SavedBook:
    """一份汇总：各方案，各张登记表；`strange` 是现在没有、或与汇总时不是同一版的方案。"""

    book: Book
    sources: tuple[Source, ...]
    strange: tuple[str, ...]

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        return tuple(parts_of(self.sources))

    @cached_property
    def summaries(self) -> tuple[SavedTable, ...]:
        """汇总，一种表一张。"""
        return tuple(self._each((part.source, part.summary.register()) for part in self._parts))

    @cached_property
    def details(self) -> tuple[SavedTable, ...]:
        """得分明细，一种表一张。"""
        return tuple(self._each(((part.source, part.details) for part in self._parts), _DETAILS))

    @cached_property
    def doubts(self) -> SavedTable | None:
        """疑点清单。"""
        first = self._parts[0]
        return next(self._each([(first.source, first.found)], _FINDINGS), None)

    @cached_property
    def readings(self) -> SavedTable | None:
        """读数说明；没有换算的汇总没有这一张。"""
        first = self._parts[0]
        wanted = [(first.source, first.read)]
        return next(self._each(wanted, (NUMBER, "code"), renamed=False), None)

    @cached_property
    def registers(self) -> Mapping[str, tuple[SavedTable, ...]]:
        """各单位的各张填报表接在一起的，按登记表的叫法，几种表的接着排。"""
        found: dict[str, list[SavedTable]] = {}
        for name, _, table in self._registered:
            found.setdefault(name, []).append(table)
        return {name: tuple(tables) for name, tables in found.items()}

    @cached_property
    def beneath(self) -> tuple[tuple[str, Decimal | None], ...]:
        """并入的下级汇总里的各单位：报送状态、复核得分，照下级的数。"""
        named = (grid for grid in self.book.grids if grid.name == LEVELS.name)
        tables = (find_table(grid, LEVELS.headings, LEVELS.needed) for grid in named)
        found: list[tuple[str, Decimal | None]] = []
        for table in filter(None, tables):
            column = table.columns["reviewed"]
            for row in (one for one in table.rows() if table.text(one, "through")):
                cell = table.grid.cells.get((row, column))
                score = excel_number(cell.text) if cell and cell.numeric else None
                found.append((table.text(row, "status"), score))
        return tuple(found)

    def of_sheet(self, sheet: str) -> tuple[SavedTable, ...]:
        """某张填报表的（`sheet` 是它在方案里的标识），一种表一张。"""
        return tuple(table for _, key, table in self._registered if key == sheet)

    @cached_property
    def _registered(self) -> tuple[tuple[str, str, SavedTable], ...]:
        return tuple(
            (sheet.merged, sheet.key, table)
            for part in self._parts
            for sheet in part.source.scheme.sheets
            if sheet.merged
            for table in self._each([(part.source, part.register(sheet))], (NUMBER,))
        )

    def _each(
        self,
        registers: Iterable[tuple[Source, Register[Any]]],
        needed: Sequence[str] = _SUMMARY,
        *,
        renamed: bool = True,
    ) -> Iterator[SavedTable]:
        """先按表名找；`renamed` 是改了名的，凭表头找。"""
        grids = {grid.name: grid for grid in self.book.grids}
        for source, register in registers:
            columns = {column.key: column for column in register.columns}
            headings = {
                key: tuple(filter(None, (column.heading, column.formerly)))
                for key, column in columns.items()
            }
            named = grids.get(register.name)
            others = self.book.grids if renamed else ()
            for grid in [named] if named else others:
                table = find_table(grid, headings, needed, date_1904=self.book.date_1904)
                if table is not None:
                    present = tuple(columns[key] for key in columns if key in table.columns)
                    yield SavedTable(source, present, table)
                    break


def saved_book(book: Book) -> SavedBook | None:
    """读到的工作簿是不是汇总；不是的为空。"""
    about = next((grid for grid in book.grids if grid.name == ABOUT), None)
    entries = map(read_entries, [about] if about else book.grids)
    recorded = next((one for one in entries if one is not None), None)
    if recorded is None:
        return None
    known = {f"{one.id} {one.version}": one for one in ready_schemes()}
    same = {name for name, one in known.items() if scheme_digest(one) == recorded.schemes.get(name)}
    found = [known[name] for name in recorded.schemes if name in same]
    strange = tuple(name for name in recorded.schemes if name not in same)
    saved = SavedBook(book, bare_sources(found), strange)
    return saved if strange or saved.summaries else None


def bare_sources(schemes: list[Scheme]) -> tuple[Source, ...]:
    """没有单位的来源：只为知道各登记表叫什么、有哪些栏。"""
    collection = Collection(folder="", roster="", files=(), units=(_ANYONE,), findings=())
    return tuple(
        Source(*ready_scheme(scheme.id), collection, ((1, _ANYONE),), (), {}, __version__, label)
        for scheme, label in zip(schemes, labels_of(schemes), strict=True)
    )
