"""大幅超额：超过多少算、哪些调减、调减多少（财预〔2020〕10号“按照偏离度适度调减分值”）。

界限、办法和幅度都是方案的参数；10号文没有给数，各地的口径不同（docs/来源.md §5、§6）。
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from xltool.facts.cells import cell, goal
from xltool.facts.claims import admitted_formula
from xltool.facts.saying import says_nothing_formula
from xltool.scheme.completing import (
    OVER_ACTION,
    OVER_BY_DEVIATION,
    OVER_FACTOR,
    OVER_INCLUSIVE,
    OVER_LIMIT,
    flagged,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


class Action(IntEnum):
    """超额的怎么办；参数没有写的，全部调减。"""

    NOTHING = 0  # 不调减，只作提示
    EVERY = 1  # 全部调减
    ADMITTED = 2  # 只调减“存在问题”里点到的
    UNEXPLAINED = 3  # 只调减没有写偏差原因的


def action_of(scheme: Scheme) -> Action:
    """方案所定的办法。"""
    parameter = scheme.parameters.get(OVER_ACTION)
    return Action(int(parameter.value)) if parameter else Action.EVERY


def over(scheme: Scheme, ratio: Decimal) -> bool:
    """完成率是否大幅超额。"""
    ratio, limit = scheme.precise(ratio), scheme.number(OVER_LIMIT)
    return ratio > limit or (scheme.number(OVER_INCLUSIVE) == 1 and ratio == limit)


def reduced(scheme: Scheme, row: Target, ratio: Decimal) -> bool:
    """这一行是不是超额而且要调减。"""
    action = action_of(scheme)
    if action is Action.NOTHING or not over(scheme, ratio):
        return False
    if action is Action.ADMITTED:
        return row.admitted
    return action is Action.EVERY or not row.noted


def reduced_share(scheme: Scheme, ratio: Decimal) -> Decimal:
    """调减以后得几成；按偏离度的，超过界限多少减多少，最低到 over_factor。"""
    floor = scheme.number(OVER_FACTOR)
    if not flagged(scheme, OVER_BY_DEVIATION):
        return floor
    return max(floor, 1 - (scheme.precise(ratio) - scheme.number(OVER_LIMIT)))


def ratio_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """完成率，舍入到计算精度。"""
    target, result = goal(scheme, key, refs), cell(key, refs, "actual")
    return f"ROUND({result}/{target},{refs.parameter('working_digits')})"


def reduced_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """与 reduced 同义；只在完成率算得出时用。"""
    action = action_of(scheme)
    if action is Action.NOTHING:
        return "FALSE"
    ratio, limit = ratio_formula(scheme, key, refs), refs.parameter(OVER_LIMIT)
    too_much = f"OR({ratio}>{limit},AND({refs.parameter(OVER_INCLUSIVE)}=1,{ratio}={limit}))"
    if action is Action.ADMITTED:
        return f"AND({too_much},{admitted_formula(key, refs)})"
    if action is Action.UNEXPLAINED:
        unsaid = says_nothing_formula(scheme, cell(key, refs, "note"), refs)
        return f"AND({too_much},{unsaid})"
    return too_much


def reduced_share_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """与 reduced_share 同义。"""
    floor = refs.parameter(OVER_FACTOR)
    if not flagged(scheme, OVER_BY_DEVIATION):
        return floor
    return f"MAX({floor},1-({ratio_formula(scheme, key, refs)}-{refs.parameter('over_limit')}))"
