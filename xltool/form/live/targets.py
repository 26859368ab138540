"""自查：绩效指标的一行与别处合起来看的：分值合计、扣分的原因、写不适用的、年中调整的。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.allocation import points_of
from xltool.facts.cells import ADJUSTED, EXPECTED
from xltool.facts.direction import Way, reverse_formula, way_of
from xltool.facts.left_out import PART, kinds, mark, says_absent_formula, takes_absence
from xltool.facts.saying import says_nothing, says_nothing_formula
from xltool.facts.target import absent, indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.indicators import NOTE_UNSAID, is_unmet, unmet
from xltool.form.live.saying import unsaid, unsaid_cell
from xltool.messages import entries as say
from xltool.scheme.categories import SHEET, level1_of
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import SUMMED
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Indicator, Scheme, Sheet

_OWN, _FULL, _REASON = "self_score", "points", "reason"


def target_checks(scheme: Scheme, sheet: Sheet, row: str) -> Iterator[LiveCheck]:
    """绩效指标的一行；各行合起来看的，说在第一行。"""
    own = {field.key for field in sheet.fields}
    if scheme.free_weights and row == "1":
        yield _weights(scheme)
    if "note" not in own:
        return
    if takes_absence(scheme) and "factor" in own:
        says = "没有发生的填0；确实不适用的，请写明为什么"
        yield LiveCheck(("K22",), Severity.WARNING, says, _absent, _is_absent, NOTE_UNSAID)
    if ADJUSTED in own and EXPECTED in own:
        yield from _adjusted()
    if {_OWN, _FULL, "factor"} <= own:
        yield _deducted(scheme)


# ---------------------------------------------------------------- 分值合计


def _weights(scheme: Scheme) -> LiveCheck:
    """各行都填了分值的，连同定好的，合计应等于满分。"""
    full = scheme.full_marks
    anchor = scheme.sheet(SHEET).anchor
    settled = sum((one.points for one in scheme.settled), Decimal(0))

    def formula(line: Line) -> str:
        refs, points = line.refs, line.refs.column(SHEET, _FULL)
        counted = f"COUNT({points})"
        if PART in kinds(scheme):
            counted += f"+COUNTIF({refs.column(SHEET, 'factor')},{mark(refs, PART)})"
        others = "".join(f"+{refs.points(one.code)}" for one in scheme.settled)
        titles = f"COUNTA({refs.column(SHEET, anchor)})"
        digits = refs.parameter("working_digits")
        gap = f"ROUND(SUM({points}){others}-{refs.parameter('full_marks')},{digits})<>0"
        return f"IF(AND({titles}>0,{counted}>={titles}),{gap},FALSE)"

    def holds(judged: Judged) -> bool:
        rows = [indicator_row(judged.facts, one.row) for one in judged.facts.records(SHEET)]
        points = [row.points for row in rows if row.points is not None]
        titles = sum(bool(row.record.entry(anchor).raw) for row in rows)
        if not titles or len(points) + sum(row.part for row in rows) < titles:
            return False
        return scheme.precise(sum(points, settled)) != full

    fixed = "、".join(f"{one.title}{plain(one.points)}分" for one in scheme.settled)
    says = f"各行分值{f'连同{fixed}' if fixed else ''}合计不是{plain(full)}分"
    return LiveCheck((say.WEIGHTS.code,), Severity.ERROR, says, formula, holds)


# ---------------------------------------------------------------- 写不适用的


def _absent(line: Line) -> str:
    """定量的写了不适用，没有选达成情况，也没有写原因。"""
    key = CellKey(line.sheet, line.row)
    said = says_absent_formula(line.scheme, key, line.refs, line.goal)
    return f'AND({line.at("tier")}="",{said})'


def _is_absent(judged: Judged) -> bool:
    return absent(judged.facts, indicator_row(judged.facts, judged.row))


# ---------------------------------------------------------------- 年中调整的


def _adjusted() -> Iterator[LiveCheck]:
    def worded(line: Line) -> str:
        later, first = line.at(ADJUSTED), line.at(EXPECTED)
        said = f"NOT({says_nothing_formula(line.scheme, later, line.refs)})"
        return f"IF(AND(ISTEXT({later}),ISNUMBER({first})),{said},FALSE)"

    def is_worded(judged: Judged) -> bool:
        facts = judged.facts
        later, first = (facts.entry(judged.key(name)) for name in (ADJUSTED, EXPECTED))
        number = indicator_row(facts, judged.row).record.measure(EXPECTED).number
        if number is None or not first.raw or says_nothing(facts.scheme, later.raw):
            return False
        return not indicator_row(facts, judged.row).adjusted

    yield LiveCheck(("K21",), Severity.WARNING, "调整值应填数", worded, is_worded)
    says = "调整后放宽了目标，请写明原因"
    yield LiveCheck(("K21",), Severity.WARNING, says, _eased, _is_eased, NOTE_UNSAID)


def _eased(line: Line) -> str:
    later, first = line.at(ADJUSTED), line.at(EXPECTED)
    down = reverse_formula(line.scheme, CellKey(line.sheet, line.row), line.refs)
    return f"IF(COUNT({later},{first})=2,IF({down},{later}>{first},{later}<{first}),FALSE)"


def _is_eased(judged: Judged) -> bool:
    row = indicator_row(judged.facts, judged.row)
    first, later = row.record.measure(EXPECTED).number, row.record.measure(ADJUSTED).number
    if row.part or first is None or later is None:
        return False
    down = way_of(judged.facts.scheme, row) is Way.DOWN
    return later > first if down else later < first


# ---------------------------------------------------------------- 扣分的原因


def _deducted(scheme: Scheme) -> LiveCheck:
    """逐行自评的，一行扣了分没有写原因；没有完成的已经说了，评分表那一行写了的也不说。"""
    summed = [one for one in scheme.indicators if one.method.name == SUMMED]
    listed = [one for one in summed if level1_of(scheme, one.method)]

    def formula(line: Line) -> str:
        own, full = line.at(_OWN), line.at(_FULL)
        lost = f"IF(COUNT({own},{full})=2,{own}<{full},FALSE)"
        of_form = ",".join(_lost_formula(line, scheme, one) for one in listed)
        return f"IF({lost},IF(OR({of_form}),NOT({unmet(line)}),FALSE),FALSE)"

    def holds(judged: Judged) -> bool:
        row = indicator_row(judged.facts, judged.row)
        if row.part or row.self_score is None or row.points is None:
            return False
        if row.self_score >= row.points or is_unmet(judged):
            return False
        return any(_is_lost(judged, one) for one in listed)

    return LiveCheck(("S04",), Severity.WARNING, "扣了分，请写明原因", formula, holds, NOTE_UNSAID)


def _lost_formula(line: Line, scheme: Scheme, indicator: Indicator) -> str:
    """这一行归到评分表的那一行，那里也扣了分，没有写原因。"""
    refs, form = line.refs, scheme.score_sheet
    option = field_key(str(indicator.method.inputs["equals"]))
    total = refs.cell(CellKey(form.key, indicator.code, _OWN))
    untold = ""
    if scheme.has(f"{form.key}.{_REASON}"):
        untold = f",{unsaid_cell(refs, CellKey(form.key, indicator.code, _REASON))}=1"
    same = f"{line.at('level1')}={refs.option(option.sheet, option.row)}"
    return f"AND({same},ISNUMBER({total}),{total}<{refs.points(indicator.code)}{untold})"


def _is_lost(judged: Judged, indicator: Indicator) -> bool:
    facts, form = judged.facts, judged.facts.scheme.score_sheet
    total = facts.number(CellKey(form.key, indicator.code, _OWN))
    if facts.text(judged.key("level1")) != level1_of(facts.scheme, indicator.method):
        return False
    if total is None or total >= points_of(facts, indicator):
        return False
    reason = CellKey(form.key, indicator.code, _REASON)
    return not facts.scheme.has(f"{form.key}.{_REASON}") or unsaid(facts, reason)
