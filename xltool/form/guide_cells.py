"""说明页上的公式格：尚有几项未填、能不能报送、得分、勾稽是否相符；每份表都要换。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place
from xltool.form.common import shown_result
from xltool.form.status import (
    MATCH,
    NOT_READY,
    READY,
    check_formula,
    missing_count,
    self_total_check,
    weights_check,
)
from xltool.form.totals import grade_formula, self_sum
from xltool.layout.block import TOTAL
from xltool.layout.layout import GUIDE
from xltool.layout.wording import STATUS_START
from xltool.scheme.grid import page_sheets
from xltool.scheme.key import field_key
from xltool.sheets.plan import Cell, Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.form.form import Form
    from xltool.scheme.model import Scheme, Sheet

SELF_TOTAL = "cover.self_total"
READY_ROW, CHECK_HEADER = 3, 5
COUNT_COLUMN = 3  # “尚有几项未填”在第几列

_ALL = "#all"  # 各表合计记在这个名字下
_MISSING = (f"{NOT_READY}：尚有 ", " 项必填未填")
_DONE, _LEFT = f"{STATUS_START}必填项已填完", f"{STATUS_START}尚有 "
_UNSCORED = f"{NOT_READY}：有指标还不能计分，见“系统得分”"
_UNBALANCED = f"{NOT_READY}：勾稽不符，见下表"


@dataclass(frozen=True, slots=True)
class Lines:
    """说明页上各段的行号，由方案有几张表、几条勾稽决定。"""

    sheets: tuple[str, ...]
    checks: int

    @property
    def total(self) -> int:
        """未填合计。"""
        return CHECK_HEADER + len(self.sheets) + 1

    @property
    def scores(self) -> int:
        """得分一段的表头。"""
        return self.total + 2

    @property
    def balance(self) -> int:
        """勾稽一段的表头。"""
        return self.scores + 5

    @property
    def guide(self) -> int:
        """怎么填一段的小标题；没有勾稽的方案不印勾稽一段。"""
        return self.balance + (self.checks + 2 if self.checks else 0)

    def sheet(self, key: str) -> int:
        """某张表的一行。"""
        return CHECK_HEADER + 1 + self.sheets.index(key)


@lru_cache(maxsize=16)
def lines_of(scheme: Scheme) -> Lines:
    """一个方案的说明页各段在哪几行。"""
    own = int(states_total(scheme)) + int(scheme.free_weights)
    return Lines(tuple(sheet.key for sheet in scheme.sheets), len(scheme.checks) + own)


def count_place(form: Form, sheet: Sheet) -> Place:
    """某张表“尚有几项未填”的格。"""
    return Place(GUIDE, At(lines_of(form.scheme).sheet(sheet.key), COUNT_COLUMN))


def status_text(form: Form, sheet: Sheet) -> Formula:
    """印在各表顶上的一句：尚有几项未填。"""
    sheets = page_sheets(form.scheme, sheet.page) if sheet.page else (sheet,)

    def text() -> str:
        cell = "+".join(count_place(form, one).reference for one in sheets)
        return f'IF({cell}=0,"{_DONE}","{_LEFT}"&{cell}&" 项未填")'

    count = sum(int(missing_count(form, one).result or 0) for one in sheets)
    result = _DONE if count == 0 else f"{_LEFT}{count} 项未填"
    return Formula(form.layout.text(("status", sheet.key), text), result)


def changing_guide(form: Form) -> Iterator[Cell]:
    """因单位而异的格：未填几项、得分、勾稽。"""
    lines = lines_of(form.scheme)
    yield ready_cell(form)
    yield from missing_cells(form, lines)
    yield from score_cells(form, lines)
    yield from balance_cells(form, lines)


def ready_cell(form: Form) -> Cell:
    """可报送，或暂不可报送及原因。"""
    count = _missing(form)
    if count:
        result = f"{_MISSING[0]}{count}{_MISSING[1]}"
    elif form.scorecard.total is None:
        result = _UNSCORED
    else:
        matched = all(formula.result == MATCH for formula in _balances(form))
        result = READY if matched else _UNBALANCED
    text = form.layout.text("ready", lambda: _ready_text(form))
    return Cell(At(READY_ROW, 1), Formula(text, result), Role.SECTION)


def _ready_text(form: Form) -> str:
    lines = lines_of(form.scheme)
    missing = At(lines.total, COUNT_COLUMN).a1
    total = form.layout.blocks[form.scheme.score_sheet.key].place(TOTAL, "score").reference
    ready = f'"{READY}"'
    if lines.checks:
        balance = balance_area(lines)
        matched = f'COUNTIF({balance.a1},"{MATCH}")=ROWS({balance.a1})'
        ready = f'IF({matched},{ready},"{_UNBALANCED}")'
    return (
        f'IF({missing}>0,"{_MISSING[0]}"&{missing}&"{_MISSING[1]}",'
        f'IF(NOT(ISNUMBER({total})),"{_UNSCORED}",{ready}))'
    )


def _missing(form: Form) -> int:
    if _ALL not in form.missing:
        counts = (missing_count(form, sheet).result for sheet in form.scheme.sheets)
        form.missing[_ALL] = sum(int(count or 0) for count in counts)
    return form.missing[_ALL]


def missing_cells(form: Form, lines: Lines) -> Iterator[Cell]:
    """各表尚有几项未填，和合计。"""
    for sheet in form.scheme.sheets:
        at = At(lines.sheet(sheet.key), COUNT_COLUMN)
        yield Cell(at, missing_count(form, sheet), Role.AUTO, NumberFormat.INTEGER)
    first, last = At(CHECK_HEADER + 1, COUNT_COLUMN), At(lines.total - 1, COUNT_COLUMN)
    total = Formula(f"SUM({first.a1}:{last.a1})", _missing(form))
    yield Cell(At(lines.total, COUNT_COLUMN), total, Role.TOTAL, NumberFormat.INTEGER)


def score_cells(form: Form, lines: Lines) -> Iterator[Cell]:
    """系统得分、系统等级、自评得分合计。"""
    block = form.layout.blocks[form.scheme.score_sheet.key]
    total = _copy(block.place(TOTAL, "score").reference, form.scorecard.total)
    own = _copy(block.place(TOTAL, "self_score").reference, self_sum(form))
    first, second, third = (At(lines.scores + number, COUNT_COLUMN) for number in (1, 2, 3))
    yield Cell(first, total, Role.AUTO, NumberFormat.POINTS)
    yield Cell(second, grade_formula(form, first.a1), Role.AUTO)
    yield Cell(third, own, Role.AUTO, NumberFormat.POINTS)


def _copy(reference: str, result: Decimal | None) -> Formula:
    return Formula(f'IF(ISNUMBER({reference}),{reference},"")', shown_result(result))


def balance_cells(form: Form, lines: Lines) -> Iterator[Cell]:
    """各条勾稽是否相符。"""
    for row, formula in enumerate(_balances(form), lines.balance + 1):
        yield Cell(At(row, COUNT_COLUMN), formula, Role.AUTO)


def _balances(form: Form) -> Iterator[Formula]:
    """各条勾稽，最后是分值合计（由项目自定的）和自评得分（另填自评分数的）。"""
    yield from (check_formula(form, check) for check in form.scheme.checks)
    if form.scheme.free_weights:
        yield weights_check(form)
    if states_total(form.scheme):
        yield self_total_check(form)


def states_total(scheme: Scheme) -> bool:
    """自评总分是不是另填一遍的；由各行归拢的不用核对。"""
    key = field_key(SELF_TOTAL)
    return scheme.has(SELF_TOTAL) and scheme.computation(key) is None


def balance_area(lines: Lines) -> Area:
    """各条勾稽“是否相符”的区域。"""
    return Area(At(lines.balance + 1, COUNT_COLUMN), At(lines.balance + lines.checks, COUNT_COLUMN))
