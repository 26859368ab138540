"""取高的：几种办法各算各的，哪一种得分高取哪一种（docs/来源.md §5）。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from xltool.scheme.problem import SchemeProblem
from xltool.scoring.method import REGISTERED, UNSCORED, Method

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scoring.score import Score

_FEWEST = 2


class BestOf(Method):
    """`ways` 里写两种以上的办法，各有叫法 `title`；分值都是本指标的分值。

    有的算不出（缺数、分母为零）就看算得出的；都算不出的不能计分。得分相同的取在前的。
    """

    __slots__ = ()
    name: ClassVar[str] = "best_of"
    nests: ClassVar[bool] = True

    def check(self) -> None:
        """核对各种办法：两种以上，各自写得对，不再套一层。"""
        super().check()
        ways = self.indicator.method.ways
        if len(ways) < _FEWEST:
            raise self.problem("ways", "要写两种以上的办法")
        for number, way in enumerate(ways, 1):
            kind = REGISTERED.get(way.name)
            if kind is None or kind.nests:
                path = f"indicators.{self.indicator.code}.method.way{number}.name"
                raise SchemeProblem(self.scheme.file, path, f"“{way.name}”不能用作几种办法之一")
        for method in self._ways:
            method.check()

    @property
    def _ways(self) -> tuple[Method, ...]:
        return tuple(
            REGISTERED[spec.name](self.scheme, replace(self.indicator, method=spec), part)
            for part, spec in self.indicator.method.every()
            if part
        )

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        scores = [method.score(facts) for method in self._ways]
        used = tuple(dict.fromkeys(key for score in scores for key in score.used))
        best = _best(scores)
        if best is None:
            missing = tuple(dict.fromkeys(key for score in scores for key in score.missing))
            whys = (
                f"{way.title}{score.trace.removeprefix(UNSCORED)}"
                for way, score in zip(self.indicator.method.ways, scores, strict=True)
            )
            return self.unscored(missing, "；".join(whys), used)
        parts = (
            f"{way.title}：{score.trace}"
            for way, score in zip(self.indicator.method.ways, scores, strict=True)
        )
        chosen = scores[best]
        return replace(chosen, trace=f"{'；'.join(parts)}；取高的={chosen.value}", used=used)

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        parts = [method.formula(refs) for method in self._ways]
        known = ",".join(f"ISNUMBER({part})" for part in parts)
        best = ",".join(f"IF(ISNUMBER({part}),{part},0)" for part in parts)
        return f'IF(OR({known}),MAX({best}),"")'

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """得分高的那一种的计算依据；几种不都是比率的，不当比率印。"""
        ways = self._ways
        bases = [method.basis(refs) for method in ways]
        scores = [method.formula(refs) for method in ways]
        chosen = bases[-1][0]
        for number in reversed(range(len(ways) - 1)):
            own = scores[number]
            later = "".join(
                f",IF(ISNUMBER({other}),{own}>={other},ISNUMBER({own}))"
                for other in scores[number + 1 :]
            )
            chosen = f"IF(AND(ISNUMBER({own}){later}),{bases[number][0]},{chosen})"
        return chosen, all(ratio for _, ratio in bases)

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """得分高的那一种的计算依据。"""
        ways = self._ways
        best = _best([method.score(facts) for method in ways])
        return ways[-1 if best is None else best].basis_value(facts)

    def sentence(self) -> str:
        """评分标准。"""
        count = "两" if len(self._ways) == _FEWEST else str(len(self._ways))
        parts = (
            f"（{number}）{way.title}：{method.sentence()}"
            for number, (way, method) in enumerate(
                zip(self.indicator.method.ways, self._ways, strict=True), 1
            )
        )
        return f"下列{count}种办法取得分高的：{''.join(parts)}"


def _best(scores: Sequence[Score]) -> int | None:
    """哪一种得分高；都算不出的为空。"""
    values = [score.value for score in scores]
    known = [value for value in values if value is not None]
    return values.index(max(known)) if known else None
