"""绩效指标相加：每个指标有自己的分值，各行得分之和（财预〔2020〕10号《项目支出绩效自评表》）。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from xltool.facts.allocation import points_of, weights_of
from xltool.facts.factor import earned, factor
from xltool.facts.left_out import ABSENT, mark, spreads
from xltool.scheme.categories import SHEET
from xltool.scheme.key import FULL_MARKS
from xltool.scoring.methods.indicator_mean import IndicatorMean
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scoring.deduction import Loss
    from xltool.scoring.score import Score

POINTS, SCORE, FACTOR = "points", "score", "factor"


class IndicatorSum(IndicatorMean):
    """某一类绩效指标各行得分之和；各行分值之和须等于本指标的分值，否则不能计分。"""

    __slots__ = ()
    name: ClassVar[str] = "indicator_sum"
    allocates: ClassVar[bool] = True

    def check(self) -> None:
        """核对绩效指标表有没有分值和得分两栏。"""
        super().check()
        for column in (POINTS, SCORE):
            if not self.scheme.has(f"{SHEET}.{column}"):
                raise self.problem("name", f"{SHEET} 表要有 {column} 一栏")

    def score(self, facts: Facts) -> Score:
        """算出得分。"""
        rows, full = self._rows(facts), points_of(facts, self.indicator)
        used = tuple(row.record.key(SCORE) for row in rows)
        weighed = self.scheme.weighed(self.indicator.code)
        if weighed and (gap := self._unequal_total(facts)):
            return self.unscored(tuple(row.record.key(POINTS) for row in rows), gap, used)
        if not rows:
            trace = f"不设{self._subject}的指标，分值0分"
            none = self.scored(Decimal(0), trace, used, (), full)
            return self.unscored((), self._nothing, used) if full else none
        counted = self._counted(rows)
        earnings = [earned(self.scheme, row) for row in counted]
        known = [value for value in earnings if value is not None]
        if len(known) < len(counted):
            short = [row for row, value in zip(counted, earnings, strict=True) if value is None]
            return self._short_of(short, used)
        weights = weights_of(rows)
        if not weighed and self.scheme.precise(weights) != full:
            keys = tuple(row.record.key(POINTS) for row in rows)
            why = f"{self._subject}的各行分值合计{plain(weights)}分，应为{plain(full)}分"
            return self.unscored(keys, why, used)
        own = weights_of(counted)
        if own <= 0 and counted != rows:
            return self.unscored((), self._absent, used)
        parts = "+".join(plain(value) for value in known)
        trace = f"{self._subject}的{len(counted)}个指标得分{parts}"
        spread = Decimal(1)
        if counted != rows:  # 不适用的各行的分值，按比例摊到其余各行
            spread = full / own
            beside = self._beside(rows, counted)
            trace = f"{trace}{beside}，×{plain(full)}÷{plain(self.scheme.precise(own))}"
        losses = self._lost(counted, known, spread)
        return self.scored(sum(known, Decimal(0)) * spread, trace, used, losses, full)

    def _unequal_total(self, facts: Facts) -> str:
        """分值由项目自定的，全部合计应等于满分；相等的为空串。"""
        total = sum((points_of(facts, one) for one in self.scheme.indicators), Decimal(0))
        full = self.scheme.full_marks
        if self.scheme.precise(total) == full:
            return ""
        return f"各行分值{self._beside_settled}合计{plain(total)}分，应为{plain(full)}分"

    @property
    def _beside_settled(self) -> str:
        """分值已经定好的，也合在一起。"""
        titles = "、".join(one.title for one in self.scheme.settled)
        return f"连同{titles}" if titles else ""

    def _lost(
        self, rows: tuple[Target, ...], earnings: list[Decimal], spread: Decimal
    ) -> Iterator[Loss]:
        """没有得满的各个指标。"""
        for row, value in zip(rows, earnings, strict=True):
            share = factor(self.scheme, row)
            if row.points is not None and share is not None and value < row.points:
                yield self._loss(row, share, (row.points - value) * spread)

    def _short_of(self, rows: list[Target], used: tuple[CellKey, ...]) -> Score:
        """有的行没有分值，有的行不能判断得几成。"""
        unweighted = [row for row in rows if row.points is None]
        if not unweighted:
            return self._short(tuple(rows), used)
        names = "、".join(f"第{row.record.row}号" for row in unweighted)
        missing = tuple(row.record.key(POINTS) for row in unweighted)
        return self.unscored(missing, f"指标{names}没有填分值", used)

    def formula(self, refs: Refs) -> str:
        """同样算法的公式。"""
        where, wanted, scores = self._columns(refs)
        weights, own = refs.column(SHEET, POINTS), self.own_points(refs)
        count = self._count(refs, where, wanted)
        ready = f'COUNTIFS({where},{wanted},{scores},">=0")'
        digits = refs.parameter("working_digits")
        unequal = f"ROUND(SUMIFS({weights},{where},{wanted})-{own},{digits})<>0"
        total, none = f"SUMIFS({scores},{where},{wanted})", f'IF({own}=0,0,"")'
        value = self.rounded(refs, total)
        if spreads(self.scheme):
            absent = f"COUNTIFS({where},{wanted},{refs.column(SHEET, FACTOR)},{mark(refs, ABSENT)})"
            left = self._counted_weights(refs)
            scaled = f'IF({left}<=0,"",{self.rounded(refs, f"{total}*{own}/{left}")})'
            value = f"IF({absent}=0,{value},{scaled})"
            none = f'IF({absent}>0,"",{none})'
        if self.scheme.weighed(self.indicator.code):
            every = "+".join(refs.points(one.code) for one in self.scheme.indicators)
            unequal = f"ROUND({every}-{refs.parameter(FULL_MARKS)},{digits})<>0"
            scored = f'IF({count}=0,{none},IF({count}<>{ready},"",{value}))'
            return f'IF({unequal},"",{scored})'
        return f'IF({count}=0,{none},IF({count}<>{ready},"",IF({unequal},"",{value})))'

    def _counted_weights(self, refs: Refs) -> str:
        """要计分的各行的分值之和。"""
        where, wanted, _ = self._columns(refs)
        weights = refs.column(SHEET, POINTS)
        total = f"SUMIFS({weights},{where},{wanted})"
        if not spreads(self.scheme):
            return total
        marked = f"{refs.column(SHEET, FACTOR)},{mark(refs, ABSENT)}"
        digits = refs.parameter("working_digits")
        return f"ROUND({total}-SUMIFS({weights},{where},{wanted},{marked}),{digits})"

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """各行得分之和占分值之和的几成。"""
        where, wanted, scores = self._columns(refs)
        weights = self._counted_weights(refs)
        return f'IF({weights}<=0,"",SUMIFS({scores},{where},{wanted})/{weights})', True

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """各行得分之和占分值之和的几成。"""
        rows = self._counted(self._rows(facts))
        weights = weights_of(rows)
        known = [value for row in rows if (value := earned(self.scheme, row)) is not None]
        return sum(known, Decimal(0)) / weights if weights > 0 else None

    def _columns(self, refs: Refs) -> tuple[str, str, str]:
        key = self.input("equals")
        where = refs.column(SHEET, self.text("where"))
        return where, refs.option(key.sheet, key.row), refs.column(SHEET, SCORE)

    def sentence(self) -> str:
        """评分标准。"""
        whole = self.scheme.weighed(self.indicator.code)
        rule = (
            f"各行分值由项目自定，{self._beside_settled}合计等于满分"
            if whole
            else "各行分值合计应等于本项分值"
        )
        start = f"{self._subject}的各行得分之和；{rule}。"
        return f"{start}{self._factor_sentence}"
