"""自查：计量单位与二级指标对不对得上，比率有没有超过百分之百；只看单位一栏写的。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import literal
from xltool.facts.naming import NOT_ADDED, wide_differences
from xltool.facts.percents import (
    PERCENT,
)
from xltool.facts.saying import is_listed, listed
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.claims import single
from xltool.form.live.wording import folded, has_word, names
from xltool.form.live.written import UNITS
from xltool.layout.columns import NAMED
from xltool.messages import entries as say
from xltool.scheme.categories import QUALITY, QUANTITY, SATISFACTION, SHEET, categories, is_category
from xltool.scheme.contract import word_lists
from xltool.scheme.contract.judging_words import BOUNDED_RATES, NOT_QUANTITY
from xltool.scheme.labels import ACTUAL, EXPECTED, label_of
from xltool.scheme.thresholds import RATE_CEILING
from xltool.values import find_unit
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


def moment_checks(sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行：填的比例成了时刻。"""
    if {"actual", "unit"} <= {field.key for field in sheet.fields}:
        says = f"比例成了时刻：{say.RATIO}；先复制下面没有填过的一格贴上，再填"
        yield LiveCheck(("K06",), Severity.ERROR, says, _moment, _is_moment)


def _moment(line: Line) -> str:
    """数个数的，不足一，又正好是几分钟：1比19 成了一点十九分；能写成短小数的（0.5）不算。

    单位是别的，看得出格式的 Excel 里才说。
    """
    actual, counted = line.at("actual"), listed(line.at("unit"), units_of(line.scheme).counted)
    minutes, short = (f"MOD(ROUND({actual}*{one},6),1)" for one in (_MINUTES, _SHORT))
    timed = f'IFERROR(LEFT(CELL("format",{actual}))="D",FALSE)'
    found = f"IF({counted},AND({minutes}=0,{short}<>0),{timed})"
    return f"IF(AND(N({actual})>0,N({actual})<1),{found},FALSE)"


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
    known = "&".join(map(literal, pieces))
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
