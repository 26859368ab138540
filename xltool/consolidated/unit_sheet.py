"""一个单位一张表：评分表、计分说明和各填报表从上到下，公式是活的，有疑点的格显出级别。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.collection.reviewed import counted
from xltool.consolidated.columns import LEFT, TOP
from xltool.consolidated.source import ABOUT
from xltool.form.common import back_link, in_order, title_cells
from xltool.form.explanation_sheet import NOTE, explanation_cells, explanation_heights
from xltool.form.fields_sheet import field_cells, field_heights
from xltool.form.form import make_form
from xltool.form.records_sheet import record_cells, record_heights
from xltool.form.score_levels import LEVELS, level_merges
from xltool.form.score_sheet import score_cells, score_heights
from xltool.layout.columns import CODE
from xltool.layout.explained import EXPLANATION
from xltool.layout.unit import grid_widths
from xltool.scheme.model import SheetKind
from xltool.sheets.paper import on_paper
from xltool.sheets.plan import (
    Cell,
    Formula,
    Link,
    Merge,
    NumberFormat,
    Print,
    Role,
    SheetPlan,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from xltool.assessment.noted import Noted
    from xltool.assessment.report import Report
    from xltool.consolidated.details import Detail
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Scored, Source
    from xltool.finding import Severity
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scoring.scored import Scored as Line

_CELLS: dict[SheetKind, Callable[[Form, Block], Iterator[Cell]]] = {
    SheetKind.SCORE: score_cells,
    SheetKind.FIELDS: field_cells,
    SheetKind.RECORDS: record_cells,
}
_HEIGHTS: dict[SheetKind, Callable[[Form, Block], dict[int, float]]] = {
    SheetKind.SCORE: score_heights,
    SheetKind.FIELDS: field_heights,
    SheetKind.RECORDS: record_heights,
}
_TITLE_ROW, _NOTE_ROW = 2, 3


def unit_sheet(
    source: Source, scored: Scored, report: Report, details: Register[Detail]
) -> SheetPlan:
    """一个单位的表；复核得分在得分明细（`details`）里填，这里只照着显示。"""
    form = replace(
        make_form(source.scheme, report.contents),
        layout=source.layouts[scored.number],
        home=ABOUT,
        marks=marks_of(scored.unit.notes()),
        lines=lines_of(report),
        review=Link("在得分明细填", details.name, TOP),
    )
    widths = grid_widths(source.scheme)
    cells = [*_head(form, scored, report, len(widths))]
    merges: list[Merge] = []
    heights = {_TITLE_ROW: 34.0}
    for block in form.layout.blocks.values():
        kind = block.sheet.kind
        cells.append(Cell(At(block.lines.title, LEFT), block.sheet.title, Role.SECTION))
        vertical: set[At] = set()
        if kind is SheetKind.SCORE:  # 一级、二级指标向下合并，另由评分表给出
            vertical = {block.at(row, key) for row in block.rows for key in LEVELS}
        written: Iterable[Cell] = _CELLS[kind](form, block)
        if kind is SheetKind.SCORE:
            shown = _reviewed(source, scored, report, block, details)
            written = (shown.get(cell.at, cell) for cell in written)
        spread, joined = _spread(written, block.columns, vertical)
        cells += spread
        merges += joined
        if kind is SheetKind.SCORE:
            merges += level_merges(form.scheme, block)
        heights |= _HEIGHTS[kind](form, block) | {block.lines.title: 26.0}
    explained, joined = _explanation(form)
    cells += explained
    merges += joined
    heights |= explanation_heights(form, form.layout.explained)
    first = form.layout.blocks[source.scheme.score_sheet.key]
    _, right = first.columns[CODE.key]
    ordered = in_order(cells)
    plan = SheetPlan(
        name=scored.sheet,
        cells=ordered,
        widths=widths,
        heights=heights,
        merges=tuple(merges),
        freeze=At(first.lines.header, right + 1),
        printing=Print(footer_left=source.version),
    )
    return on_paper(plan, ordered, top=_TITLE_ROW, head=_TITLE_ROW)


def marks_of(notes: Iterable[Noted]) -> dict[CellKey, Severity]:
    """有问题的格，一格有几条的取最重的；豁免了的不显。"""
    marks: dict[CellKey, Severity] = {}
    for note in notes:
        if note.key is not None and not note.waiver:
            severity = note.finding.standing
            known = marks.get(note.key)
            if known is None or severity.order < known.order:
                marks[note.key] = severity
    return marks


def lines_of(report: Report) -> dict[str, Line]:
    """各三级指标的计分说明，按编码。"""
    return {line.code: line for line in report.scores}


def _reviewed(
    source: Source, scored: Scored, report: Report, block: Block, details: Register[Detail]
) -> dict[At, Cell]:
    """复核得分一栏：得分明细里计入的得分。"""
    cells: dict[At, Cell] = {}
    number, codes, scores = (details.far(key) for key in ("no", "code", "counted"))
    for line in report.scores:
        carried = source.reviews.scores.get((scored.unit.key, line.code))
        result = counted(line, carried)
        criteria = f"{number},{scored.number},{codes},{block.at(line.code, CODE.key).a1}"
        text = f'IF(COUNTIFS({criteria},{scores},">=0")=1,SUMIFS({scores},{criteria}),"")'
        score = block.at(line.code, "review_score")
        shown = Formula(text, "" if result is None else result)
        cells[score] = Cell(score, shown, Role.AUTO, NumberFormat.POINTS)
    return cells


def _explanation(form: Form) -> tuple[list[Cell], list[Merge]]:
    """计分说明；取数的格可以点到本表下面的那一格。"""
    table = form.layout.explained
    spread, merges = _spread(explanation_cells(form, table, linked=True), table.columns, set())
    head = [
        Cell(At(table.title, LEFT), EXPLANATION, Role.SECTION),
        Cell(At(table.note, LEFT), NOTE, Role.INFO),
    ]
    return head + spread, merges


def _head(form: Form, scored: Scored, report: Report, last: int) -> Iterator[Cell]:
    yield Cell(TOP, back_link(form), Role.LINK)
    yield from title_cells(_TITLE_ROW, f"{scored.name}：{form.scheme.title}", last)
    total = "不能计分" if report.total is None else f"{report.total}分，{report.grade}"
    own = "" if report.self_total is None else f"{report.self_total}分，{report.self_grade}"
    text = f"系统得分：{total}　　自评：{own}　　来源文件：{report.file}"
    yield Cell(At(_NOTE_ROW, LEFT), text, Role.INFO)


def _spread(
    cells: Iterable[Cell], columns: Mapping[str, tuple[int, int]], vertical: set[At]
) -> tuple[list[Cell], list[Merge]]:
    """占几列的栏：补上空格并合并；`vertical` 是另外向下合并的格，这里不再横着合并。"""
    ends = dict(columns.values())
    spread: list[Cell] = []
    merges: list[Merge] = []
    for cell in cells:
        spread.append(cell)
        at, _, role, number, unlocked = cell
        last = ends[at.col]
        spread += [
            Cell(At(at.row, column), None, role, number, unlocked)
            for column in range(at.col + 1, last + 1)
        ]
        if last > at.col and at not in vertical:
            merges.append(Merge(Area(at, At(at.row, last))))
    return spread, merges
