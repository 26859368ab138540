"""评分表：一行一个三级指标，自评得分和系统得分并排，合计、签章在下。"""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.facts.allocation import points_formula, points_of
from xltool.form.common import (
    TITLE_HEIGHT,
    header_cells,
    in_order,
    input_cell,
    printing,
    shown_result,
    top_rows,
    widths_of,
)
from xltool.form.guide_cells import status_text
from xltool.form.highlights import score_highlights
from xltool.form.totals import points_total, score_total, self_total
from xltool.form.validations import validate
from xltool.layout.block import TOTAL
from xltool.layout.wording import TOTAL_TEXT, level_texts, signatures
from xltool.scheme.key import CellKey
from xltool.sheets.plan import Cell, Formula, Merge, NumberFormat, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.layout.layout import SheetRefs
    from xltool.scheme.model import Indicator, Sheet
    from xltool.scoring.method import Method


def score_sheet(form: Form, sheet: Sheet) -> SheetPlan:
    """评分表。"""
    block = form.layout.blocks[sheet.key]
    cells = [*top_rows(form, block, status_text(form, sheet)), *score_cells(form, block)]
    cells += signature_cells(form, block)
    first = form.scheme.indicators[0].code
    return SheetPlan(
        name=block.name,
        cells=in_order(cells),
        widths=widths_of(block),
        heights=score_heights(form, block) | _fixed_heights(block),
        merges=tuple(level_merges(form, block)),
        validations=tuple(
            validate(form.layout, block, field, block.filled_area(field.key), first)
            for field in sheet.fields
        ),
        highlights=tuple(score_highlights(form.layout, block)),
        freeze=At(block.lines.header + 1, 5),
        printing=printing(form, block, block.last_row + 2),
        protected=True,
        hidden_rows=(block.lines.identity,),
    )


def score_cells(form: Form, block: Block) -> Iterator[Cell]:
    """表头、各三级指标、合计。"""
    yield from header_cells(block)
    for method in form.methods:
        yield from _row(form, block, method)
    yield from _levels(form, block)
    yield from total_cells(form, block)


def _row(form: Form, block: Block, method: Method) -> Iterator[Cell]:
    indicator = method.indicator
    row = indicator.code

    def at(column: str) -> At:
        return block.at(row, column)

    yield Cell(at("code"), row, Role.CODE)
    yield Cell(at("title"), indicator.title, Role.FIXED)
    if not form.scheme.allocated(row):
        yield Cell(at("points"), indicator.points, Role.FIXED_CENTER)
    yield Cell(at("note"), indicator.note, Role.FIXED)
    yield Cell(at("standard"), _standard(form, method), Role.FIXED)
    yield from scoring_cells(form, block, method)
    for field in block.sheet.fields:
        key = CellKey(block.sheet.key, row, field.key)
        yield input_cell(form, key, field, at(field.key))
    yield Cell(at("review_score"), None, Role.FIXED_CENTER, NumberFormat.POINTS)
    yield Cell(at("review_note"), None, Role.FIXED)


def scoring_cells(form: Form, block: Block, method: Method) -> Iterator[Cell]:
    """一行里自动计算的格：计算依据、系统得分。"""
    row, refs = method.indicator.code, form.refs(block.name)
    if form.scheme.allocated(row):
        yield _allocated(form, block, method.indicator)
    text, ratio = _basis(form, method, refs)
    number = NumberFormat.PERCENT if ratio else NumberFormat.GENERAL
    basis = Formula(text, shown_result(method.basis_value(form.facts)))
    yield Cell(block.at(row, "basis"), basis, Role.AUTO, number)
    result = shown_result(form.scorecard.of(row).value)
    score = Formula(form.layout.text(("score", row), partial(method.formula, refs)), result)
    yield Cell(block.at(row, "score"), score, Role.AUTO, NumberFormat.POINTS)


