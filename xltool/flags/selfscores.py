"""评分表上没填自评得分的行。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.gathered import typed_key
from xltool.flags.rule import Unjudged
from xltool.flags.wording import lacks
from xltool.scheme.key import SELF_SCORE, CellKey

if TYPE_CHECKING:
    from xltool.facts.view import Facts


def without_self_score(facts: Facts) -> tuple[Unjudged, ...]:
    """没填自评得分的各行，合成一句；都没填就是整栏。"""
    blank = [record.row for record in facts.form_rows if record.number(SELF_SCORE) is None]
    if not blank:
        return ()
    form = facts.scheme.score_sheet
    label = form.column(SELF_SCORE).label
    if len(blank) == len(facts.form_rows):
        return (Unjudged(f"{form.name} {label}"),)
    own = {row: CellKey(form.key, row, SELF_SCORE) for row in blank}
    elsewhere = {row: typed_key(facts.scheme, key) for row, key in own.items()}
    listed = [row for row in blank if elsewhere[row] == own[row]]
    lacking = tuple(lacks(facts, elsewhere[row]) for row in blank if row not in listed)
    here = (Unjudged(f"{form.name} 序号{'、'.join(listed)} {label}"),) if listed else ()
    return (*here, *lacking)
