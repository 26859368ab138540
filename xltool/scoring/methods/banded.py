"""分档：值落在哪一档得几成（domain.md 1.2 第 7、18、24、25 行，1.4）。"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import percent, plain, shown
from xltool.scheme.model import FieldKind
from xltool.scoring.method import Method

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.computed import Refs
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score


class Banded(Method):
    """分档计分：`better` 为 high 时达到界限即入档，为 low 时不超过界限即入档；各档由好到差。

    `ceiling`、`beyond_share` 要写就一起写：值超过 `ceiling` 的不论哪一档，只得 `beyond_share`。
    """

    __slots__ = ()
    name: ClassVar[str] = "banded"
    needs: ClassVar[tuple[str, ...]] = ("value", "better")
    numeric: ClassVar[tuple[str, ...]] = ("value",)
    wants: ClassVar[tuple[str, ...]] = ("limit", "share", "rest_share")
    optional: ClassVar[tuple[str, ...]] = ("ceiling", "beyond_share")
    numbered: ClassVar[tuple[str, ...]] = ("limit", "share")

    def check(self) -> None:
        """核对方向和档次的次序。"""
        super().check()
        if self.text("better") not in ("high", "low"):
            raise self.problem("inputs.better", "应是 high 或 low")
        limits = [self.parameter(f"limit{n}") for n in self._numbers]
        if limits != sorted(set(limits), reverse=self._high):
            raise self.problem("parameters.bands", "各档界限要由好到差排列，不能重复")
        if self._has("ceiling") != self._has("beyond_share"):
            raise self.problem("parameters.ceiling", "ceiling 和 beyond_share 要一起写")

    def _has(self, name: str) -> bool:
        return self.parameter_key(name) in self.scheme.parameters

    @property
    def _numbers(self) -> tuple[int, ...]:
        count = sum(1 for key in self.indicator.method.parameters if ".limit" in key)
        return tuple(range(1, count + 1))

    @property
    def _high(self) -> bool:
        return self.text("better") == "high"

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        key = self.input("value")
        value = facts.number(key)
        if value is None:
            return self.lacking((key,), (key,))
        share = self._share(self.scheme.precise(value))
        trace = f"{self.label(key)}{self._show(value)}，得分比例{percent(share)}×{self.full}分"
        return self.scored(share * self.indicator.points, trace, (key,))

    def _share(self, value: Decimal) -> Decimal:
        if self._has("ceiling") and value > self.parameter("ceiling"):
            return self.parameter("beyond_share")
        for number in self._numbers:
            limit = self.parameter(f"limit{number}")
            if value >= limit if self._high else value <= limit:
                return self.parameter(f"share{number}")
        return self.parameter("rest_share")

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        cell = refs.cell(self.input("value"))
        value = f"ROUND({cell},{refs.parameter('working_digits')})"
        share = self.own(refs, "rest_share")
        for number in reversed(self._numbers):
            sign = ">=" if self._high else "<="
            test = f"{value}{sign}{self.own(refs, f'limit{number}')}"
            share = f"IF({test},{self.own(refs, f'share{number}')},{share})"
        if self._has("ceiling"):
            beyond = f"{value}>{self.own(refs, 'ceiling')}"
            share = f"IF({beyond},{self.own(refs, 'beyond_share')},{share})"
        return f'IF(ISNUMBER({cell}),{self.rounded(refs, f"{share}*{self.own_points(refs)}")},"")'

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """所看的值。"""
        cell = refs.cell(self.input("value"))
        return f'IF(ISNUMBER({cell}),{cell},"")', self._ratio

    @property
    def _ratio(self) -> bool:
        return self.field(self.input("value")).kind is FieldKind.PERCENT

    def _show(self, value: Decimal) -> str:
        field = self.field(self.input("value"))
        return percent(value) if self._ratio else f"{plain(value)}{field.unit}"

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """所看的值。"""
        return facts.number(self.input("value"))

    def sentence(self) -> str:
        """评分标准。"""
        word = "≥" if self._high else "≤"
        bands = [
            f"{word}{self._limit(f'limit{n}')}得{self._points(f'share{n}')}分"
            for n in self._numbers
        ]
        name = self.label(self.input("value"))
        rest = f"其余得{self._points('rest_share')}分"
        if self._has("ceiling"):
            bands.insert(0, f"超过{self._limit('ceiling')}得{self._points('beyond_share')}分")
        return f"{name}{'，'.join(bands)}，{rest}。"

    def _limit(self, parameter: str) -> str:
        return shown(self.scheme.parameters[self.parameter_key(parameter)])

    def _points(self, name: str) -> str:
        return plain(self.scheme.round_points(self.parameter(name) * self.indicator.points))
