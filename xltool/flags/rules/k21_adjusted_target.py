"""K21 预期值年中调整。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import Way, way_of
from xltool.facts.saying import says_nothing
from xltool.facts.target import quotient_terms, target_rows
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, amount, given, lacks, lacks_sheet
from xltool.scheme.categories import SHEET
from xltool.scheme.labels import words_of
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement


@rule(
    "K21",
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="核对{indicators.adjusted}和批准调整的文件；放宽了的，在“{indicators.note}”里写明为什么调、经谁批准；没有调整的请清空。",
    source="重建：重庆市部门整体绩效自评表在年初指标值之外另有“调整指标值”；按调整后的评，放低了就容易完成",
    needs=("indicators.adjusted", "indicators.expected", "indicators.note"),
    fires="年初20家，调整为10家，没有写原因，为警告；写了“两个园区缓建”的是已说明；调高的为提示",
    silent="没有调整；调整值与年初的一样",
)
def adjusted_target(case: Case) -> Iterator[Judgement]:
    """预期值在年中调整过。

    完成率、得分和各条规则都按调整后的算；放宽了目标再说完成，要有理由。
    """
    facts = case.facts
    rows = target_rows(facts)
    if not rows:
        yield lacks_sheet(facts, SHEET)
    for row in rows:
        entry = row.record.entry("adjusted")
        if not entry.raw or says_nothing(facts.scheme, entry.raw):
            continue
        if not given(row.record.entry("expected")):
            yield lacks(facts, row.record.key("expected"))
        else:
            yield from _change(facts, row)


def _change(facts: Facts, row: Target) -> Iterator[Judgement]:
    first, later = row.record.measure("expected"), row.record.measure("adjusted")
    key, word = row.record.key("adjusted"), words_of(facts.scheme).expected
    before, after = amount(first, row.unit), amount(later, row.unit)
    if not row.adjusted:
        text = f"调整值“{after}”不是数，不能代替{word}{before}，仍按{word}计"
        yield Hit(key, about(row, text))
        return
    old, new = quotient_terms(first, later, row.unit)
    if old == new and (old is not None or fold(first.raw) == fold(later.raw)):
        return
    text = f"{word}由{before}调整为{after}，按调整后的计"
    if _eased(row, facts):
        why = said(facts, row.record, NOTE)
        asked = "" if why else "，没有写原因"
        yield Hit(key, about(row, f"{text}；放宽了目标{asked}"), explained=why)
    else:
        yield Hit(key, about(row, text), Severity.NOTICE)


def _eased(row: Target, facts: Facts) -> bool:
    """是不是放宽了：越大越好的调低，越小越好的调高；方向不定的，调低的算。"""
    old, new = quotient_terms(row.record.measure("expected"), row.expected, row.unit)
    if old is None or new is None:
        return False
    return new > old if way_of(facts.scheme, row) is Way.DOWN else new < old
