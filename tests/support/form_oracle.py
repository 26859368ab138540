"""改动过的表读得对不对：每个值照旧读出，否则有一条问题指着那一格、那一行、那一栏或那张表。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from form_contents import few_scheme
from openpyxl.utils import get_column_letter

from xltool.intake.submission import understand_book
from xltool.scheme.model import SheetKind
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from mutation_scene import Trace

    from xltool.facts.entry import Entry, Submission
    from xltool.finding import Finding
    from xltool.intake.submission import FormReading
    from xltool.scheme.key import CellKey
    from xltool.xlsx.grid import Book

WHOLE_SHEET = {"R210", "R212", "R214", "R215"}
COLUMN_LOST = {"R220", "R223"}
ROW_LOST = {"R230", "R232", "R236"}


def problems(data: bytes, base: Mapping[CellKey, Entry], trace: Trace) -> list[str]:
    """读错而没有说的地方。"""
    book = read_bytes(data)
    reading = understand_book(book, [few_scheme()])
    if reading.submission is None:
        return [] if reading.findings else ["拒收而没有理由"]
    oracle = _Oracle(reading, reading.submission, base)
    return [
        *oracle.changed(trace.dropped),
        *oracle.invented(),
        *oracle.unnoticed(book, trace.typed),
    ]


class _Oracle:
    def __init__(
        self, reading: FormReading, submission: Submission, base: Mapping[CellKey, Entry]
    ) -> None:
        self.reading = reading
        self.submission = submission
        self.base = base

    def changed(self, dropped: set[CellKey]) -> Iterable[str]:
        """值变了、丢了，又没有问题指着它。"""
        entries = self.submission.entries
        rows = {key: _rows(entries, key) for key in self.submission.records}
        for key, entry in self.base.items():
            if key in dropped or same(entries.get(key), entry):
                continue
            if key.sheet in rows and _row(self.base, key, dropped) in rows[key.sheet]:
                continue  # 记录改了序号，整行还在
            if not any(self._about(key, finding) for finding in self.reading.each):
                yield f"{key} 应为 {entry.value!r}，读成 {entries.get(key)}"

    def invented(self) -> Iterable[str]:
        """读出了原来没有的值。"""
        for key, entry in self.submission.entries.items():
            if key in self.base:
                continue
            if key.sheet in self.submission.records:
                row = _row(self.submission.entries, key, set())
                if any(
                    set(row.items()) <= set(other.items()) for other in _rows(self.base, key.sheet)
                ):
                    continue
            if not any(self._about(key, finding) for finding in self.reading.each):
                yield f"{key} 读出了没有的值 {entry}"

    def _about(self, key: CellKey, finding: Finding) -> bool:
        sheet = few_scheme().sheet(key.sheet)
        block = self.submission.blocks.get(key.sheet)
        title = block.sheet if block else sheet.name
        if finding.sheet not in {title, sheet.name}:
            return finding.code == "R215" and title in finding.message
        if finding.code in WHOLE_SHEET:
            return True
        if finding.code in COLUMN_LOST:
            return any(f"“{heading}”" in finding.message for heading in _headings(key))
        place = self.submission.place(key)
        if finding.at is None:
            return False
        if place is None:
            return finding.code in ROW_LOST and _label(key) in finding.message
        return place.at.row == finding.at.row or place.at.col == finding.at.col

    def unnoticed(self, book: Book, typed: set[str]) -> Iterable[str]:
        """表外写的字没有人提到。"""
        for grid in book.grids:
            for (row, column), cell in grid.cells.items():
                if cell.text in typed and not any(
                    f.sheet == grid.name
                    and (
                        f.code in WHOLE_SHEET or (f.at and (row == f.at.row or column == f.at.col))
                    )
                    for f in self.reading.each
                ):
                    yield f"{grid.name}!{get_column_letter(column)}{row} “{cell.text}”没有人提到"


def _covers(finding: Finding, row: int, column: int) -> bool:
    at = finding.at
    return finding.code in WHOLE_SHEET or bool(at and (row == at.row or column == at.col))


def same(found: Entry | None, entry: Entry) -> bool:
    return found is not None and (found.value, found.state) == (entry.value, entry.state)


def _rows(entries: Mapping[CellKey, Entry], sheet: str) -> list[dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for key, entry in entries.items():
        if key.sheet == sheet:
            found.setdefault(key.row, {})[key.column] = str(entry.value)
    return list(found.values())


def _row(
    entries: Mapping[CellKey, Entry], key: CellKey, dropped: set[CellKey]
) -> dict[str, object]:
    return {
        name.column: str(entry.value)
        for name, entry in entries.items()
        if (name.sheet, name.row) == (key.sheet, key.row) and name not in dropped
    }


def _label(key: CellKey) -> str:
    sheet = few_scheme().sheet(key.sheet)
    if sheet.kind is SheetKind.SCORE:
        return key.row
    field = next((field for field in sheet.fields if field.key == key.row), None)
    return field.code if field else key.row


def _headings(key: CellKey) -> set[str]:
    sheet = few_scheme().sheet(key.sheet)
    if key.column == "value":
        return {"填报内容"}
    return {sheet.column(key.column).heading}
