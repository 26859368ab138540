"""逐项表：封面、收支与资产、管理情况，一行一项。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.derived import derived_keys
from xltool.form.common import (
    TITLE_HEIGHT,
    entry_lines,
    header_cells,
    hidden_columns,
    in_order,
    input_areas,
    input_cell,
    printed_cells,
    printed_widths,
    printing,
    top_rows,
    widths_of,
)
from xltool.form.computed import field_cell
from xltool.form.guide_cells import status_text
from xltool.form.highlights import field_highlights, row_highlights
from xltool.form.live.cells import live_cells
from xltool.form.replaced import replaced_cell
from xltool.form.validations import validate
from xltool.scheme.key import VALUE, CellKey
from xltool.sheets.plan import Cell, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.address import Area
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.model import Field, Sheet
    from xltool.sheets.plan import Highlight

_LOW, _TALL = 22.0, 120.0  # 一项至少多高：写一个数的，留着写成段的话的


def fields_sheet(form: Form, sheet: Sheet) -> SheetPlan:
    """一张逐项表。"""
    block = form.layout.blocks[sheet.key]
    return SheetPlan(
        name=block.name,
        cells=in_order(fields_sheet_cells(form, block)),
        widths=widths_of(block),
        heights=field_heights(form, block) | {block.lines.title: TITLE_HEIGHT},
        validations=tuple(
            validate(form.layout, block, field, area, row) for field, area, row in _inputs(block)
        ),
        highlights=(
            *(one for field, area, _ in _inputs(block) for one in _lit(form, block, field, area)),
            *row_highlights(block),
        ),
        freeze=block.corner("label"),
        printing=printing(form, block, block.last_row),
        protected=True,
        hidden_rows=(block.lines.identity,),
        hidden_columns=hidden_columns(block),
        growing_rows=entry_lines(block),
    )


def fields_sheet_cells(form: Form, block: Block) -> Iterator[Cell]:
    """整张表的格。"""
    yield from top_rows(form, block, status_text(form, block.sheet))
    yield from field_cells(form, block)


def field_cells(form: Form, block: Block) -> Iterator[Cell]:
    """表头和各项。"""
    yield from header_cells(block)
    for field in block.sheet.fields:
        key = CellKey(block.sheet.key, field.key)
        yield from printed_cells(form, block, field.key, field)
        own = field_cell(form, block, key, field)
        yield own
        yield from replaced_cell(form, block, field.key, (own,))
        for extra in block.sheet.extras:
            place = block.at(field.key, extra.key)
            if field.computation is None:
                yield input_cell(form, key._replace(column=extra.key), extra, place)
            else:
                yield Cell(place, None, Role.FIXED)
    yield from live_cells(form, block, block.entry_rows)


def field_heights(form: Form, block: Block) -> dict[int, float]:
    """表头和各项的行高。"""
    widths = block.widths
    heights = {block.lines.header: 24.0}
    for field in block.sheet.fields:
        key = CellKey(block.sheet.key, field.key)
        texts = [*printed_widths(form, block, field.key, field)]
        texts.append((str(form.contents.get(key, "")), widths[VALUE]))
        for extra in block.sheet.extras:
            content = form.contents.get(key._replace(column=extra.key), "")
            texts.append((str(content), widths[extra.key]))
        heights[block.rows[field.key]] = row_height(texts, _TALL if block.sheet.prose else _LOW)
    return heights


def _lit(form: Form, block: Block, field: Field, area: Area) -> Iterator[Highlight]:
    derived = CellKey(block.sheet.key, field.key) in derived_keys(form.scheme)
    return field_highlights(field, area, derived=derived)


def _inputs(block: Block) -> Iterator[tuple[Field, Area, str]]:
    yield from input_areas(block)
    rows = block.entry_rows
    for extra in block.sheet.extras:
        yield extra, block.filled_area(extra.key), rows[0]
