"""按预算执行率限定自评分数的最高值（docs/来源.md §5“执行率封顶”）；没有写的方案不限。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.scheme.model import Scheme

LIMIT, POINTS = "self_cap_limit", "self_cap_points"


class Cap(NamedTuple):
    """执行率低于 `limit` 的，自评不得高于 `points` 分。"""

    limit: Decimal
    points: Decimal


def caps(scheme: Scheme) -> tuple[Cap, ...]:
    """各档，由高到低。"""
    return tuple(
        Cap(scheme.number(f"{LIMIT}{n}"), scheme.number(f"{POINTS}{n}")) for n in _numbers(scheme)
    )


def cap_on(scheme: Scheme, rate: Decimal) -> Cap | None:
    """某个执行率落在哪一档；各档都不低于的为空。"""
    rate = scheme.precise(rate)
    return min((cap for cap in caps(scheme) if rate < cap.limit), default=None)


def _numbers(scheme: Scheme) -> range:
    return range(1, 1 + sum(1 for key in scheme.parameters if key.startswith(LIMIT)))


def cap_parameters(scheme: Scheme) -> Iterator[str]:
    """自评封顶用得着的参数；每一档两个。"""
    yield from (f"{stem}{n}" for n in _numbers(scheme) for stem in (LIMIT, POINTS))


def cap_problems(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """不合的地方：键的路径和说法。"""
    numbers = _numbers(scheme)
    missing = [name for name in cap_parameters(scheme) if name not in scheme.parameters]
    yield from ((f"parameters.{name}", "缺少这一项，自评封顶要用") for name in missing)
    if missing:
        return
    listed = caps(scheme)
    for before, after, number in zip(listed, listed[1:], numbers[1:], strict=False):
        if after.limit >= before.limit or after.points >= before.points:
            yield f"parameters.{LIMIT}{number}", "各档的执行率和分数都要由高到低"
