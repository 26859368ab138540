"""自查：计量单位与二级指标对不对得上，比率有没有超过百分之百；只看单位一栏写的。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.days import DAY_UNIT, day_without_unit, likely_days
from xltool.facts.naming import NOT_ADDED, wide_differences
from xltool.facts.percents import (
    APART,
    NO_UNIT,
    PERCENT,
    stored_apart,
    stored_elsewhere,
    typed_as_ratio,
)
from xltool.facts.percents import UNITS as RATES
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.claims import single
from xltool.form.live.indicators import NOTE_UNSAID
from xltool.form.live.wording import folded, has_word, is_listed, listed, names, one_of
from xltool.form.live.written import UNITS
from xltool.layout.columns import NAMED, WAY
from xltool.scheme.categories import QUALITY, QUANTITY, SATISFACTION, SHEET, categories, is_category
from xltool.scheme.completing import satisfaction_bands
from xltool.scheme.contract import word_lists
from xltool.scheme.contract.judging_words import BOUNDED_RATES, NOT_QUANTITY
from xltool.scheme.labels import ACTUAL, EXPECTED, UNIT, label_of
from xltool.scheme.thresholds import RATE_CEILING
from xltool.values import LIKELY_SERIALS, find_unit
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_MINUTES, _SHORT = 1440, 80  # 一天几分钟；几分钟也是四位以内的小数的，是八十分之几
_WHOLE = 100
_PIECE = 30  # 公式里一串字最多255个
_MOST = 10  # 1000%以内
_RATE_ENDS = ("率", "度")  # 只看名称末尾三个字，“占比”“比重”由规则看


class _Units(NamedTuple):
    """列表里的和常见的单位：各是什么基本单位；不是百分数的、数个数的、钱和百分数、可以相加的。"""

    bases: Mapping[str, str]
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
        {word: unit.base for word, unit in known.items() if word and not word.isascii()},
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
    says = f"名称末尾括号里写的单位，与{sheet.column('unit').label}不同"
    yield single(scheme, LiveCheck(("K07",), Severity.WARNING, says, _other_unit, _is_other_unit))
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


# ---------------------------------------------------------------- 名称里的单位


@lru_cache(maxsize=16)
def _coded(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """各单位和它的基本单位的代号；写法不同而基本单位相同的，代号相同。"""
    bases = units_of(scheme).bases
    codes = {base: f"{number:02}" for number, base in enumerate(dict.fromkeys(bases.values()))}
    return tuple((word, codes[base]) for word, base in bases.items())


def _code(scheme: Scheme, text: str) -> str:
    """一个单位的代号；不在里面的是错误值。"""
    parts = [f"|{word}={code}" for word, code in _coded(scheme)]
    pieces = ("".join(parts[start : start + _PIECE]) for start in range(0, len(parts), _PIECE))
    known = "&".join(f'"{piece}"' for piece in pieces)
    return f'MID({known},FIND("|"&{text}&"=",{known})+LEN({text})+2,2)'


def _other_unit(line: Line) -> str:
    """名称以括号结尾，头一个括号里写的就是一个单位。"""
    title, numbers = line.at(NAMED.key), (line.at("expected"), line.at("actual"))
    start = f'FIND("(",{title})'
    inside = f"MID({title},{start}+1,LEN({title})-{start}-1)"
    own, other = _code(line.scheme, line.at("unit")), _code(line.scheme, inside)
    ready = f'AND(RIGHT({title},1)=")",ISNUMBER({numbers[0]}),ISNUMBER({numbers[1]}))'
    return f"IF({ready},IFERROR({own}<>{other},FALSE),FALSE)"


def _is_other_unit(judged: Judged) -> bool:
    scheme, title = judged.facts.scheme, folded(judged.raw("title"))
    record, codes = judged.facts.record(judged.sheet, judged.row), dict(_coded(scheme))
    if not title.endswith(")") or "(" not in title:
        return False
    if any(record.measure(one).number is None for one in ("expected", "actual")):
        return False
    codes_of = codes.get(judged.raw("unit")), codes.get(title.partition("(")[2][:-1])
    return None not in codes_of and codes_of[0] != codes_of[1]


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
    says = "单位不是%的，不填百分数（98%存的是0.98）：复制下面没有填过的一格贴上，再填"
    check = LiveCheck(("K10",), Severity.ERROR, says, _elsewhere, _is_elsewhere)
    yield single(scheme, check)
    day = f"是日期的，{label_of(scheme, UNIT)}选“{scheme.word(*DAY_UNIT)}”"
    says = f"{day}；不是的，复制下面没有填过的一格贴上，再填"
    yield single(scheme, LiveCheck(("K07", "K06"), Severity.ERROR, says, _dated, _is_dated))
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


def _elsewhere(line: Line) -> str:
    """单位是别的，而有一格是百分数格式。"""
    cells = [line.at(one) for one in ("expected", "actual")]
    stored = (f'AND(ISNUMBER({one}),{one}<>0,LEFT(CELL("format",{one}))="P")' for one in cells)
    small = f"MIN({','.join(cells)})<{_MOST}"
    ready = f"AND({small},NOT({one_of(line.at('unit'), NO_UNIT)}))"
    return f"IF({ready},IFERROR(OR({','.join(stored)}),FALSE),FALSE)"


def _is_elsewhere(judged: Judged) -> bool:
    return bool(stored_elsewhere(indicator_row(judged.facts, judged.row)))


def _dated(line: Line) -> str:
    """没有写单位（名称末尾也没有）而像是日期的；有单位的，看得出格式的 Excel 里才说。"""
    expected, actual, unit = (line.at(one) for one in ("expected", "actual", "unit"))
    first, last = likely_days(line.scheme)
    like = f"AND({expected}>={first},{expected}<={last},{expected}=INT({expected}))"
    bare = f'AND({unit}="",RIGHT({line.at(NAMED.key)},1)<>")")'
    least, most = LIKELY_SERIALS
    stored = ",".join(
        f'AND({one}>={least},{one}<={most},LEFT(CELL("format",{one}))="D")'
        for one in (expected, actual)
    )
    large = f"AND(ISNUMBER({expected}),MAX({expected},{actual})>={least})"
    ready = f"AND({large},{unit}<>{line.refs.option(*DAY_UNIT)})"
    return f"IF({ready},IF({bare},{like},FALSE)+IFERROR(OR({stored}),FALSE)>0,FALSE)"


def _is_dated(judged: Judged) -> bool:
    """格式是日期的，只有公式、读报送的看得见。"""
    facts, row = judged.facts, indicator_row(judged.facts, judged.row)
    expected, actual = (row.record.entry(one) for one in ("expected", "actual"))
    if facts.option(row.record.text("unit"), *DAY_UNIT):
        return False
    if row.record.measure("expected").number is not None and actual.day:
        return True
    bare = not folded(row.title).endswith(")")
    return expected.day or (bare and day_without_unit(facts.scheme, row))


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
