"""扣分：扣在哪里、为什么、怎样可以不扣；各条之和恰是分值减去得分。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.scheme.key import CellKey

_SCALE = 20  # 分摊时没有舍入的数取到多少位小数


@dataclass(frozen=True, slots=True)
class Deduction:
    """一条扣分。

    `points` 以分计，位数与得分相同；`why` 是带数的事实，`avoid` 是怎样可以不扣；`key` 是看哪一格。
    """

    points: Decimal
    why: str
    avoid: str
    key: CellKey


class Loss(NamedTuple):
    """还没有舍入的一条扣分；`amount` 以分计，不大于零的不算扣。"""

    amount: Decimal
    why: str
    avoid: str
    key: CellKey


def shared(losses: Iterable[Loss], total: Decimal, digits: int) -> tuple[Deduction, ...]:
    """把舍入后的扣分 `total` 摊到各条，各条之和恰是 `total`。

    各条按没有舍入的数分摊，先只取到 `digits` 位小数，余下的一个末位一个末位给零头最大的；
    零头相同的给在前的。不足一个末位的那条写 0，原因照列。没有扣就一条也没有。
    """
    lost = [loss for loss in losses if loss.amount > 0]
    if total <= 0 or not lost:
        return ()
    weights = [int(loss.amount.scaleb(_SCALE)) for loss in lost]
    units, whole = int(total.scaleb(digits)), sum(weights)
    parts = [divmod(units * weight, whole) for weight in weights]
    left = units - sum(count for count, _ in parts)
    largest = sorted(range(len(parts)), key=lambda n: (-parts[n][1], n))[:left]
    return tuple(
        Deduction(
            Decimal(parts[n][0] + (n in largest)).scaleb(-digits), loss.why, loss.avoid, loss.key
        )
        for n, loss in enumerate(lost)
    )
