"""绩效指标的二级分类：各方案的列表不同，选项的标识相同，按标识认。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme.model import MethodSpec, Scheme
    from xltool.scheme.options import OptionList

SHEET, LEVEL1, LEVEL2 = "indicators", "level1", "level2"
# 产出（投入）的各类和效益的各类；没有列在这里的不参与分类的判断
QUANTITY, QUALITY, TIMELINESS = "quantity", "quality", "timeliness"
COSTS = ("cost", "economic_cost", "social_cost", "ecological_cost")
OUTCOMES = ("economic", "social", "ecological", "sustainable")
SUSTAINABLE, SATISFACTION = "sustainable", "satisfaction"
CLASSES = (QUANTITY, QUALITY, TIMELINESS, *COSTS, *OUTCOMES, SATISFACTION)


@lru_cache(maxsize=16)
def level2_lists(scheme: Scheme) -> tuple[str, ...]:
    """二级指标的各个选项表，依一级指标的次序；没有绩效指标表的方案没有。"""
    if not scheme.has(f"{SHEET}.{LEVEL2}"):
        return ()
    field = scheme.field(CellKey(SHEET, LEVEL2))
    return tuple(field.options_by.values()) or tuple(filter(None, (field.options,)))


@lru_cache(maxsize=16)
def _named(scheme: Scheme) -> Mapping[str, tuple[str, str]]:
    """各分类的标识：在哪个选项表，印出来是什么字。"""
    names = (name for name in level2_lists(scheme) if name in scheme.options)
    lists: list[OptionList] = [scheme.options[name] for name in names]
    return {option.key: (item.key, option.value) for item in lists for option in item.options}


def category(scheme: Scheme, key: str) -> str:
    """某个分类印出来的字；方案里没有这一类时为空串。"""
    return _named(scheme).get(key, ("", ""))[1]


def categories(scheme: Scheme, keys: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """方案里有的各类：标识，以及所在的选项表和印出来的字。"""
    known = _named(scheme)
    return {key: known[key] for key in keys if key in known}


@lru_cache(maxsize=256)
def words(scheme: Scheme, keys: tuple[str, ...]) -> tuple[str, ...]:
    """方案里有的各类印出来的字。"""
    return tuple(word for _, word in categories(scheme, keys).values())


def level1_of(scheme: Scheme, spec: MethodSpec) -> str:
    """一种计分办法只看绩效指标表的哪个一级指标；不是这样取数的为空串。"""
    inputs = spec.inputs
    options, _, option = str(inputs.get("equals", "")).partition(".")
    if inputs.get("where") != LEVEL1 or options not in scheme.options:
        return ""
    return scheme.word(options, option)


@lru_cache(maxsize=64)
def categories_under(scheme: Scheme, level1: str) -> frozenset[str]:
    """某个一级指标下可以选的各类，按标识；不按一级指标分列表的，和空串，是全部。"""
    by = scheme.field(CellKey(SHEET, LEVEL2)).options_by if level2_lists(scheme) else {}
    listed = by.get(level1, "")
    names = (listed,) if listed else level2_lists(scheme)
    return frozenset(option.key for name in names for option in scheme.options[name].options)


def is_category(scheme: Scheme, level2: str, *keys: str) -> bool:
    """二级指标是不是其中一类。"""
    return level2 in words(scheme, keys)
