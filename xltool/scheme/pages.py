"""印在一页上的几张表写得对不对：一张记录表定各栏，逐项表的每一项都排到，次序由左到右。"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from xltool.scheme.fields import SheetKind
from xltool.scheme.grid import GRADE, TOTAL, Content, grid_lines, page_sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.fields import Sheet
    from xltool.scheme.grid import GridLine
    from xltool.scheme.model import Scheme

    Problem = tuple[str, str]


def page_problems(scheme: Scheme) -> Iterator[Problem]:
    """不合的地方：键的路径和说法。"""
    for sheet in scheme.sheets:
        if sheet.grid and not sheet.page:
            yield f"sheets.{sheet.key}.grid", "写了页上的各行，要写印在哪一页（page）"
        if sheet.beside and (not sheet.page or sheet.kind is not SheetKind.RECORDS):
            yield f"sheets.{sheet.key}.beside", "页外的栏只有印在一页上的记录表才写"
    names = [sheet.page for sheet in scheme.sheets]
    runs = [page for page, _ in groupby(names) if page]
    for page in dict.fromkeys(runs):
        if runs.count(page) > 1:
            yield "sheets", f"印在“{page}”上的几张表要排在一起"
            continue
        yield from _page(scheme, page_sheets(scheme, page))


def _page(scheme: Scheme, sheets: tuple[Sheet, ...]) -> Iterator[Problem]:
    path = f"sheets.{sheets[0].key}.page"
    tables = [sheet for sheet in sheets if sheet.kind is SheetKind.RECORDS]
    if len(tables) != 1 or sheets[0] is tables[0]:
        yield path, "一页上要有一张、且只有一张记录表，排在逐项表之后"
        return
    if any(sheet.kind is SheetKind.SCORE for sheet in sheets):
        yield path, "评分表不能印在这样的一页上"
        return
    every, outside = [field.key for field in tables[0].fields], tables[0].beside
    for key in outside:
        if key not in every:
            yield f"sheets.{tables[0].key}.beside", f"“{key}”不是本表的栏"
    columns = tuple(key for key in every if key not in outside)
    for sheet in sheets:
        if sheet is not tables[0]:
            yield from _sheet(scheme, sheet, columns)


def _sheet(scheme: Scheme, sheet: Sheet, columns: tuple[str, ...]) -> Iterator[Problem]:
    path = f"sheets.{sheet.key}.grid"
    lines = grid_lines(sheet)
    pieces = [piece for line in lines for piece in line.pieces]
    placed = [piece.name for piece in pieces if piece.content is Content.FIELD]
    keys = [field.key for field in sheet.fields]
    for key in keys:
        if placed.count(key) != 1:
            yield path, f"“{key}”要在页上排一处，现为 {placed.count(key)} 处"
    if sheet.extras:
        yield f"sheets.{sheet.key}.extras", "印在一页上的表没有各行共有的栏"
    codes = {TOTAL, GRADE, *(one.code for one in scheme.indicators)}
    known = {Content.FIELD: set(keys), Content.LABEL: set(keys), Content.POINTS: codes}
    for piece in pieces:
        if piece.name not in known.get(piece.content, {piece.name}):
            yield path, f"“{piece.content}{piece.name}”不是本表的项，也不是三级指标的编码"
    for line in lines:
        yield from ((path, message) for message in _line(line, columns))


def _line(line: GridLine, columns: tuple[str, ...]) -> Iterator[str]:
    """一行里各处的栏由左到右，第一处是印好的字。"""
    first = line.pieces[0]
    if first.column != columns[0] or first.content not in (Content.LABEL, Content.TEXT):
        yield f"每一行从“{columns[0]}”一栏起，先写印好的字（@ 或 '）"
    unknown = [piece.column for piece in line.pieces if piece.column not in columns]
    if unknown:
        yield f"“{unknown[0]}”不是同一页上记录表的栏"
        return
    places = [columns.index(piece.column) for piece in line.pieces]
    if any(left >= right for left, right in pairwise(places)):
        yield "一行里各处的栏要由左到右，不重复"
