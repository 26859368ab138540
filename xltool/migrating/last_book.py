"""上年度的汇总里各单位填过什么：由各登记表读回，一个单位当作一份旧表。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.last_years import year_of
from xltool.collection.lower_tables import OPINIONS
from xltool.collection.table import OddRows, find_table
from xltool.collection.verdicts import DUE, FINDING_HEADINGS
from xltool.facts.entry import EntryState, LocatedBlock, Submission
from xltool.finding import parted
from xltool.intake.context import Context
from xltool.intake.identity import OldForm
from xltool.intake.options import options_of
from xltool.intake.understand import understand
from xltool.intake.whole_form import WholeForm
from xltool.migrating.places import field_at
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.collection.table import HeadedTable
    from xltool.facts.entry import Entry
    from xltool.scheme.model import Field, Scheme, Sheet
    from xltool.xlsx.grid import Book, Grid, GridCell

_WHO: Final = {"#name": ("单位名称",), "#row": ("序号",)}
_DOUBTS: Final = {**FINDING_HEADINGS, "through": OPINIONS.headings["through"]}
_CODES: Final = {"name": ("单位名称",), "code": ("预算编码",)}
_ONE: Final = "1"


class LastForm(NamedTuple):
    """汇总里的一个单位（项目）上年填的，连同复核人员写了要改正的问题。"""

    name: str
    code: str
    project: str
    whole: WholeForm
    problems: tuple[str, ...]


@dataclass(slots=True)
class _Gathered:
    """一个单位的各格，由几张登记表凑起来。"""

    scheme: Scheme
    entries: dict[CellKey, Entry] = field(default_factory=dict)
    inputs: dict[CellKey, GridCell] = field(default_factory=dict)
    blocks: dict[str, LocatedBlock] = field(default_factory=dict)


class _Register(NamedTuple):
    """认出的一张登记表：是哪个方案的哪张表。"""

    scheme: Scheme
    sheet: Sheet
    table: HeadedTable


def forms_in(book: Book, schemes: Sequence[Scheme], file: str) -> Iterator[LastForm]:
    """汇总里的各单位；不是汇总的一个也没有。"""
    units: dict[str, _Gathered] = {}
    for grid in book.grids:
        found = _register(grid, schemes, date_1904=book.date_1904)
        if found is not None:
            _gather(found, units)
    codes, problems = dict(_codes(book)), _problems(book)
    year = str(year_of(book) or "")
    for unit, one in units.items():
        name, project = parted(unit)
        records = {
            sheet.key: tuple(one.blocks[sheet.key].rows)
            for sheet in one.scheme.sheets
            if sheet.kind is SheetKind.RECORDS and sheet.key in one.blocks
        }
        submission = Submission(
            file=file,
            sha256=book.sha256,
            scheme=one.scheme.id,
            version=one.scheme.version,
            entries=one.entries,
            blocks=one.blocks,
            records=records,
        )
        old = OldForm(one.scheme, year, "", own=False, marks={})
        whole = WholeForm(old, submission, one.inputs, (), ())
        listed = tuple(problems.get(unit, ()))
        yield LastForm(name, codes.get(unit, ""), project, whole, listed)


def _register(grid: Grid, schemes: Sequence[Scheme], *, date_1904: bool) -> _Register | None:
    """一张工作表是哪张登记表：认得的栏最多、缺的最少的。"""
    best: tuple[tuple[int, int], _Register] | None = None
    for scheme in schemes:
        for sheet in scheme.sheets:
            if sheet.kind is SheetKind.SCORE or not grid.name.startswith(sheet.merged or "\0"):
                continue
            typed = [one for one in sheet.fields if one.computation is None]
            needed = ("#name", sheet.anchor or typed[0].key)
            names = _WHO | {one.key: (one.heading,) for one in typed}
            table = find_table(grid, names, needed, date_1904=date_1904)
            if table is None:
                continue
            known = len(table.columns)
            fits = (known, known - len(names))
            if best is None or fits > best[0]:
                best = fits, _Register(scheme, sheet, table)
    return best[1] if best else None


def _gather(register: _Register, units: dict[str, _Gathered]) -> None:
    """一张登记表的各行，归到各单位。"""
    scheme, sheet, table = register
    for line in OddRows(table).records():
        unit = table.text(line, "#name")
        records = sheet.kind is SheetKind.RECORDS
        row = table.text(line, "#row") if records else _ONE
        if not unit or not row.isdecimal():
            continue
        one = units.setdefault(unit, _Gathered(scheme))
        known = one.blocks.get(sheet.key)
        rows = dict(known.rows) if known else {}
        rows[row] = line
        slots = {} if records else {f.key: (row, f.key) for f in sheet.fields}
        one.blocks[sheet.key] = LocatedBlock(table.grid.name, table.columns, rows, slots)
        for item in sheet.fields:
            column = table.columns.get(item.key)
            cell = table.grid.cells.get((line, column)) if column else None
            key = CellKey(sheet.key, row, item.key) if records else CellKey(sheet.key, item.key)
            if cell is not None and column and field_at(one.scheme, key) is not None:
                _take(register, one, key, item, (line, column))


def _take(
    register: _Register, one: _Gathered, key: CellKey, item: Field, at: tuple[int, int]
) -> None:
    """读一格，与读填报的格相同。"""
    scheme, _, table = register
    cell = table.grid.cells[at]
    context = Context(scheme, table.date_1904, item, table.grid.name, at, options_of(scheme, item))
    entry, _ = understand(cell, context)
    if entry.state is not EntryState.BLANK:
        one.entries[key], one.inputs[key] = entry, cell


def _codes(book: Book) -> Iterator[tuple[str, str]]:
    """写着预算编码的表：哪个单位是哪个编码。"""
    for grid in book.grids:
        table = find_table(grid, _CODES, tuple(_CODES))
        if table is not None:
            for row in table.rows():
                if code := table.text(row, "code"):
                    yield table.text(row, "name"), code


def _problems(book: Book) -> dict[str, list[str]]:
    """疑点清单里复核意见是要改正的，各单位各几条，依次序。"""
    found: dict[str, list[str]] = {}
    needed = ("name", "message", "verdict")
    for grid in book.grids:
        table = find_table(grid, _DOUBTS, needed)
        if table is None or "through" in table.columns:  # 下级复核意见，说的是别的单位
            continue
        for row in table.rows():
            if table.text(row, "verdict") in DUE:
                found.setdefault(table.text(row, "name"), []).append(table.text(row, "message"))
    return found
