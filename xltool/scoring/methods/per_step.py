"""逐点扣分：越过界限以后，每差一步扣若干分，扣到最低为止（docs/来源.md §5）。"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import clear_percent, percent, points_apart, shown
from xltool.facts.working import working
from xltool.scoring.deduction import Loss
from xltool.scoring.one_value import OneValue
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score

_COUNTINGS = {
    "pro_rata": ("不满{step}的按比例扣", "", ""),
    "full": ("不满{step}的不扣", "ROUNDDOWN(", ",0)"),
    "started": ("不满{step}的按{step}扣", "ROUNDUP(", ",0)"),
}


class PerStep(OneValue):
    """`better` 为 low 时超过 `bound` 的扣分，为 high 时不到 `bound` 的扣分。

    每差一个 `step`（单位与所看的值相同，百分数的 1% 就是一个百分点）扣 `per_step` 分；
    不满一步的，`counting` 为 pro_rata 按比例扣，full 不扣，started 按一步扣。
    扣到分值的 `floor_share` 为止，不写就是扣完为止。
    """

    __slots__ = ()
    name: ClassVar[str] = "per_step"
    needs: ClassVar[tuple[str, ...]] = ("value", "better", "counting")
    wants: ClassVar[tuple[str, ...]] = ("bound", "step", "per_step")
    optional: ClassVar[tuple[str, ...]] = ("floor_share",)

    def check(self) -> None:
        """核对方向、零头的算法和步长。"""
        super().check()
        if self.text("counting") not in _COUNTINGS:
            raise self.problem("inputs.counting", "应是 pro_rata、full 或 started")
        if self.parameter("step") == 0:
            raise self.problem("parameters.step", "要大于 0")

    @property
    def _floor(self) -> Decimal:
        has = self.parameter_key("floor_share") in self.scheme.parameters
        return self.parameter("floor_share") if has else Decimal(0)

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        key = self.input("value")
        value = facts.number(key)
        if value is None:
            return self.lacking(facts, (key,), (key,))
        steps = self._steps(self.scheme.precise(value))
        full, lost = self.indicator.points, steps * self.parameter("per_step")
        earned = max(self._floor * full, full - lost)
        own = working(facts, key)
        how, used = (f"={own.text}=", (key, *own.used)) if own else ("", (key,))
        trace = f"{self.label(key)}{how}{self._written(value)}，"
        if not steps:
            trace += f"{self._within}{self._shown('bound')}，得满分{self.full}分"
        else:
            trace += (
                f"{self._beyond}{self._shown('bound')}，差{self._apart(value)}，"
                f"{self.full}分-{plain(steps)}×{plain(self.parameter('per_step'))}分"
            )
            if earned > full - lost:
                trace += f"，最低{plain(earned)}分"
        return self.scored(earned, trace, used, self._losses(value, full - earned))

    def _steps(self, value: Decimal) -> Decimal:
        """差几步；没有越过界限是零。"""
        bound = self.parameter("bound")
        beyond = bound - value if self.high else value - bound
        steps = self.scheme.precise(max(Decimal(0), beyond) / self.parameter("step"))
        if self.text("counting") == "pro_rata":
            return steps
        way = ROUND_DOWN if self.text("counting") == "full" else ROUND_CEILING
        return steps.to_integral_value(way)

    def _losses(self, value: Decimal, lost: Decimal) -> Iterator[Loss]:
        key = self.input("value")
        name, bound = self.label(key), self._shown("bound")
        why = f"{name}{self._written(value)}，{self._beyond}{bound}，差{self._apart(value)}"
        yield Loss(lost, why, f"{name}{self._within}{bound}，可不扣", key)

    def _written(self, value: Decimal) -> str:
        """看得出没有到界限的写法。"""
        if self.ratio:
            return clear_percent(value, self.parameter("bound"))
        return self.quantity_text(self.input("value"), value)

    def _apart(self, value: Decimal) -> str:
        apart = abs(value - self.parameter("bound"))
        text = percent(apart) if self.ratio else self.quantity_text(self.input("value"), apart)
        return points_apart(text)

    @property
    def _within(self) -> str:
        return "达到" if self.high else "不超过"

    @property
    def _beyond(self) -> str:
        return "低于" if self.high else "超过"

    def _shown(self, name: str) -> str:
        return shown(self.scheme.parameters[self.parameter_key(name)])

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        cell, digits = refs.cell(self.input("value")), refs.parameter("working_digits")
        value, bound = f"ROUND({cell},{digits})", self.own(refs, "bound")
        beyond = f"{bound}-{value}" if self.high else f"{value}-{bound}"
        _, before, after = _COUNTINGS[self.text("counting")]
        steps = f"{before}ROUND(MAX(0,{beyond})/{self.own(refs, 'step')},{digits}){after}"
        points = self.own_points(refs)
        floor = "0"
        if self.parameter_key("floor_share") in self.scheme.parameters:
            floor = f"{self.own(refs, 'floor_share')}*{points}"
        earned = f"MAX({floor},{points}-{steps}*{self.own(refs, 'per_step')})"
        return f'IF(ISNUMBER({cell}),{self.rounded(refs, earned)},"")'

    def sentence(self) -> str:
        """评分标准。"""
        step = points_apart(self._shown("step"))
        each = plain(self.parameter("per_step"))
        left = _COUNTINGS[self.text("counting")][0].format(step=step)
        lowest = self._floor
        end = f"最低得{self.part(lowest)}分" if lowest else "扣完为止"
        return (
            f"{self.label(self.input('value'))}{self._within}{self._shown('bound')}得{self.full}分，"
            f"每{self._beyond}{step}扣{each}分（{left}），{end}。"
        )
