"""绩效指标各行自己的自评得分：在不在分值以内、合不合所选的档、相加是不是评分表上的那一行。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.left_out import left_out
from xltool.facts.target import target_rows
from xltool.facts.tiers import band, own_share, tier_key
from xltool.flags.rule import Hit
from xltool.flags.wording import about, points
from xltool.scheme.categories import SHEET
from xltool.scheme.key import SELF_SCORE
from xltool.scheme.thresholds import TOTAL_TOLERANCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Judgement
    from xltool.scheme.model import Indicator

_SUMMED = "indicator_sum"


def row_scores(facts: Facts) -> Iterator[Judgement]:
    """绩效指标表有自评得分一栏的方案才查。"""
    if not facts.scheme.has(f"{SHEET}.{SELF_SCORE}"):
        return
    for row in target_rows(facts):
        yield from _row(facts, row)
    for indicator in facts.scheme.indicators:
        if indicator.method.name == _SUMMED:
            yield from _sum(facts, indicator)


def _row(facts: Facts, row: Target) -> Iterator[Judgement]:
    own, full = row.self_score, row.points
    if own is None or full is None:
        return
    key = row.record.key(SELF_SCORE)
    if not 0 <= own <= full:
        yield Hit(key, about(row, f"自评{points(own)}，应在0到{points(full)}之间"))
        return
    share, tier = own_share(row), tier_key(facts.scheme, row)
    if share is None or not tier or row.target is not None:
        return
    limits = band(facts.scheme, tier)
    if limits is not None and not limits.holds(facts.scheme.precise(share)):
        end = "" if limits.closed else "（不含）"
        wanted = f"{percent(limits.low)}—{percent(limits.high)}{end}"
        text = f"选“{row.tier}”，自评{points(own)}是分值的{percent(share)}，应在{wanted}之内"
        yield Hit(key, about(row, text))


def _sum(facts: Facts, indicator: Indicator) -> Iterator[Judgement]:
    """评分表一行的自评得分，应是绩效指标表里这一类各行之和；有一行没填的不比。"""
    stated = facts.record(facts.scheme.score_sheet.key, indicator.code)
    total = stated.number(SELF_SCORE)
    where, equals = indicator.method.inputs["where"], indicator.method.inputs["equals"]
    options, _, option = str(equals).partition(".")
    wanted = facts.scheme.word(options, option)
    rows = [
        row
        for row in target_rows(facts)
        if row.record.text(str(where)) == wanted
        and not (row.self_score is None and left_out(facts.scheme, row))
    ]
    known = [row.self_score for row in rows if row.self_score is not None]
    if total is None or not rows or len(known) < len(rows):
        return
    added = sum(known, Decimal(0))
    if abs(total - added) > TOTAL_TOLERANCE.of(facts.scheme):
        sheet = facts.scheme.sheet(SHEET).name
        text = f"自评{points(total)}，{sheet}表里{wanted}各行自评得分之和{points(added)}"
        yield Hit(stated.key(SELF_SCORE), text)
