"""读一本下级的汇总：按表头找各表，数要真是数，系统得分与得分明细核对。"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.collection.lower import LowerBook, LowerUnit, LowerVerdict, books_in
from xltool.collection.lower_tables import (
    DETAILS,
    DOUBTS,
    FILES,
    LEVELS,
    OPINIONS,
    REVIEW,
    SUMMARY,
)
from xltool.collection.sheet_labels import name_and_label, scheme_of
from xltool.collection.table import find_table
from xltool.form.status import MATCH, MISMATCH
from xltool.messages import versions as say
from xltool.scoring.catalogue import ready_schemes
from xltool.values import excel_number, plain, quote
from xltool.xlsx.grid import State
from xltool.xlsx.read import read_bytes
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.address import Place
    from xltool.collection.lower_tables import LowerSheet
    from xltool.collection.table import HeadedTable
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book
    from xltool.xlsx.limits import Limits

_WIDER: Final = 10  # 汇总接着几百份报送，各项上限放宽到这么多倍
_HALF_CENT: Final = Decimal("0.005")
_SCHEMES: Final = re.compile(r"(\S+) (\S+?)(?:、|\Z)")


def read_lower(data: bytes, keywords: str, file: str, limits: Limits) -> LowerBook | Finding:
    """读一本；`keywords` 是写在文件属性里的各方案和版本。不能并入的说明为什么。"""
    used = _SCHEMES.findall(keywords)
    known = {(scheme.id, scheme.version): scheme for scheme in ready_schemes()}
    if strange := [f"{name} {version}" for name, version in used if (name, version) not in known]:
        return say.LOWER_OTHER_SCHEME.finding(found=quote("、".join(strange)))
    try:
        book = read_bytes(data, limits=_wider(limits))
    except Refused as refused:
        return refused.finding
    reader = _Reader(book, [known[one] for one in used])
    for sheet in (SUMMARY, DETAILS, FILES):
        if not reader.tables(sheet):
            return say.LOWER_UNFIT.finding(what=sheet.name)
    found = reader.book(file)
    if reader.unread:
        count = str(len(reader.unread))
        return say.LOWER_NO_RESULT.finding(
            reader.unread[0], where=reader.unread[0].label, count=count
        )
    return found


def _wider(limits: Limits) -> Limits:
    """汇总的各项上限；文件的大小、压缩比照旧。"""
    names = ("part_bytes", "total_bytes", "members", "sheets", "cells", "tags", "characters")
    wider = {name: getattr(limits, name) * _WIDER for name in (*names, "strings", "merges")}
    return replace(limits, **wider)


@dataclass(frozen=True, slots=True)
class _Found:
    """一张找到的表，和它的表种（一种表的空着）。"""

    table: HeadedTable
    label: str


class _Reader:
    """逐表读；读不成数的格记在 `unread`。"""

    def __init__(self, book: Book, schemes: Sequence[Scheme]) -> None:
        self._book = book
        self._schemes = schemes
        self._full = max((one.full_marks for one in schemes), default=Decimal(100))
        self.unread: list[Place] = []
        self._notes: list[Finding] = []
        self._known: dict[str, list[_Found]] = {}

    def tables(self, sheet: LowerSheet) -> list[_Found]:
        """一种表的各张：表名在前，几种表合在一本里的后面接着表种。"""
        if sheet.name in self._known:  # 找一遍要把全表的格排一遍
            return self._known[sheet.name]
        found = self._known[sheet.name] = []
        for grid in self._book.grids:
            name, label = name_and_label(grid.name)
            if name == sheet.name:
                table = find_table(
                    grid, sheet.headings, sheet.needed, date_1904=self._book.date_1904
                )
                if table is not None:
                    found.append(_Found(table, label))
        return found

    def book(self, file: str) -> LowerBook:
        """全部单位、全部复核意见。"""
        files = {
            one.table.text(row, "file"): one.table.text(row, "sha256")
            for one in self.tables(FILES)
            for row in one.table.rows()
        }
        units = (*self._own(files), *self._beneath())
        verdicts = tuple(self._verdicts())
        digests = frozenset(files.values()) - {""}
        return LowerBook(file, self._book.sha256, units, verdicts, digests, tuple(self._notes))

    def _own(self, files: Mapping[str, str]) -> Iterator[LowerUnit]:
        """它自己汇总的各单位。"""
        sums = self._sums()
        for table, label in ((one.table, one.label) for one in self.tables(SUMMARY)):
            for row in table.rows():
                number, file = table.text(row, "no"), table.text(row, "file")
                if number.isdecimal() and table.text(row, "name"):
                    unit = self._unit(table, row, (), self._form(label))
                    unit = unit._replace(file=file, sha256=files.get(file, ""))
                    yield self._matched(unit, sums.get(number), table, row)

    def _beneath(self) -> Iterator[LowerUnit]:
        """再下级的各单位。"""
        for table in (one.table for one in self.tables(LEVELS)):
            for row in table.rows():
                if through := table.text(row, "through"):
                    unit = self._unit(table, row, books_in(through), table.text(row, "form"))
                    yield unit._replace(
                        match=table.text(row, "match"),
                        file=table.text(row, "file"),
                        sha256=table.text(row, "sha256"),
                    )

    def _unit(self, table: HeadedTable, row: int, beneath: tuple[str, ...], form: str) -> LowerUnit:
        """一行的各数。"""
        text = table.text
        unit = LowerUnit(
            beneath=beneath,
            code=text(row, "code"),
            department=text(row, "name"),
            project=text(row, "project"),
            form=form,
            status=text(row, "status"),
            self_total=self._number(table, row, "self_total"),
            total=self._number(table, row, "total"),
            grade=text(row, "grade"),
            reviewed=self._number(table, row, "reviewed"),
            match="",
            file="",
            sha256="",
            place=table.place(row, "total").label,
        )
        if unit.reviewed is not None and not 0 <= unit.reviewed <= self._full:
            found, full = plain(unit.reviewed), plain(self._full)
            place = table.place(row, "reviewed")
            note = say.LOWER_OUT_OF_BOUNDS.finding(
                place, unit=quote(unit.name), found=found, full=full
            )
            self._notes.append(note)
            unit = unit._replace(reviewed=None)
        return unit

    def _form(self, label: str) -> str:
        """表名后面接的字是哪一种表；只有一种表的不接。"""
        found = scheme_of(label, self._schemes)
        return found.variant if found else label

    def _sums(self) -> dict[str, Decimal]:
        """各单位得分明细的合计。"""
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for table in (one.table for one in self.tables(DETAILS)):
            for row in table.rows():
                number = table.text(row, "no")
                if number.isdecimal():
                    sums[number] += self._number(table, row, "score") or 0
        return sums

    def _matched(
        self, unit: LowerUnit, expected: Decimal | None, table: HeadedTable, row: int
    ) -> LowerUnit:
        """系统得分与得分明细合计对不对得上。"""
        if unit.total is None:
            return unit
        if expected is not None and abs(unit.total - expected) <= _HALF_CENT:
            return unit._replace(match=MATCH)
        shown = "没有" if expected is None else plain(expected)
        note = say.LOWER_MISMATCH.finding(
            table.place(row, "total"),
            unit=quote(unit.name),
            total=plain(unit.total),
            expected=shown,
        )
        self._notes.append(note)
        return unit._replace(match=MISMATCH)

    def _number(self, table: HeadedTable, row: int, key: str) -> Decimal | None:
        """一格的数；空白、公式的结果是空串的为空，别的记下来。"""
        column = table.columns.get(key)
        cell = None if column is None else table.grid.cells.get((row, column))
        if cell is None:
            return None
        if cell.numeric and cell.text:
            return excel_number(cell.text)
        if cell.text.strip() or cell.state is State.NO_RESULT:
            self.unread.append(table.place(row, key))
        return None

    def _verdicts(self) -> Iterator[LowerVerdict]:
        """人填的复核意见：疑点清单和得分明细里的，和再下级的。"""
        for sheet in (DETAILS, DOUBTS, OPINIONS):
            for table in (one.table for one in self.tables(sheet)):
                for row in table.rows():
                    if any(_typed(table, row, key) for key in REVIEW) and table.text(row, "about"):
                        yield _verdict(table, row)


def _typed(table: HeadedTable, row: int, key: str) -> str:
    """人填的字；公式算出的不是。"""
    column = table.columns.get(key)
    cell = None if column is None else table.grid.cells.get((row, column))
    return "" if cell is None or cell.formula else table.text(row, key)


def _verdict(table: HeadedTable, row: int) -> LowerVerdict:
    """一条意见；在写了字的头一格，得分明细没有意见一栏。"""
    first = next(key for key in REVIEW if _typed(table, row, key))
    return LowerVerdict(
        beneath=books_in(table.text(row, "through")),
        unit=table.text(row, "name"),
        about=table.text(row, "about"),
        where=table.text(row, "where"),
        fact=table.text(row, "fact"),
        verdict=_typed(table, row, "verdict"),
        points=_typed(table, row, "points"),
        reason=_typed(table, row, "reason"),
        reviewer=_typed(table, row, "reviewer"),
        day=_typed(table, row, "day"),
        place=table.place(row, first).label,
    )
