"""闭合词表里的值：不适用、错误值、达成档次、是否、状态、等级、名次、与上年比。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.values.kinds import Kind, Operator
from xltool.values.numerals import CHINESE, small_integer
from xltool.values.quantity import alternatives
from xltool.values.words import (
    BASELINES,
    ERRORS,
    GRADE_LEVELS,
    GRADES,
    GROWTH_BASES,
    GROWTH_VERBS,
    NOT_APPLICABLE,
    OPERATORS,
    REGIONS,
    RELATIVES,
    STATES,
    TIERS,
    TRUTH_SPECS,
    TRUTHS,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.values.kinds import Measure
    from xltool.values.source import Source

_LONGEST = 24
_BLANK_MARKS = re.compile(r"[-—–_]+|/+|\*+|[xX]{2,}|×{2,}|…+|、|\\")
_HASHES = re.compile("#{2,}")
_GRADE = re.compile(
    f"(?:[1-5]?[A-Ea-e]{{1,3}}[+-]?|{alternatives(GRADE_LEVELS)})(?:等次|等级|级|档|等)?以?上?"
)
_LETTER = re.compile("[1-5]?[A-Ea-e]{1,3}[+-]?")
_RANK = re.compile(
    f"(?:{alternatives(REGIONS)})?(?:排名|排在|位居|位列|名列|列|居)?(?:{alternatives(REGIONS)})?"
    f"(?:(?P<mark>第|前)(?P<number>[0-9]{{1,4}}|{CHINESE})(?:名|位)?|前列|首位|榜首)"
)
_RELATIVE = re.compile(
    f"(?P<op>{alternatives(OPERATORS)})(?:{alternatives(BASELINES)})|"
    f"(?:与|同|和)?(?:{alternatives(BASELINES)})(?:基本|相比)?(?:持平|相当|一致)|"
    f"(?:{alternatives(GROWTH_BASES)})(?:有所|略有|明显)?(?:{alternatives(GROWTH_VERBS)}|持平)"
)


def _nothing(source: Source, word: str) -> Measure | None:
    """空白和不适用；“无”对是否类指标就是否，所以带上真假。"""
    if word and word not in NOT_APPLICABLE and not _BLANK_MARKS.fullmatch(word):
        return None
    return source.measure(Kind.NA, truth=False if word == "无" else None)


def _error(source: Source, word: str) -> Measure | None:
    return source.measure(Kind.ERR) if word in ERRORS or _HASHES.fullmatch(word) else None


def _tier(source: Source, word: str) -> Measure | None:
    return source.measure(Kind.TIER, tier=TIERS[word]) if word in TIERS else None


def _truth(source: Source, word: str) -> Measure | None:
    if word in TRUTH_SPECS:
        return source.measure(Kind.BOOLSPEC)
    return source.measure(Kind.BOOL, truth=TRUTHS[word]) if word in TRUTHS else None


def _state(source: Source, word: str) -> Measure | None:
    return source.measure(Kind.STATE, truth=STATES[word]) if word in STATES else None


def _grade(source: Source, word: str) -> Measure | None:
    if word in GRADES or (_GRADE.fullmatch(source.body) and not _LETTER.fullmatch(source.body)):
        return source.measure(Kind.GRADE)
    return None


def _rank(source: Source, word: str) -> Measure | None:
    found = _RANK.fullmatch(word)
    if not found:
        return None
    place = small_integer(found["number"]) if found["number"] else None
    return source.measure(
        Kind.RANK,
        operator=Operator.LE if found["mark"] == "前" else None,
        number=None if place is None else Decimal(place),
    )


def _relative(source: Source, word: str) -> Measure | None:
    if word in RELATIVES:
        return source.measure(Kind.RELATIVE)
    found = _RELATIVE.fullmatch(word)
    if not found:
        return None
    return source.measure(Kind.RELATIVE, operator=OPERATORS[found["op"]] if found["op"] else None)


_READERS: tuple[Callable[[Source, str], Measure | None], ...] = (
    _nothing,
    _error,
    _tier,
    _truth,
    _state,
    _grade,
    _rank,
    _relative,
)


def read_listed(source: Source) -> Measure | None:
    """词表里有的值；没有则为空。"""
    if len(source.body) > _LONGEST:
        return None
    word = source.body.lower()
    for reader in _READERS:
        measure = reader(source, word)
        if measure is not None:
            return measure
    return None
