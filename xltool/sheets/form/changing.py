"""同一版面的许多份表之间会变的格：填报内容、公式的结果、行高；别的格都与模板相同。

单位很多时，模板写一次，每份只换这些格。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import GUIDE
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.sheets.form.common import changing_top, input_cell
from xltool.sheets.form.computed import computed_cell
from xltool.sheets.form.explanation_sheet import changing_explanation, explanation_heights
from xltool.sheets.form.fields_sheet import field_heights
from xltool.sheets.form.guide_sheet import changing_guide, status_text
from xltool.sheets.form.records_sheet import filled_heights
from xltool.sheets.form.score_sheet import (
    score_heights,
    scoring_cells,
    signature_cells,
    total_cells,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.layout.block import Block
    from xltool.sheets.form.form import Form
    from xltool.sheets.plan import Cell

Changed = dict[str, list["Cell"]]


def changing_cells(form: Form) -> Changed:
    """各工作表里会变的格；不按次序。"""
    changed: Changed = {GUIDE: list(changing_guide(form))}
    for block in form.layout.blocks.values():
        cells = [*changing_top(form, block, status_text(form, block.sheet))]
        if block.sheet.kind is SheetKind.FORM:
            cells += _score(form, block)
        else:
            cells += _computed(form, block)
        changed[block.name] = cells
    for key in form.contents:
        block = form.layout.blocks[key.sheet]
        if block.sheet.kind is not SheetKind.FORM:
            cell = input_cell(form, key, form.scheme.field(key), block.at(key.row, key.column))
            changed[block.name].append(cell)
    if form.lines is not None:
        changed[EXPLANATION] = list(changing_explanation(form, form.layout.explained))
    return changed


def _score(form: Form, block: Block) -> Iterator[Cell]:
    for method in form.methods:
        yield from scoring_cells(form, block, method)
    yield from total_cells(form, block)
    yield from signature_cells(form, block)


def _computed(form: Form, block: Block) -> Iterator[Cell]:
    sheet = block.sheet
    for field in sheet.fields:
        if field.computation is None:
            continue
        for row in _rows(form, block, field.key):
            key = _key(block, row, field.key)
            yield computed_cell(form, block, key, field.computation)


def _key(block: Block, row: str, field: str) -> CellKey:
    column = VALUE if block.sheet.kind is SheetKind.FIELDS else field
    return CellKey(block.sheet.key, row, column)


def _rows(form: Form, block: Block, field: str) -> tuple[str, ...]:
    """逐项表是那一项自己，记录表是填了的各行。"""
    if block.sheet.kind is SheetKind.FIELDS:
        return (field,)
    return form.facts.submission.records.get(block.sheet.key, ())


def changing_heights(form: Form) -> dict[str, dict[int, float]]:
    """各工作表里会变的行高。"""
    heights: dict[str, dict[int, float]] = {}
    for key, block in form.layout.blocks.items():
        if block.sheet.kind is SheetKind.FIELDS:
            heights[block.name] = field_heights(form, block)
        elif block.sheet.kind is SheetKind.RECORDS:
            rows = form.facts.submission.records.get(key, ())
            heights[block.name] = filled_heights(form, block, rows)
        else:
            heights[block.name] = score_heights(form, block)
    if form.lines is not None:
        heights[EXPLANATION] = explanation_heights(form, form.layout.explained)
    return heights
