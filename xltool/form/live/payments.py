"""自查：指标说付款按期、付完了，钱却没有付完：专项资金逐项看，项目看全部资金。"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from xltool.facts.factor import factor
from xltool.facts.payment import paid_rates
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import Guard, LiveCheck
from xltool.form.live.saying import unsaid
from xltool.form.live.spending import department_rate
from xltool.form.live.wording import (
    folded,
    folded_formula,
    given_formula,
    has_word,
    is_given,
    names,
    one_of,
)
from xltool.layout.columns import PAID, UNSAID, WAY
from xltool.scheme.categories import TIMELINESS, categories, is_category
from xltool.scheme.contract import word_lists
from xltool.scheme.key import field_key
from xltool.scheme.thresholds import RATE_CEILING
from xltool.values import day_serial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme

_YEAR, _FUNDS = field_key("cover.year"), "funds"
_PERCENT, _WHOLE = "%", 100
_UNCLEAR = ("", "％", "百分比")  # 不知道是不是比率的不看
_NEEDS = frozenset({"level2", "title", "expected", "actual", "unit", "tier", "factor", "note"})


def _of_funds(scheme: Scheme) -> bool:
    columns = (f"{_FUNDS}.{one}" for one in ("planned", "paid", "rate"))
    # 执行率的上限，有预算和支出的表才印
    return all(map(scheme.has, (*columns, "cover.year", "finance.total", "finance.adjusted")))


def _of_project(scheme: Scheme) -> bool:
    return all(map(scheme.has, ("cover.project", "finance.total", "finance.adjusted")))


def asks_payment(scheme: Scheme, own: set[str]) -> bool:
    """这种表看不看指标说的付款。"""
    return own >= _NEEDS and (_of_funds(scheme) or _of_project(scheme))


def payment_checks(scheme: Scheme, own: set[str]) -> Iterator[LiveCheck]:
    """绩效指标的一行。"""
    if not asks_payment(scheme, own):
        return
    if _of_funds(scheme):
        says = f"写的是按期付完，{scheme.sheet(_FUNDS).name}里却有没有付完的"
        yield LiveCheck(("E03",), Severity.ERROR, says, _unpaid, _is_unpaid, _CLAIMED)
    if _of_project(scheme):
        says = "写的是付完了，执行率却不到百分之百，请核对，或写明口径"
        yield LiveCheck(("E06",), Severity.WARNING, says, _unspent, _is_unspent, _CLAIMED_UNSAID)


def paid_text(line: Line) -> str:
    """自称按期付完、全部付了的是 1。"""
    filled = ",".join(given_formula(line.at(one)) for one in ("expected", "actual"))
    claimed = _timely(line)
    if _of_project(line.scheme):
        unit, way = line.at("unit"), line.at(WAY.key)
        whole = f"IF(ISNUMBER({way}),AND({line.at('actual')}>={_WHOLE},{_rated(line)}),FALSE)"
        other = f"IF({one_of(unit, _UNCLEAR)},FALSE,{claimed})"
        claimed = f'IF({unit}="{_PERCENT}",{whole},{other})'
    return f"IFERROR(IF(AND({filled}),IF({claimed},1,0),0),0)"


def paid_number(judged: Judged) -> int:
    """与 paid_text 同义。"""
    return int(all(is_given(judged, one) for one in ("expected", "actual")) and _claims(judged))


def _claims(judged: Judged) -> bool:
    scheme, unit = judged.facts.scheme, judged.raw("unit")
    if not _of_project(scheme):
        return _is_timely(judged)
    if unit != _PERCENT:
        return unit not in _UNCLEAR and _is_timely(judged)
    target = indicator_row(judged.facts, judged.row)
    if target.target is None or target.result is None or target.part:
        return False
    return target.result >= _WHOLE and _is_rated(judged)


_CLAIMED = Guard(lambda line: f"{line.at(PAID.key)}=1", lambda judged: paid_number(judged) == 1)
_CLAIMED_UNSAID = Guard(
    lambda line: f"AND({line.at(PAID.key)}=1,{line.at(UNSAID.key)}=1)",
    lambda judged: unsaid(judged.facts, judged.key("note")) and paid_number(judged) == 1,
)


def _dated_late(line: Line) -> str:
    """时效指标；方案没有这一类的没有。"""
    known = categories(line.scheme, (TIMELINESS,)).items()
    tests = [f"{line.at('level2')}={line.refs.option(lists, key)}" for key, (lists, _) in known]
    words = line.scheme.words(word_lists.PAYMENT)
    return f"AND({','.join((*tests, has_word(line.at('title'), words)))})" if tests else "FALSE"


def _is_dated_late(judged: Judged) -> bool:
    scheme = judged.facts.scheme
    timely = is_category(scheme, judged.raw("level2"), TIMELINESS)
    return timely and names(judged.raw("title"), scheme.words(word_lists.PAYMENT))


def _timely(line: Line) -> str:
    """时效指标说的是付款，而且自称完成。"""
    tier, way = line.at("tier"), line.at(WAY.key)
    copied = f"{folded_formula(line.at('actual'))}={folded_formula(line.at('expected'))}"
    full = f"IF(ISNUMBER({way}),N({line.at('factor')})>=1,FALSE)"
    met = f'IF({tier}<>"",{tier}={line.refs.option("tier", "achieved")},OR({copied},{full}))'
    unfinished = has_word(line.at("actual"), line.scheme.words(word_lists.UNFINISHED))
    return f"IF({_dated_late(line)},IF({unfinished},FALSE,{met}),FALSE)"


def _is_timely(judged: Judged) -> bool:
    scheme, tier = judged.facts.scheme, judged.raw("tier")
    if not _is_dated_late(judged):
        return False
    if names(judged.raw("actual"), scheme.words(word_lists.UNFINISHED)):  # 说的是没有做完
        return False
    if tier:
        return tier == scheme.word("tier", "achieved")
    if folded(judged.raw("actual")) == folded(judged.raw("expected")):
        return True
    target = indicator_row(judged.facts, judged.row)
    known = target.target is not None and target.result is not None and not target.part
    return known and (factor(scheme, target) or 0) >= 1


def _rated(line: Line) -> str:
    """名称说的是付了多少，或时效指标说的是付款。"""
    return f"OR({_dated_late(line)},{has_word(line.at('title'), paid_rates(line.scheme))})"


def _is_rated(judged: Judged) -> bool:
    rates = paid_rates(judged.facts.scheme)
    return _is_dated_late(judged) or names(judged.raw("title"), rates)


def _unpaid(line: Line) -> str:
    """没有付完的专项资金；统计日可能在期限以前的不算。"""
    refs, expected, year = line.refs, line.at("expected"), line.refs.cell(_YEAR)
    half = f"0.5*10^-{refs.parameter('working_digits')}"
    low = f'{refs.column(_FUNDS, "rate")},"<"&{refs.parameter(RATE_CEILING.key)}-{half}'
    late = due = f"COUNTIFS({low})"
    if line.scheme.has(f"{_FUNDS}.as_of"):
        early = f'-COUNTIFS({low},{refs.column(_FUNDS, "as_of")},"<"&'
        late, due = f"{late}{early}DATE({year},12,31))", f"{due}{early}{expected})"
    after = ",".join(f"ISERROR(FIND({year}+{n},{expected}))" for n in (1, 2, 3))
    within = f"IF(AND(ISNUMBER(FIND({year},{expected})),{after}),{late}>0,FALSE)"
    dated = f"{line.at('unit')}={refs.option('unit', 'date')}"
    owed = f"IF(ISNUMBER({expected}),IF({dated},{due},COUNTIFS({low}))>0,{within})"
    return f"IF(ISNUMBER({year}),{owed},FALSE)"


def _is_unpaid(judged: Judged) -> bool:
    facts, year = judged.facts, judged.facts.number(_YEAR)
    full = RATE_CEILING.of(facts.scheme)
    rows = [
        row
        for row in facts.records(_FUNDS)
        if (rate := row.number("rate")) is not None and facts.scheme.precise(rate) < full
    ]
    if year is None or not rows:
        return False
    days = [row.day("as_of") for row in rows]
    number = indicator_row(facts, judged.row).record.measure("expected").number
    if number is not None:
        dated = facts.option(judged.raw("unit"), "unit", "date")
        return not dated or any(day is None or _serial(day) >= number for day in days)
    expected = judged.raw("expected")
    if f"{year:f}" not in expected or any(f"{year + n:f}" in expected for n in (1, 2, 3)):
        return False
    return any(day is None or day >= date(int(year), 12, 31) for day in days)


def _serial(day: date) -> int:
    return day_serial(day, date_1904=False)


def _unspent(line: Line) -> str:
    rate = department_rate(line.scheme)
    low = f"{rate.value(line)}<{line.refs.parameter(RATE_CEILING.key)}"
    return f"IF({rate.known(line)},{low},FALSE)"


def _is_unspent(judged: Judged) -> bool:
    scheme = judged.facts.scheme
    rate = department_rate(scheme).of(judged)
    return rate is not None and rate < RATE_CEILING.of(scheme)
