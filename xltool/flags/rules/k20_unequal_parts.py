"""K20 其中各项与上一条不符。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.cells import ADJUSTED, EXPECTED
from xltool.facts.naming import NOT_ADDED
from xltool.facts.target import every_row
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, amount, given, lacks, lacks_sheet
from xltool.scheme.categories import SHEET
from xltool.scheme.labels import label_of
from xltool.values import plain
from xltool.values.amounts import amount_of, comparable
from xltool.values.kinds import EXACT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.values import Measure
    from xltool.values.amounts import Amount


@rule(
    "K20",
    severity=Severity.ERROR,
    also=(Severity.WARNING,),
    remedy="核对{indicators}表里“其中”各行与它们上面的一行；只列了一部分的，在上一行的“{indicators.note}”里写明其余是什么。",
    source="重建：公开的自评表“补助种植面积29.5亩，其中桃树1.5亩、苹果树5亩、露天蔬菜20亩、大棚蔬菜3亩”，各项合起来是上一条",
    needs=(
        "parameters.sub_rows",
        *("indicators.title", "indicators.expected", "indicators.actual", "indicators.note"),
    ),
    fires="种植面积29.5亩，其中各项合计30.5亩，为错误；合计28亩而没有写其余是什么，要说明",
    silent="种植面积29.5亩，其中1.5亩、5亩、20亩、3亩",
)
def unequal_parts(case: Case) -> Iterator[Judgement]:
    """其中各项加起来与上一条不符。

    “其中”各项是上一条的明细，自己不计分；多了一定有一处填错，少了的看不出其余是什么。
    比率、时间不能相加，不查。
    """
    facts = case.facts
    if not facts.records(SHEET):
        yield lacks_sheet(facts, SHEET)
    parent: Target | None = None
    parts: list[Target] = []
    for row in every_row(facts):
        if row.part:
            parts.append(row)
            continue
        yield from _compared(facts, parent, parts)
        parent, parts = row, []
    yield from _compared(facts, parent, parts)


def _compared(facts: Facts, parent: Target | None, parts: list[Target]) -> Iterator[Judgement]:
    """一条和它的其中各项，预期、实际各比一次。"""
    if not parts:
        return
    if parent is None:
        text = "是“其中”一项，上面没有它所属的指标"
        yield Hit(parts[0].record.key("title"), about(parts[0], text))
        return
    for column in (EXPECTED, "actual"):
        whole = amount_of(_measure(parent, column), parent.unit)
        if whole is None or (whole.unit is not None and whole.unit.family in NOT_ADDED):
            continue
        blank = [one for one in parts if not given(one.record.entry(column))]
        yield from (lacks(facts, one.record.key(column)) for one in blank)
        if not blank:
            yield from _added(facts, parent, parts, column, whole)


def _added(
    facts: Facts, parent: Target, parts: list[Target], column: str, whole: Amount
) -> Iterator[Judgement]:
    total = Decimal(0)
    for one in parts:
        number = _as_in(whole, amount_of(_measure(one, column), one.unit))
        if number is None:
            yield lacks(facts, one.record.key(column))
            return
        total += number
    gap = facts.scheme.precise(total - whole.number)
    if gap == 0:
        return
    changed = column == EXPECTED and parent.adjusted  # 作数的是调整值
    stated_in = ADJUSTED if changed else column
    name = label_of(facts.scheme, f"{SHEET}.{stated_in}")
    unit = whole.unit.name if whole.unit else ""
    stated = amount(_measure(parent, column), parent.unit)
    text = f"{name}{stated}，其中{len(parts)}项合计{plain(facts.scheme.precise(total))}{unit}"
    key = parent.record.key(stated_in)
    if gap > 0:
        yield Hit(key, about(parent, f"{text}，多出{plain(gap)}{unit}"))
    else:
        why = said(facts, parent.record, NOTE)
        short = f"{text}，少{plain(-gap)}{unit}"
        yield Hit(key, about(parent, short), Severity.WARNING, explained=why)


def _measure(row: Target, column: str) -> Measure:
    return row.expected if column == EXPECTED else row.actual


def _as_in(whole: Amount, part: Amount | None) -> Decimal | None:
    """一项换到上一条的单位；都是个数的（180只、12头）照面上的数加，不能加的为空。"""
    if part is None:
        return None
    if comparable(whole, part):
        return EXACT.divide(part.value, whole.factor)
    units = (whole.unit, part.unit)
    counted = all(unit is not None and unit.is_count for unit in units)
    return EXACT.divide(part.value, whole.factor) if counted else None
