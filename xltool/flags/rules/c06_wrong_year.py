"""C06 封面的评价年度与表不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import lacks
from xltool.scheme.key import field_key
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

YEAR = field_key("cover.year")


@rule(
    "C06",
    severity=Severity.ERROR,
    remedy="核对{cover.year}；评的是别的年度的，换用那一年度的表。",
    source="重建：评价年度印在各表的标题里，封面填的应与它相同",
    needs=("cover.year",),
    fires="2024年度的表，评价年度填2023",
    silent="2024年度的表，评价年度填2024",
)
def wrong_year(case: Case) -> Iterator[Judgement]:
    """封面的评价年度与表印的年度不同。

    用错了年度的表，或沿用了上年的封面；两处的年度不一样，整份表评的是哪一年就说不清。
    """
    facts = case.facts
    year = facts.number(YEAR)
    if year is None:
        yield lacks(facts, YEAR)
    elif year != facts.scheme.year:
        yield Hit(YEAR, f"评价年度填{plain(year)}，这是{facts.scheme.year}年度的表")
