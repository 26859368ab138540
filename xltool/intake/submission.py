"""一个读好的工作簿成为一份报送：认方案、找位置、读各格，连同全部问题。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import At, Place
from xltool.facts.derived import derived, derived_entries, derived_keys
from xltool.facts.entry import EntryState, Submission
from xltool.facts.left_out import takes_parts
from xltool.facts.view import Facts
from xltool.finding import Finding
from xltool.form.sheet_cells import HEADER
from xltool.intake.changed_cells import LocatedSheet, changed_cells, missing_cells
from xltool.intake.classify_cells import classify_cells, located_cells
from xltool.intake.extra_cells import extra_cells, extra_contents
from xltool.intake.grouping import group, ordered
from xltool.intake.health import health, hidden_inputs, merged_cells
from xltool.intake.identity import (
    identify_earlier,
    identify_old,
    identify_scheme,
    lineage_of,
    started_in,
)
from xltool.intake.issued import Issued
from xltool.intake.locate import find_cells
from xltool.intake.long_texts import long_texts
from xltool.intake.no_records import find_no_records
from xltool.intake.options import every_option, option_lists
from xltool.intake.reference import reference_sheets
from xltool.intake.sheets import match_sheets
from xltool.intake.shown_total import shown_total, written_scores
from xltool.intake.statements import issue_lists, statements_of, unread_statements
from xltool.intake.template_cells import sheet_templates
from xltool.intake.together import read_together
from xltool.intake.understand import Context, fast_entry, understand
from xltool.intake.whole_form import WholeForm, damages
from xltool.intake.windows import divided
from xltool.layout.layout import template_layout
from xltool.messages import form as say
from xltool.scheme.categories import SHEET
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.facts.entry import Entry, LocatedBlock
    from xltool.intake.classify_cells import ClassifiedCells, Filled
    from xltool.intake.extra_cells import ExtraCells
    from xltool.intake.locate import Found
    from xltool.intake.options import Options
    from xltool.intake.template_cells import Coordinate, SheetTemplate, TemplateCells
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Field, Scheme
    from xltool.xlsx.grid import Book, Grid, GridCell


@dataclass(frozen=True, slots=True)
class FormReading:
    """读一个文件的结果：报送（拒收时为空）和全部问题。

    `findings` 里同一栏连着的已并成一条；`each` 是并条之前的，一格一条。
    """

    submission: Submission | None
    findings: tuple[Finding, ...]
    each: tuple[Finding, ...] = ()


def understand_book(book: Book, schemes: Sequence[Scheme], file: str = "") -> FormReading:
    """读懂一个工作簿；有两份不同的评分表的，等填报人说以哪一份为准。"""
    identified = identify_scheme(book, schemes)
    if isinstance(identified, Finding):
        return FormReading(None, (identified,), (identified,))
    issued = Issued(book, identified.scheme, identified.marks)
    reader = _read(book, issued, identified.findings)
    reader.check_printed()
    reader.look_together()
    submission = reader.submission(file)
    reader.findings += [*long_texts(reader.scheme, submission), *reference_sheets(book, issued)]
    reader.findings += [*health(book), *unread_statements(book)]
    each = ordered(reader.findings, book)
    two_forms = any(finding.code == say.TWO_FORMS.code for finding in each)
    return FormReading(None if two_forms else submission, tuple(group(each)), tuple(each))


def understand_earlier(book: Book, schemes: Sequence[Scheme], file: str = "") -> Submission | None:
    """读往年的一份表，供与今年的比；只要读得出的，版式上的差别不提。认不出的为空。"""
    scheme = identify_earlier(book, schemes)
    return _read(book, Issued(book, scheme, {}), ()).submission(file) if scheme else None


def understand_whole(book: Book, schemes: Sequence[Scheme], file: str = "") -> WholeForm | Finding:
    """读一份旧表，供移到新表去；认不出的、有两份评分表的给出理由。"""
    old = identify_old(book, schemes)
    if isinstance(old, Finding):
        return old
    reader = _read(book, Issued(book, old.scheme, old.marks), ())
    for finding in reader.findings:
        if finding.code == say.TWO_FORMS.code:
            return finding
    inputs: dict[CellKey, GridCell] = {}
    others: list[tuple[Place, str]] = []
    for sheet, _, _, classified in reader.read:
        inputs |= {
            planned.key: cell
            for planned, _, cell in classified.inputs
            if planned.key not in reader.derived  # 新表上也由公式得出
        }
        extras = reader.extras(sheet, classified)
        others += [
            (Place(sheet.found.block.sheet, At(*at)), cell.text or f"={cell.formula}")
            for at, cell in extra_contents(sheet, extras)
        ]
    reader.look_together()
    each = tuple(ordered(reader.findings, book))
    reader.check_printed()
    found, damaged = reader.submission(file), damages(reader.findings)
    return WholeForm(old, found, inputs, tuple(sorted(others)), each, damaged)


def _read(book: Book, issued: Issued, noted: tuple[Finding, ...]) -> _Reader:
    layout = template_layout(issued.scheme)
    grids, findings = match_sheets(divided(book, layout), layout, issue_lists(book))
    reader = _Reader(book, layout, issued, [*noted, *findings])
    for key, grid in grids.items():
        reader.read_sheet(key, grid)
    reader.derive()
    return reader


class _ReadSheet(NamedTuple):
    """读完的一张表，留着核对印好的格。"""

    sheet: LocatedSheet
    cells: Mapping[Coordinate, GridCell]
    expected: TemplateCells
    classified: ClassifiedCells


class _Reader:
    """逐表读格，边读边收集。"""

    def __init__(self, book: Book, layout: Layout, issued: Issued, findings: list[Finding]) -> None:
        self.book = book
        self.layout = layout
        self.issued = issued
        self.scheme = layout.scheme
        self.templates = sheet_templates(layout.scheme)
        self.options = option_lists(layout.scheme)
        self.findings = findings
        self.entries: dict[CellKey, Entry] = {}
        self.blocks: dict[str, LocatedBlock] = {}
        self.records: dict[str, tuple[str, ...]] = {}
        self.read: list[_ReadSheet] = []
        self.derived: list[CellKey] = []
        self.lineage, self.started = lineage_of(book), started_in(book)
        self.statements = statements_of(book)

    def read_sheet(self, key: str, grid: Grid) -> None:
        """读一张表。"""
        block, template = self.layout.blocks[key], self.templates[key]
        found = find_cells(grid, block, template)
        if isinstance(found, Finding):
            self.findings.append(found)
            return
        self.findings += self._noted(grid, found, block, template)
        self.blocks[key] = found.block
        expected = located_cells(template, found, block)
        cells: Mapping[Coordinate, GridCell] = grid.cells
        if grid.merges:
            merged = merged_cells(grid, expected, block.sheet.kind)
            cells = merged.cells
            self.findings += merged.findings
        classified = classify_cells(cells, expected)
        inputs = classified.inputs
        listed = block.sheet.kind is SheetKind.RECORDS
        if listed:
            parts = key == SHEET and takes_parts(self.scheme)
            no_records = find_no_records(self.scheme, block.sheet, grid.name, inputs, parts=parts)
            if no_records:
                self.findings += no_records.values()
                inputs = [one for one in inputs if one[0].key.row not in no_records]
        self._entries(grid.name, inputs)
        self.findings += hidden_inputs(grid, found.identity, classified.inputs)
        if listed:
            filled = {cell.key.row for cell, _, _ in inputs if cell.key in self.entries}
            self.records[key] = tuple(row for row in found.block.rows if row in filled)
        sheet = LocatedSheet(block, template, found, self.issued, grid.hidden_columns)
        self.read.append(_ReadSheet(sheet, cells, expected, classified))

    def _noted(
        self, grid: Grid, found: Found, block: Block, template: SheetTemplate
    ) -> Iterator[Finding]:
        """认行认栏时要说的；表头、项目文字早先就是这样印的不说。"""
        located, key, label = found.block, block.sheet.key, template.label_column
        rows = {line: CellKey(key, row, label) for row, line in located.rows.items()}
        heads = {number: CellKey(key, HEADER, name) for name, number in located.columns.items()}
        for finding in found.findings:
            at, where, column = finding.at or At(0, 0), None, 0
            if finding.code == say.CHANGED_HEADING.code:
                where, column = heads.get(at.col), at.col
            elif finding.code == say.CHANGED_ROW.code:
                where, column = rows.get(at.row), located.columns.get(label, 0)
            cell = grid.cells.get((at.row, column))
            if where is None or cell is None or not self.issued.text(where, cell.text):
                yield finding

    def submission(self, file: str) -> Submission:
        """读完各表，成为一份报送。"""
        return Submission(
            file=file,
            sha256=self.book.sha256,
            scheme=self.scheme.id,
            version=self.scheme.version,
            entries=self.entries,
            blocks=self.blocks,
            records=self.records,
            lineage=self.lineage,
            statements=self.statements,
            started=self.started,
        )

    def _entries(self, name: str, inputs: list[Filled]) -> None:
        """读各填报格；要看上一级选了什么的放在后面。"""
        later: list[Filled] = []
        for filled in inputs:
            planned, _, cell = filled
            field = planned.field
            if field is None or field.depends:
                later.append(filled)
                continue
            options = self.options[field.options] if field.options else None
            entry = fast_entry(cell, field, options)
            if entry is None:
                self._understand(name, filled, field, options)
            else:
                self.entries[planned.key] = entry
        for filled in later:
            field = filled[0].field
            if field is None:
                continue
            parent = self.entries.get(filled[0].key._replace(column=field.depends))
            lists = field.options_by.get(str(parent.value)) if parent else None
            if lists:
                options = self.options[lists]
            else:  # 上一级没有选的，各表的选项都算
                options = every_option(self.scheme, tuple(field.options_by.values()))
            self._understand(name, filled, field, options)

    def _understand(self, name: str, filled: Filled, field: Field, options: Options | None) -> None:
        planned, at, cell = filled
        if planned.expected and self.issued.same_formula(
            cell.formula, planned.expected, moved=True
        ):
            self.derived.append(planned.key)  # 还是下发时的公式，结果由程序得出
            return
        context = Context(self.scheme, self.book.date_1904, field, name, at, options)
        entry, findings = understand(cell, context)
        self.findings += findings
        if entry.state is not EntryState.BLANK:
            self.entries[planned.key] = entry

    def derive(self) -> None:
        """没有改过的公式，由程序得出，不用文件里存着的结果。"""
        keys = [key for key in derived_keys(self.scheme) if key in self.derived]
        self.entries |= derived_entries(derived(Facts(self.scheme, self.submission("")), keys))

    def look_together(self) -> None:
        """几格合在一起看；改了读法的格，原来说的读法不再说。"""
        entries, findings = read_together(self.scheme, self.submission(""))
        if entries:
            places = set(map(self.submission("").place, entries))
            told = self.findings
            self.findings = [f for f in told if not f.at or Place(f.sheet, f.at) not in places]
            self.entries.update(entries)
        self.findings += findings

    def check_printed(self) -> None:
        """核对印好的格和多出来的内容；公式能不能逐字比，要看完各表才知道。"""
        places = [(one.sheet.found, one.sheet.block.name) for one in self.read]
        moved = any(found.moved or found.block.sheet != name for found, name in places)
        for sheet, cells, expected, classified in self.read:
            self.findings += changed_cells(sheet, cells, expected, classified, moved=moved)
            if sheet.found.moved or not cells.keys() >= sheet.template.needed:
                self.findings += missing_cells(sheet, cells, expected, classified.filled)
            self.findings += extra_cells(sheet, self.extras(sheet, classified))
        if any(written_scores(one.classified.inputs) for one in self.read):
            facts = Facts(self.scheme, self.submission(""))
            for sheet, cells, expected, _ in self.read:
                self.findings += shown_total(sheet, cells, expected, facts)

    def extras(self, sheet: LocatedSheet, classified: ClassifiedCells) -> ExtraCells:
        """模板里没有的格；抬头早先就是这样印的不算。"""
        key, top = sheet.block.sheet.key, self.issued.top
        return [(at, cell) for at, cell in classified.extras if not top(key, at, cell.text)]
