"""自查：同一个指标、同一项任务列了两次，完成情况照抄了目标。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.left_out import PART, kinds, mark
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import Guard, LiveCheck
from xltool.form.live.wording import (
    folded,
    folded_formula,
    given_formula,
    has_word,
    is_given,
    names,
)
from xltool.layout.columns import NAMED
from xltool.scheme.categories import SHEET
from xltool.scheme.contract.judging_words import DIFFERING
from xltool.scheme.key import VALUE, field_key
from xltool.scheme.naming import name_column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_NOT_APART = Guard(
    lambda line: f"NOT({has_word(line.at('note'), line.scheme.words(DIFFERING))})",
    lambda judged: not names(judged.raw("note"), judged.facts.scheme.words(DIFFERING)),
)
_EXPECTED, GOAL_ACTUAL = field_key("goal.expected"), "goal.actual"


def repeat_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """名称与上面的一行相同；在说明里写了怎样分开的不算。"""
    own = {field.key for field in sheet.fields}
    column, code = name_column(sheet), "Q05" if sheet.key == SHEET else "Q07"
    if not column or (sheet.key == SHEET and not {"expected", "actual"} <= own):
        return
    parts = sheet.key == SHEET and PART in kinds(scheme)

    def formula(line: Line) -> str:
        same = f"({_so_far(line, NAMED.key)}={line.at(NAMED.key)})"
        if parts:  # 其中项不是单独的指标
            same += f"*({_so_far(line, 'factor')}<>{mark(line.refs, PART)})"
        found = f"IF({given_formula(line.at(column))},SUMPRODUCT({same}*1)>1,FALSE)"
        return f"IF({line.left_out(PART)},FALSE,{found})" if parts else found

    def holds(judged: Judged) -> bool:
        facts, name = judged.facts, _name(judged, column)
        if not is_given(judged, column) or (parts and indicator_row(facts, judged.row).part):
            return False
        above = (one for one in facts.records(sheet.key) if int(one.row) < int(judged.row))
        return any(
            folded(one.entry(column).raw) == name
            and not (parts and indicator_row(facts, one.row).part)
            for one in above
        )

    says = f"“{sheet.column(column).label}”与上面的一行重复，请留一个，或写明有什么不同"
    guard = _NOT_APART if "note" in own else None
    yield LiveCheck((code,), Severity.WARNING, says, formula, holds, guard)


def _so_far(line: Line, column: str) -> str:
    """一栏由第一行到本行。"""
    first, _, _ = line.refs.column(line.sheet, column).partition(":")
    return f"{first}:{line.at(column)}"


def _name(judged: Judged, column: str) -> str:
    """本行的名称，写成好比的样子。"""
    return folded(judged.raw(column))


def copied_check() -> LiveCheck:
    """年度总体目标的完成情况与预期目标一字不差。"""

    def formula(line: Line) -> str:
        actual, expected = line.at(VALUE), line.refs.cell(_EXPECTED)
        same = f"{folded_formula(actual)}={folded_formula(expected)}"
        return f"IF({given_formula(actual)},{same},FALSE)"

    def holds(judged: Judged) -> bool:
        expected = folded(judged.facts.entry(_EXPECTED).raw)
        return is_given(judged, VALUE) and _name(judged, VALUE) == expected

    says = "与预期目标一字不差，请写年末的事实和数"
    return LiveCheck(("Q06",), Severity.WARNING, says, formula, holds)
