"""看绩效指标的名称、单位认哪些字：规则和报送表的自查用的是同一份。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.facts.phrases import has_any, ways
from xltool.scheme.contract.judging_words import BOUNDED_RATES, RATE_DIFFERENCE
from xltool.values import Family

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

NOT_ADDED: Final = frozenset({Family.RATIO, Family.POINT, Family.TIME, Family.SCORE})
"""这几种单位的数不能相加。"""
_GAP: Final = "差"


@lru_cache(maxsize=16)
def bounded_rates(scheme: Scheme) -> tuple[str, ...]:
    """名称里有的，是不会超过百分之百的比率；写“率”的，“度”也算。"""
    words = scheme.words(BOUNDED_RATES)
    return (*words, *(f"{word[:-1]}度" for word in words if word.endswith("率")))


def says_difference(scheme: Scheme, title: str) -> bool:
    """名称说的是两个数之差；“不高于”是运算符，不是差。"""
    said, unlike = (ways(scheme, RATE_DIFFERENCE, f"{no}difference") for no in ("", "not_"))
    return has_any(said, title, unlike)


def says_rate(scheme: Scheme, title: str) -> bool:
    """名称里有比率一类的名词。"""
    return has_any(ways(scheme, RATE_DIFFERENCE, "rate"), title)


@lru_cache(maxsize=16)
def wide_differences(scheme: Scheme) -> tuple[str, ...]:
    """公式看的：有“差”的只看这一个字，比 says_difference 宽，公式短。"""
    said = ways(scheme, RATE_DIFFERENCE, "difference")
    return (_GAP, *(word for word in said if _GAP not in word))
