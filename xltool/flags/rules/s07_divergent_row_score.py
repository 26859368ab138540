"""S07 绩效指标逐行的自评得分与系统得分不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.factor import earned, factor
from xltool.facts.left_out import left_out
from xltool.facts.shortfall import shortfall
from xltool.facts.target import target_rows
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks, lacks_sheet, points
from xltool.scheme.categories import SHEET
from xltool.scheme.key import SELF_SCORE
from xltool.scheme.thresholds import (
    ROW_ERROR_POINTS,
    ROW_ERROR_SHARE,
    ROW_WARNING_POINTS,
    ROW_WARNING_SHARE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement, Unjudged
    from xltool.scheme.model import Scheme


class Gap(NamedTuple):
    """一行自评得分与系统得分之差：自评、系统、差得有多重。"""

    row: Target
    own: Decimal
    score: Decimal
    severity: Severity


@rule(
    "S07",
    severity=Severity.WARNING,
    also=(Severity.ERROR, Severity.NOTICE),
    remedy="按评分标准重算这一行的{indicators.self_score}；坚持的，在“{indicators.note}”里写明依据。",
    source="重建：预算管理一体化系统逐个指标由完成值算出得分；公开的自评表有完成一半仍评满分、由别的行少评抵消的",
    thresholds=(ROW_WARNING_POINTS, ROW_WARNING_SHARE, ROW_ERROR_POINTS, ROW_ERROR_SHARE),
    needs=("indicators.self_score", "indicators.points", "indicators.score"),
    fires="分值10分的指标只完成一半，自评10分，系统计5分，多5分，为错误；完成了而只评5分的为提示",
    silent="分值10分的指标完成一半，自评5分",
)
def divergent_row_score(case: Case) -> Iterator[Judgement]:
    """绩效指标的自评得分与系统得分不符。

    一行多评、一行少评，合计看不出来；逐行比才知道哪个指标的分没有依据。少评的不是错，供核对。
    """
    facts = case.facts
    yield from _unable(facts)
    for gap in row_gaps(facts):
        row = gap.row
        more = gap.own > gap.score
        apart = f"{'多' if more else '少'}{points(abs(gap.own - gap.score))}"
        text = f"自评{points(gap.own)}，系统计{points(gap.score)}，{apart}"
        share = factor(facts.scheme, row)
        if more and share is not None and share < 1:
            text += f"；{shortfall(facts.scheme, row, share).why}"
        why = said(facts, row.record, NOTE)
        yield Hit(row.record.key(SELF_SCORE), about(row, text), gap.severity, explained=why)


def row_gaps(facts: Facts) -> Iterator[Gap]:
    """自评得分与系统得分差得多的各行；没有自己的得分的表没有。"""
    if not facts.scheme.has(f"{SHEET}.{SELF_SCORE}"):
        return
    for row in target_rows(facts):
        score = earned(facts.scheme, row)
        if score is None or row.self_score is None or not row.points:
            continue
        severity = _weight(facts.scheme, row.self_score - score, row.points)
        if severity is not None:
            yield Gap(row, row.self_score, score, severity)


def _weight(scheme: Scheme, gap: Decimal, full: Decimal) -> Severity | None:
    """差这么多算哪一级；不算差的为空。"""
    share = scheme.precise(abs(gap) / full)
    if abs(gap) <= ROW_WARNING_POINTS.of(scheme) and share <= ROW_WARNING_SHARE.of(scheme):
        return None
    if gap < 0:
        return Severity.NOTICE
    large = gap > ROW_ERROR_POINTS.of(scheme) or share > ROW_ERROR_SHARE.of(scheme)
    return Severity.ERROR if large else Severity.WARNING


def _unable(facts: Facts) -> Iterator[Unjudged]:
    """不能比的各行缺什么。"""
    rows = target_rows(facts)
    if not rows:
        yield lacks_sheet(facts, SHEET)
    for row in rows:
        if left_out(facts.scheme, row):
            continue
        numeric = row.expected.number is not None and row.actual.raw == ""
        needed = {
            "points": row.points,
            SELF_SCORE: row.self_score,
            "actual" if numeric else "tier": factor(facts.scheme, row),
        }
        yield from (lacks(facts, row.record.key(n)) for n, value in needed.items() if value is None)
