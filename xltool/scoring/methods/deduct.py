"""逐项扣分：每发生一项扣若干分，扣完为止（docs/来源.md §1 第 8、15、19、22、23 行）。"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.scoring.deduction import Loss
from xltool.scoring.method import Method
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score


class Deduct(Method):
    """分值减去项数乘以每项扣分，不低于零、不高于分值。"""

    __slots__ = ()
    name: ClassVar[str] = "deduct"
    needs: ClassVar[tuple[str, ...]] = ("count",)
    numeric: ClassVar[tuple[str, ...]] = needs
    wants: ClassVar[tuple[str, ...]] = ("each",)

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        key = self.input("count")
        count = facts.number(key)
        if count is None:
            return self.lacking(facts, (key,), (key,))
        each = self.parameter("each")
        full = self.indicator.points
        left = min(full, max(Decimal(0), full - count * each))
        unit = self.field(key).unit
        trace = (
            f"{self.label(key)}{plain(count)}{unit}，{self.full}分-{plain(count)}×{plain(each)}分"
        )
        floor = "，扣完为止" if count * each > full else ""
        return self.scored(left, trace + floor, (key,), self._losses(count, full - left))

    def _losses(self, count: Decimal, lost: Decimal) -> Iterator[Loss]:
        if lost <= 0:
            return
        key, each = self.input("count"), plain(self.parameter("each"))
        why = f"{self.label(key)}{self.quantity_text(key, count)}，每有一项扣{each}分"
        steps = ["没有发生，可不扣"]
        if count * self.parameter("each") > self.indicator.points:
            why += f"，以{self.full}分扣完为止"
            # 还能得分的最多项数
            items = self.indicator.points / self.parameter("each")
            most = items.to_integral_value(ROUND_CEILING) - 1
            if most > 0:
                steps.insert(0, f"减到{self.quantity_text(key, most)}才开始得分")
        elif count > 1:
            steps.insert(0, f"每少{self.quantity_text(key, Decimal(1))}少扣{each}分")
        yield Loss(lost, why, "；".join(steps), key)

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        count = refs.cell(self.input("count"))
        full = self.own_points(refs)
        left = f"MIN({full},MAX(0,{full}-{count}*{self.own(refs, 'each')}))"
        return f'IF(ISNUMBER({count}),{self.rounded(refs, left)},"")'

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """项数。"""
        count = refs.cell(self.input("count"))
        return f'IF(ISNUMBER({count}),{count},"")', False

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """项数。"""
        return facts.number(self.input("count"))

    def sentence(self) -> str:
        """评分标准。"""
        name, each = self.label(self.input("count")), plain(self.parameter("each"))
        return f"没有发生得{self.full}分；{name}每有一项扣{each}分，扣完为止。"
