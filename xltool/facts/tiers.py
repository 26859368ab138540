"""不能用数衡量的指标：按“达成情况”取档，三档为 100%—80%、80%—60%、60%—0（财预〔2020〕10号）。

方案写了各档的下限的，单位在档内自己评的分作数；没有写下限，或评的分不在档内的，按该档的得分比例。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.cells import cell
from xltool.scheme.categories import SHEET
from xltool.scheme.completing import TIER_LOWS, TIERS

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

_ZERO, _ONE = Decimal(0), Decimal(1)


class Band(NamedTuple):
    """一档的得分比例从多少到多少；最高一档含上限，其余不含。"""

    low: Decimal
    high: Decimal
    closed: bool

    def holds(self, share: Decimal) -> bool:
        """得分比例在不在这一档。"""
        return self.low <= share and (share <= self.high if self.closed else share < self.high)


def tier_key(scheme: Scheme, row: Target) -> str:
    """选了哪一档；没有选时为空串。"""
    return next((key for key in TIERS if row.tier and row.tier == scheme.word("tier", key)), "")


def band(scheme: Scheme, key: str) -> Band | None:
    """某一档的范围；方案没有写下限，或看不出单位自己评了几成时为空。"""
    if not set(TIER_LOWS.values()) <= scheme.parameters.keys():
        return None
    if not (scheme.has(f"{SHEET}.points") and scheme.has(f"{SHEET}.self_score")):
        return None
    achieved, partial = (scheme.number(name) for name in TIER_LOWS.values())
    bands = {
        "achieved": Band(achieved, _ONE, closed=True),
        "partial": Band(partial, achieved, closed=False),
        "missed": Band(_ZERO, partial, closed=False),
    }
    return bands[key]


def tier_share(scheme: Scheme, row: Target) -> Decimal | None:
    """得几成；没有选达成情况时为空。"""
    key = tier_key(scheme, row)
    if not key:
        return None
    own, limits = own_share(row), band(scheme, key)
    if own is not None and limits is not None and limits.holds(scheme.precise(own)):
        return own
    return scheme.number(TIERS[key])


def own_share(row: Target) -> Decimal | None:
    """单位自己评的得分占分值的几成。"""
    if row.self_score is None or not row.points:
        return None
    return row.self_score / row.points


def tier_formula(scheme: Scheme, key: CellKey, refs: Refs, other: str = '""') -> str:
    """与 tier_share 同义；没有选档的写 `other`。"""
    text = other
    for name in reversed(TIERS):
        test = f"{cell(key, refs, 'tier')}={refs.option('tier', name)}"
        text = f"IF({test},{_share_formula(scheme, key, refs, name)},{text})"
    return text


def _share_formula(scheme: Scheme, key: CellKey, refs: Refs, name: str) -> str:
    fixed = refs.parameter(TIERS[name])
    if band(scheme, name) is None:
        return fixed
    points, own = cell(key, refs, "points"), cell(key, refs, "self_score")
    share = f"ROUND({own}/{points},{refs.parameter('working_digits')})"
    low = refs.parameter(TIER_LOWS[name]) if name in TIER_LOWS else "0"
    upper = f"{share}<=1"
    if name != "achieved":
        high = refs.parameter(TIER_LOWS["achieved" if name == "partial" else "partial"])
        upper = f"{share}<{high}"
    inside = f"IF(AND({share}>={low},{upper}),{own}/{points},{fixed})"
    numbers = f"AND(ISNUMBER({points}),ISNUMBER({own}))"
    return f"IF({numbers},IF({points}=0,{fixed},{inside}),{fixed})"
