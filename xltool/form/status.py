"""填报检查：每张表的自查各有几处、第一处在哪、勾稽是否相符；公式和结果并排算。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import quoted
from xltool.facts.allocation import points_of
from xltool.form.live.cells import count_text, counts, first_row, first_text
from xltool.form.live.totals import unequal
from xltool.scheme.categories import SHEET
from xltool.scheme.key import FULL_MARKS, STATED_TOTAL, CellKey
from xltool.scheme.thresholds import TOTAL_TOLERANCE, sum_tolerance
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from xltool.address import Area
    from xltool.finding import Severity
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.scheme.model import Check, Sheet

READY = "可报送"
NOT_READY = "暂不可报送"
MATCH, MISMATCH, PENDING = "相符", "不符", "待填"


def count_of(form: Form, sheet: Sheet, severity: Severity | None) -> Formula:
    """一张表的自查，一种有几处；`severity` 空着的是必填未填。"""
    block = form.layout.blocks[sheet.key]
    text = form.layout.text(
        ("count", sheet.key, severity), lambda: count_text(form.scheme, block, severity)
    )
    return Formula(text, counts(form, sheet)[severity])


def first_of(form: Form, sheet: Sheet, severity: Severity | None) -> Formula:
    """一张表的自查，一种的第一处在第几行；没有的是 0。"""
    block = form.layout.blocks[sheet.key]
    text = form.layout.text(("first", sheet.key, severity), lambda: first_text(block, severity))
    return Formula(text, first_row(form, sheet, severity))


def _far(block: Block, area: Area) -> str:
    return f"{quoted(block.name)}!{area.absolute}"


# ---------------------------------------------------------------- 勾稽


def check_formula(form: Form, check: Check) -> Formula:
    """一条勾稽：相符、不符，或还没有填。"""
    text = form.layout.text(("check", check.label), lambda: _check_text(form, check))
    wrong = unequal(form.facts, check)
    if wrong is None:
        return Formula(text, PENDING)
    return Formula(text, MISMATCH if wrong else MATCH)


def _check_text(form: Form, check: Check) -> str:
    refs = form.refs("")
    keys = (check.total, *check.plus, *check.minus)
    total = refs.cell(check.total)
    parts = "".join(f"-{refs.cell(key)}" for key in check.plus)
    parts += "".join(f"+{refs.cell(key)}" for key in check.minus)
    numbers = ",".join(f"ISNUMBER({refs.cell(key)})" for key in keys)
    tolerance = refs.parameter(sum_tolerance(check.rule).key)
    # 金额大，加减之后二进制的尾数也大，按计算精度舍入还会露出来
    digits = refs.parameter("money_digits")
    test = f"ABS(ROUND({total}{parts},{digits}))>{tolerance}"
    return f'IF(AND({numbers}),IF({test},"{MISMATCH}","{MATCH}"),"{PENDING}")'


def weights_check(form: Form) -> Formula:
    """各指标的分值连同预算执行率，合计应等于满分。"""
    text = form.layout.text("weights", lambda: _weights_text(form))
    records, anchor = form.facts.submission.records, form.layout.blocks[SHEET].sheet.anchor
    if not any(CellKey(SHEET, row, anchor) in form.contents for row in records.get(SHEET, ())):
        return Formula(text, PENDING)
    total = sum((points_of(form.facts, one) for one in form.scheme.indicators), Decimal(0))
    matched = form.scheme.precise(total) == form.scheme.full_marks
    return Formula(text, MATCH if matched else MISMATCH)


def _weights_text(form: Form) -> str:
    refs = form.refs("")
    every = "+".join(refs.points(one.code) for one in form.scheme.indicators)
    block = form.layout.blocks[SHEET]
    filled = _far(block, block.area(block.sheet.anchor))
    gap = f"ROUND({every}-{refs.parameter(FULL_MARKS)},{refs.parameter('working_digits')})"
    return f'IF(COUNTA({filled})=0,"{PENDING}",IF({gap}=0,"{MATCH}","{MISMATCH}"))'


def self_total_check(form: Form) -> Formula:
    """评分表各行自评得分之和应等于封面的自评分数。"""
    text = form.layout.text("self_total", lambda: _self_total_text(form))
    stated = form.facts.number(STATED_TOTAL)
    if stated is None or not form.self_scores:
        return Formula(text, PENDING)
    gap = form.scheme.precise(sum(form.self_scores, Decimal(0)) - stated)
    matched = abs(gap) <= TOTAL_TOLERANCE.of(form.scheme)
    return Formula(text, MATCH if matched else MISMATCH)


def _self_total_text(form: Form) -> str:
    refs = form.refs("")
    block = form.layout.blocks[form.scheme.score_sheet.key]
    area = _far(block, block.filled_area("self_score"))
    total = refs.cell(CellKey("cover", "self_total"))
    gap = f"ABS(ROUND(SUM({area})-{total},{refs.parameter('working_digits')}))"
    test = f"{gap}>{refs.parameter(TOTAL_TOLERANCE.key)}"
    ready = f"AND(ISNUMBER({total}),COUNT({area})>0)"
    return f'IF({ready},IF({test},"{MISMATCH}","{MATCH}"),"{PENDING}")'
