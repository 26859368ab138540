"""计分说明：每个得分用了哪些数、照哪条规则、取自哪些格，扣了分的怎样可以不扣。

评分后的表才有，空白模板没有；汇总里接在各单位的评分表之下。
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.facts.allocation import points_of
from xltool.form.common import (
    ASIDE,
    TITLE_HEIGHT,
    aside,
    back_link,
    in_order,
    shown_result,
    title_cells,
)
from xltool.layout.explained import EXPLAINED, EXPLANATION
from xltool.layout.layout import BACK
from xltool.scheme.key import CellKey
from xltool.scoring.explanation import cells_text, deductions_text, ground
from xltool.sheets.plan import Cell, Formula, Link, NumberFormat, Role, SheetPlan
from xltool.sheets.text import LINE, PADDING, row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.explained import Explained
    from xltool.scheme.model import Indicator
    from xltool.scoring.method import Method
    from xltool.sheets.plan import Print

NOTE = (
    "计算过程、取数和扣分照报送时填的数写出，取数是报送文件里的格。"
    "在这里的表上改了数，得分随公式变，说明的文字不变。"
)
_HEADER_HEIGHT, _LOWEST = 32.0, 36.0
_ABREAST = 2


def explanation_sheet(form: Form) -> SheetPlan:
    """评分后的表里的一张。"""
    table = form.layout.explained
    last = len(EXPLAINED)
    cells = [Cell(BACK, back_link(form), Role.LINK)]
    cells += title_cells(table.title, _title(form), last)
    cells.append(Cell(At(table.note, 1), NOTE, Role.INFO))
    cells += explanation_cells(form, table)
    return SheetPlan(
        name=EXPLANATION,
        cells=in_order(cells),
        widths=tuple(column.width for column in EXPLAINED),
        heights=explanation_heights(form, table) | {table.title: TITLE_HEIGHT},
        freeze=At(table.header + 1, table.columns["title"][1] + 1),
        printing=_printed(form, table, last),
        protected=True,
    )


def _printed(form: Form, table: Explained, last: int) -> Print:
    """横放的 A4 两页宽，正文才不小于九磅：先是怎样得出的，后是取自哪里、扣在哪里，得分两页都印。"""
    area = Area(At(table.header, 1), At(table.last_row, last))
    heading = f"{_title(form)}（{ASIDE}）"  # 标题、说明排在几栏之上，分到两页就断了
    return replace(
        aside(form, area, header=table.header),
        pages=_ABREAST,
        title_columns=table.columns["score"][1],
        heading=heading,
    )


def _title(form: Form) -> str:
    return f"{form.scheme.year}年度{EXPLANATION}"


def explanation_cells(form: Form, table: Explained, *, linked: bool = False) -> Iterator[Cell]:
    """表头和各行；`linked` 为真时“取数”是到本工作簿里那一格的链接。"""
    for column in EXPLAINED:
        at = At(table.header, table.columns[column.key][0])
        yield Cell(at, column.heading, Role.HEADER)
    for method in form.methods:
        indicator, code = method.indicator, method.indicator.code
        yield Cell(table.at(code, "code"), code, Role.CODE)
        yield Cell(table.at(code, "title"), indicator.title, Role.FIXED)
        yield _points(form, table, indicator)
        yield Cell(table.at(code, "ground"), _ground(form, method), Role.FIXED)
        yield from _trace(form, table, code, linked=linked)


def changing_explanation(form: Form, table: Explained) -> Iterator[Cell]:
    """因单位而异的格；印好的格和没有字的格不必换。"""
    for method in form.methods:
        if form.scheme.allocated(method.indicator.code):
            yield _points(form, table, method.indicator)
        for cell in _trace(form, table, method.indicator.code, linked=False):
            if cell.content is not None:
                yield cell


def _points(form: Form, table: Explained, indicator: Indicator) -> Cell:
    """分值，引用评分表；有的随单位选的分法而定。"""
    text = form.refs(table.name).points(indicator.code)
    value = Formula(text, points_of(form.facts, indicator))
    return Cell(table.at(indicator.code, "points"), value, Role.AUTO)


def _trace(form: Form, table: Explained, code: str, *, linked: bool) -> Iterator[Cell]:
    """一个得分的说明；模板的版上只有公式。"""
    score = Formula(
        form.layout.text(("explained", code), lambda: _score(form, table, code)),
        shown_result(form.scorecard.of(code).value),
    )
    yield Cell(table.at(code, "score"), score, Role.AUTO, NumberFormat.POINTS)
    line = form.lines.get(code) if form.lines else None
    yield Cell(table.at(code, "trace"), line.trace if line else None, Role.FIXED)

    # 取数的第一格在本工作簿里的，可以点过去；没有那一行的，是没有写得回来的内容
    text = cells_text(line.cells) if line else ""
    key = next(iter(line.used), None) if linked and line and text else None
    block = form.layout.blocks[key.sheet] if key else None
    cell = Cell(table.at(code, "cells"), text or None, Role.FIXED)
    if key and block and key.row in block.rows:
        place = block.place(key.row, key.column)
        cell = Cell(cell.at, Link(text, place.sheet, place.at), Role.LINK)
    yield cell
    deductions = deductions_text(line.deductions) if line else ""
    yield Cell(table.at(code, "deductions"), deductions or None, Role.FIXED)


def _score(form: Form, table: Explained, code: str) -> str:
    """引用评分表的系统得分；不能计分的空着。"""
    score = form.refs(table.name).cell(CellKey(form.scheme.score_sheet.key, code, "score"))
    return f'IF(ISNUMBER({score}),{score},"")'


def _ground(form: Form, method: Method) -> str:
    """评分标准和来源，同一版面的表共用。"""
    return form.layout.text(("ground", method.indicator.code), lambda: ground(method).text)


def explanation_heights(form: Form, table: Explained) -> dict[int, float]:
    """表头和各行的行高。"""
    heights = {table.header: _HEADER_HEIGHT}
    for method in form.methods:
        indicator = method.indicator
        printed = row_height(
            [
                (indicator.title, table.widths["title"]),
                (_ground(form, method), table.widths["ground"]),
            ],
            _LOWEST,
        )
        line = form.lines.get(indicator.code) if form.lines else None
        texts = line and [
            (line.trace, table.widths["trace"]),
            (cells_text(line.cells), table.widths["cells"]),
            (deductions_text(line.deductions), table.widths["deductions"]),
        ]
        heights[table.rows[indicator.code]] = _at_least(printed, texts or [])
    return heights


def _at_least(height: float, texts: list[tuple[str, float]]) -> float:
    """装得下这些字的行高；全按全角算也装得下的，不必逐字数宽窄。"""
    lines = int((height - PADDING) // LINE)
    fits = all(
        "\n" not in text and 2 * len(text) <= lines * int(width - 3.5) for text, width in texts
    )
    return height if fits else row_height(texts, height)
