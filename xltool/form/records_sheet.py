"""记录表：绩效目标完成情况、专项资金、重点任务、上年度整改、关键数据核对，一行一条。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.form.common import (
    TITLE_HEIGHT,
    entry_lines,
    header_cells,
    hidden_columns,
    in_order,
    printed_cells,
    printed_widths,
    printing,
    spare_lines,
    top_rows,
    widths_of,
)
from xltool.form.computed import field_cell
from xltool.form.guide_cells import status_text
from xltool.form.highlights import record_highlights, row_highlights, unused_highlights
from xltool.form.live.cells import live_cells
from xltool.form.replaced import replaced_in_record
from xltool.form.validations import validate
from xltool.layout.block import END, END_MARK
from xltool.layout.columns import HIDDEN
from xltool.scheme.key import CellKey
from xltool.sheets.plan import Cell, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.model import Sheet


_LOW, _TIGHT = 22.0, 19.0  # 一条至少多高：自成一张的，印成一页的
_BLANK = 16.0  # 没有填的行矮些，空白少占地方；填了自己长高


def records_sheet(form: Form, sheet: Sheet) -> SheetPlan:
    """一张记录表。"""
    block = form.layout.blocks[sheet.key]
    first = block.entry_rows[0]
    heights = record_heights(form, block) | {block.lines.title: TITLE_HEIGHT}
    heights[block.rows[END]] = row_height([(END_MARK, block.widths["code"])], 24.0)
    return SheetPlan(
        name=block.name,
        cells=in_order(records_sheet_cells(form, block)),
        widths=widths_of(block),
        heights=heights,
        validations=tuple(
            validate(form.layout, block, field, block.filled_area(field.key), first)
            for field in sheet.fields
            if field.computation is None
        ),
        highlights=(
            *record_highlights(form.layout, block),
            *row_highlights(block),
            *unused_highlights(block),
        ),
        freeze=block.corner("code"),
        filter=_filtered(block),
        printing=printing(form, block, block.rows[END] - 1),
        protected=True,
        gridlines=True,
        hidden_rows=(block.lines.identity, *spare_lines(form, block)),
        hidden_columns=hidden_columns(block),
        growing_rows=entry_lines(block),
    )


def _filtered(block: Block) -> Area:
    """可以筛选的区域：表头和各条记录，“表格结束”不在内。"""
    entries = block.filled_area("code")
    return Area(At(block.lines.header, 1), At(entries.last.row, block.last_column))


def records_sheet_cells(form: Form, block: Block) -> Iterator[Cell]:
    """整张表的格。"""
    yield from top_rows(form, block, status_text(form, block.sheet))
    yield from record_cells(form, block)
    yield from end_cells(block)


def end_cells(block: Block) -> Iterator[Cell]:
    """“表格结束”一行。"""
    # “表格结束”行：除编码栏外都空着，公式的区域含这一行，写了字就会算作一条记录
    for column in block.listed:
        content = END_MARK if column.key == "code" else None
        yield Cell(block.at(END, column.key), content, Role.CODE)


def record_cells(form: Form, block: Block) -> Iterator[Cell]:
    """表头和各条记录。"""
    yield from header_cells(block)
    for row in block.entry_rows:
        yield from printed_cells(form, block, row, row)
        for field in block.sheet.fields:
            yield field_cell(form, block, CellKey(block.sheet.key, row, field.key), field)
        yield from replaced_in_record(form, block, row)
    yield from live_cells(form, block, block.entry_rows)


def record_heights(form: Form, block: Block) -> dict[int, float]:
    """表头和各条记录的行高。"""
    seen = (column for column in block.listed if column.key not in HIDDEN)
    heads = [(column.heading, block.widths[column.key]) for column in seen]
    header = {block.lines.header: row_height(heads, 24.0, tight=bool(block.edge))}
    return header | filled_heights(form, block, block.entry_rows)


def filled_heights(form: Form, block: Block, rows: Iterable[str]) -> dict[int, float]:
    """某几条记录的行高。"""
    heights: dict[int, float] = {}
    for row in rows:
        texts = [*printed_widths(form, block, row, row)]
        least, tight = _BLANK, bool(block.edge)
        for field in block.sheet.fields:
            content = form.contents.get(CellKey(block.sheet.key, row, field.key))
            if content is not None:
                texts.append((str(content), block.widths[field.key]))
                least = lowest(block)
        heights[block.rows[row]] = row_height(texts, least, tight=tight)
    return heights


def lowest(block: Block) -> float:
    """填了的一条至少多高。"""
    return _TIGHT if block.edge else _LOW
