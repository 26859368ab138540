"""绩效目标完成情况表的一行：把运算符、预期值、单位、实现值合在一起看。

年中调整过的，以调整值为预期值：它是数，或原来的也不是数；一段话不能代替数。
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.facts.claims import admitted_rows
from xltool.facts.deadlines import as_day
from xltool.facts.entry import EntryState
from xltool.facts.left_out import is_part, left_out, says_absent, spared, takes_absence
from xltool.facts.overshoot import Action, action_of
from xltool.facts.records import Target
from xltool.facts.saying import says_nothing
from xltool.facts.tiers import tier_key
from xltool.scheme.categories import SHEET
from xltool.values import Operator, find_unit, unit_of_name
from xltool.values.amounts import amount_of, comparable
from xltool.values.kinds import EXACT

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.entry import Entry
    from xltool.facts.filled import Filled
    from xltool.facts.records import Record
    from xltool.scheme.key import CellKey
    from xltool.values import Measure, MeasureUnit

# 运算符栏的列表里没有“≈”，写了也与没有选一样
_LISTED = {item.value: item for item in Operator if item is not Operator.APPROX}


def target_rows(facts: Filled) -> tuple[Target, ...]:
    """全部已填的绩效指标；其中项不是单独的指标，不在内。"""
    known = facts.indicators
    if known is None:  # 各条规则、各个指标都要看一遍
        known = tuple(row for row in every_row(facts) if not row.part)
        facts.indicators = known
    return known


def target_records(facts: Filled) -> tuple[Record, ...]:
    """全部绩效指标的各行。"""
    return tuple(row.record for row in target_rows(facts))


def may_be_blank(facts: Filled, key: CellKey) -> bool:
    """这一格虽是必填的栏，这一行可以不填：其中项没有分值，写明不适用的没有自评得分。"""
    kinds = spared(facts.scheme, key.column) if key.sheet == SHEET else ()
    return bool(kinds) and left_out(facts.scheme, indicator_row(facts, key.row)) in kinds


def every_row(facts: Filled) -> tuple[Target, ...]:
    """绩效指标表的各行，连同其中项。"""
    return tuple(indicator_row(facts, record.row) for record in facts.records(SHEET))


def indicator_row(facts: Filled, row: str) -> Target:
    """某一行绩效指标。"""
    cached = facts.indicator_cache.get(row)
    if cached is None:
        cached = facts.indicator_cache[row] = _build(facts, facts.record(SHEET, row))
    return cached


def _build(facts: Filled, record: Record) -> Target:
    first, actual = record.measure("expected"), record.measure("actual")
    written = record.text("unit")
    unit = find_unit(written) if written else first.unit or unit_of_name(record.text("title"))
    expected = _in_force(facts, record, unit)
    if not written:
        unit = expected.unit or unit
    # 20241231 这样的数，单位选了“日期”也是日期，不能相除
    dated = facts.option(written, "unit", "date")
    target, result = (None, None) if dated else quotient_terms(expected, actual, unit)
    in_force, actual = (as_day(expected), as_day(actual)) if dated else (expected, actual)
    row = Target(
        record=record,
        level1=record.text("level1"),
        level2=record.text("level2"),
        title=record.text("title"),
        expected=in_force,
        actual=actual,
        operator=_LISTED.get(record.text("operator")) or expected.operator or first.operator,
        unit=unit,
        target=target,
        result=result,
        tier=record.text("tier"),
        special=record.text("special"),
        points=record.number("points"),
        self_score=record.number("self_score"),
        noted=_noted(facts, record.entry("note")),
        admitted=action_of(facts.scheme) is Action.ADMITTED and record.row in admitted_rows(facts),
        adjusted=expected is not first,
        part=is_part(facts.scheme, record),
        waived=False,
    )
    waived = takes_absence(facts.scheme) and row.noted and absent(facts, row)
    return replace(row, waived=True) if waived else row


def _in_force(facts: Filled, record: Record, unit: MeasureUnit | None) -> Measure:
    """作数的预期值：有可用的调整值用调整值。"""
    first, later = record.measure("expected"), record.measure("adjusted")
    if not later.raw:
        return first
    if amount_of(later, unit) is not None:
        return later
    worded = amount_of(first, unit) is None and not says_nothing(facts.scheme, later.raw)
    return later if worded else first


def absent(facts: Filled, row: Target) -> bool:
    """定量指标的实现值写了不适用，也没有选达成情况；认不认还要看写没写原因。"""
    scheme = facts.scheme
    dated = facts.option(row.record.text("unit"), "unit", "date")
    if row.part or dated or tier_key(scheme, row):
        return False
    return amount_of(row.expected, row.unit) is not None and says_absent(scheme, row)


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
