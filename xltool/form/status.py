"""填报检查：每张表尚有几项未填、勾稽是否相符、能不能报送；公式和结果并排算。"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from xltool.address import Area, At, quoted
from xltool.facts.allocation import points_of
from xltool.facts.computed import printed
from xltool.facts.left_out import mark, spared
from xltool.facts.target import may_be_blank
from xltool.scheme.categories import SHEET
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.scheme.thresholds import TOTAL_TOLERANCE, sum_tolerance
from xltool.sheets.plan import Formula
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Check, Sheet

READY = "可报送"
NOT_READY = "暂不可报送"
FULL_MARKS = "full_marks"
MATCH, MISMATCH, PENDING = "相符", "不符", "待填"


def missing_count(form: Form, sheet: Sheet) -> Formula:
    """一张表尚有几项必填未填。"""
    text = form.layout.text(("missing", sheet.key), lambda: _missing_text(form, sheet))
    if sheet.key not in form.missing:
        if sheet.kind is SheetKind.RECORDS:
            count = _missing_record_cells(form, sheet) + _unjudged(form, sheet)
        else:
            keys = _required_keys(form.layout, sheet.key)
            count = sum([key not in form.contents for key in keys])
        form.missing[sheet.key] = count
    return Formula(text, form.missing[sheet.key])


def _missing_text(form: Form, sheet: Sheet) -> str:
    block = form.layout.blocks[sheet.key]
    if sheet.kind is not SheetKind.RECORDS:
        parts = [f"COUNTBLANK({_far(block, area)})" for area in _required_areas(sheet, block)]
        return "+".join(parts) or "0"

    # 开了头的行里必填而空着的格数；绩效指标还要能算出得分率
    anchor = _far(block, block.area(sheet.anchor))
    others = [field for field in sheet.fields if field.computation is None]
    columns = [_far(block, block.area(field.key)) for field in others]
    started = "+".join(f'({column}<>"")' for column in columns)
    parts = [
        f'SUMPRODUCT(({anchor}<>"")*({column}=""){_not_spared(form, block, field.key)})'
        for field, column in zip(others, columns, strict=True)
        if field.required and field.key != sheet.anchor
    ]
    parts.append(f'SUMPRODUCT(({anchor}="")*(({started})>0))')
    if sheet.at_least:
        parts.append(f"IF(COUNTA({anchor})=0,1,0)")
    if _judged(sheet):
        filled = "*".join(f'({_far(block, block.area(name))}<>"")' for name in _judged_by(sheet))
        parts.append(f'SUMPRODUCT({filled}*({_far(block, block.area("factor"))}=""))')
    return "+".join(parts)


def _not_spared(form: Form, block: Block, column: str) -> str:
    """这一栏可以不填的几种行不算。"""
    kinds = spared(form.scheme, column) if block.sheet.key == SHEET else ()
    shares, refs = _far(block, block.area("factor")) if kinds else "", form.refs("")
    return "".join(f"*({shares}<>{mark(refs, kind)})" for kind in kinds)


@lru_cache(maxsize=64)  # 每份表都一样
def _required_keys(layout: Layout, key: str) -> tuple[CellKey, ...]:
    """逐项表和评分表的必填格。"""
    block = layout.blocks[key]
    fields = block.sheet.fields if block.sheet.kind is SheetKind.FIELDS else ()
    items = [CellKey(key, field.key, VALUE) for field in fields if field.required]
    columns = [field.key for field in block.sheet.columns if field.required]
    return (*items, *(CellKey(key, row, column) for column in columns for row in block.entry_rows))


def _required_areas(sheet: Sheet, block: Block) -> Iterator[Area]:
    """必填格连成的几段区域。"""
    if sheet.kind is SheetKind.SCORE:
        for field in sheet.fields:
            if field.required:
                yield block.filled_area(field.key)
        return
    if sheet.page:  # 页上的各项不在同一列
        for field in sheet.fields:
            if field.required:
                at = block.at(field.key, VALUE)
                yield Area(at, at)
        return
    column = block.columns[VALUE][0]
    lines = [block.rows[field.key] for field in sheet.fields if field.required]
    for _, run in groupby(enumerate(lines), lambda pair: pair[1] - pair[0]):
        rows = [line for _, line in run]
        yield Area(At(rows[0], column), At(rows[-1], column))


def _far(block: Block, area: Area) -> str:
    return f"{quoted(block.name)}!{area.absolute}"


# 绩效指标填了这几栏，就应当能算出得分率；算不出的是还没有选达成情况
_JUDGED_BY = ("title", "expected", "actual")


def _judged(sheet: Sheet) -> bool:
    return sheet.key == SHEET and any(field.key == "factor" for field in sheet.fields)


def _judged_by(sheet: Sheet) -> tuple[str, ...]:
    own = {field.key for field in sheet.fields}
    return tuple(name for name in _JUDGED_BY if name in own)


def _missing_record_cells(form: Form, sheet: Sheet) -> int:
    records = form.facts.submission.records.get(sheet.key, ())
    required = [field.key for field in sheet.fields if field.required]
    count = int(sheet.at_least > 0)
    for row in records:
        if CellKey(sheet.key, row, sheet.anchor) not in form.contents:
            count += 1
            continue
        keys = [CellKey(sheet.key, row, column) for column in required]
        blank = [key for key in keys if key not in form.contents]
        count += sum(not may_be_blank(form.facts, key) for key in blank)
    anchored = any(CellKey(sheet.key, row, sheet.anchor) in form.contents for row in records)
    return count - int(anchored and sheet.at_least > 0)


def _unjudged(form: Form, sheet: Sheet) -> int:
    if not _judged(sheet):
        return 0
    wanted = _judged_by(sheet)
    return sum(
        printed(form.facts, record.key("factor")) is None
        and all(record.key(name) in form.contents for name in wanted)
        for record in form.facts.records(sheet.key)
    )


# ---------------------------------------------------------------- 勾稽


def check_formula(form: Form, check: Check) -> Formula:
    """一条勾稽：相符、不符，或还没有填。"""
    text = form.layout.text(("check", check.label), lambda: _check_text(form, check))
    values = [form.facts.number(key) for key in (check.total, *check.plus, *check.minus)]
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return Formula(text, PENDING)
    signs = [1, *(-1 for _ in check.plus), *(1 for _ in check.minus)]
    gap = sum((sign * value for sign, value in zip(signs, known, strict=True)), Decimal(0))
    gap = rounded(gap, int(form.scheme.number("money_digits")))
    tolerance = sum_tolerance(check.rule).of(form.scheme)
    return Formula(text, MISMATCH if abs(gap) > tolerance else MATCH)


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
    matched = form.scheme.precise(total) == form.scheme.number(FULL_MARKS)
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
    stated = form.facts.number("cover.self_total")
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