def _allocated(form: Form, block: Block, indicator: Indicator) -> Cell:
    """随分法而定的分值。"""
    code, refs = indicator.code, form.refs(block.name)
    text = form.layout.text(("points", code), lambda: points_formula(form.scheme, code, refs))
    value = Formula(text, points_of(form.facts, indicator))
    return Cell(block.at(code, "points"), value, Role.AUTO)


def _standard(form: Form, method: Method) -> str:
    """评分标准。"""
    return form.layout.text(("standard", method.indicator.code), method.sentence)


def _basis(form: Form, method: Method, refs: SheetRefs) -> tuple[str, bool]:
    """计算依据的公式，以及它是不是比率。"""
    code = method.indicator.code
    text = form.layout.text(("basis", code), lambda: method.basis(refs)[0])
    kind = form.layout.text(("ratio", code), lambda: "%" if method.basis(refs)[1] else "-")
    return text, kind == "%"


# ---------------------------------------------------------------- 一级、二级指标，向下合并


def _runs(form: Form, level: str) -> Iterator[tuple[str, list[Indicator]]]:
    """同一个一级（或二级）指标下连着的三级指标。"""
    for name, run in groupby(form.scheme.indicators, lambda item: getattr(item, level)):
        yield name, list(run)


def _levels(form: Form, block: Block) -> Iterator[Cell]:
    for row, column, text in level_texts(form.scheme):
        yield Cell(block.at(row, column), text or None, Role.FIXED_CENTER)


def level_merges(form: Form, block: Block) -> Iterator[Merge]:
    """一级、二级指标向下合并。"""
    for column in ("level1", "level2"):
        for _, run in _runs(form, column):
            first = block.at(run[0].code, column)
            last = At(block.rows[run[-1].code], block.columns[column][1])
            if first != last:
                yield Merge(Area(first, last))


# ---------------------------------------------------------------- 合计和签章


def total_cells(form: Form, block: Block) -> Iterator[Cell]:
    """合计行。"""
    contents: dict[str, Formula | str] = {
        "level1": TOTAL_TEXT,
        "points": points_total(form, block),
        "self_score": self_total(form, block),
        "score": score_total(form, block),
    }
    for column in block.listed:
        at = block.at(TOTAL, column.key)
        content = contents.get(column.key)
        number = NumberFormat.POINTS if isinstance(content, Formula) else NumberFormat.GENERAL
        yield Cell(at, content, Role.TOTAL, number)


def signature_cells(form: Form, block: Block) -> Iterator[Cell]:
    """签章行。"""
    row = block.rows[TOTAL] + 2
    printed = signatures(form.scheme)
    columns = _spread(widths_of(block), len(printed))
    for (text, key), column in zip(printed, columns, strict=True):
        value = form.facts.text(key) if key else ""
        yield Cell(At(row, column), f"{text}{value}", Role.SIGNATURE)


def _spread(widths: tuple[float, ...], count: int) -> list[int]:
    """按列宽把几处签章匀开，各占一列起写。"""
    step = sum(widths) / count
    starts = [sum(widths[:number]) for number in range(len(widths))]
    return [
        1 + min(range(len(widths)), key=lambda column: abs(starts[column] - number * step))
        for number in range(count)
    ]


def _fixed_heights(block: Block) -> dict[int, float]:
    return {block.lines.title: TITLE_HEIGHT, block.rows[TOTAL] + 2: 30.0}


def score_heights(form: Form, block: Block) -> dict[int, float]:
    """表头、各三级指标、合计的行高。"""
    widths = block.widths
    heads = [(column.heading, widths[column.key]) for column in block.listed]
    heights = {block.lines.header: row_height(heads, 30.0), block.rows[TOTAL]: 26.0}
    for method in form.methods:
        row = method.indicator.code
        texts = [
            (method.indicator.title, widths["title"]),
            (method.indicator.note, widths["note"]),
            (_standard(form, method), widths["standard"]),
        ]
        for field in block.sheet.fields:
            content = form.contents.get(CellKey(block.sheet.key, row, field.key), "")
            texts.append((str(content), widths[field.key]))
        heights[block.rows[row]] = row_height(texts, 36.0)
    return heights
