"""自查：评分表一行看某一类绩效指标，而一个这一类的也没有：不能计分，别处也没有哪一格空着。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.messages import entries as say
from xltool.scheme.categories import SHEET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme

_BY_KIND = ("indicator_mean", "indicator_sum")


def uncounted_checks(scheme: Scheme, code: str) -> Iterator[LiveCheck]:
    """分值由项目自定的，不设这一类是零分，不算；分值照分法定的，定为零分的不算。"""
    method = scheme.indicator(code).method
    if method.name not in _BY_KIND or scheme.weighed(code):
        return
    sheet, where = scheme.sheet(SHEET), str(method.inputs["where"])
    options, _, option = str(method.inputs["equals"]).partition(".")
    wanted, allocated = scheme.word(options, option), scheme.allocated(code)

    def formula(line: Line) -> str:
        kinds, refs = line.refs.column(SHEET, where), line.refs
        some = f"COUNTA({refs.column(SHEET, sheet.anchor)})>0"
        none = f"COUNTIF({kinds},{refs.option(options, option)})=0"
        return f"AND({some},{none}{f',{refs.points(code)}>0' if allocated else ''})"

    def holds(judged: Judged) -> bool:
        rows = judged.facts.records(SHEET)
        some = any(row.entry(sheet.anchor).raw for row in rows)
        due = not allocated or points_of(judged.facts, scheme.indicator(code)) > 0
        return some and due and not any(row.text(where) == wanted for row in rows)

    says = f"不能计分：{sheet.name}表里没有{sheet.column(where).label}为“{wanted}”的指标"
    yield LiveCheck((say.NOT_COUNTED.code,), Severity.ERROR, says, formula, holds)
