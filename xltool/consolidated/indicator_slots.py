"""统计里各三级指标的各栏：平均得几成，失分多少、几份失分，失得最多的是谁。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from xltool.consolidated.blocks import Slot, points
from xltool.consolidated.losses import spacing
from xltool.sheets.plan import Formula, NumberFormat, Role

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.consolidated.blocks import Row
    from xltool.consolidated.figures import Figures
    from xltool.consolidated.losses import Losses
    from xltool.scheme.model import Indicator

    Own = Row[Indicator]


def indicator_slots(figures: Figures) -> tuple[Slot[Indicator], ...]:
    """各栏，由左到右；编码总在头一栏。"""
    slots = _Slots(figures)
    return (
        Slot("code", "编码", lambda row: row.value.code, NumberFormat.TEXT),
        Slot("title", "三级指标", lambda row: row.value.title, role=Role.BODY),
        points("points", "平均分值", slots.points),
        Slot("count", "计分份数", slots.count),
        points("mean", "平均得分", slots.mean),
        Slot("rate", "得分率", slots.rate, NumberFormat.PERCENT),
        points("loss", "平均失分", slots.loss),
        Slot("place", "失分名次", slots.place),
        Slot("losers", "失分份数", slots.losers),
        points("least", "最少失分", slots.least),
        points("most", "最多失分", slots.most),
        Slot("worst_count", "失最多的份数", slots.worst_count),
        Slot("worst", "失分最多的", slots.worst, role=Role.BODY),
    )


@dataclass(frozen=True)
class _Slots:
    """各栏怎样算；`_upto` 是排到这个指标为止共几行，`_base` 是这个指标的一段由多少起。"""

    figures: Figures

    def _far(self, key: str) -> str:
        return self.figures.details.far(key)

    def _losses(self, row: Own) -> Losses:
        return self.figures.losses[row.value.code]

    def _base(self, row: Own, more: str = "") -> str:
        return f"({more}ROWS({row.down_to('code')}))*{spacing(self.figures.source)}"

    def _upto(self, row: Own) -> str:
        return f'COUNTIF({self._far("order")},"<"&{self._base(row, "1+")})'

    def _known(self, row: Own) -> str:
        return f'{self._far("code")},{row.at("code")},{self._far("counted")},">=0"'

    def count(self, row: Own) -> Formula:
        """有得分的几份。"""
        return Formula(f"COUNTIFS({self._known(row)})", self._losses(row).count)

    def points(self, row: Own) -> Formula:
        """分值平均多少：随填报而定的，各份不同。"""
        own = self._losses(row)
        text = f"SUMIFS({self._far('points')},{self._known(row)})/{row.at('count')}"
        return self._score(row, text, own.full)

    def mean(self, row: Own) -> Formula:
        """平均得分。"""
        text = f"SUMIFS({self._far('counted')},{self._known(row)})/{row.at('count')}"
        return self._score(row, text, self._losses(row).score)

    def loss(self, row: Own) -> Formula:
        """平均失分。"""
        own = self._losses(row)
        sums = (f"SUMIFS({self._far(key)},{self._known(row)})" for key in ("points", "counted"))
        return self._score(row, f"({'-'.join(sums)})/{row.at('count')}", own.full - own.score)

    def _score(self, row: Own, text: str, total: Decimal) -> Formula:
        count = self._losses(row).count
        result = total / count if count else None
        return self.figures.score(text, result, unless=f"{row.at('count')}=0")

    def rate(self, row: Own) -> Formula:
        """得分率：各份得分之和除以分值之和。"""
        own = self._losses(row)
        over, under = (
            f"SUMIFS({self._far(key)},{self._known(row)})" for key in ("counted", "points")
        )
        result = own.score / own.full if own.full else None
        return self.figures.rate(f"{over}/{under}", result, unless=f"{under}=0")

    @cached_property
    def _places(self) -> dict[str, int]:
        """由平均失分多到少，各指标在第几个；没有失分的没有。"""
        means = (
            (self.figures.source.scheme.round_points((own.full - own.score) / own.count), n)
            for n, own in enumerate(self.figures.losses.values())
            if own.count
        )
        listed = [(-mean, n) for mean, n in means if mean > 0]
        codes = list(self.figures.losses)
        return {codes[n]: place for place, (_, n) in enumerate(sorted(listed), 1)}

    def place(self, row: Own) -> Formula:
        """由平均失分多到少排第几；一样的依指标的次序，各不相同；没有失分的不排。"""
        own = row.at("loss")
        text = f"RANK({own},{row.block.own('loss')})+COUNTIF({row.down_to('loss')},{own})-1"
        result = self._places.get(row.value.code, "")
        return Formula(f'IF(N({own})>0,{text},"")', result)

    def losers(self, row: Own) -> Formula:
        """几份失了分。"""
        full = f'COUNTIF({self._far("order")},"<="&{self._base(row)})'
        return Formula(f"{self._upto(row)}-{full}", self._losses(row).losers)

    def least(self, row: Own) -> Formula:
        """失得最少的一份失几分。"""
        text = f"SMALL({self._far('order')},1+{self._upto(row)}-{row.at('count')})"
        return self._edge(row, text, self._losses(row).least)

    def most(self, row: Own) -> Formula:
        """失得最多的一份失几分。"""
        text = f"SMALL({self._far('order')},{self._upto(row)})"
        return self._edge(row, text, self._losses(row).most)

    def _edge(self, row: Own, text: str, result: Decimal | None) -> Formula:
        unless = f"{row.at('count')}=0"
        return self.figures.score(f"{text}-{self._base(row)}", result, unless=unless)

    def worst_count(self, row: Own) -> Formula:
        """失得最多的有几份；都没有失分的，没有。"""
        keys, own = self._far("order"), self._losses(row)
        text = f'IF(N({row.at("most")})>0,COUNTIF({keys},SMALL({keys},{self._upto(row)})),"")'
        return Formula(text, own.worst_count if own.most else "")

    def worst(self, row: Own) -> Formula:
        """失得最多的是谁；有几份的写头一份。"""
        keys, own = self._far("order"), self._losses(row)
        found = f"MATCH(SMALL({keys},{self._upto(row)}),{keys},0)"
        text = f'IF(N({row.at("most")})>0,INDEX({self._far("name")},{found}),"")'
        return Formula(text, own.worst if own.most else "")
