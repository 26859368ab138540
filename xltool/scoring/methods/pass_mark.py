"""完成比例加及格线：低于及格线不得分，其上按超出及格线的部分计分（docs/来源.md §4）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import exact_percent, percent, share_words
from xltool.scoring.deduction import Loss
from xltool.scoring.gap import Side, falls_short, fill_up
from xltool.scoring.methods.proportional import Proportional
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score

_ZERO, _ONE = Decimal(0), Decimal(1)


class PassMark(Proportional):
    """得分=(完成率-及格线)÷(1-及格线)×分值，封顶；乙为零时按 `when_zero` 的比例。"""

    __slots__ = ()
    name: ClassVar[str] = "pass_mark"
    wants: ClassVar[tuple[str, ...]] = ("pass_mark", "when_zero")

    def check(self) -> None:
        """核对及格线：到 1 就没有可以计分的余地了。"""
        super().check()
        if not _ZERO <= self._mark < _ONE:
            raise self.problem("parameters.pass_mark", f"应在 0 和 1 之间，现为 {self._mark}")

    @property
    def _mark(self) -> Decimal:
        return self.parameter("pass_mark")

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        used = (self.input("numerator"), self.input("denominator"))
        upper, lower = (facts.number(key) for key in used)
        if upper is None or lower is None:
            missing = tuple(key for key in used if facts.number(key) is None)
            return self.lacking(facts, missing, used)
        if lower == 0:
            share = self.parameter("when_zero")
            trace = f"{self.label(used[1])}为0，按{percent(share)}×{self.full}分"
        else:
            ratio = upper / lower
            share = (ratio - self._mark) / (_ONE - self._mark)
            trace = self._trace(upper, lower, ratio)
        share = min(_ONE, max(_ZERO, share))
        sides = Side(used[0], upper), Side(used[1], lower)
        losses = self._losses(share, *sides)
        return self.scored(share * self.indicator.points, trace, used, losses)

    def _losses(self, share: Decimal, upper: Side, lower: Side) -> Iterator[Loss]:
        if share == 1:
            return
        avoid = fill_up(self, upper, lower)
        if lower.number == 0:
            why = f"{self.label(lower.key)}为0，{share_words(share)}"
        elif share == 0:
            mark = exact_percent(self._mark)
            why = f"{falls_short(self, upper, lower)}，没有超过及格线{mark}，不得分"
            if lower.number > 0:
                more = self.quantity_text(upper.key, self._mark * lower.number)
                avoid = f"{self.label(upper.key)}超过{more}才开始得分；{avoid}"
        else:
            why = f"{falls_short(self, upper, lower)}，折合得分值的{percent(share)}"
        yield Loss((1 - share) * self.indicator.points, why, avoid, upper.key)

    def _trace(self, upper: Decimal, lower: Decimal, ratio: Decimal) -> str:
        start = (
            f"{self.label(self.input('numerator'))}{plain(upper)}"
            f"÷{self.label(self.input('denominator'))}{plain(lower)}={percent(ratio)}"
        )
        mark = exact_percent(self._mark)
        if ratio < self._mark:
            return f"{start}，低于及格线{mark}，0×{self.full}分"
        if ratio > 1:
            return f"{start}，按100%计，×{self.full}分"
        return f"{start}，({percent(ratio)}-{mark})÷(100%-{mark})×{self.full}分"

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        upper, lower = refs.cell(self.input("numerator")), refs.cell(self.input("denominator"))
        mark = self.own(refs, "pass_mark")
        above = f"({upper}/{lower}-{mark})/(1-{mark})"
        share = f"IF({lower}=0,{self.own(refs, 'when_zero')},{above})"
        value = self.rounded(refs, f"MIN(1,MAX(0,{share}))*{self.own_points(refs)}")
        return f'IF(AND(ISNUMBER({upper}),ISNUMBER({lower})),{value},"")'

    def sentence(self) -> str:
        """评分标准。"""
        upper, lower = self.label(self.input("numerator")), self.label(self.input("denominator"))
        mark, zero = exact_percent(self._mark), share_words(self.parameter("when_zero"))
        return (
            f"完成率={upper}÷{lower}×100%，低于{mark}不得分；"
            f"得分=(完成率-{mark})÷(100%-{mark})×{self.full}分，最高{self.full}分；"
            f"{lower}为0的，{zero}。"
        )
