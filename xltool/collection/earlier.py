"""一个单位上年度的得分、等级、名次和问题。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class Earlier(NamedTuple):
    """一个单位（项目）上年度的：得分、等级、名次、触发了哪些规则；`own` 是只有自评得分的。"""

    score: Decimal
    grade: str = ""
    rank: int | None = None
    rules: frozenset[str] = frozenset()
    own: bool = False
