"""自查：一个指标往哪边好，几条都要问的，写在隐藏的一栏；不是数的，看有没有达到。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.facts.cells import ADJUSTED, EXPECTED, cell, goal
from xltool.facts.completion import numbers_formula
from xltool.facts.days import COLUMNS, DAY_UNIT
from xltool.facts.deadlines import NOT_BEFORE, missed_day
from xltool.facts.direction import Way, doubtful_formula, reverse_formula, way_of
from xltool.facts.left_out import PART, kinds, mark
from xltool.facts.target import indicator_row
from xltool.facts.tiers import tier_key
from xltool.form.live.wording import one_of
from xltool.layout.columns import WAY
from xltool.values import LIKELY_SERIALS

if TYPE_CHECKING:
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

MISSED: Final = "未达"
"""两个日期没有按期，或应“是”而“否”。"""
_OPPOSITE: Final = ("是否", "否是")
_WAYS = {Way.UP: 1, Way.DOWN: -1, Way.DOUBTFUL: 0}


def way_text(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """往哪边好：只在两格都是数时看；不是数的，没有达到的写 MISSED；其中项不单独看。"""
    down, doubt = reverse_formula(scheme, key, refs), doubtful_formula(scheme, key, refs)
    way = f"IF({down},-1,IF({doubt},0,1))"
    missed = f'IF({_missed(scheme, key, refs)},"{MISSED}","")'
    text = f"IF({numbers_formula(scheme, key, refs)},{way},{missed})"
    if PART in kinds(scheme):
        text = f'IF({cell(key, refs, "factor")}={mark(refs, PART)},"",{text})'
    return f'IFERROR({text},"")'


def _missed(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    due, done, operator = goal(scheme, key, refs), cell(key, refs, "actual"), "operator"
    known = (refs.option(operator, one.name.lower()) for one in NOT_BEFORE)
    later = ",".join(f"{cell(key, refs, operator)}={one}" for one in known)
    missed = f"IF(OR({later}),INT({done})<INT({due}),INT({done})>INT({due}))"
    first, last = LIKELY_SERIALS
    days = f"MIN({due},{done})>={first},MAX({due},{done})<={last}"
    dated = f"AND({cell(key, refs, DAY_UNIT[0])}={refs.option(*DAY_UNIT)},{days})"
    opposite = one_of(f"{cell(key, refs, EXPECTED)}&{done}", _OPPOSITE)
    if scheme.has(f"{key.sheet}.{ADJUSTED}"):
        opposite = f'AND({opposite},{cell(key, refs, ADJUSTED)}="")'
    return f"IF(COUNT({due},{done})=2,IF({dated},{missed},FALSE),{opposite})"


def way_number(facts: Facts, row: str) -> int | str:
    """与 way_text 同义。"""
    target = indicator_row(facts, row)
    if target.part:
        return ""
    if target.target is not None and target.result is not None:
        return _WAYS[way_of(facts.scheme, target)]
    pair = "".join(target.record.entry(one).raw for one in COLUMNS)
    opposite = pair in _OPPOSITE and not target.record.entry(ADJUSTED).raw
    return MISSED if opposite or missed_day(target) else ""


def overclaimed(line: Line) -> str:
    """日期、是否没有达到，却选了达成。"""
    achieved = f"{line.at('tier')}={line.refs.option('tier', 'achieved')}"
    return f'AND({line.at(WAY.key)}="{MISSED}",{achieved})'


def is_overclaimed(judged: Judged) -> bool:
    """与 overclaimed 同义。"""
    achieved = tier_key(judged.facts.scheme, indicator_row(judged.facts, judged.row)) == "achieved"
    return achieved and way_number(judged.facts, judged.row) == MISSED
