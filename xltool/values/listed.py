"""闭合词表里的值：不适用、错误值、达成档次、是否、状态、等级、名次、与上年比。"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.values.kinds import Kind, Operator
from xltool.values.numerals import CHINESE, small_integer
from xltool.values.quantity import alternatives
from xltool.values.source import Parts
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
    from xltool.values.kinds import Measure
    from xltool.values.source import Source

_LONGEST = 24
_BLANK_MARKS = re.compile(r"[-—–_]+|/+|\*+|[xX]{2,}|×{2,}|…+|、|\\")
_HASHES = re.compile("#{2,}")
_GRADE = re.compile(
    f"(?:达到|达|不低于|不劣于|达到或优于|优于)?"
    f"(?:[1-5]?[A-Ea-e]{{1,3}}[+-]?|{alternatives(GRADE_LEVELS)}|(?:[ⅠⅡⅢⅣⅤ]|I{{1,3}}|I?V)类)"
    f"(?:等次|等级|级|档|等|标准|水质|水体)?(?:(?:及|及其|或)?以[上下]|及优于|或优于)?"
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


_WORDS: Final[dict[str, tuple[Kind, Parts]]] = {
    **{word: (Kind.RELATIVE, Parts()) for word in RELATIVES},
    **{word: (Kind.GRADE, Parts()) for word in GRADES},
    **{word: (Kind.STATE, Parts(truth=truth)) for word, truth in STATES.items()},
    **{word: (Kind.BOOL, Parts(truth=truth)) for word, truth in TRUTHS.items()},
    **{word: (Kind.BOOLSPEC, Parts()) for word in TRUTH_SPECS},
    **{word: (Kind.TIER, Parts(tier=tier)) for word, tier in TIERS.items()},
    **{word: (Kind.ERR, Parts()) for word in ERRORS},
    **{word: (Kind.NA, Parts()) for word in ("", *NOT_APPLICABLE)},
    "无": (Kind.NA, Parts(truth=False)),  # 对是否类指标就是否
}


def read_listed(source: Source) -> Measure | None:
    """词表里有的值；没有则为空。"""
    body = source.body
    if len(body) > _LONGEST:
        return None
    word = body.lower()
    kind, parts = _WORDS.get(word, (None, Parts()))
    if kind is not None:
        return source.measure(kind, **parts)
    if _BLANK_MARKS.fullmatch(word):
        return source.measure(Kind.NA)
    if _HASHES.fullmatch(word):
        return source.measure(Kind.ERR)
    if _GRADE.fullmatch(body) and not _LETTER.fullmatch(body):
        return source.measure(Kind.GRADE)
    return _rank(source, word) or _relative(source, word)


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
    found = _RELATIVE.fullmatch(word)
    if not found:
        return None
    return source.measure(Kind.RELATIVE, operator=OPERATORS[found["op"]] if found["op"] else None)
