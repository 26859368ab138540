"""应有的行各是书里的哪一行：不看行号，看内容；排了序、插了行都认得。"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Sign = tuple[str, ...]


class Pairs(NamedTuple):
    """`found` 是应有的行各是哪一行；`missing` 是应有而没有的，`added` 是没有该有而有的。"""

    found: dict[int, int]
    missing: list[int]
    added: list[int]


def paired(
    wanted: Mapping[int, Sign],
    present: Mapping[int, Sign],
    steady: Sequence[int],
    anchor: Sequence[int],
) -> Pairs:
    """`wanted`、`present` 是应有的、书里的各行，由行号到各栏的字。

    先配一字不差的，再配不是公式的各栏（`steady`）相同的；其余在 `anchor` 几栏相同的里面取最像的，
    最后看行号相同的像不像。
    """
    pairs = Pairs({}, list(wanted), sorted(present))
    for key in (lambda sign: sign, lambda sign: tuple(sign[n] for n in steady)):
        pairs = _same(pairs, wanted, present, key)
    pairs = _alike(pairs, wanted, present, anchor)
    return _alike(pairs, wanted, present, ())


def _same(
    pairs: Pairs,
    wanted: Mapping[int, Sign],
    present: Mapping[int, Sign],
    key: Callable[[Sign], Sign],
) -> Pairs:
    free: dict[Sign, deque[int]] = defaultdict(deque)
    for row in pairs.added:
        free[key(present[row])].append(row)
    found = dict(pairs.found)
    for row in pairs.missing:
        if same := free[key(wanted[row])]:
            found[row] = same.popleft()
    return _left(found, wanted, present)


def _alike(
    pairs: Pairs, wanted: Mapping[int, Sign], present: Mapping[int, Sign], anchor: Sequence[int]
) -> Pairs:
    """最像的；没有 `anchor` 的只看行号相同的一行。"""
    buckets: dict[Sign | int, list[int]] = defaultdict(list)
    for row in pairs.added:
        buckets[tuple(present[row][n] for n in anchor) if anchor else row].append(row)
    found = dict(pairs.found)
    for row in pairs.missing:
        bucket = buckets[tuple(wanted[row][n] for n in anchor) if anchor else row]
        best = max(bucket, key=lambda one: _likeness(wanted[row], present[one]), default=0)
        filled = sum(map(bool, wanted[row]))
        if best and _likeness(wanted[row], present[best]) * 2 >= filled:
            found[row] = best
            bucket.remove(best)
    return _left(found, wanted, present)


def _left(found: dict[int, int], wanted: Mapping[int, Sign], present: Mapping[int, Sign]) -> Pairs:
    taken = set(found.values())
    missing = [row for row in wanted if row not in found]
    return Pairs(found, missing, [row for row in sorted(present) if row not in taken])


def _likeness(one: Sign, other: Sign) -> int:
    """几栏填了而且相同。"""
    return sum(a == b for a, b in zip(one, other, strict=True) if a or b)
