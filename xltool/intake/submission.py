"""一个读好的工作簿成为一份报送：认方案、找位置、读各格，连同全部问题。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.facts.entry import EntryState, Submission
from xltool.finding import Finding
from xltool.intake.changed import Sheet, changed_cells, missing_cells
from xltool.intake.grouping import group, ordered
from xltool.intake.health import health, hidden_inputs, merged_cells
from xltool.intake.identity import identify_scheme
from xltool.intake.locate import in_place, locate
from xltool.intake.options import every_option, options_of
from xltool.intake.printed import NEEDED, printed_sheets
from xltool.intake.read import read_book
from xltool.intake.reference import reference_sheets
from xltool.intake.sheets import match_sheets
from xltool.intake.strays import stray_cells
from xltool.intake.sweep import spots_of, sweep
from xltool.intake.understand import Context, understand
from xltool.layout.layout import template_layout
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from xltool.facts.entry import Block, Entry
    from xltool.intake.grid import Book, Grid, GridCell
    from xltool.intake.options import Options
    from xltool.intake.printed import Spots
    from xltool.intake.sweep import Filled, Spot, Swept
    from xltool.layout.layout import Layout
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field, Scheme


@dataclass(frozen=True, slots=True)
class Reading:
    """读一个文件的结果：报送（拒收时为空）和全部问题。

    `findings` 里同一栏连着的已并成一条；`each` 是并条之前的，一格一条。
    """

    submission: Submission | None
    findings: tuple[Finding, ...]
    each: tuple[Finding, ...] = ()


def read_submission(path: Path, schemes: Sequence[Scheme]) -> Reading:
    """读一个文件；什么文件都不会出错退出，只会得到问题。"""
    book = read_book(path)
    if isinstance(book, Finding):
        refused = (book.in_file(path.name),)
        return Reading(None, refused, refused)
    reading = understand_book(book, schemes, path.name)
    return Reading(
        reading.submission,
        tuple(finding.in_file(path.name) for finding in reading.findings),
        tuple(finding.in_file(path.name) for finding in reading.each),
    )


def understand_book(book: Book, schemes: Sequence[Scheme], file: str = "") -> Reading:
    """读懂一个工作簿。"""
    identified = identify_scheme(book, schemes)
    if isinstance(identified, Finding):
        return Reading(None, (identified,), (identified,))
    layout = template_layout(identified.scheme)
    grids, findings = match_sheets(book, layout)
    reader = _Reader(book, layout, [*identified.findings, *findings])
    for key, grid in grids.items():
        reader.read_sheet(key, grid)
    reader.check_printed()
    reader.findings += [*reference_sheets(book, identified.scheme), *health(book)]
    submission = Submission(
        file=file,
        sha256=book.sha256,
        scheme=identified.scheme.id,
        version=identified.scheme.version,
        entries=reader.entries,
        blocks=reader.blocks,
        records=reader.records,
    )
    each = ordered(reader.findings, book)
    return Reading(submission, tuple(group(each)), tuple(each))


@dataclass(frozen=True, slots=True)
class _Done:
    """读完的一张表，留着核对印好的格。"""

    sheet: Sheet
    cells: dict[Spot, GridCell]
    spots: Spots
    swept: Swept


class _Reader:
    """逐表读格，边读边收集。"""

    def __init__(self, book: Book, layout: Layout, findings: list[Finding]) -> None:
        self.book = book
        self.layout = layout
        self.scheme = layout.scheme
        self.printed = printed_sheets(layout.scheme)
        self.findings = findings
        self.entries: dict[CellKey, Entry] = {}
        self.blocks: dict[str, Block] = {}
        self.records: dict[str, tuple[str, ...]] = {}
        self.done: list[_Done] = []

    def read_sheet(self, key: str, grid: Grid) -> None:
        """读一张表。"""
        block, printed = self.layout.blocks[key], self.printed[key]
        found = in_place(grid, block, printed) or locate(grid, block)
        if isinstance(found, Finding):
            self.findings.append(found)
            return
        self.findings += found.findings
        self.blocks[key] = found.block
        spots = spots_of(printed, found, block)
        cells = dict(grid.cells)
        if grid.merges:
            merged = merged_cells(grid, spots, block.sheet.kind)
            cells = merged.cells
            self.findings += merged.findings
        swept = sweep(cells, spots)
        self._entries(grid.name, swept.inputs)
        self.findings += hidden_inputs(grid, swept.inputs)
        if block.sheet.kind is SheetKind.RECORDS:
            filled = {slot.key.row for slot, _, _ in swept.inputs if slot.key in self.entries}
            self.records[key] = tuple(row for row in found.block.rows if row in filled)
        self.done.append(_Done(Sheet(block, printed, found), cells, spots, swept))

    def _entries(self, name: str, inputs: list[Filled]) -> None:
        """读各填报格；要看上一级选了什么的放在后面。"""
        later: list[Filled] = []
        for filled in inputs:
            field = filled[0].field
            if field is not None and field.depends:
                later.append(filled)
            elif field is not None:
                self._entry(name, filled, field)
        for filled in later:
            if filled[0].field is not None:
                self._entry(name, filled, filled[0].field)

    def _entry(self, name: str, filled: Filled, field: Field) -> None:
        slot, at, cell = filled
        options = self._options(slot.key, field)
        context = Context(self.scheme, self.book.date_1904, field, name, at, options)
        entry, findings = understand(cell, context)
        if findings:
            self.findings += findings
        if entry.state is not EntryState.BLANK:
            self.entries[slot.key] = entry

    def _options(self, key: CellKey, field: Field) -> Options | None:
        """这一格的选项表；二级列表看上一级选了什么，上一级没有选的，各表的选项都算。"""
        if not field.depends:
            return options_of(self.scheme, field.options) if field.options else None
        parent = self.entries.get(key._replace(column=field.depends))
        name = field.options_by.get(str(parent.value)) if parent else None
        return (
            options_of(self.scheme, name)
            if name
            else every_option(self.scheme, tuple(field.options_by.values()))
        )

    def check_printed(self) -> None:
        """核对印好的格和多出来的内容；公式能不能逐字比，要看完各表才知道。"""
        moved = any(done.sheet.found.moved for done in self.done) or any(
            done.sheet.found.block.sheet != done.sheet.block.name for done in self.done
        )
        for done in self.done:
            self.findings += self._printed(done, moved=moved)

    def _printed(self, done: _Done, *, moved: bool) -> Iterator[Finding]:
        swept = done.swept
        used = frozenset(slot.key.row for slot, _, cell in swept.inputs if cell.text.strip())
        if swept.changed:
            yield from changed_cells(done.sheet, swept.changed, moved=moved)
        if not done.cells.keys() >= done.sheet.printed.needed or done.sheet.found.moved:
            spots = ((at, s) for at, s in done.spots.items() if s.kind in NEEDED)
            yield from missing_cells(done.sheet, done.cells, spots, used)
        yield from stray_cells(done.sheet, swept.strays)
