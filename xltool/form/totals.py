"""评分表合计行的公式和结果，以及由总分得出的等级。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import literal
from xltool.facts.allocation import points_of
from xltool.form.common import shown_result
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from xltool.form.form import Form
    from xltool.layout.block import Block


def points_total(form: Form, block: Block) -> Formula:
    """分值合计。"""
    points = (points_of(form.facts, item) for item in form.scheme.indicators)
    result = sum(points, Decimal(0))
    return Formula(f"SUM({block.filled_area('points').a1})", result)


def self_total(form: Form, block: Block) -> Formula:
    """自评得分合计；一个也没填时空着。"""
    area = block.filled_area("self_score").a1
    text = f'IF(COUNT({area})=0,"",{_rounded(form, f"SUM({area})")})'
    return Formula(text, shown_result(self_sum(form)))


def self_sum(form: Form) -> Decimal | None:
    """自评得分合计，与公式一样舍入；一个也没填时为空。"""
    known = form.self_scores
    return form.scheme.round_points(sum(known, Decimal(0))) if known else None


def score_total(form: Form, block: Block) -> Formula:
    """系统得分合计；有一项不能计分时空着。"""
    area = block.filled_area("score").a1
    points = block.filled_area("points").a1
    total = _rounded(form, f"SUM({area})")
    text = f'IF(COUNT({area})=COUNT({points}),{total},"")'
    return Formula(text, shown_result(form.scorecard.total))


def _rounded(form: Form, expression: str) -> str:
    """与各项得分一样舍入两次：三位小数的自评分相加，二进制的尾数会把半分舍掉。"""
    refs = form.refs("")
    inner = f"ROUND({expression},{refs.parameter('working_digits')})"
    return f"ROUND({inner},{refs.parameter('score_digits')})"


def grade_formula(form: Form, total: str) -> Formula:
    """系统得分对应的等级；`total` 是系统总分那一格的写法。"""
    return grade_of(form, total, form.scorecard.total)


def grade_of(form: Form, total: str, score: Decimal | None) -> Formula:
    """一个总分对应的等级；`total` 是总分那一格的写法，`score` 是算出的总分。"""
    refs = form.refs("")
    text = '""'
    for grade in reversed(form.scheme.grades):
        text = f"IF({total}>={refs.parameter(grade.parameter)},{literal(grade.name)},{text})"
    result = "" if score is None else form.scheme.grade(score)
    return Formula(f'IF(ISNUMBER({total}),{text},"")', result)
