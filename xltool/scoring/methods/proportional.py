"""按比例：甲÷乙×分值，封顶（docs/来源.md §1 第 3、6、13、16、17 行）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import percent, share_words
from xltool.scoring.deduction import Loss
from xltool.scoring.gap import Side, falls_short, fill_up
from xltool.scoring.method import Method
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score


class Proportional(Method):
    """按比例计分；乙为零时按 `when_zero` 的比例。"""

    __slots__ = ()
    name: ClassVar[str] = "proportional"
    needs: ClassVar[tuple[str, ...]] = ("numerator", "denominator")
    numeric: ClassVar[tuple[str, ...]] = needs
    wants: ClassVar[tuple[str, ...]] = ("when_zero",)

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        used = (self.input("numerator"), self.input("denominator"))
        upper, lower = (facts.number(key) for key in used)
        if upper is None or lower is None:
            missing = tuple(key for key in used if facts.number(key) is None)
            return self.lacking(facts, missing, used)
        ratio = self.parameter("when_zero") if lower == 0 else upper / lower
        share = min(Decimal(1), max(Decimal(0), ratio))
        points, trace = share * self.indicator.points, self._trace(upper, lower, ratio)
        sides = Side(used[0], upper), Side(used[1], lower)
        return self.scored(points, trace, used, self._losses(share, *sides))

    def _losses(self, share: Decimal, upper: Side, lower: Side) -> Iterator[Loss]:
        if share == 1:
            return
        if lower.number == 0:
            why = f"{self.label(lower.key)}为0，{share_words(share)}"
        else:
            why = falls_short(self, upper, lower)
        lost = (1 - share) * self.indicator.points
        yield Loss(lost, why, fill_up(self, upper, lower), upper.key)

    def _trace(self, upper: Decimal, lower: Decimal, ratio: Decimal) -> str:
        if lower == 0:
            return f"{self.label(self.input('denominator'))}为0，按{percent(ratio)}×{self.full}分"
        cap = "，按100%计" if ratio > 1 else ""
        return (
            f"{self.label(self.input('numerator'))}{plain(upper)}"
            f"÷{self.label(self.input('denominator'))}{plain(lower)}"
            f"={percent(ratio)}{cap}，×{self.full}分"
        )

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        upper, lower = refs.cell(self.input("numerator")), refs.cell(self.input("denominator"))
        ratio = f"IF({lower}=0,{self.own(refs, 'when_zero')},{upper}/{lower})"
        value = self.rounded(refs, f"MIN(1,MAX(0,{ratio}))*{self.own_points(refs)}")
        return f'IF(AND(ISNUMBER({upper}),ISNUMBER({lower})),{value},"")'

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """比率。"""
        upper, lower = refs.cell(self.input("numerator")), refs.cell(self.input("denominator"))
        test = f"AND(ISNUMBER({upper}),ISNUMBER({lower}))"
        return f'IF({test},IF({lower}=0,"",{upper}/{lower}),"")', True

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """比率。"""
        upper, lower = (facts.number(self.input(name)) for name in self.needs)
        return upper / lower if upper is not None and lower else None

    def sentence(self) -> str:
        """评分标准。"""
        upper, lower = self.label(self.input("numerator")), self.label(self.input("denominator"))
        zero = share_words(self.parameter("when_zero"))
        return (
            f"比例={upper}÷{lower}×100%，得分=比例×{self.full}分，最高{self.full}分；"
            f"{lower}为0的，{zero}。"
        )
