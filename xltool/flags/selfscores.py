"""评分表上单位自评的得分：填了的和没填的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.flags.rule import Unjudged
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.view import Facts, Record

SELF_SCORE = "self_score"
SELF_TOTAL = field_key("cover.self_total")


def self_scores(facts: Facts) -> tuple[tuple[Record, Decimal], ...]:
    """填了自评得分的各行和得分。"""
    pairs = ((record, record.number(SELF_SCORE)) for record in facts.form_rows)
    return tuple((record, score) for record, score in pairs if score is not None)


def without_self_score(facts: Facts) -> tuple[Unjudged, ...]:
    """没填自评得分的各行，合成一句；都没填就是整栏。"""
    blank = [record.row for record in facts.form_rows if record.number(SELF_SCORE) is None]
    if not blank:
        return ()
    form = facts.scheme.score_sheet
    rows = "" if len(blank) == len(facts.form_rows) else f"序号{'、'.join(blank)} "
    return (Unjudged(f"{form.name} {rows}{form.column(SELF_SCORE).label}"),)
