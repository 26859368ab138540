"""选档：选了哪一项得几成（定性三档、是否建立一类；docs/来源.md §3、§4）。"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from xltool.facts.computed import percent
from xltool.scoring.deduction import Loss
from xltool.scoring.method import Method
from xltool.values.excerpt import MOST_CHOICES, several

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.options import Option
    from xltool.scoring.score import Score


class Choice(Method):
    """按所选的选项得分；`shares` 与选项表的次序一一对应。"""

    __slots__ = ()
    name: ClassVar[str] = "choice"
    needs: ClassVar[tuple[str, ...]] = ("field",)
    chosen: ClassVar[tuple[str, ...]] = needs
    wants: ClassVar[tuple[str, ...]] = ("shares",)
    numbered: ClassVar[tuple[str, ...]] = wants

    def check(self) -> None:
        """核对得分比例的个数。"""
        super().check()
        count, words = len(self.indicator.method.parameters), self.scheme.words(self._list)
        if count != len(words):
            shown = (
                f"选项表“{self._list}”有 {len(words)} 个选项（{several(words, most=MOST_CHOICES)}）"
            )
            raise self.problem("parameters.shares", f"得分比例有 {count} 个，{shown}，要一一对应")

    @property
    def _list(self) -> str:
        return self.field(self.input("field")).options

    @property
    def _options(self) -> tuple[Option, ...]:
        return self.scheme.options[self._list].options

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        key = self.input("field")
        text = facts.text(key)
        for number, option in enumerate(self._options, 1):
            if text == option.value:
                share = self.parameter(f"shares{number}")
                trace = f"{self.label(key)}：{text}，{percent(share)}×{self.full}分"
                losses = self._losses(text, share)
                return self.scored(share * self.indicator.points, trace, (key,), losses)
        return self.lacking(facts, (key,), (key,))

    def _losses(self, text: str, share: Decimal) -> Iterator[Loss]:
        if share >= 1:
            return
        key = self.input("field")
        shares = [self.parameter(f"shares{n}") for n in range(1, len(self._options) + 1)]
        better = [
            (f"做到“{option.value}”", other)
            for option, other in zip(self._options, shares, strict=True)
            if other > share
        ]
        steps = sorted(better, key=lambda step: step[1])
        why = f"{self.label(key)}：{text}，得{self.part(share)}分"
        yield Loss((1 - share) * self.indicator.points, why, self.climb(steps), key)

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        cell = refs.cell(self.input("field"))
        value = '""'
        for number, option in reversed(list(enumerate(self._options, 1))):
            points = f"{self.own(refs, f'shares{number}')}*{self.own_points(refs)}"
            test = f"{cell}={refs.option(self._list, option.key)}"
            value = f"IF({test},{self.rounded(refs, points)},{value})"
        return value

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """所选的选项。"""
        cell = refs.cell(self.input("field"))
        return f'IF({cell}="","",{cell})', False

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """所选的选项。"""
        return facts.text(self.input("field")) or None

    def sentence(self) -> str:
        """评分标准。"""
        parts = [
            f"{option.value}得{self.part(self.parameter(f'shares{number}'))}分"
            for number, option in enumerate(self._options, 1)
        ]
        return f"{self.label(self.input('field'))}：{'；'.join(parts)}。"
