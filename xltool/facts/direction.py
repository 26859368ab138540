"""一个绩效指标越大越好还是越小越好：程序和公式并排写，含义相同。

写了运算符的看运算符。没有写的：成本指标和目标是 0 的按“≤”；名称里有越小越好的字眼的，方向不定，
两种读法里取得分低的一种，等填表的人写明；其余按“≥”。
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from xltool.facts.cells import cell, goal
from xltool.scheme.categories import COSTS, LEVEL2, SATISFACTION, categories, is_category
from xltool.scheme.contract.word_lists import HANDLED, LESSER, UNWANTED

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

_LESS_IS_BETTER = (UNWANTED, LESSER)


class Way(Enum):
    """越大越好、越小越好，或看不出。"""

    UP = "up"
    DOWN = "down"
    DOUBTFUL = "doubtful"


def way_of(scheme: Scheme, row: Target) -> Way:
    """一个指标往哪边好。"""
    if row.operator is not None:
        return Way.DOWN if row.operator.reverse else Way.UP
    if is_category(scheme, row.level2, *COSTS) or row.expected.number == 0:
        return Way.DOWN
    return Way.DOUBTFUL if doubtful_word(scheme, row) else Way.UP


def lower_is_better(scheme: Scheme, row: Target) -> bool:
    """是不是一定越小越好（docs/来源.md §8 第 3 条）。"""
    return way_of(scheme, row) is Way.DOWN


def unsettled(scheme: Scheme, row: Target) -> bool:
    """方向不定，而且两种读法的结论不同：要写明运算符才好判断。"""
    return row.result != row.target and way_of(scheme, row) is Way.DOUBTFUL


def doubtful_word(scheme: Scheme, row: Target) -> str:
    """名称里越小越好的字眼；说的是做得好的事、是满意度的为空串。"""
    if is_category(scheme, row.level2, SATISFACTION) or named_word(scheme, HANDLED, row.title):
        return ""
    found = (named_word(scheme, words, row.title) for words in _LESS_IS_BETTER)
    return next(filter(None, found), "")


def named_word(scheme: Scheme, words: str, title: str) -> str:
    """名称里有字眼表的哪个字眼；都没有的为空串。"""
    return next((word for word in scheme.words(words) if word in title), "")


# ---------------------------------------------------------------- 公式


def reverse_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """是否一定越小越好，与 lower_is_better 同义；只在两格都是数时用。"""
    operator = cell(key, refs, "operator")
    down = ",".join(f"{operator}={refs.option('operator', name)}" for name in ("le", "lt"))
    costs = [_is(key, refs, option) for option in categories(scheme, COSTS).items()]
    fixed = ",".join((*costs, f"{goal(scheme, key, refs)}=0"))
    return f"OR({down},AND({_unsigned(key, refs)},OR({fixed})))"


def doubtful_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """方向是不是不定；不看是不是一定越小越好，先用 reverse_formula 分出去。"""
    tests = [_unsigned(key, refs)]
    tests += [
        f"NOT({_is(key, refs, option)})" for option in categories(scheme, (SATISFACTION,)).items()
    ]
    handled = _named_formula(scheme, (HANDLED,), key, refs)
    tests += [_named_formula(scheme, _LESS_IS_BETTER, key, refs), f"NOT({handled})"]
    return f"AND({','.join(tests)})"


def _is(key: CellKey, refs: Refs, option: tuple[str, tuple[str, str]]) -> str:
    name, (options, _) = option
    return f"{cell(key, refs, LEVEL2)}={refs.option(options, name)}"


def _unsigned(key: CellKey, refs: Refs) -> str:
    """没有写方向；列表以外的字与没有选一样，所以不写成 ""。"""
    operator = cell(key, refs, "operator")
    return ",".join(f"{operator}<>{refs.option('operator', name)}" for name in ("ge", "gt", "eq"))


def _named_formula(scheme: Scheme, lists: tuple[str, ...], key: CellKey, refs: Refs) -> str:
    """名称里有没有这几个字眼表的字眼；一个字眼一问，FIND 不是各种软件都能成片地找。"""
    title = cell(key, refs, "title")
    found = [
        f"ISNUMBER(FIND({refs.option(one, option.key)},{title}))"
        for one in lists
        for option in scheme.listed(one)
    ]
    return f"OR({','.join(found)})" if found else "FALSE"
