"""一个量：增减词、比较词、数、数量级、单位和后缀，如 控制在300万元以内、每家5万元。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.messages import values as say
from xltool.values.numerals import CHINESE, NUMBER, chinese_number, decimal_of, plain
from xltool.values.units import MAGNITUDES, UNITS, unit_named
from xltool.values.words import (
    GROWTH_BASES,
    GROWTH_VERBS,
    LEADS,
    NOUNS,
    OPERATORS,
    SUSPECTS,
    TAILS,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.values.kinds import Direction, MeasureUnit, Operator

_ONE: Final = Decimal(1)
_HUNDRED: Final = Decimal(100)
_LONGEST: Final = 48


class Quantity(NamedTuple):
    """读出的一个量。"""

    number: Decimal
    unit: MeasureUnit | None = None
    magnitude: Decimal = _ONE
    operator: Operator | None = None
    direction: Direction | None = None
    notices: tuple[str, ...] = ()


class _Scale(NamedTuple):
    """数后面的部分：数量级、单位、后缀词和名词。"""

    unit: MeasureUnit | None = None
    magnitude: Decimal = _ONE
    tail: str = ""
    notices: tuple[str, ...] = ()


def alternatives(words: Iterable[str]) -> str:
    """几个词任取其一的模式，长的在前。"""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_OP = alternatives([*OPERATORS, *SUSPECTS])
_SPECIFIER = "每(?:个|家|户|人|年|月|季度|次|亩|项|台|套|场|期|吨|公里|平方米)"
_BASE, _VERB = alternatives(GROWTH_BASES), alternatives(GROWTH_VERBS)
_GROWTH = f"(?:(?P<base>{_BASE})?(?P<verb>{_VERB})(?:了|为|到)?)"
_QUANTITY = re.compile(
    f"(?P<lead>{alternatives(LEADS)})?{_GROWTH}?(?P<per>(?:{_SPECIFIER})*)(?P<op>{_OP})?"
    f"(?P<late>(?:{_SPECIFIER})*)"
    f"(?:(?P<percent>[百千万]分之)?(?:(?P<number>{NUMBER})|(?P<chinese>{CHINESE})))(?P<rest>.*)"
)
_TAIL = alternatives(TAILS)
_REST = re.compile(f"(?P<front>{_TAIL})?(?P<unit>.*?)(?P<back>{_TAIL})?")
_MIDDLE = re.compile("(?P<magnitude>[百千万亿]+)(?P<tail>余|多)(?P<unit>.+)")
_NOUN = re.compile(f"(?P<unit>.+?)(?P<noun>{alternatives(NOUNS)})")
_FRACTIONS = {"百分之": UNITS["%"], "千分之": UNITS["‰"], "万分之": UNITS["‱"]}
# 4亿7000万、3万5千、3万5000元：几级数量连着写的一个数
_CHAINED = re.compile(
    r"(?<![0-9.])(?:(?P<yi>[0-9]{1,4})亿零?)?(?P<wan>[0-9]{1,4}(?:\.[0-9]{1,6})?)万"
    r"(?:(?P<qian>[0-9])千|零?(?P<ones>[0-9]{1,4})(?=元))?(?![0-9])"
)

# 百分之百、百分百、九成五：没有第二种读法的比率
_WHOLE = re.compile(f"百分之?百(?![{CHINESE[1:-2]}分])")
_TENTHS = re.compile("(?P<tens>[一二三四五六七八九])成(?P<ones>[一二三四五六七八九])(?![一-鿿])")


def _unit(text: str, tail: str, per: str) -> _Scale | None:
    """认出单位或数量级；都不是则为空。"""
    if text in MAGNITUDES and not per:
        return _Scale(None, MAGNITUDES[text], tail)
    unit = unit_named(text + per.replace("每", "/")) if text else None
    if unit is not None:
        return _Scale(unit, tail=tail)
    return _Scale(tail=tail) if not text and not per else None


def _with_noun(text: str, tail: str) -> _Scale | None:
    """单位后面跟着名词的，如 3个项目。"""
    found = _NOUN.fullmatch(text)
    scale = _unit(found["unit"], tail, "") if found else None
    if found is None or scale is None or scale.unit is None:
        return None
    notice = say.NOUN_DROPPED.format(noun=found["noun"], unit=scale.unit.name)
    return scale._replace(notices=(notice,))


def _scale(rest: str, per: str) -> _Scale | None:
    if direct := _unit(rest, "", per):
        return direct
    if middle := _MIDDLE.fullmatch(rest):
        return _unit(middle["magnitude"] + middle["unit"], middle["tail"], per)
    found = _REST.fullmatch(rest)
    if not found:
        return None
    tail = found["front"] or found["back"] or ""
    return _unit(found["unit"], tail, per) or _with_noun(found["unit"], tail)


def _arabic(found: re.Match[str], per: str) -> tuple[Decimal, _Scale] | None:
    number = decimal_of(found["number"])
    scale = _scale(found["rest"], per)
    if number is None or scale is None:
        return None
    grouped = "," in found["number"] or " " in found["number"]
    return number, scale._replace(notices=(say.GROUPS_READ, *scale.notices)) if grouped else scale


def _chinese(found: re.Match[str], per: str) -> tuple[Decimal, _Scale] | None:
    """中文数字和单位的分界由单位定，取最长的单位：十万元 是 十 + 万元。"""
    written = found["chinese"]
    first = len(written) if found["percent"] else 1  # 百分之二百不是百分之二的一百倍
    for end in range(first, len(written) + 1):
        number = chinese_number(written[:end])
        scale = None if number is None else _scale(written[end:] + found["rest"], per)
        if number is not None and scale is not None:
            notice = say.NUMERALS_READ.format(written=written[:end], number=plain(number))
            return number, scale._replace(notices=(notice, *scale.notices))
    return None


def _operator(op: str | None, tail: str) -> tuple[Operator | None, tuple[str, ...]]:
    """前面的比较词和后面的后缀词合成一个比较符号。"""
    after = TAILS.get(tail)
    if op is None:
        return after, ()
    if op in SUSPECTS:
        return SUSPECTS[op], (say.SUSPECT_READ.format(written=op, operator=SUSPECTS[op]),)
    before = OPERATORS[op]
    if after is not None and after is not before:
        return before, (say.OPERATORS_DIFFER.format(op=op, tail=tail),)
    return before, ()


def _chained(body: str) -> tuple[str, tuple[str, ...]]:
    """连着写的几级数量并成一级，照最小的一级写：4亿7000万 是 47000万。"""
    found = _CHAINED.search(body)
    if found is None or not (found["yi"] or found["qian"] or found["ones"]):
        return body, ()
    tens = Decimal(found["wan"]) + Decimal(found["yi"] or 0) * 10_000
    if found["qian"]:
        written = f"{plain(tens * 10 + Decimal(found['qian']))}千"
    elif found["ones"]:
        written = plain(tens * 10_000 + Decimal(found["ones"]))
    else:
        written = f"{plain(tens)}万"
    notice = say.NUMERALS_READ.format(written=found[0], number=written)
    return body[: found.start()] + written + body[found.end() :], (notice,)


def _rate_in_words(body: str) -> tuple[str, tuple[str, ...]]:
    """百分之百、九成五换成百分之几的写法。"""
    found = _WHOLE.search(body) or _TENTHS.search(body)
    if found is None:
        return body, ()
    tenths = found.groupdict()
    number = chinese_number(f"{tenths['tens']}十{tenths['ones']}") if tenths else _HUNDRED
    if number is None:
        return body, ()
    notice = say.NUMERALS_READ.format(written=found[0], number=f"{plain(number)}%")
    return f"{body[: found.start()]}百分之{plain(number)}{body[found.end() :]}", (notice,)


def _rewritten(body: str) -> tuple[str, tuple[str, ...]]:
    """几个字合成一个数的，换成一个数的写法。"""
    if "万" in body:
        return _chained(body)
    return _rate_in_words(body) if "百分" in body or "成" in body else (body, ())


def read_quantity(body: str) -> Quantity | None:
    """整段文字恰好是一个量时的读法（文字已整理过）。"""
    body, rewritten = _rewritten(body) if len(body) <= _LONGEST else (body, ())
    found = _QUANTITY.fullmatch(body) if len(body) <= _LONGEST else None
    if not found:
        return None
    per = found["per"] + found["late"]
    if found["percent"] and (per or (found["rest"] and found["rest"] not in TAILS)):
        return None
    scaled = _arabic(found, per) if found["number"] else _chinese(found, per)
    if scaled is None:
        return None
    number, scale = scaled
    operator, notices = _operator(found["op"], scale.tail)
    if found["lead"]:
        notices += (say.LEAD_DROPPED.format(lead=found["lead"]),)
    return Quantity(
        number=number,
        unit=_FRACTIONS[found["percent"]] if found["percent"] else scale.unit,
        magnitude=scale.magnitude,
        operator=operator,
        direction=GROWTH_VERBS[found["verb"]] if found["verb"] else None,
        notices=rewritten + scale.notices + notices,
    )
