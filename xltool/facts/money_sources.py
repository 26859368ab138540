"""分来源填的资金：每个来源的全年执行数和全年预算数。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

_SHEET, _SPENT, _BUDGET = "finance", "total_", "adjusted_"


class Source(NamedTuple):
    """一个来源的两项：全年执行数、全年预算数。"""

    spent: CellKey
    budget: CellKey


def sources(scheme: Scheme) -> tuple[Source, ...]:
    """分来源填了预算数和执行数的各个来源，依表上的次序。"""
    keys = [field.key for field in scheme.sheet(_SHEET).fields] if scheme.has(_SHEET) else []
    ends = [key.removeprefix(_SPENT) for key in keys if key.startswith(_SPENT)]
    return tuple(
        Source(CellKey(_SHEET, f"{_SPENT}{end}"), CellKey(_SHEET, f"{_BUDGET}{end}"))
        for end in ends
        if f"{_BUDGET}{end}" in keys
    )
