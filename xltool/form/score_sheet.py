"""评分表：一行一个三级指标，自评得分和系统得分并排，合计、签章在下。"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.facts.allocation import points_formula, points_of
from xltool.finding import LONGEST_NAME, bounded
from xltool.form.common import (
    TITLE_HEIGHT,
    entry_lines,
    header_cells,
    hidden_columns,
    in_order,
    printed_cells,
    printed_widths,
    printing,
    shown_result,
    top_rows,
    widths_of,
)
from xltool.form.computed import field_cell
from xltool.form.guide_cells import status_text
from xltool.form.highlights import row_highlights, score_highlights
from xltool.form.live.cells import live_cells
from xltool.form.totals import points_total, score_total, self_total
from xltool.form.validations import validate
from xltool.layout.block import TOTAL
from xltool.layout.columns import HIDDEN
from xltool.layout.wording import DAY_TEXT, NOT_HERE, TOTAL_COLUMN, TOTAL_TEXT, UNIT_TEXT
from xltool.scheme.key import CellKey
from xltool.scheme.labels import label_of
from xltool.sheets.plan import Cell, Formula, Merge, NumberFormat, Role, SheetPlan
from xltool.sheets.text import row_height
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.model import Indicator, Scheme, Sheet
    from xltool.scoring.method import Method


def score_sheet(form: Form, sheet: Sheet) -> SheetPlan:
    """评分表。"""
    block = form.layout.blocks[sheet.key]
    first = form.scheme.indicators[0].code
    return SheetPlan(
        name=block.name,
        cells=in_order(score_sheet_cells(form, block)),
        widths=widths_of(block),
        heights=score_heights(form, block)
        | {block.lines.title: TITLE_HEIGHT, _signature_row(block): 30.0},
        merges=tuple(level_merges(form, block)),
        validations=tuple(
            validate(form.layout, block, field, block.filled_area(field.key), first)
            for field in sheet.fields
            if field.computation is None
        ),
        highlights=(*score_highlights(form.layout, block), *row_highlights(block)),
        freeze=block.corner("title"),
        printing=printing(form, block, _signature_row(block)),
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
        if not form.scheme.allocated(row):
            yield Cell(block.at(row, "points"), method.indicator.points, Role.FIXED_CENTER)
        yield from scoring_cells(form, block, method)
        for field in block.sheet.fields:
            yield field_cell(form, block, CellKey(block.sheet.key, row, field.key), field)
        yield from _review_cells(form, block, row)
    yield from live_cells(form, block, block.entry_rows)
    for row, column, text in _levels(form.scheme):
        yield Cell(block.at(row, column), text, Role.FIXED_CENTER)
    yield from total_cells(form, block)


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
    yield Cell(block.at(row, "basis"), basis, Role.AUTO, number)
    result = shown_result(form.scorecard.of(row).value)
    score = Formula(said(("score", row), partial(method.formula, refs)), result)
    yield Cell(block.at(row, "score"), score, Role.AUTO, NumberFormat.POINTS)


# ---------------------------------------------------------------- 一级、二级指标，向下合并


LEVELS = ("level1", "level2")


def _runs(scheme: Scheme, level: str) -> Iterator[tuple[str, list[Indicator]]]:
    """同一个一级（或二级）指标下连着的三级指标。"""
    for name, run in groupby(scheme.indicators, attrgetter(level)):
        yield name, list(run)


def _levels(scheme: Scheme) -> Iterator[tuple[str, str, str | None]]:
    """哪一行、哪一栏、印什么；同一级的只印在第一行，其余各行空着。"""
    points = {level.title: level.points for level in scheme.levels}
    for column in LEVELS:
        for name, run in _runs(scheme, column):
            varies = any(scheme.allocated(item.code) for item in run) and column == "level2"
            text = name if varies else f"{name}\n（{plain(points[name])}分）"
            for number, item in enumerate(run):
                yield item.code, column, None if number else text


def level_merges(form: Form, block: Block) -> Iterator[Merge]:
    """一级、二级指标向下合并。"""
    for column in LEVELS:
        for _, run in _runs(form.scheme, column):
            first = block.at(run[0].code, column)
            last = At(block.rows[run[-1].code], block.columns[column][1])
            if first != last:
                yield Merge(Area(first, last))


# ---------------------------------------------------------------- 合计和签章


def total_cells(form: Form, block: Block) -> Iterator[Cell]:
    """合计行。"""
    contents: dict[str, Formula | str] = {
        TOTAL_COLUMN: TOTAL_TEXT,
        "points": points_total(form, block),
        "self_score": self_total(form, block),
        "score": score_total(form, block),
    }
    for column in block.listed:
        at = block.at(TOTAL, column.key)
        content = contents.get(column.key)
        number = NumberFormat.POINTS if isinstance(content, Formula) else NumberFormat.GENERAL
        yield Cell(at, content, Role.TOTAL, number)


_SIGNERS = ("cover.leader", "cover.finance_leader", "cover.filler", "cover.phone")


def signature_cells(form: Form, block: Block) -> Iterator[Cell]:
    """签章行：封面上填了的带过来，职务照封面的叫法。"""
    signers = [name for name in _SIGNERS if form.scheme.has(name)]
    filled = (
        f"{label_of(form.scheme, name)}：{bounded(form.facts.text(name), LONGEST_NAME)}"
        for name in signers
    )
    columns = _spread(widths_of(block)[: block.last_column], len(signers) + 2)
    for text, column in zip((UNIT_TEXT, *filled, DAY_TEXT), columns, strict=True):
        yield Cell(At(_signature_row(block), column), text, Role.SIGNATURE)


def _signature_row(block: Block) -> int:
    """合计之下隔一行。"""
    return block.rows[TOTAL] + 2


def _spread(widths: tuple[float, ...], count: int) -> list[int]:
    """按列宽把几处签章匀开，各占一列起写。"""
    step = sum(widths) / count
    starts = [sum(widths[:number]) for number in range(len(widths))]
    return [
        1 + min(range(len(widths)), key=lambda column: abs(starts[column] - number * step))
        for number in range(count)
    ]


def score_heights(form: Form, block: Block) -> dict[int, float]:
    """表头、各三级指标、合计的行高。"""
    widths = block.widths
    seen = (column for column in block.listed if column.key not in HIDDEN)
    heads = [(column.heading, widths[column.key]) for column in seen]
    heights = {block.lines.header: row_height(heads, 30.0), block.rows[TOTAL]: 26.0}
    for method in form.methods:
        row = method.indicator.code
        texts = [*printed_widths(form, block, row, method)]
        for field in block.sheet.fields:
            content = form.contents.get(CellKey(block.sheet.key, row, field.key), "")
            texts.append((str(content), widths[field.key]))
        heights[block.rows[row]] = row_height(texts, 36.0)
    return heights
