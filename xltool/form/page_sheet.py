"""印成一页的表：封面、资金、目标和绩效指标在同一个工作表里，就在上面填。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.address import Area, At
from xltool.facts.self_scores import all_scored, all_scored_formula
from xltool.form.common import (
    entry_lines,
    hidden_columns,
    identity_cells,
    in_order,
    input_areas,
    lines_text,
    spare_lines,
    top_rows,
)
from xltool.form.computed import field_cell
from xltool.form.guide_cells import status_text
from xltool.form.highlights import (
    field_highlights,
    record_highlights,
    row_highlights,
    unused_highlights,
)
from xltool.form.live.cells import live_cells
from xltool.form.records_sheet import end_cells, record_cells, record_heights
from xltool.form.replaced import replaced_cell
from xltool.form.totals import grade_of, points_total
from xltool.form.validations import validate
from xltool.layout.block import END
from xltool.layout.block import TOTAL as TOTAL_ROW
from xltool.layout.columns import GROW, SELF_CHECK
from xltool.layout.page import page_table
from xltool.scheme.grid import GRADE, TOTAL, Content, grid_lines, page_sheets
from xltool.scheme.key import STATED_TOTAL, CellKey, field_key
from xltool.scheme.model import FieldKind, SheetKind
from xltool.sheets.paper import MARGIN
from xltool.sheets.plan import Cell, Formula, Merge, NumberFormat, Print, Role, SheetPlan
from xltool.sheets.text import line_capacity, row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.grid import GridLine, Piece
    from xltool.sheets.plan import Content as Shown
    from xltool.sheets.plan import Highlight, Validation

_LINE, _TALL, _END = 16.0, 30.0, 15.0  # 一行至少多高：写一个数的，写成段的话的，表格结束
PUSHED: Final = "REPT(CHAR(10)"
"""撑高一行的空行，公式这样开头。"""
_LEAST_LINES = 2  # 写成段的话的，空着也留两行
_TITLE = 30.0
_SELF_TOTAL = field_key(STATED_TOTAL)


def page_sheet(form: Form, page: str) -> SheetPlan:
    """一页：竖排 A4，页边以右的栏不印。"""
    sheets = page_sheets(form.scheme, page)
    blocks = [form.layout.blocks[sheet.key] for sheet in sheets]
    table = form.layout.blocks[page_table(sheets).key]
    heights = {blocks[0].lines.title: _TITLE}
    for block in blocks:
        heights |= page_heights(form, block)
    last = max(block.last_row for block in blocks)
    merges = tuple(merge for block in blocks for merge in _merges(block))
    return SheetPlan(
        name=page,
        cells=in_order(cell for block in blocks for cell in page_block_cells(form, block)),
        widths=tuple(column.width for column in table.listed),
        heights=heights,
        merges=merges,
        validations=tuple(one for block in blocks for one in _validations(form, block)),
        highlights=tuple(one for block in blocks for one in _highlights(form, block)),
        printing=Print(
            title_rows=(table.lines.header, table.lines.header),
            area=Area(At(2, 2), At(last, table.edge)),
            landscape=False,
            dense=True,
            slim=True,
            footer_left=form.edition,
            dated=False,
            first_page=1,
            mono=True,
        ),
        protected=True,
        gridlines=True,
        hidden_columns=hidden_columns(table),
        hidden_rows=tuple(sorted(row for block in blocks for row in _hidden(form, block))),
        growing_rows=tuple(sorted(row for block in blocks for row in _growing(form, block))),
    )


def page_block_cells(form: Form, block: Block) -> Iterator[Cell]:
    """页上一张表的格；第一张表连着抬头。"""
    sheet = block.sheet
    if block.headed:
        yield from top_rows(form, block, status_text(form, sheet))
        if SELF_CHECK.key in block.columns:  # 各项的表头隐藏着，自查一栏另印一个
            at = At(block.lines.note, block.columns[SELF_CHECK.key][0])
            yield Cell(at, SELF_CHECK.heading, Role.HEADER)
    else:
        yield from identity_cells(block)
    if sheet.kind is SheetKind.RECORDS:
        yield from record_cells(form, block)
        yield from end_cells(block)
        return
    for column in block.listed:
        yield Cell(
            At(block.lines.header, block.columns[column.key][0]), column.heading, Role.IDENTITY
        )
    for line in grid_lines(sheet):
        yield Cell(block.at(line.key, "code"), _code(block, line), Role.CODE)
        cells = [_piece_cell(form, block, line, piece) for piece in line.pieces]
        for piece, cell in zip(line.pieces, cells, strict=True):
            yield from _joined(block, line, piece, cell)
        yield from replaced_cell(form, block, line.key, cells)
    yield from live_cells(form, block, block.entry_rows)
    yield from grow_cells(form, block)


def grow_cells(form: Form, block: Block) -> Iterator[Cell]:
    """把有合并的填报格的行撑高的空行：同一行里最长的一格要几行，就有几行。"""
    for line in _grown(form, block):
        least = _LEAST_LINES if block.sheet.prose else 1
        parts, lines = [str(least)], [least]
        for piece in line.pieces:
            if piece.content is Content.FIELD:
                key = CellKey(block.sheet.key, piece.name)
                room = line_capacity(block.width(line.key, piece.column))
                at, said = block.at(line.key, piece.column).a1, form.facts.entry(key).raw
                parts.append(lines_text(at, room))
                lines.append(-(-2 * len(said) // room) + said.count("\n"))
        text = f"{PUSHED},MAX({','.join(parts)})-1)"
        result = "\n" * (max(lines) - 1)
        yield Cell(block.at(line.key, GROW.key), Formula(text, result), Role.AUTO_TEXT)


def _grown(form: Form, block: Block) -> Iterator[GridLine]:
    """有合并的文字填报格的各行。"""
    if block.sheet.kind is SheetKind.RECORDS:
        return
    for line in grid_lines(block.sheet):
        for piece in line.pieces:
            wide = block.ends[line.key, piece.column] > block.columns[piece.column][0]
            if wide and piece.content is Content.FIELD:
                field = form.scheme.field(CellKey(block.sheet.key, piece.name))
                if field.kind is FieldKind.TEXT:
                    yield line
                    break


def _growing(form: Form, block: Block) -> Iterator[int]:
    """写多了自己长高的各行：记录表的各条，有空行撑着的。"""
    if block.sheet.kind is SheetKind.RECORDS:
        yield from entry_lines(block)
    else:
        yield from (block.rows[line.key] for line in _grown(form, block))


def _code(block: Block, line: GridLine) -> str:
    """一行的编码，不印：这张表第一项编码的字母，接第几行。"""
    return f"{block.sheet.fields[0].code[:1]}{line.key.removeprefix('#')}"


def _joined(block: Block, line: GridLine, piece: Piece, first: Cell) -> Iterator[Cell]:
    """一处，连同并进来的各格。"""
    yield first
    last = block.ends[line.key, piece.column]
    for column in range(first.at.col + 1, last + 1):
        yield first._replace(at=At(first.at.row, column), content=None)


def _piece_cell(form: Form, block: Block, line: GridLine, piece: Piece) -> Cell:
    at, sheet = block.at(line.key, piece.column), block.sheet
    if piece.content is Content.FIELD:
        field = form.scheme.field(CellKey(sheet.key, piece.name))
        return field_cell(form, block, CellKey(sheet.key, piece.name), field)
    if piece.content is Content.POINTS:
        return _number_cell(form, at, piece.name)
    text = piece.name
    if piece.content is Content.LABEL:
        text = form.scheme.field(CellKey(sheet.key, piece.name)).heading
    return Cell(at, text, Role.HEADER if line.heading else Role.FIXED_CENTER)


def _number_cell(form: Form, at: At, name: str) -> Cell:
    """程序得出的数：分值、分值合计、自评得分的等级。"""
    content: Shown
    if name == GRADE:
        total, facts = form.layout.place(_SELF_TOTAL), form.facts
        known = facts.number(_SELF_TOTAL) if all_scored(facts) else None
        grade = grade_of(form, total.at.a1, known)
        ready = all_scored_formula(form.scheme, form.refs(""))
        return Cell(at, grade._replace(text=f'IF({ready},{grade.text},"")'), Role.AUTO)
    score = form.layout.blocks[form.scheme.score_sheet.key]
    if name == TOTAL:
        result = points_total(form, score).result
        content = Formula(score.place(TOTAL_ROW, "points").reference, result)
    else:
        content = form.scheme.indicator(name).points
    return Cell(at, content, Role.AUTO, NumberFormat.POINTS)


def changing_page_cells(form: Form, block: Block) -> Iterator[Cell]:
    """页上因单位而异、又不是填报的格：分值合计和等级；自动计算的项另给。"""
    if block.sheet.kind is SheetKind.RECORDS:
        return
    for line in grid_lines(block.sheet):
        for piece in line.pieces:
            if piece.content is Content.POINTS and piece.name in (TOTAL, GRADE):
                yield _number_cell(form, block.at(line.key, piece.column), piece.name)
    yield from grow_cells(form, block)


def _hidden(form: Form, block: Block) -> Iterator[int]:
    yield block.lines.identity
    yield from spare_lines(form, block)
    if block.sheet.kind is not SheetKind.RECORDS:
        yield block.lines.header


def _merges(block: Block) -> Iterator[Merge]:
    for (row, column), last in block.ends.items():
        first = block.at(row, column)
        if last > first.col:
            yield Merge(Area(first, At(first.row, last)))


def _validations(form: Form, block: Block) -> Iterator[Validation]:
    if block.sheet.kind is SheetKind.RECORDS:
        row = block.entry_rows[0]
        for field in block.sheet.fields:
            if field.computation is None:
                yield validate(form.layout, block, field, block.filled_area(field.key), row)
        return
    for field, area, row in input_areas(block):
        yield validate(form.layout, block, field, area, row)


def _highlights(form: Form, block: Block) -> Iterator[Highlight]:
    yield from row_highlights(block)
    if block.sheet.kind is SheetKind.RECORDS:
        yield from record_highlights(form.layout, block)
        yield from unused_highlights(block)
        return
    for field, area, _ in input_areas(block):
        yield from field_highlights(field, area)


def page_heights(form: Form, block: Block) -> dict[int, float]:
    """页上一张表各行的高。"""
    if block.sheet.kind is SheetKind.RECORDS:
        heights = record_heights(form, block)
        return heights | {block.rows[END]: _END}
    return {
        block.rows[line.key]: _line_height(form, block, line) for line in grid_lines(block.sheet)
    }


def _line_height(form: Form, block: Block, line: GridLine) -> float:
    texts = []
    for piece in line.pieces:
        content = _piece_cell(form, block, line, piece).content
        if isinstance(content, str):
            inner = block.ends[line.key, piece.column] - block.columns[piece.column][0]
            width = block.width(line.key, piece.column) + MARGIN * inner  # 并进来的各列之间的边
            texts.append((content, width))
    prose = block.sheet.prose and not line.heading
    return row_height(texts, _TALL if prose else _LINE, tight=True)
