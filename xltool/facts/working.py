"""自动计算的项是怎么算的：用到的数和算式，给人看。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import input_key
from xltool.scheme.model import Compute
from xltool.values import plain

if TYPE_CHECKING:
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey


_WRITTEN = {
    Compute.RATIO: "{upper}÷{base}",
    Compute.CHANGE: "|{upper}-{base}|÷{base}",
    Compute.GROWTH: "({upper}-{base})÷{base}",
}


class Working(NamedTuple):
    """算式，如 在用固定资产7000÷固定资产原值10000，和用到的各格。"""

    text: str
    used: tuple[CellKey, ...]


def working(facts: Facts, key: CellKey) -> Working | None:
    """两数相除的项的算式；直接填的、缺数而用了替代的没有算式。"""
    computation = facts.scheme.computation(key)
    if computation is None or computation.kind not in _WRITTEN:
        return None
    used = tuple(input_key(name, key) for name in computation.inputs)
    numbers = [number for one in used if (number := facts.number(one)) is not None]
    unknown = numbers[-1:] == [0] and computation.kind is not Compute.CHANGE
    if len(numbers) < len(used) or unknown:
        return None
    upper, base = (
        f"{facts.scheme.field(one).label.removeprefix('其中：')}{plain(number)}"
        for one, number in zip(used, numbers, strict=True)
    )
    text = _WRITTEN[computation.kind].format(upper=upper, base=base)
    if numbers[-1] == 0:
        text = f"{base}变为{upper}" + ("（由0变来的按100%）" if numbers[0] else "")
    return Working(text, used)
