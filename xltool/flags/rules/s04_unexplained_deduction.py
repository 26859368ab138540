"""S04 扣分无说明。"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.facts.self_scores import SELF_TOTAL, self_scores
from xltool.facts.using import has_cell, reason_sources
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, REASON, said
from xltool.flags.reasons import own_rows, reason_places, told_elsewhere
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.selfscores import without_self_score
from xltool.flags.wording import about, lacks, points
from xltool.scheme.key import FULL_MARKS, SELF_SCORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.flags.reasons import OwnRow
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.key import CellKey


@rule(
    "S04",
    severity=Severity.WARNING,
    remedy="[在“{form.reason}”里][（逐行填{indicators.self_score}的，在那一行的“{indicators.note}”里）]写明扣在哪里、为什么、扣几分，各行扣分之和应等于总扣分。",
    source="重建：预算管理一体化系统得分低于分值时偏差原因必填；评价机构复核口径“扣分必须写原因且比例一致”",
    parameters=(FULL_MARKS,),
    needs=("cover.self_total",),
    fires="自评97.35分，扣了2.65分，没有一处写扣分原因",
    silent="分值5分自评4.90分，写“支出率98.00%，扣0.10分”",
)
def unexplained_deduction(case: Case) -> Iterator[Judgement]:
    """扣了分而没有说明。

    扣分说明了问题在哪里；只有分数没有原因，既无法复核，也无从改进。
    """
    facts = case.facts
    scored = self_scores(facts)
    if not scored:  # 没有逐行打分时只看总分；写过原因的也分不清扣在哪一行
        total, marks = facts.number(SELF_TOTAL), facts.scheme.full_marks
        explained = any(said(facts, record, REASON) for record in facts.form_rows)
        if total is None:
            yield lacks(facts, SELF_TOTAL)
        if total is None or (total < marks and explained):
            yield from without_self_score(facts)
        elif total < marks:
            text = f"自评{points(total)}，扣{points(marks - total)}，没有一处写扣分原因"
            yield Hit(SELF_TOTAL, text)
        return
    yield from without_self_score(facts)
    for record, score in scored:
        full = points_of(facts, facts.scheme.indicator(record.row))
        if score >= full or said(facts, record, REASON) or told_elsewhere(facts, record.row):
            continue
        if not has_cell(facts.scheme, record.key(REASON)) and not reason_sources(
            facts.scheme, record.row
        ):
            yield Unjudged(f"{facts.scheme.score_sheet.name} 序号{record.row} 写扣分原因的一栏")
            continue
        rows = own_rows(facts, record.row)
        if any(row.lost for row in rows):  # 原因写在各行，缺哪一行说哪一行
            yield from (_unsaid(row) for row in rows if row.lost and not row.told)
            continue
        message = f"分值{points(full)}，自评{points(score)}，扣{points(full - score)}没有写原因"
        yield Hit(_where(facts, record), message)


def _where(facts: Facts, record: Record) -> CellKey:
    """原因该写在哪一格：本行的“扣分原因”；没有这一栏的，是得分所由来的那一处。"""
    if has_cell(facts.scheme, record.key(REASON)):
        return record.key(REASON)
    own = record.key(SELF_SCORE)
    return next(filter(partial(has_cell, facts.scheme), reason_places(facts, record.row)), own)


def _unsaid(row: OwnRow) -> Hit:
    target = row.target
    own, full = target.self_score or Decimal(0), target.points or Decimal(0)
    text = f"分值{points(full)}，自评{points(own)}，扣{points(full - own)}没有写原因"
    return Hit(target.record.key(NOTE), about(target, text))
