"""方案里的数在不在道理之内：分值、扣分、界限不为负，得分比例在 0% 到 100% 之间。

多打一个负号，或把 80% 写成 80，印出的评分标准照样成句，算出的得分却越过分值。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.scheme.completing import (
    OVER_FACTOR,
    PASS_MARK,
    SATISFACTION_REST,
    SATISFACTION_SHARE,
    TIERS,
)
from xltool.scheme.parameters import METHOD_LABELS
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme

    Problem = tuple[str, str]

_HUNDRED: Final = Decimal(100)
_SHARE: Final = "得分比例"
_SHARES: Final = frozenset(
    [key for key, (label, _) in METHOD_LABELS.items() if label.endswith(_SHARE)]
    + [*TIERS.values(), OVER_FACTOR, SATISFACTION_SHARE, SATISFACTION_REST]
)
_SIGNED: Final = frozenset({"limit", "ceiling", "bound"})  # 所看的值可以是负数，如增速


def range_problems(scheme: Scheme) -> Iterator[Problem]:
    """越过范围的数：键的路径和说法。"""
    points = [(f"levels.{level.title}.points", level.points) for level in scheme.levels]
    points += [(f"indicators.{item.code}.points", item.points) for item in scheme.indicators]
    for path, value in points:
        if value < 0:
            yield path, _negative_points(value)
    own = {
        key: f"indicators.{item.code}.method{part}.parameters.{key.rpartition('.')[2]}"
        for item in scheme.indicators
        for part, spec in item.method.every()
        for key in spec.parameters
    }
    allocated = _allocated(scheme)
    for key, parameter in scheme.parameters.items():
        name = key.rpartition(".")[2]
        message = _message(name.rstrip("0123456789"), parameter.value, own=key in own)
        if message and key in allocated:
            yield allocated[key], _negative_points(parameter.value)
        elif message and key in own:
            yield own[key], message
        elif message:
            yield f"parameters.{key}.value", message
    for key, override in scheme.thresholds.items():
        message = _message(key.partition(".")[2], override.value, own=False)
        if message:
            yield f"flags.{key}.value", message


def _allocated(scheme: Scheme) -> dict[str, str]:
    """分法里的分值：参数的标识，和它在方案里的路径。"""
    allocation = scheme.allocation
    if allocation is None:
        return {}
    return {
        allocation.parameter(code, option): f"allocation.cases.{option}.points.{code}"
        for option in allocation.options
        for code in allocation.codes
    }


def _negative_points(value: Decimal) -> str:
    return f"分值不能小于 0，现为 {plain(value)}"


def _message(name: str, value: Decimal, *, own: bool) -> str:
    if name in _SHARES and not 0 <= value <= 1:
        return f"{_SHARE}应在 0% 到 100% 之间，现为 {plain(value * _HUNDRED)}%"
    if value < 0 and name != PASS_MARK and not (own and name in _SIGNED):  # 及格线另有更窄的范围
        return f"不能小于 0，现为 {plain(value)}"
    return ""
