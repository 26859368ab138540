"""自查：一个来源的资金：没有预算、超过预算的要改正，执行得慢而没有写原因的要说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import shown
from xltool.facts.money_sources import sources
from xltool.finding import Severity
from xltool.form.live.check import Guard, LiveCheck
from xltool.form.live.spending import all_unsaid, unsaid_all
from xltool.scheme.thresholds import RATE_CEILING, SOURCE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.money_sources import Source
    from xltool.facts.refs import Refs
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


def source_checks(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """一个来源的执行数；发生了的只有一个来源的，就是全部资金，另看。"""
    every = sources(scheme)
    own = next((one for one in every if one.spent == key), None)
    if own is None:
        return
    one = _Source(scheme, own, tuple(source for source in every if source != own))
    guard = Guard(one.several, one.is_several)
    high = f"超过{scheme.field(own.budget).label}"
    yield LiveCheck(("E08",), Severity.ERROR, high, one.above, one.is_above, guard)
    slow = f"执行率低于{shown(SOURCE_RATE.under(scheme))}，请写明原因"
    yield LiveCheck(("E08",), Severity.WARNING, slow, one.below, one.is_below, guard)


def _occurs(refs: Refs, one: Source) -> str:
    spent, budget = refs.cell(one.spent), refs.cell(one.budget)
    return f"IF(COUNT({spent},{budget})=2,OR({spent}<>0,{budget}<>0),FALSE)"


def _occurred(judged: Judged, one: Source) -> bool:
    spent, budget = judged.facts.number(one.spent), judged.facts.number(one.budget)
    return spent is not None and budget is not None and bool(spent or budget)


class _Source(NamedTuple):
    """一个来源，和其余的来源。"""

    scheme: Scheme
    own: Source
    others: tuple[Source, ...]

    def several(self, line: Line) -> str:
        """这个来源和别的来源都发生了。"""
        others = ",".join(_occurs(line.refs, one) for one in self.others)
        return f"AND({_occurs(line.refs, self.own)},OR({others or 'FALSE'}))"

    def is_several(self, judged: Judged) -> bool:
        """与 several 同义。"""
        return _occurred(judged, self.own) and any(_occurred(judged, one) for one in self.others)

    def above(self, line: Line) -> str:
        """没有预算，或超过预算。"""
        top = line.refs.parameter(RATE_CEILING.key)
        return f"IF({line.refs.cell(self.own.budget)}=0,TRUE,{self._ratio(line)}>{top})"

    def is_above(self, judged: Judged) -> bool:
        """与 above 同义。"""
        rate = self._rate(judged)
        return rate is None or rate > RATE_CEILING.of(self.scheme)

    def below(self, line: Line) -> str:
        """执行得慢，没有写原因。"""
        low = line.refs.parameter(SOURCE_RATE.key)
        slow = f"AND({self._ratio(line)}<{low},{unsaid_all(self.scheme, line)})"
        return f"IF({line.refs.cell(self.own.budget)}=0,FALSE,{slow})"

    def is_below(self, judged: Judged) -> bool:
        """与 below 同义。"""
        rate = self._rate(judged)
        slow = rate is not None and rate < SOURCE_RATE.of(self.scheme)
        return slow and all_unsaid(self.scheme, judged)

    def _ratio(self, line: Line) -> str:
        spent, budget = line.refs.cell(self.own.spent), line.refs.cell(self.own.budget)
        return f"ROUND({spent}/{budget},{line.refs.parameter('working_digits')})"

    def _rate(self, judged: Judged) -> Decimal | None:
        spent, budget = judged.facts.number(self.own.spent), judged.facts.number(self.own.budget)
        return self.scheme.precise(spent / budget) if spent is not None and budget else None
