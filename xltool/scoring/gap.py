"""甲还不到乙：还差多少。几种按比率计分的办法共用。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import clear_percent, points_apart

if TYPE_CHECKING:
    from xltool.scheme.key import CellKey
    from xltool.scoring.method import Method


class Side(NamedTuple):
    """相除的一边：哪一格、数是多少。"""

    key: CellKey
    number: Decimal


def falls_short(method: Method, upper: Side, lower: Side) -> str:
    """甲占乙的几成。乙不能为零。"""
    ratio = clear_percent(upper.number / lower.number, Decimal(1))
    return f"{_named(method, upper)}只有{_named(method, lower)}的{ratio}"


def fill_up(method: Method, upper: Side, lower: Side) -> str:
    """甲怎样达到乙；乙是零或负数的先要填对。"""
    name, goal = method.label(upper.key), method.label(lower.key)
    if lower.number == 0:
        return f"{goal}有实际数的照实填（不为0），{name}达到它，可不扣"
    if lower.number < 0:
        return f"核对并改正{goal}，它不应是负数"
    more = points_apart(method.quantity_text(upper.key, lower.number - upper.number))
    return f"{name}达到{_named(method, lower)}（还差{more}），可不扣"


def _named(method: Method, side: Side) -> str:
    return f"{method.label(side.key)}{method.quantity_text(side.key, side.number)}"
