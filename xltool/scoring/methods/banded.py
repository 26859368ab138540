"""分档：值落在哪一档得几成（docs/来源.md §1 第 7、18、24、25 行，§2）。"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import clear_percent, percent, shown
from xltool.facts.working import working
from xltool.scoring.deduction import Loss
from xltool.scoring.one_value import OneValue

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score

_BEYOND = 0  # 超过上限的一档


class Banded(OneValue):
    """分档计分：`better` 为 high 时达到界限即入档，为 low 时不超过界限即入档；各档由好到差。

    `ceiling`、`beyond_share` 要写就一起写：值超过 `ceiling` 的不论哪一档，只得 `beyond_share`。
    """

    __slots__ = ()
    name: ClassVar[str] = "banded"
    needs: ClassVar[tuple[str, ...]] = ("value", "better")
    wants: ClassVar[tuple[str, ...]] = ("limit", "share", "rest_share")
    optional: ClassVar[tuple[str, ...]] = ("ceiling", "beyond_share")
    numbered: ClassVar[tuple[str, ...]] = ("limit", "share")

    def check(self) -> None:
        """核对方向和档次的次序：界限和得分比例都由好到差。"""
        super().check()
        limits = [self.parameter(f"limit{n}") for n in self._numbers]
        if limits != sorted(set(limits), reverse=self.high):
            raise self.problem("parameters.bands", "各档界限要由好到差排列，不能重复")
        shares = [self.parameter(f"share{n}") for n in self._numbers]
        shares.append(self.parameter("rest_share"))
        if shares != sorted(shares, reverse=True):
            raise self.problem("parameters.bands", "各档得分比例要由高到低，其余的最低")
        if self._has("ceiling") != self._has("beyond_share"):
            raise self.problem("parameters.ceiling", "要与 beyond_share 一起写")

    def _has(self, name: str) -> bool:
        return self.parameter_key(name) in self.scheme.parameters

    @property
    def _numbers(self) -> tuple[int, ...]:
        count = sum(1 for key in self.indicator.method.parameters if ".limit" in key)
        return tuple(range(1, count + 1))

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        key = self.input("value")
        value = facts.number(key)
        if value is None:
            return self.lacking(facts, (key,), (key,))
        band = self._band(self.scheme.precise(value))
        share = self._share(band)
        own = working(facts, key)
        how, used = (f"={own.text}=", (key, *own.used)) if own else ("", (key,))
        fact = f"{self.label(key)}{how}{self.quantity_text(key, value)}"
        trace = f"{fact}，得分比例{percent(share)}×{self.full}分"
        losses = self._losses(value, band)
        return self.scored(share * self.indicator.points, trace, used, losses)

    def _band(self, value: Decimal) -> int:
        """落在第几档；超过上限的是第 0 档，哪一档也不到的是最后一档之后的“其余”。"""
        if self._has("ceiling") and value > self.parameter("ceiling"):
            return _BEYOND
        for number in self._numbers:
            limit = self.parameter(f"limit{number}")
            if value >= limit if self.high else value <= limit:
                return number
        return len(self._numbers) + 1

    def _share(self, band: int) -> Decimal:
        if band == _BEYOND:
            return self.parameter("beyond_share")
        return self.parameter(f"share{band}" if band in self._numbers else "rest_share")

    def _losses(self, value: Decimal, band: int) -> Iterator[Loss]:
        share, key = self._share(band), self.input("value")
        if share >= 1:
            return
        steps = [step for step in self._steps(band) if step[1] > share]
        if self.ratio and band > 1:  # 看得出没有到上一档的写法
            written = clear_percent(value, self.parameter(f"limit{band - 1}"))
        else:
            written = self.quantity_text(key, value)
        why = f"{self.label(key)}{written}，{self._where(band)}，得{self.part(share)}分"
        yield Loss((1 - share) * self.indicator.points, why, self.climb(steps), key)

    def _steps(self, band: int) -> Iterator[tuple[str, Decimal]]:
        """怎样到更好的档次，由近到远。"""
        name = self.label(self.input("value"))
        if band == _BEYOND:
            best = self._share(self._band(self.parameter("ceiling")))
            yield f"{name}不超过{self._limit('ceiling')}", best
        for number in range(band - 1, 0, -1):
            limit = self._limit(f"limit{number}")
            none = not self.ratio and not self.high and self.parameter(f"limit{number}") == 0
            reach = "达到" if self.high else "不超过"
            yield f"{name}{'为' if none else reach}{limit}", self._share(number)

    def _where(self, band: int) -> str:
        """落在哪一档。"""
        if band == _BEYOND:
            return f"超过{self._limit('ceiling')}"
        if band in self._numbers:
            return f"在{self._word}{self._limit(f'limit{band}')}一档"
        worst = self._limit(f"limit{len(self._numbers)}")
        return f"不到{worst}" if self.high else f"超过{worst}"

    @property
    def _word(self) -> str:
        return "≥" if self.high else "≤"

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        cell = refs.cell(self.input("value"))
        value = f"ROUND({cell},{refs.parameter('working_digits')})"
        share = self.own(refs, "rest_share")
        for number in reversed(self._numbers):
            sign = ">=" if self.high else "<="
            test = f"{value}{sign}{self.own(refs, f'limit{number}')}"
            share = f"IF({test},{self.own(refs, f'share{number}')},{share})"
        if self._has("ceiling"):
            beyond = f"{value}>{self.own(refs, 'ceiling')}"
            share = f"IF({beyond},{self.own(refs, 'beyond_share')},{share})"
        return f'IF(ISNUMBER({cell}),{self.rounded(refs, f"{share}*{self.own_points(refs)}")},"")'

    def sentence(self) -> str:
        """评分标准。"""
        bands = [
            f"{self._from(n)}{self._limit(f'limit{n}')}得{self.part(self._share(n))}分"
            for n in self._numbers
        ]
        if self._has("ceiling"):
            points = self.part(self._share(_BEYOND))
            bands.insert(0, f"超过{self._limit('ceiling')}得{points}分")
        name = self.label(self.input("value"))
        return f"{name}{'，'.join(bands)}，其余得{self.part(self.parameter('rest_share'))}分。"

    def _from(self, number: int) -> str:
        """入档的符号；超过上限的另算的，最好的一档就是正好等于。"""
        limit = self.parameter(f"limit{number}")
        alone = self.high and self._has("ceiling") and limit == self.parameter("ceiling")
        return "等于" if alone else self._word

    def _limit(self, parameter: str) -> str:
        return shown(self.scheme.parameters[self.parameter_key(parameter)])
