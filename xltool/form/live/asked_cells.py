"""“自查”各条要问的隐藏的栏：公式和结果；几条都要问的，一行只算一次。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from xltool.facts.saying import gives_no_reason_formula, says_nothing_formula
from xltool.form.live.check import UNSEEN, Judged
from xltool.form.live.parts import added_number, added_text, asks_parts
from xltool.form.live.payments import asks_payment, paid_number, paid_text
from xltool.form.live.saying import proved, unsaid
from xltool.form.live.standards import (
    asks_standards,
    due_number,
    due_text,
    object_of,
    object_text,
)
from xltool.form.live.ways import way_number, way_text
from xltool.form.live.wording import folded, folded_formula
from xltool.layout.columns import (
    ADDED,
    DUE,
    EVIDENCE,
    NAMED,
    OBJECT,
    PAID,
    PROVED,
    SAYING,
    UNSAID,
    WAY,
    proves,
)
from xltool.scheme.categories import SHEET
from xltool.scheme.grid import Content, grid_lines
from xltool.scheme.key import CellKey
from xltool.scheme.naming import name_column
from xltool.sheets.plan import Cell, Formula, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.form.live.check import Line
    from xltool.layout.block import Block
    from xltool.layout.layout import SheetRefs
    from xltool.scheme.model import Sheet


def asked_cells(form: Form, block: Block, line: Line) -> Iterator[Cell]:
    """一行里几条都要问的（隐藏）；排在一页上的几张表共有各栏，只写自己的。"""
    sheet, row, refs = block.sheet, line.row, line.refs
    own = {field.key for field in sheet.columns}
    text, entry = form.layout.row_text, form.facts.entry
    told = _told_in(sheet, row)
    if told is not None:
        yield Cell(block.at(row, UNSAID.key), _unsaid(form, refs, told), Role.AUTO)
    if WAY.key in block.columns and sheet.key == SHEET:
        way = text(WAY.key, line.key, lambda model: way_text(form.scheme, model, refs))
        result = way_number(form.facts, row)
        yield Cell(block.at(row, WAY.key), Formula(way, result), Role.AUTO)
        if asks_payment(form.scheme, own):
            result = paid_number(judged_of(form, SHEET, row))
            paid = text(PAID.key, line.key, lambda model: paid_text(line._replace(row=model.row)))
            yield Cell(block.at(row, PAID.key), Formula(paid, result), Role.AUTO)
    if sheet.key == SHEET and asks_parts(form.scheme):
        yield from _added_cells(form, block, line)
    if sheet.key == SHEET and asks_standards(form.scheme):
        yield from _standard_cells(form, block, line)
    if column := name_column(sheet):
        key = CellKey(sheet.key, row, column)
        name = text(NAMED.key, key, lambda model: f'IFERROR({folded_formula(refs.cell(model))},"")')
        named = Formula(name, folded(entry(key).raw))
        yield Cell(block.at(row, NAMED.key), named, Role.AUTO_TEXT)
    if proves(sheet):
        proved = _proved(form, refs, CellKey(sheet.key, row, EVIDENCE))
        yield Cell(block.at(row, PROVED.key), proved, Role.AUTO)


def _added_cells(form: Form, block: Block, line: Line) -> Iterator[Cell]:
    """其中各项往上加的两栏。"""
    for column, added in ADDED.items():
        write = partial(_added, line, column)
        text = form.layout.row_text(added.key, line.key, write)
        number = added_number(form.facts, line.row, column)
        result = "" if number is None else number
        yield Cell(block.at(line.row, added.key), Formula(text, result), Role.AUTO)


def _standard_cells(form: Form, block: Block, line: Line) -> Iterator[Cell]:
    """照标准付钱的两栏。"""
    judged, said = judged_of(form, SHEET, line.row), form.layout.row_text
    text = said(OBJECT.key, line.key, lambda model: object_text(line._replace(row=model.row)))
    result = Formula(text, object_of(judged))
    yield Cell(block.at(line.row, OBJECT.key), result, Role.AUTO_TEXT)
    text = said(DUE.key, line.key, lambda model: due_text(line._replace(row=model.row)))
    yield Cell(block.at(line.row, DUE.key), Formula(text, due_number(judged)), Role.AUTO)


def _added(line: Line, column: str, key: CellKey) -> str:
    return added_text(line._replace(row=key.row), column)


def judged_of(form: Form, sheet: str, row: str) -> Judged:
    """程序判断一行时看的。"""
    return Judged(form.facts, sheet, row, lambda code: form.scorecard.of(code).value)


def _told_in(sheet: Sheet, row: str) -> CellKey | None:
    """一行里写说明的一格；没有的为空。"""
    column = next((field.key for field in sheet.columns if field.key in SAYING), "")
    if column:
        return CellKey(sheet.key, row, column)
    names = [row]
    if sheet.page:
        line = next(one for one in grid_lines(sheet) if one.key == row)
        names = [one.name for one in line.pieces if one.content is Content.FIELD]
    return next((CellKey(sheet.key, one) for one in names if one in SAYING), None)


def _unsaid(form: Form, refs: SheetRefs, key: CellKey) -> Formula:
    def write(model: CellKey) -> str:
        empty = gives_no_reason_formula(form.scheme, _seen(refs, model), refs)
        return f"IFERROR(IF({empty},1,0),1)"

    return Formula(form.layout.row_text(UNSAID.key, key, write), int(unsaid(form.facts, key)))


def _proved(form: Form, refs: SheetRefs, key: CellKey) -> Formula:
    def write(model: CellKey) -> str:
        empty = says_nothing_formula(form.scheme, _seen(refs, model), refs)
        return f"IFERROR(IF({empty},0,1),0)"

    return Formula(form.layout.row_text(PROVED.key, key, write), int(proved(form.facts, key)))


def _seen(refs: SheetRefs, key: CellKey) -> str:
    cell = refs.cell(key)
    for mark in UNSEEN:
        cell = f'SUBSTITUTE({cell},"{mark}","")'
    return cell
