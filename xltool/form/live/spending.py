"""自查：执行率太高、太低，得分超前，预算变动大，统计日不是年末；写了原因的不算。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import shown
from xltool.facts.using import NOTE, has_cell, note_key, reasons_using
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.saying import unsaid, unsaid_cell
from xltool.layout.block import TOTAL
from xltool.layout.columns import UNSAID
from xltool.messages import entries as say
from xltool.scheme.key import FULL_MARKS, STATED_TOTAL, VALUE, CellKey, field_key
from xltool.scheme.thresholds import ADJUSTMENT, AHEAD, RATE_CEILING, RATE_WARNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme

SPENT, BASE = field_key("finance.total"), field_key("finance.adjusted")
_INITIAL, _OWN, _YEAR = map(field_key, ("finance.initial", STATED_TOTAL, "cover.year"))
_FUNDS = "funds"
_YEAR_END = (12, 31)


class Rate(NamedTuple):
    """一个比率：算不算得出、怎样算（舍入过的），和程序算的。"""

    known: Callable[[Line], str]
    value: Callable[[Line], str]
    of: Callable[[Judged], Decimal | None]


def department_rate(scheme: Scheme) -> Rate:
    """部门（项目）的执行率。"""

    def known(line: Line) -> str:
        spent, base = line.refs.cell(SPENT), line.refs.cell(BASE)
        return f"IF(AND(ISNUMBER({spent}),ISNUMBER({base})),{base}<>0,FALSE)"

    def value(line: Line) -> str:
        digits = line.refs.parameter("working_digits")
        return f"ROUND({line.refs.cell(SPENT)}/{line.refs.cell(BASE)},{digits})"

    def of(judged: Judged) -> Decimal | None:
        spent, base = judged.facts.number(SPENT), judged.facts.number(BASE)
        return scheme.precise(spent / base) if spent is not None and base else None

    return Rate(known, value, of)


def _fund(scheme: Scheme) -> Rate:
    """一项专项资金的支出率。"""

    def of(judged: Judged) -> Decimal | None:
        rate = judged.facts.number(judged.key("rate"))
        return None if rate is None else scheme.precise(rate)

    return Rate(
        lambda line: f"ISNUMBER({line.at('rate')})",
        lambda line: f"ROUND({line.at('rate')},{line.refs.parameter('working_digits')})",
        of,
    )


def item_rates(scheme: Scheme, key: CellKey) -> Iterator[LiveCheck]:
    """逐项表里与执行率有关的几项。"""
    rated = scheme.has("finance.total") and scheme.has("finance.adjusted")
    if key == SPENT and rated:
        yield from rate_checks(scheme, department_rate(scheme))
    elif key == BASE and scheme.has("finance.initial"):
        yield _adjusted(scheme)


def fund_checks(scheme: Scheme) -> Iterator[LiveCheck]:
    """专项资金的一项。"""
    yield _of_nothing(scheme)
    yield from rate_checks(scheme, _fund(scheme))
    if scheme.has("funds.as_of") and scheme.has("cover.year"):
        yield _off_year_end(scheme)


def _of_nothing(scheme: Scheme) -> LiveCheck:
    """安排数为零的算不出支出率，也就不能计分。"""
    columns = {one.key: one.label for one in scheme.sheet(_FUNDS).columns}

    def formula(line: Line) -> str:
        planned, rate = line.at("planned"), line.at("rate")
        return f"IF(ISNUMBER({planned}),AND({planned}=0,NOT(ISNUMBER({rate}))),FALSE)"

    def holds(judged: Judged) -> bool:
        planned, rate = (judged.facts.number(judged.key(one)) for one in ("planned", "rate"))
        return planned == 0 and rate is None

    says = f"{columns['planned']}为0，算不出{columns['rate']}：不再安排的清除这一行"
    if "reported_rate" in columns:
        says += f"，有{columns['reported_rate']}的填上"
    return LiveCheck((say.NOT_COUNTED.code,), Severity.ERROR, says, formula, holds)


def rate_checks(scheme: Scheme, rate: Rate) -> Iterator[LiveCheck]:
    """一个执行率：超过上限要改正；偏低、落在自评得分率后面太多而没有写原因的要说明。"""

    def above(line: Line) -> str:
        limit = line.refs.parameter(RATE_CEILING.key)
        return f"IF({rate.known(line)},{rate.value(line)}>{limit},FALSE)"

    def below(line: Line) -> str:
        limit = line.refs.parameter(RATE_WARNING.key)
        low = f"AND({rate.value(line)}<{limit},{unsaid_all(scheme, line)})"
        return f"IF({rate.known(line)},{low},FALSE)"

    def too_high(judged: Judged) -> bool:
        value = rate.of(judged)
        return value is not None and value > RATE_CEILING.of(scheme)

    def too_low(judged: Judged) -> bool:
        value = rate.of(judged)
        low = value is not None and value < RATE_WARNING.of(scheme)
        return low and all_unsaid(scheme, judged)

    high = f"执行率超过{shown(RATE_CEILING.under(scheme))}"
    yield LiveCheck(("E01",), Severity.ERROR, high, above, too_high)
    slow = f"执行率低于{shown(RATE_WARNING.under(scheme))}，请写明原因"
    yield LiveCheck(("E01",), Severity.WARNING, slow, below, too_low)
    if scheme.has(STATED_TOTAL):
        yield _ahead(scheme, rate)


def _ahead(scheme: Scheme, rate: Rate) -> LiveCheck:
    """得分率远远超前执行率。"""

    def formula(line: Line) -> str:
        refs, own = line.refs, line.refs.cell(_OWN)
        # 各行分值之和就是满分；由项目自定的，填错了也照满分看
        full = refs.cell(CellKey(scheme.score_sheet.key, TOTAL, "points"))
        full = refs.parameter(FULL_MARKS) if scheme.free_weights else full
        share = f"{own}/{full}"
        gap = f"ROUND(({share}-{rate.value(line)})/({share}),{refs.parameter('working_digits')})"
        far = f"AND({gap}>{refs.parameter(AHEAD.key)},{unsaid_all(scheme, line)})"
        known = f"IF(ISNUMBER({own}),{own}>0,FALSE)"
        return f"IF({known},IF({rate.known(line)},{far},FALSE),FALSE)"

    def holds(judged: Judged) -> bool:
        own, value = judged.facts.number(_OWN), rate.of(judged)
        if own is None or own <= 0 or value is None:
            return False
        share = own / scheme.full_marks
        gap = scheme.precise((share - value) / share)
        return gap > AHEAD.of(scheme) and all_unsaid(scheme, judged)

    says = "自评得分率远远超前执行率，请写明原因"
    return LiveCheck(("S05",), Severity.WARNING, says, formula, holds)


def _adjusted(scheme: Scheme) -> LiveCheck:
    """年初到全年的预算变动大而没有写原因。"""
    others = tuple(dict.fromkeys((*_places(scheme, BASE), *_places(scheme, _INITIAL))))

    def formula(line: Line) -> str:
        first, then = line.refs.cell(_INITIAL), line.refs.cell(BASE)
        change = f"ROUND(ABS({then}-{first})/{first},{line.refs.parameter('working_digits')})"
        limit = line.refs.parameter(ADJUSTMENT.key)
        cells = ",".join(f"{unsaid_cell(line.refs, key)}=1" for key in others) or "TRUE"
        far = f"IF({first}=0,FALSE,AND({change}>={limit},{cells}))"
        return f"IF(AND(ISNUMBER({first}),ISNUMBER({then})),{far},FALSE)"

    def holds(judged: Judged) -> bool:
        first, then = judged.facts.number(_INITIAL), judged.facts.number(BASE)
        if not first or then is None:
            return False
        far = scheme.precise(abs(then - first) / first) >= ADJUSTMENT.of(scheme)
        return far and all(unsaid(judged.facts, key) for key in others)

    says = "与年初相比变动大，请写明原因"
    return LiveCheck(("E05",), Severity.WARNING, says, formula, holds)


def _off_year_end(scheme: Scheme) -> LiveCheck:
    """统计截止日不是年末；同一天的几项在第一项说一次，都写了说明的不说；没有说明一栏的总要说。"""
    noted = scheme.has(f"{_FUNDS}.{NOTE}")

    def formula(line: Line) -> str:
        refs, day, year = line.refs, line.at("as_of"), line.refs.cell(_YEAR)
        days = refs.column(_FUNDS, "as_of")
        # 年度可能填得不成日期，那是封面上的事
        off = f"{day}<>IFERROR(DATE({year},{_YEAR_END[0]},{_YEAR_END[1]}),0)"
        first = f"INDEX({refs.column(_FUNDS, 'code')},MATCH({day},{days},0))={line.at('code')}"
        untold = f",COUNTIFS({days},{day},{refs.column(_FUNDS, UNSAID.key)},1)>0" if noted else ""
        return f"IF(AND(ISNUMBER({day}),ISNUMBER({year})),AND({off},{first}{untold}),FALSE)"

    def holds(judged: Judged) -> bool:
        facts, year = judged.facts, judged.facts.number(_YEAR)
        day = facts.day(judged.key("as_of"))
        if day is None or year is None:
            return False
        same = [row for row in facts.records(_FUNDS) if row.day("as_of") == day]
        off = day.year != year or (day.month, day.day) != _YEAR_END
        untold = not noted or any(unsaid(facts, row.key(NOTE)) for row in same)
        return off and same[0].row == judged.row and untold

    says = "统计截止日不是年末，请改填年末的数，或写明原因"
    return LiveCheck(("E02",), Severity.WARNING, says, formula, holds)


def unsaid_beside(scheme: Scheme, line: Line) -> str:
    """这一行自己的说明没有写；没有这一栏的，就是没有写。"""
    note = note_key(scheme, CellKey(line.sheet, line.row, VALUE))
    return f"{unsaid_cell(line.refs, note)}=1" if has_cell(scheme, note) else "TRUE"


def is_unsaid_beside(scheme: Scheme, judged: Judged) -> bool:
    """与 unsaid_beside 同义。"""
    note = note_key(scheme, CellKey(judged.sheet, judged.row, VALUE))
    return not has_cell(scheme, note) or unsaid(judged.facts, note)


def unsaid_all(scheme: Scheme, line: Line) -> str:
    """可以写原因的各处都没有写；一处也没有的，就是没有写。"""
    places = _places(scheme, CellKey(line.sheet, line.row, VALUE))
    tests = ",".join(f"{unsaid_cell(line.refs, key)}=1" for key in places)
    return f"AND({tests})" if tests else "TRUE"


def _places(scheme: Scheme, own: CellKey) -> tuple[CellKey, ...]:
    """可以写原因的各处。"""
    told = (note_key(scheme, own), *reasons_using(scheme, own))
    return tuple(key for key in told if has_cell(scheme, key))


def all_unsaid(scheme: Scheme, judged: Judged) -> bool:
    """与 unsaid_all 同义。"""
    own = CellKey(judged.sheet, judged.row, VALUE)
    return all(unsaid(judged.facts, key) for key in _places(scheme, own))
