"""绩效目标完成情况表的一行：把运算符、预期值、单位、实现值合在一起看。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.claims import admitted_rows
from xltool.facts.entry import EntryState
from xltool.facts.overshoot import Action, action_of
from xltool.facts.records import Target
from xltool.facts.saying import says_nothing
from xltool.scheme.categories import SHEET
from xltool.values import Operator, find_unit, unit_of_name
from xltool.values.amounts import amount_of, comparable
from xltool.values.kinds import EXACT

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.entry import Entry
    from xltool.facts.filled import Filled
    from xltool.facts.records import Record
    from xltool.values import Measure, MeasureUnit

# 运算符栏的列表里没有“≈”，写了也与没有选一样
_LISTED = {item.value: item for item in Operator if item is not Operator.APPROX}


def target_rows(facts: Filled) -> tuple[Target, ...]:
    """全部已填的绩效指标。"""
    known = facts.indicators
    if known is None:  # 各条规则、各个指标都要看一遍
        known = tuple(indicator_row(facts, record.row) for record in facts.records(SHEET))
        facts.indicators = known
    return known


def indicator_row(facts: Filled, row: str) -> Target:
    """某一行绩效指标。"""
    cached = facts.indicator_cache.get(row)
    if cached is None:
        cached = facts.indicator_cache[row] = _build(facts, facts.record(SHEET, row))
    return cached


def _build(facts: Filled, record: Record) -> Target:
    expected, actual = record.measure("expected"), record.measure("actual")
    written = record.text("unit")
    unit = find_unit(written) if written else expected.unit or unit_of_name(record.text("title"))
    # 20241231 这样的数，单位选了“日期”也是日期，不能相除
    dated = facts.option(written, "unit", "date")
    target, result = (None, None) if dated else quotient_terms(expected, actual, unit)
    return Target(
        record=record,
        level1=record.text("level1"),
        level2=record.text("level2"),
        title=record.text("title"),
        expected=expected,
        actual=actual,
        operator=_LISTED.get(record.text("operator")) or expected.operator,
        unit=unit,
        target=target,
        result=result,
        tier=record.text("tier"),
        special=record.text("special"),
        points=record.number("points"),
        self_score=record.number("self_score"),
        noted=_noted(facts, record.entry("note")),
        admitted=action_of(facts.scheme) is Action.ADMITTED and record.row in admitted_rows(facts),
    )


def _noted(facts: Filled, note: Entry) -> bool:
    """写了偏差原因；没有结果的公式也是写了的。"""
    return note.state is EntryState.NO_RESULT or not says_nothing(facts.scheme, note.raw)


def quotient_terms(
    expected: Measure, actual: Measure, unit: MeasureUnit | None
) -> tuple[Decimal | None, Decimal | None]:
    """预期值照写的数；实现值换到预期值的单位；不能比的为空。

    `unit` 是值里都没有写单位时用的；实现值带符号的不能比（docs/来源.md §8 第 7 条）。
    """
    own, other = amount_of(expected, unit), amount_of(actual, unit)
    if own is None or other is None or other.operator or not comparable(own, other):
        return None, None
    if own.factor == other.factor:
        return own.number, other.number
    return own.number, EXACT.divide(EXACT.multiply(other.number, other.factor), own.factor)
