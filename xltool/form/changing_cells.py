"""同一版面的许多份表之间会变的格：填报内容、公式的结果、行高；别的格都与模板相同。

单位很多时，模板写一次，每份只换这些格。
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.form.common import MARKS, changing_top, entry_lines, spare_lines
from xltool.form.computed import computed_cell, field_cell
from xltool.form.continued_sheet import continued_cells
from xltool.form.explanation_sheet import changing_explanation, explanation_heights
from xltool.form.form import make_form
from xltool.form.guide_cells import changing_guide, status_text
from xltool.form.guide_places import lines_of
from xltool.form.guide_prose import prose
from xltool.form.live.cells import live_cells, live_rows
from xltool.form.page_sheet import changing_page_cells
from xltool.form.parameter_sheet import changing_points
from xltool.form.records_sheet import lowest
from xltool.form.score_sheet import scoring_cells, signature_cells, total_cells
from xltool.form.sheet_cells import placed_cells
from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import CONTINUED, GUIDE
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.sheets.plan import Cell, ChangedRows, Formula
from xltool.sheets.text import line_capacity, row_height

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.address import At
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.sheets.plan import NumberFormat, Role

Changed = dict[str, list[Cell]]


class _InputCell(NamedTuple):
    """一个填报格：在哪张工作表的哪里、什么样子、多宽、一行写得下几个半角字符。

    `least` 是填了以后这一行至少多高；记录表的空行矮些，别的表的各行版上已经够高。
    """

    sheet: str
    at: At
    role: Role
    number: NumberFormat
    width: float
    room: int
    tight: bool
    least: float


@lru_cache(maxsize=16)
def _input_cells(layout: Layout) -> Mapping[CellKey, _InputCell]:
    """一个版面的全部填报格：每份表有几百个，样子和位置每份都一样。"""
    blank = replace(make_form(layout.scheme, {}), layout=layout)
    return {
        block.key_at(row, column.key): _InputCell(
            block.name,
            cell.at,
            cell.role,
            cell.number,
            width,
            line_capacity(width),
            bool(block.edge),
            lowest(block) if block.sheet.kind is SheetKind.RECORDS else 0.0,
        )
        for block in layout.blocks.values()
        for cell, row, column in placed_cells(blank, block)
        if column is not None and cell.unlocked
        for width in (block.width(row, column.key),)
    }


def changing_cells(form: Form) -> Changed:
    """各工作表里会变的格；不按次序。"""
    changed: Changed = {GUIDE: list(changing_guide(form))}
    for block in form.layout.blocks.values():
        changed.setdefault(block.name, []).extend(_of_block(form, block))
    if any(form.scheme.allocated(one.code) for one in form.scheme.indicators):
        changed[form.layout.parameter_sheet] = list(changing_points(form))
    inputs, marks = _input_cells(form.layout), form.marks
    new = tuple.__new__  # 一份表几百格，比 Cell(...) 快一倍
    for key, content in form.contents.items():
        sheet, at, role, number, *_ = inputs[key]
        if key in marks:
            role = MARKS[marks[key]]
        changed[sheet].append(new(Cell, (at, content, role, number, True)))
    for key in form.derived:
        block = form.layout.blocks[key.sheet]
        changed[block.name].append(field_cell(form, block, key, form.scheme.field(key)))
    for key, severity in marks.items():
        if key in inputs and key not in form.contents:  # 空着而有疑点的，也要显出来
            place = inputs[key]
            cell = Cell(place.at, None, MARKS[severity], place.number, unlocked=True)
            changed[place.sheet].append(cell)
    if form.beyond:  # 没有的，与空白的表一样
        changed[CONTINUED] = list(continued_cells(form))
        said = prose(form, lines_of(form.scheme).guide)  # 打印一段说续页印哪几页
        changed[GUIDE] += [one for one in said if isinstance(one.content, Formula)]
    if form.lines is not None:
        changed[EXPLANATION] = list(changing_explanation(form, form.layout.explained))
    return changed


def _of_block(form: Form, block: Block) -> Iterator[Cell]:
    """一张表里因单位而异、又不是填报的格。"""
    if block.headed:
        yield from changing_top(form, block, status_text(form, block.sheet))
    if block.sheet is form.scheme.score_sheet:
        for method in form.methods:
            yield from scoring_cells(form, block, method)
            yield from _gathered(form, block, method.indicator.code)
        yield from total_cells(form, block)
        yield from signature_cells(form, block)
    else:
        yield from _computed(form, block)
    if block.sheet.page:
        yield from changing_page_cells(form, block)
    yield from live_cells(form, block, live_rows(form, block.sheet), changed=True)


def _gathered(form: Form, block: Block, row: str) -> Iterator[Cell]:
    """评分表一行里自动计算的填报栏。"""
    for field in block.sheet.fields:
        if field.computation is not None:
            key = CellKey(block.sheet.key, row, field.key)
            yield computed_cell(form, block, key, field.computation)


def _computed(form: Form, block: Block) -> Iterator[Cell]:
    """逐项表自动计算的项，记录表填了的各行自动计算的栏。"""
    sheet = block.sheet
    records = form.facts.submission.records.get(sheet.key, ())
    for field in sheet.fields:
        if field.computation is None:
            continue
        keys = [CellKey(sheet.key, field.key)]
        if sheet.kind is SheetKind.RECORDS:
            keys = [CellKey(sheet.key, row, field.key) for row in records]
        for key in keys:
            yield computed_cell(form, block, key, field.computation)


def changing_rows(form: Form) -> dict[str, ChangedRows]:
    """各工作表里会变的行：填了的记录、内容多于一行的要多高，记录表里备好的、用到了要显示的。"""
    shown: dict[str, frozenset[int]] = {}
    for block in form.layout.blocks.values():
        if block.sheet.kind is SheetKind.RECORDS:
            own = frozenset(entry_lines(block)).difference(spare_lines(form, block))
            shown[block.name] = own | shown.get(block.name, frozenset())
    heights = _changing_heights(form)
    return {
        name: ChangedRows(heights.get(name, {}), shown.get(name, frozenset()))
        for name in {**heights, **shown}
    }


def _changing_heights(form: Form) -> dict[str, dict[int, float]]:
    """填了的记录、内容多于一行的，各要多高；印好的字要的高度，版上已有。"""
    inputs = _input_cells(form.layout)
    heights: dict[str, dict[int, float]] = {}
    for key, content in form.contents.items():
        sheet, at, _, _, width, room, tight, least = inputs[key]
        text = str(content)
        long = len(text) * 2 > room or "\n" in text
        if long or least:
            rows = heights.setdefault(sheet, {})
            needed = row_height([(text, width)], least, tight=tight) if long else least
            rows[at.row] = max(rows.get(at.row, 0.0), needed)
    if form.lines is not None:
        heights[EXPLANATION] = explanation_heights(form, form.layout.explained)
    return heights
