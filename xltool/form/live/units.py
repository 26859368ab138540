"""自查：计量单位与二级指标对不对得上，比率有没有超过百分之百；只看单位一栏写的。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.naming import NOT_ADDED, wide_differences
from xltool.facts.percents import APART, PERCENT, stored_apart, typed_as_ratio
from xltool.facts.percents import UNITS as RATES
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.claims import single
from xltool.form.live.indicators import NOTE_UNSAID
from xltool.form.live.wording import has_word, is_listed, listed, names, one_of
from xltool.form.live.written import UNITS
from xltool.layout.columns import WAY
from xltool.scheme.categories import QUALITY, QUANTITY, SATISFACTION, SHEET, categories, is_category
from xltool.scheme.completing import satisfaction_bands
from xltool.scheme.contract import word_lists
from xltool.scheme.contract.judging_words import BOUNDED_RATES, NOT_QUANTITY
from xltool.scheme.labels import ACTUAL, EXPECTED, label_of
from xltool.scheme.thresholds import RATE_CEILING
from xltool.values import find_unit
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_MINUTES, _SHORT = 1440, 80  # 一天几分钟；几分钟也是四位以内的小数的，是八十分之几
_WHOLE = 100
_MOST = 10  # 1000%以内
_RATE_ENDS = ("率", "度")  # 只看名称末尾三个字，“占比”“比重”由规则看


class _Units(NamedTuple):
    """列表里的和常见的单位：不是百分数的、数个数的、钱和百分数、可以相加的。"""

    others: tuple[str, ...]
    counted: tuple[str, ...]
    amounts: tuple[str, ...]
    added: tuple[str, ...]


@lru_cache(maxsize=16)
def units_of(scheme: Scheme) -> _Units:
    """一种表的。"""
    words = dict.fromkeys((*scheme.words(scheme.sheet(SHEET).column("unit").options), *UNITS))
    known = {word: unit for word in words if (unit := find_unit(word)) is not None}
    return _Units(
        tuple(word for word, unit in known.items() if unit.base != PERCENT),
        tuple(word for word, unit in known.items() if unit.is_count),
        tuple(word for word, unit in known.items() if unit.money or unit.base == PERCENT),
        tuple(word for word, unit in known.items() if unit.family not in NOT_ADDED),
    )


def unit_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行；其中项不看。"""
    own = {field.key for field in sheet.fields}
    if not {"title", "expected", "actual", "unit"} <= own:
        return
    if "level2" in own:
        says = "二级指标与单位对不上：计数的归数量，金额、比率不归数量，满意度用%"
        yield single(scheme, LiveCheck(("Q02",), Severity.WARNING, says, _misfit, _is_misfit))
    if scheme.has("finance.total") and scheme.has("finance.adjusted"):  # 上限印在参数里
        says = f"{label_of(scheme, EXPECTED)}或{label_of(scheme, ACTUAL)}超过百分之百，请核对口径"
        yield single(scheme, LiveCheck(("K10",), Severity.WARNING, says, _beyond, _is_beyond))


# ---------------------------------------------------------------- 时刻


