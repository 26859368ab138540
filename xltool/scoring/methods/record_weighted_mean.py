"""记录加权平均：记录表某一栏比率按金额加权的平均数×分值（docs/来源.md §1 第 5 行、§9）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import percent
from xltool.scoring.methods.record_mean import RecordMean
from xltool.values import plain

if TYPE_CHECKING:
    from xltool.facts.records import Record
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scoring.score import Score

_ZERO, _MOST = Decimal(0), Decimal(1)


class RecordWeightedMean(RecordMean):
    """与 record_mean 相同，但按 `weight` 一栏（如安排数）加权；没有金额或金额不大于零的行不计。"""

    __slots__ = ()
    name: ClassVar[str] = "record_weighted_mean"
    needs: ClassVar[tuple[str, ...]] = ("sheet", "column", "weight")

    def check(self) -> None:
        """核对加权的栏。"""
        super().check()
        weight = self.text("weight")
        if weight not in {item.key for item in self._sheet.columns if item.kind.numeric}:
            raise self.problem("inputs.weight", f"“{weight}”不是 {self._sheet.key} 表里填数的栏")

    def _averaged(
        self, records: tuple[Record, ...], rates: list[Decimal], used: tuple[CellKey, ...]
    ) -> Score:
        pairs = self._weighed(records, rates)
        label = self._sheet.column(self.text("weight")).label
        if not pairs:
            missing = tuple(record.key(self.text("weight")) for record in records)
            return self.unscored(missing, f"{self._sheet.name}表没有大于0的{label}", used)
        total = sum((weight for _, weight in pairs), _ZERO)
        mean = _mean(pairs)
        parts = "+".join(f"{percent(rate)}×{plain(weight)}" for rate, weight in pairs)
        trace = f"({parts})÷{label}合计{plain(total)}={self._counted(mean)}，×{self.full}分"
        weights = (record.number(self.text("weight")) or _ZERO for record in records)
        points = (max(_ZERO, weight) / total * self.indicator.points for weight in weights)
        losses = self._losses(records, rates, points)
        return self.scored(min(mean, _MOST) * self.indicator.points, trace, used, losses)

    def _weighed(
        self, records: tuple[Record, ...], rates: list[Decimal]
    ) -> list[tuple[Decimal, Decimal]]:
        weights = (record.number(self.text("weight")) for record in records)
        pairs = zip(rates, weights, strict=True)
        return [(rate, weight) for rate, weight in pairs if weight is not None and weight > 0]

    def formula(self, refs: Refs) -> str:
        """同样算法的公式；没有一行有金额的不能计分。"""
        return f'IF({self._count(refs)}=0,"",{super().formula(refs)})'

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """加权平均的比率。"""
        return f'IF({self._count(refs)}=0,"",{self._mean(refs)})', True

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """加权平均的比率；算不出比率的行不计。"""
        records = facts.records(self._sheet.key)
        rates = [record.number(self.text("column")) for record in records]
        known = [(r, rate) for r, rate in zip(records, rates, strict=True) if rate is not None]
        pairs = self._weighed(tuple(r for r, _ in known), [rate for _, rate in known])
        return _mean(pairs) if pairs else None

    def _count(self, refs: Refs) -> str:
        rates, weights = self._ranges(refs)[0], self._weights(refs)
        return f'COUNTIFS({rates},">=0",{weights},">0")'

    def _mean(self, refs: Refs) -> str:
        # SUMPRODUCT 的参数用逗号隔开：不是数的按零，不出错；负的金额不计
        rates, weights = self._ranges(refs)[0], self._weights(refs)
        total = f'SUMIFS({weights},{rates},">=0",{weights},">0")'
        return f"SUMPRODUCT({rates},{weights},({weights}>0)*1)/{total}"

    def _weights(self, refs: Refs) -> str:
        return refs.column(self._sheet.key, self.text("weight"))

    def sentence(self) -> str:
        """评分标准。"""
        label = self._sheet.column(self.text("weight")).label
        return f"得分=各项的{self._label}按{label}加权的平均数×{self.full}分，{self._limit}。"


def _mean(pairs: list[tuple[Decimal, Decimal]]) -> Decimal:
    total = sum((weight for _, weight in pairs), _ZERO)
    return sum((rate * weight for rate, weight in pairs), _ZERO) / total
