"""Q03 目标偏保守（跨年）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.direction import Way, way_of
from xltool.facts.target import quotient_terms
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import about, amount, target_of
from xltool.scheme.labels import words_of
from xltool.scheme.thresholds import Threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

SHARE = Threshold(
    "Q03.share",
    "预期值不高于上年实现值的几成算偏保守",
    Decimal("0.8"),
    "%",
    "假设：比上年实际少两成以上",
)


@rule(
    "Q03",
    severity=Severity.WARNING,
    remedy="核对{indicators.expected}是不是年初批复的；属实的，在“{indicators.note}”里写明为什么比上年低，下年度照上年度的实际完成值测算。",
    source="报告：2023年度重点绩效评价指出“项目预期值过于保守”；重建：以历史数据为指标值的确定标准",
    thresholds=(SHARE,),
    needs=("indicators.title", "indicators.expected"),
    fires="上年度实际扶持45家，今年预期值13家，是上年的28.89%",
    silent="上年度实际扶持400家，今年预期值405家；成本一类越小越好的指标不查",
)
def conservative_target(case: Case) -> Iterator[Judgement]:
    """今年的预期值远低于上年的实现值。

    去年已经做到的，今年的目标反而定得低得多，年底必然“超额完成”，目标就起不到引导和约束的作用。
    """
    if case.last is None:
        yield Unjudged("上年度的报送（用 --last-year 给出）")
        return
    scheme, limit = case.facts.scheme, SHARE.of(case.facts.scheme)
    this, year = case.facts.number("cover.year"), case.last.year
    if year is not None and this is not None and year >= this:
        yield Unjudged(f"上年度的报送（给出的{case.last.source}是{year}年度的）")
        return
    rows, unjudged = split_rows(case, "title", "expected")
    yield from unjudged
    pairs = [(row, last) for row in rows if (last := case.last.of(row.title)) is not None]
    if rows and not pairs:
        yield Unjudged(f"上年度同名的绩效指标（{case.last.source}）")
    for row, last in pairs:
        if way_of(scheme, row) is not Way.UP:
            continue
        target, before = quotient_terms(row.expected, last.actual, row.unit)
        if target is None or before is None or before <= 0:
            continue
        ratio = scheme.precise(target / before)
        if ratio <= limit:
            achieved = f"上年度实现{amount(last.actual, row.unit)}（{last.where}）"
            text = (
                f"{words_of(scheme).expected}{target_of(row)}，{achieved}，"
                f"是上年的{percent(ratio)}，不高于{percent(limit)}"
            )
            why = said(case.facts, row.record, NOTE)
            yield Hit(row.record.key("expected"), about(row, text), explained=why)
