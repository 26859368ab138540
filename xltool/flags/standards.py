"""按标准发钱的：每家、每人多少的成本指标，对得上的数量指标，乘起来是多少钱。

对象的字眼、单位都对得上，而且只有一个，才算对上；其余的不猜。
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.facts.target import target_rows
from xltool.flags.rows import falls_under
from xltool.scheme.categories import COSTS, QUANTITY
from xltool.scheme.contract.word_lists import STANDARD
from xltool.values import find_unit, fold
from xltool.values.amounts import amount_of
from xltool.values.kinds import EXACT, Family
from xltool.values.text import tidy

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.scheme.model import Scheme

_PER = re.compile(
    "(?P<each>[每单])(?P<after>[\\u4e00-\\u9fff]{1,3})|(?P<before>[\\u4e00-\\u9fff])均"
)
_SHORTEST = 2  # 一个字的对象认不准
_QUOTES = str.maketrans("", "", '"')


@dataclass(frozen=True, slots=True)
class Standard:
    """一个单位标准：每一个 `unit`（基本单位）多少元，对象的字眼。"""

    row: Target
    yuan: Decimal
    unit: str
    words: str


def standards(facts: Facts) -> tuple[Standard, ...]:
    """成本指标里的单位标准。"""
    found = (_standard(facts.scheme, row) for row in target_rows(facts))
    return tuple(one for one in found if one is not None)


def _standard(scheme: Scheme, row: Target) -> Standard | None:
    cost = amount_of(row.actual, row.unit)
    if not falls_under(scheme, row, *COSTS) or cost is None or cost.unit is None:
        return None
    money, _, per = cost.unit.base.partition("/")
    title = tidy(row.title)
    written, phrase = _per(title.body)
    if cost.unit.family is not Family.MONEY or not (per or written) or (per and "/" in per):
        return None
    named = "" if find_unit(title.note) else title.note
    words = fold(named or title.body.replace(phrase, "", 1)).translate(_QUOTES)
    for word in sorted(scheme.words(STANDARD), key=len, reverse=True):
        words = words.replace(word, "")
    return Standard(row, cost.value, per or written, words) if money else None


def _per(title: str) -> tuple[str, str]:
    """“每家”“单座”“亩均”里的单位，和这几个字；没有的为空串。"""
    for found in _PER.finditer(title):
        text = found["before"] or found["after"]
        for length in range(len(text), 0, -1):
            unit = find_unit(text[:length])
            if unit is not None and unit.factor == 1:
                return unit.base, f"{found['each'] or ''}{text[:length]}" if found[
                    "each"
                ] else found[0]
    return "", ""


def counted(facts: Facts, standard: Standard) -> Target | None:
    """对得上的数量指标：单位相同，标准里的字它都有；没有或不止一个的为空。"""
    scheme, words = facts.scheme, standard.words
    if len(words) < _SHORTEST:
        return None
    found = []
    for row in target_rows(facts):
        amount = amount_of(row.actual, row.unit)
        same = amount is not None and amount.unit is not None and amount.unit.base == standard.unit
        if same and falls_under(scheme, row, QUANTITY) and set(words) <= set(fold(row.title)):
            found.append(row)
    return found[0] if len(found) == 1 else None


def product(standard: Standard, count: Target) -> Decimal | None:
    """数量×标准，以元计。"""
    amount = amount_of(count.actual, count.unit)
    return None if amount is None else EXACT.multiply(amount.value, standard.yuan)
