"""逐项得分：每做到一项得若干分，不适用的视为做到（docs/来源.md §1 第 9—12、20、21 行）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.scoring.deduction import Loss
from xltool.scoring.method import Method
from xltool.values import plain

if TYPE_CHECKING:
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scoring.score import Score

_NOT_APPLICABLE = "not_applicable"
_GOOD = ("yes", _NOT_APPLICABLE)


class Checklist(Method):
    """各项的分值之和；`points` 与 `items` 一一对应，合计等于指标分值。"""

    __slots__ = ()
    name: ClassVar[str] = "checklist"
    needs: ClassVar[tuple[str, ...]] = ("items",)
    several: ClassVar[tuple[str, ...]] = needs
    chosen: ClassVar[tuple[str, ...]] = needs
    wants: ClassVar[tuple[str, ...]] = ("points",)
    numbered: ClassVar[tuple[str, ...]] = wants

    def check(self) -> None:
        """核对项数和分值。"""
        super().check()
        points = [self.scheme.number(key) for key in self.indicator.method.parameters]
        if len(points) != len(self.inputs("items")):
            raise self.problem("parameters.points", "分值的个数与 items 不同")
        if sum(points) != self.indicator.points:
            message = f"各项分值合计 {plain(sum(points, Decimal(0)))}，应为 {self.full}"
            raise self.problem("parameters.points", message)

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        items = self.inputs("items")
        missing = tuple(key for key in items if not self._chosen(facts, key))
        if missing:
            return self.lacking(facts, missing, items)
        total, parts, losses = Decimal(0), [], []
        for number, key in enumerate(items, 1):
            points = self.parameter(f"points{number}") if self._done(facts, key) else Decimal(0)
            total += points
            parts.append(f"{self.label(key)}：{facts.text(key)}，{plain(points)}分")
            if points == 0:
                losses.append(self._loss(facts, number, key))
        return self.scored(total, "；".join(parts) + "；合计", items, losses)

    def _loss(self, facts: Facts, number: int, key: CellKey) -> Loss:
        """没有做到的一项。"""
        points, label = self.parameter(f"points{number}"), self.label(key)
        why = f"{label}：{facts.text(key)}，这一项不得{plain(points)}分"
        exempt = "；确实不涉及的选“不适用”" if _NOT_APPLICABLE in self._good(key) else ""
        return Loss(points, why, f"做到“{label}”，可不扣{exempt}", key)

    def _chosen(self, facts: Facts, key: CellKey) -> bool:
        """填的是不是选项之一；列表以外的字不当作没有做到，与没有填一样不能计分。"""
        return facts.option(facts.text(key), self.field(key).options, *self._keys(key))

    def _keys(self, key: CellKey) -> tuple[str, ...]:
        options = self.scheme.options[self.field(key).options].options
        return tuple(option.key for option in options)

    def _done(self, facts: Facts, key: CellKey) -> bool:
        return facts.option(facts.text(key), self.field(key).options, *self._good(key))

    def _good(self, key: CellKey) -> tuple[str, ...]:
        """这一项的选项里算做到的。"""
        return tuple(name for name in self._keys(key) if name in _GOOD)

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        items = self.inputs("items")
        parts = "+".join(
            f"IF({self._test(refs, key, self._good(key))},{self.own(refs, f'points{number}')},0)"
            for number, key in enumerate(items, 1)
        )
        return f'IF({self._answered(refs)},{self.rounded(refs, parts)},"")'

    def _answered(self, refs: Refs) -> str:
        """每一项都选了列表里的。"""
        items = self.inputs("items")
        tests = (self._test(refs, key, self._keys(key)) for key in items)
        return f"AND({','.join(tests)})"

    def _test(self, refs: Refs, key: CellKey, names: tuple[str, ...]) -> str:
        options = self.field(key).options
        tests = (f"{refs.cell(key)}={refs.option(options, name)}" for name in names)
        return f"OR({','.join(tests)})"

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """做到的项数。"""
        items = self.inputs("items")
        good = (self._test(refs, key, self._good(key)) for key in items)
        parts = "+".join(f"IF({test},1,0)" for test in good)
        return f'IF({self._answered(refs)},{parts},"")', False

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """做到的项数。"""
        items = self.inputs("items")
        if not all(self._chosen(facts, key) for key in items):
            return None
        return Decimal(sum(self._done(facts, key) for key in items))

    def sentence(self) -> str:
        """评分标准。"""
        items = self.inputs("items")
        parts = [
            f"{self.label(key)}得{plain(self.parameter(f'points{number}'))}分"
            for number, key in enumerate(items, 1)
        ]
        exempt = any(_NOT_APPLICABLE in self._good(key) for key in items)
        ending = "；不适用的视为做到。" if exempt else "。"
        return "；".join(parts) + ending
