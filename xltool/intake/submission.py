"""一个读好的工作簿成为一份报送：认方案、找位置、读各格，连同全部问题。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place
from xltool.facts.entry import EntryState, Submission
from xltool.finding import Finding
from xltool.intake.health import health, merged_cells
from xltool.intake.identity import identify_scheme
from xltool.intake.locate import locate
from xltool.intake.read import read_book
from xltool.intake.sheets import match_sheets
from xltool.intake.understand import Context, understand
from xltool.layout.layout import template_layout
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from xltool.facts.entry import Block, Entry
    from xltool.intake.grid import Book, Grid, GridCell
    from xltool.intake.locate import Found
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Field, OptionList, Scheme, Sheet


@dataclass(frozen=True, slots=True)
class Reading:
    """读一个文件的结果：报送（拒收时为空）和全部问题。"""

    submission: Submission | None
    findings: tuple[Finding, ...]


def read_submission(path: Path, schemes: Sequence[Scheme]) -> Reading:
    """读一个文件；什么文件都不会出错退出，只会得到问题。"""
    book = read_book(path)
    if isinstance(book, Finding):
        return Reading(None, (book.in_file(path.name),))
    reading = understand_book(book, schemes, path.name)
    findings = tuple(finding.in_file(path.name) for finding in reading.findings)
    return Reading(reading.submission, findings)


def understand_book(book: Book, schemes: Sequence[Scheme], file: str = "") -> Reading:
    """读懂一个工作簿。"""
    identified = identify_scheme(book, schemes)
    if isinstance(identified, Finding):
        return Reading(None, (identified,))
    layout = template_layout(identified.scheme)
    grids, findings = match_sheets(book, layout)
    collected = [*identified.findings, *findings]
    reader = _Reader(book, layout, collected)
    for key, grid in grids.items():
        reader.read_sheet(key, grid)
    collected += health(book)
    submission = Submission(
        file=file,
        sha256=book.sha256,
        scheme=identified.scheme.id,
        version=identified.scheme.version,
        entries=reader.entries,
        blocks=reader.blocks,
        records=reader.records,
    )
    return Reading(submission, tuple(group(sorted(collected, key=_order(book)))))


def _order(book: Book) -> SortKey:
    sheets = {grid.name: number for number, grid in enumerate(book.grids)}
    return SortKey(sheets)


@dataclass(frozen=True, slots=True)
class SortKey:
    """问题的次序：按工作表、行、列、编码。"""

    sheets: Mapping[str, int]

    def __call__(self, finding: Finding) -> tuple[int, int, int, str]:
        """排序用的键。"""
        at = finding.at or At(0, 0)
        return self.sheets.get(finding.sheet, -1), at.row, at.col, finding.code


class _Reader:
    """逐表读格，边读边收集。"""

    def __init__(self, book: Book, layout: Layout, findings: list[Finding]) -> None:
        self.book = book
        self.layout = layout
        self.scheme = layout.scheme
        self.findings = findings
        self.entries: dict[CellKey, Entry] = {}
        self.blocks: dict[str, Block] = {}
        self.records: dict[str, tuple[str, ...]] = {}

    def read_sheet(self, key: str, grid: Grid) -> None:
        """读一张表。"""
        block = self.layout.blocks[key]
        found = locate(grid, key, block)
        if isinstance(found, Finding):
            self.findings.append(found)
            return
        self.findings += found.findings
        self.blocks[key] = found.block
        cells = merged_cells(grid, found, block.sheet, self.findings)
        for row, line in found.block.rows.items():
            for column, field in self._inputs(block.sheet, row):
                at = At(line, found.block.columns.get(column, 0))
                cell = cells.get((at.row, at.col))
                if cell is not None:
                    self._entry(CellKey(key, row, column), field, cell, Place(grid.name, at))
        if block.sheet.kind is SheetKind.RECORDS:
            self.records[key] = tuple(self._started(key, block.sheet, found))

    def _inputs(self, sheet: Sheet, row: str) -> Iterator[tuple[str, Field]]:
        if sheet.kind is SheetKind.FIELDS:
            field = self.scheme.field(CellKey(sheet.key, row))
            if field.computation is None:
                yield VALUE, field
        for field in sheet.columns:
            if field.computation is None:
                yield field.key, field

    def _entry(self, key: CellKey, field: Field, cell: GridCell, place: Place) -> None:
        context = Context(self.scheme, self.book.date_1904, field, place, self._options(key, field))
        entry, findings = understand(cell, context)
        self.findings += findings
        if entry.state is not EntryState.BLANK:
            self.entries[key] = entry

    def _options(self, key: CellKey, field: Field) -> OptionList | None:
        name = field.options
        if field.depends:
            parent = self.entries.get(key._replace(column=field.depends))
            name = field.options_by.get(str(parent.value), "") if parent else ""
        return self.scheme.options.get(name)

    def _started(self, key: str, sheet: Sheet, found: Found) -> Iterator[str]:
        columns = [field.key for field in sheet.fields if field.computation is None]
        for row in found.block.rows:
            if any(CellKey(key, row, column) in self.entries for column in columns):
                yield row


def group(findings: Iterable[Finding]) -> Iterator[Finding]:
    """同一栏里连着的、说法相同的问题并成一条，指明区域和格数。"""
    run: list[Finding] = []
    for finding in findings:
        if run and not _same(run[-1], finding):
            yield _joined(run)
            run = []
        run.append(finding)
    if run:
        yield _joined(run)


def _same(one: Finding, other: Finding) -> bool:
    return bool(
        one.at
        and other.at
        and (one.code, one.sheet, one.message) == (other.code, other.sheet, other.message)
        and one.at.col == other.at.col
        and other.at.row == one.at.row + 1
    )


def _joined(run: list[Finding]) -> Finding:
    first, last = run[0], run[-1]
    if len(run) == 1 or first.at is None or last.at is None:
        return first
    area = Area(first.at, last.at).a1
    return replace(first, message=f"{first.message}（{area} 共{len(run)}格）")
