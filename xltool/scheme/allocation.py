"""分值的各种分法合不合：选项对得上、每种分法都合计满分、第一种就是指标写的分值。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme.options import Allocation

_PATH = "allocation"


def allocation_problems(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """不合的地方：键的路径和说法。"""
    allocation = scheme.allocation
    if allocation is None:
        return
    try:
        listed = scheme.options[scheme.field(allocation.field).options].options
    except KeyError:
        yield f"{_PATH}.field", "要是封面一类逐项表里从列表选的项"
    else:
        options = tuple(option.key for option in listed)
        if options != allocation.options:
            yield f"{_PATH}.cases", f"要与选项 {'、'.join(options)} 一一对应，次序相同"
    codes = {item.code for item in scheme.indicators}
    for code in sorted(allocation.codes - codes):
        yield f"{_PATH}.cases", f"没有三级指标“{code}”"
    if allocation.codes <= codes:
        for number, option in enumerate(allocation.options):
            for message in _case(scheme, allocation, option, first=number == 0):
                yield f"{_PATH}.cases（{option}）", message


def _case(scheme: Scheme, allocation: Allocation, option: str, *, first: bool) -> Iterator[str]:
    total = Decimal(0)
    for item in scheme.indicators:
        points = item.points
        if item.code in allocation.codes:
            points = scheme.number(allocation.parameter(item.code, option))
            if first and points != item.points:
                said = f"第一种分法里 {item.code} 是 {points}"
                yield f"{said}，应与指标的分值 {item.points} 相同"
        total += points
    full = scheme.full_marks
    if total != full:
        yield f"分值合计 {plain(total)}，应为 {plain(full)}"
