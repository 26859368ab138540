"""评分表：一行一个三级指标，计算依据、系统得分在右边显示、不印，合计、签章在下。"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from xltool.address import At
from xltool.facts.allocation import points_formula, points_of
from xltool.form.common import (
    TITLE_HEIGHT,
    entry_lines,
    header_cells,
    hidden_columns,
    in_order,
    printed_cells,
    printed_span,
    printed_widths_of,
    printing,
    shown_result,
    submitted,
    top_rows,
    widths_of,
)
from xltool.form.computed import field_cell
from xltool.form.from_cover import signatures
from xltool.form.guide_cells import status_text
from xltool.form.highlights import row_highlights, score_highlights
from xltool.form.live.cells import live_cells
from xltool.form.replaced import replaced_cell
from xltool.form.score_levels import level_cells
from xltool.form.score_pages import (
    LEAST,
    SIGNED,
    head_height,
    pages,
    printed_texts,
    repeated_names,
    scale,
)
from xltool.form.totals import points_total, score_total, self_total
from xltool.form.validations import validate
from xltool.layout.block import TOTAL
from xltool.layout.columns import REPLACED, SHOWN
from xltool.layout.wording import NOT_HERE, TOTAL_COLUMN, TOTAL_TEXT
from xltool.scheme.key import CellKey
from xltool.sheets.plan import Cell, Formula, NumberFormat, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.model import Sheet
    from xltool.scoring.method import Method


def score_sheet(form: Form, sheet: Sheet) -> SheetPlan:
    """评分表。"""
    block = form.layout.blocks[sheet.key]
    first, last = form.scheme.indicators[0].code, _last_row(form, block)
    return SheetPlan(
        name=block.name,
        cells=in_order(score_sheet_cells(form, block)),
        widths=widths_of(block),
        heights=score_heights(form, block)
        | {block.lines.title: TITLE_HEIGHT}
        | dict.fromkeys(range(_signature_row(block), last + 1), SIGNED),
        validations=tuple(
            validate(form.layout, block, field, block.filled_area(field.key), first)
            for field in sheet.fields
            if field.computation is None
        ),
        highlights=(
            *score_highlights(form.layout, block),
            *row_highlights(block),
            *repeated_names(form, block),
        ),
        freeze=block.corner("title"),
        printing=replace(
            printing(form, block, last),
            scale=scale(form, block),
            starts=tuple(block.rows[row] for row in pages(form, block).starts),
        ),
        protected=True,
        hidden_rows=(block.lines.identity,),
        hidden_columns=hidden_columns(block),
        growing_rows=entry_lines(block),
    )


def score_sheet_cells(form: Form, block: Block) -> Iterator[Cell]:
    """整张表的格。"""
    yield from top_rows(form, block, status_text(form, block.sheet))
    yield from score_cells(form, block)
    yield from signature_cells(form, block)


def score_cells(form: Form, block: Block) -> Iterator[Cell]:
    """表头、各三级指标、合计。"""
    yield from header_cells(block)
    for method in form.methods:
        row = method.indicator.code
        yield from printed_cells(form, block, row, method)
        reckoned = tuple(_reckoned_cells(form, block, method))
        yield from reckoned
        yield from replaced_cell(form, block, row, reckoned)
        yield from _review_cells(form, block, row)
    yield from live_cells(form, block, block.entry_rows)
    yield from level_cells(form.scheme, block, pages(form, block).starts)
    summed = tuple(total_cells(form, block))
    yield from summed
    yield from replaced_cell(form, block, TOTAL, summed)


def _reckoned_cells(form: Form, block: Block, method: Method) -> Iterator[Cell]:
    """一行里的分值、自动计算的格和填报格。"""
    row = method.indicator.code
    if not form.scheme.allocated(row):
        yield Cell(block.at(row, "points"), method.indicator.points, Role.FIXED_CENTER)
    yield from scoring_cells(form, block, method)
    for field in block.sheet.fields:
        yield field_cell(form, block, CellKey(block.sheet.key, row, field.key), field)


def _review_cells(form: Form, block: Block, row: str) -> Iterator[Cell]:
    """财政部门填的两栏：单位的表空着，印在纸上写；有汇总的填在汇总里，这里是到那里去的链接。"""
    shown, role = (NOT_HERE, Role.LINK) if form.review else (None, Role.FIXED)
    yield Cell(block.at(row, "review_score"), shown, Role.FIXED_CENTER, NumberFormat.POINTS)
    yield Cell(block.at(row, "review_note"), form.review, role)


def scoring_cells(form: Form, block: Block, method: Method) -> Iterator[Cell]:
    """一行里自动计算的格：随分法而定的分值、计算依据、系统得分。"""
    row, refs, said = method.indicator.code, form.refs(block.name), form.layout.text
    if form.scheme.allocated(row):
        text = said(("points", row), lambda: points_formula(form.scheme, row, refs))
        value = Formula(text, points_of(form.facts, method.indicator))
        yield Cell(block.at(row, "points"), value, Role.AUTO)
    text = said(("basis", row), lambda: method.basis(refs)[0])
    ratio = said(("ratio", row), lambda: "%" if method.basis(refs)[1] else "-") == "%"
    number = NumberFormat.PERCENT if ratio else NumberFormat.GENERAL
    basis = Formula(text, shown_result(method.basis_value(form.facts)))
    yield from _twice(block, row, "basis", Cell(block.at(row, "basis"), basis, Role.AUTO, number))
    result = shown_result(form.scorecard.of(row).value)
    score = Formula(said(("score", row), partial(method.formula, refs)), result)
    own = Cell(block.at(row, "score"), score, Role.AUTO, NumberFormat.POINTS)
    yield from _twice(block, row, "score", own)


def _twice(block: Block, row: str, column: str, cell: Cell) -> Iterator[Cell]:
    """隐藏的一格，和右边照着它显示的一份；汇总里单位的表不隐藏，没有这一份。"""
    yield cell
    shown = SHOWN[column].key
    if shown in block.columns and isinstance(cell.content, Formula):
        copied = Formula(cell.at.a1, cell.content.result)
        yield cell._replace(at=block.at(row, shown), content=copied)


# ---------------------------------------------------------------- 合计和签章

_ABREAST = 3  # 签章一行几处


def total_cells(form: Form, block: Block) -> Iterator[Cell]:
    """合计行。"""
    contents: dict[str, Formula | str] = {
        TOTAL_COLUMN: TOTAL_TEXT,
        "points": points_total(form, block),
        "self_score": self_total(form, block),
        "score": score_total(form, block),
    }
    total = block.at(TOTAL, "score").a1
    contents[SHOWN["score"].key] = Formula(total, shown_result(form.scorecard.total))
    for column in block.listed:
        if column.key == REPLACED.key:  # 另写
            continue
        at = block.at(TOTAL, column.key)
        content = contents.get(column.key)
        number = NumberFormat.POINTS if isinstance(content, Formula) else NumberFormat.GENERAL
        yield Cell(at, content, Role.TOTAL, number)


def signature_cells(form: Form, block: Block) -> Iterator[Cell]:
    """签章各处，一行几处，照印出来的宽匀开。"""
    told = _signed(form, block)
    first = printed_span(block)[0]
    columns = [first + column for column in _spread(printed_widths_of(block), _ABREAST)]
    for number, one in enumerate(told):
        row, place = divmod(number, _ABREAST)
        yield Cell(At(_signature_row(block) + row, columns[place]), one, Role.SIGNATURE)


def _signature_row(block: Block) -> int:
    """合计之下隔一行。"""
    return block.rows[TOTAL] + 2


def _signed(form: Form, block: Block) -> tuple[Formula, ...]:
    """签章各处；评分表不报送的（印成一页的另有签章）没有。"""
    return signatures(form, block.name) if submitted(form.scheme, block.sheet) else ()


def _last_row(form: Form, block: Block) -> int:
    """签章的末一行；没有签章的是合计行。"""
    told = _signed(form, block)
    return _signature_row(block) + (len(told) - 1) // _ABREAST if told else block.rows[TOTAL]


def _spread(widths: tuple[float, ...], count: int) -> list[int]:
    """按列宽把几处签章匀开，各从看得见的一列写起；列从零数。"""
    step = sum(widths) / count
    starts = {n: sum(widths[:n]) for n, width in enumerate(widths) if width}
    return [min(starts, key=lambda n: abs(starts[n] - number * step)) for number in range(count)]


def score_heights(form: Form, block: Block) -> dict[int, float]:
    """表头、各三级指标、合计的行高。"""
    widths = block.widths
    heights = {block.lines.header: head_height(block), block.rows[TOTAL]: 26.0}
    for method in form.methods:
        row = method.indicator.code
        texts = printed_texts(form, block, method)
        for field in block.sheet.fields:
            content = form.contents.get(CellKey(block.sheet.key, row, field.key), "")
            texts.append((str(content), widths[field.key]))
        heights[block.rows[row]] = row_height(texts, LEAST)
    return heights
