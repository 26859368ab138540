"""得分：一个三级指标的分数、计算过程、缺什么、用了哪些格、扣在哪里。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.scheme.key import CellKey
    from xltool.scoring.deduction import Deduction


@dataclass(frozen=True, slots=True)
class Score:
    """一个三级指标的系统得分。

    `value` 以分计，两位小数；不能计分时为空，`missing` 指出缺哪些格。`trace` 是一句话的计算过程。
    `deductions` 各条之和是 `points` 减去 `value`；得满分的、不能计分的没有。
    """

    code: str
    points: Decimal
    value: Decimal | None
    trace: str
    missing: tuple[CellKey, ...] = ()
    used: tuple[CellKey, ...] = ()
    deductions: tuple[Deduction, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """一份报送的全部得分。有一项不能计分时没有总分和等级。"""

    scores: tuple[Score, ...]
    total: Decimal | None
    grade: str
    by_level: tuple[tuple[str, Decimal | None], ...] = field(default=())

    def of(self, code: str) -> Score:
        """某个三级指标的得分。

        Raises:
            KeyError: 没有这个指标。
        """
        for score in self.scores:
            if score.code == code:
                return score
        raise KeyError(code)
