"""自评得分里有存成文字的：表上印的合计没有算进去，照文件里存着的结果说出来。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.facts.self_scores import self_scores
from xltool.intake.template_cells import Kind
from xltool.messages import form as say
from xltool.scheme.key import SELF_SCORE
from xltool.values import excel_number, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.facts.view import Facts
    from xltool.finding import Finding
    from xltool.intake.changed_cells import LocatedSheet
    from xltool.intake.classify_cells import Filled
    from xltool.intake.template_cells import Coordinate, TemplateCells
    from xltool.xlsx.grid import GridCell


def written_scores(inputs: list[Filled]) -> bool:
    """有没有存成文字的自评得分。"""
    return any(one.key.column == SELF_SCORE and not cell.numeric for one, _, cell in inputs)


def shown_total(
    sheet: LocatedSheet, cells: Mapping[Coordinate, GridCell], expected: TemplateCells, facts: Facts
) -> Iterator[Finding]:
    """评分表的合计一格存着的结果，与各行读出的合计不同的。"""
    total = facts.scheme.round_points(sum((score for _, score in self_scores(facts)), Decimal(0)))
    for at, planned in expected.items():
        cell = cells.get(at)
        if planned.kind is not Kind.TOTAL or planned.key.column != SELF_SCORE or cell is None:
            continue
        if cell.formula and cell.numeric and excel_number(cell.text) != total:
            place = Place(sheet.found.block.sheet, At(*at))
            shown = plain(excel_number(cell.text))
            yield say.SHOWN_TOTAL.finding(place, shown=shown, total=plain(total))
