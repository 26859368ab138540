"""评分表上没填自评得分的行。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.self_scores import SELF_SCORE
from xltool.flags.rule import Unjudged

if TYPE_CHECKING:
    from xltool.facts.view import Facts


def without_self_score(facts: Facts) -> tuple[Unjudged, ...]:
    """没填自评得分的各行，合成一句；都没填就是整栏。"""
    blank = [record.row for record in facts.form_rows if record.number(SELF_SCORE) is None]
    if not blank:
        return ()
    form = facts.scheme.score_sheet
    rows = "" if len(blank) == len(facts.form_rows) else f"序号{'、'.join(blank)} "
    return (Unjudged(f"{form.name} {rows}{form.column(SELF_SCORE).label}"),)