def moment_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行：填的比例成了时刻。"""
    if {"actual", "unit"} <= {field.key for field in sheet.fields}:
        says = f"{label_of(scheme, ACTUAL)}成了时刻（如1:19），请先把格设为文本格式再填"
        yield LiveCheck(("K06",), Severity.ERROR, says, _moment, _is_moment)


def _moment(line: Line) -> str:
    """数个数的，不足一，又正好是几分钟：1比19 成了一点十九分；能写成短小数的（0.5）不算。"""
    actual, counted = line.at("actual"), units_of(line.scheme).counted
    small = f"AND(N({actual})>0,N({actual})<1,{listed(line.at('unit'), counted)})"
    minutes, short = (f"MOD(ROUND({actual}*{one},6),1)" for one in (_MINUTES, _SHORT))
    return f"IF({small},AND({minutes}=0,{short}<>0),FALSE)"


def _is_moment(judged: Judged) -> bool:
    number = judged.facts.record(judged.sheet, judged.row).measure("actual").number
    if number is None or not 0 < number < 1:
        return False
    if not is_listed(judged.raw("unit"), units_of(judged.facts.scheme).counted):
        return False
    minutes, short = (rounded(number * one, 6) % 1 for one in (_MINUTES, _SHORT))
    return minutes == 0 and short != 0


# ---------------------------------------------------------------- 二级指标


def _misfit(line: Line) -> str:
    scheme, title, unit = line.scheme, line.at("title"), line.at("unit")
    units = units_of(scheme)
    good = f"NOT({has_word(title, scheme.words(word_lists.UNWANTED))})"
    paid = has_word(title, scheme.words(NOT_QUANTITY))
    tests = {
        QUALITY: f"AND({listed(unit, units.counted)},{good})",
        QUANTITY: f"OR({listed(unit, units.amounts)},{paid})",
        SATISFACTION: listed(unit, units.others),
    }
    found = "FALSE"
    for key, (lists, _) in categories(scheme, tuple(tests)).items():
        found = f"IF({line.at('level2')}={line.refs.option(lists, key)},{tests[key]},{found})"
    return f'IF({line.at("expected")}="",FALSE,{found})'


def _is_misfit(judged: Judged) -> bool:
    scheme, title, unit = judged.facts.scheme, judged.raw("title"), judged.raw("unit")
    if not judged.raw("expected"):
        return False
    units, level2 = units_of(scheme), judged.raw("level2")
    if is_category(scheme, level2, QUALITY):
        good = not names(title, scheme.words(word_lists.UNWANTED))
        return good and is_listed(unit, units.counted)
    if is_category(scheme, level2, QUANTITY):
        return is_listed(unit, units.amounts) or names(title, scheme.words(NOT_QUANTITY))
    if is_category(scheme, level2, SATISFACTION):
        return is_listed(unit, units.others)
    return False


# ---------------------------------------------------------------- 比率


def _endings(scheme: Scheme) -> tuple[str, ...]:
    return tuple(word for word in scheme.words(BOUNDED_RATES) if word.endswith(_RATE_ENDS))


def _beyond(line: Line) -> str:
    title, limit = line.at("title"), line.refs.parameter(RATE_CEILING.key)
    most = f"MAX(N({line.at('expected')}),N({line.at('actual')}))>{_WHOLE}*{limit}"
    ends = listed(f"RIGHT({title},3)", _endings(line.scheme))
    # 两个比率之差另当别论；表里比规则宽，少说的照 K10 说
    named = f"AND({ends},NOT({has_word(title, wide_differences(line.scheme))}))"
    return f'IF({line.at("unit")}="{PERCENT}",IF({most},{named},FALSE),FALSE)'


def _is_beyond(judged: Judged) -> bool:
    scheme, title = judged.facts.scheme, judged.raw("title")
    if judged.raw("unit") != PERCENT or names(title, wide_differences(scheme)):
        return False
    record = judged.facts.record(judged.sheet, judged.row)
    numbers = [record.measure(one).number or 0 for one in ("expected", "actual")]
    beyond = max(numbers) > _WHOLE * RATE_CEILING.of(scheme)
    return beyond and is_listed(title[-3:], _endings(scheme))


def rate_form_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """百分数的写法；填98%的格存的是0.98，与别处的98比不了。"""
    own = {field.key for field in sheet.fields}
    if not {"title", "expected", "actual", "unit", "factor"} <= own:
        return
    says = "单位是%的填98，不填98%：复制下面没有填过的一格贴上，再填"
    yield single(scheme, LiveCheck(("K10",), Severity.ERROR, says, _apart, _is_apart))
    if "note" in own:
        says = "单位是%，却有不到1的数：是98%的填98，确实这么小的请写明"
        check = LiveCheck(("K10",), Severity.WARNING, says, _ratio, _is_ratio, NOTE_UNSAID)
        yield single(scheme, check)


def _apart(line: Line) -> str:
    """看格式的函数每次都重算，所以先看数大不大。"""
    cells = [line.at(one) for one in ("expected", "actual")]
    stored = [f'AND({one}<>0,LEFT(CELL("format",{one}))="P")' for one in cells]
    wrong = f"{stored[0]}<>{stored[1]}"
    if satisfaction_bands(line.scheme):
        lists = categories(line.scheme, (SATISFACTION,))[SATISFACTION][0]
        banded = f"{line.at('level2')}={line.refs.option(lists, SATISFACTION)}"
        wrong = f"IF({banded},{stored[1]},{wrong})"
    unit = one_of(line.at("unit"), RATES)
    ready = f"AND({unit},ISNUMBER({cells[0]}),ISNUMBER({cells[1]}))"
    small = f"MIN({cells[0]},{cells[1]})<{_MOST}"
    return f"IF({ready},IF({small},IFERROR({wrong},FALSE),FALSE),FALSE)"


def _is_apart(judged: Judged) -> bool:
    return bool(stored_apart(judged.facts.scheme, indicator_row(judged.facts, judged.row)))


def _ratio(line: Line) -> str:
    pair = f"{line.at('expected')},{line.at('actual')}"
    small, large = f"MIN({pair})", f"MAX({pair})"
    apart = f"AND({small}>0,{small}<1,{large}>1,{large}>={APART}*{small})"
    way = f"IF(ISNUMBER({line.at(WAY.key)}),{line.at(WAY.key)}=1,FALSE)"
    ready = f'AND({line.at("unit")}="{PERCENT}",{way})'
    return f"IF({ready},IF({apart},NOT({_apart(line)}),FALSE),FALSE)"


def _is_ratio(judged: Judged) -> bool:
    return bool(typed_as_ratio(judged.facts.scheme, indicator_row(judged.facts, judged.row)))
