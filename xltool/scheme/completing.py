"""绩效指标的完成率和得分率要用的参数、选项和栏；没有写全的方案拒绝。"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from xltool.scheme.categories import (
    CLASSES,
    COSTS,
    SATISFACTION,
    SHEET,
    categories,
    category,
    level2_lists,
)
from xltool.scheme.contract.catalogue import columns_when, options_when, parameters_when
from xltool.scheme.contract.lists import LEFT_OUT
from xltool.scheme.contract.need import When
from xltool.scheme.fields import Compute

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.fields import Sheet
    from xltool.scheme.model import Scheme

# 必写的：超额的界限、刚好等于算不算、按几成计；定性三档各得几成
OVER_LIMIT, OVER_INCLUSIVE, OVER_FACTOR = "over_limit", "over_inclusive", "over_factor"
TIERS = {"achieved": "tier_achieved", "partial": "tier_partial", "missed": "tier_missed"}
# 可以不写的：超额的怎么办、按偏离度、另减几分；反向按比值；及格线；三档的下限；满意度分档
OVER_ACTION, OVER_BY_DEVIATION, OVER_MINUS = "over_action", "over_by_deviation", "over_minus"
REVERSE_RATIO, PASS_MARK = "reverse_ratio", "pass_mark"
TIER_LOWS = {"achieved": "tier_achieved_low", "partial": "tier_partial_low"}
SATISFACTION_LIMIT, SATISFACTION_SHARE = "satisfaction_limit", "satisfaction_share"
SATISFACTION_REST = "satisfaction_rest"
# 可以不写的：写不适用的怎么办；“其中”各行是不是上一条的一部分
NOT_APPLICABLE, SUB_ROWS = "not_applicable", "sub_rows"
SPREAD, WAIVED = 1, 2  # 写不适用的：分值摊到同类其余各行、得满分
ACTIONS = 4  # 超额的办法有几种，编号从 0 起
_NAMED = "看不出哪些点到了"
# 超额的某种办法要看的项：2 只调减点到的，3 只调减没有写原因的
_ACTION_NEEDS = {
    2: (
        ("claims.kind", _NAMED),
        ("claims.indicator", _NAMED),
        ("options.claim_kind.problem", _NAMED),
    ),
    3: ((f"{SHEET}.note", "看不出哪些写了原因"),),
}
COMPLETING = (Compute.COMPLETION, Compute.FACTOR, Compute.EARNED)
Problem = tuple[str, str]


def completing_problems(scheme: Scheme) -> Iterator[Problem]:
    """绩效指标计分接不上的地方：键的路径和说法。"""
    for name in parameters_when(When.RATED):
        if name not in scheme.parameters:
            yield f"parameters.{name}", "缺少这一项"
    yield from _vocabulary(scheme)
    yield from _together(scheme)
    yield from _left_out(scheme)
    mark = scheme.parameters.get(PASS_MARK)
    if mark is not None and not 0 <= mark.value < 1:
        yield f"parameters.{PASS_MARK}", f"应在 0 和 1 之间，现为 {mark.value}"
    for name, most in ((OVER_ACTION, ACTIONS - 1), (NOT_APPLICABLE, WAIVED), (SUB_ROWS, 1)):
        chosen = scheme.parameters.get(name)
        if chosen is not None and chosen.value not in map(Decimal, range(most + 1)):
            yield f"parameters.{name}", f"应是 0 到 {most} 的整数，现为 {chosen.value}"


def column_problems(sheet: Sheet, kind: Compute) -> Iterator[str]:
    """完成率、得分率、得分所在的表要有的栏。"""
    columns = {field.key for field in sheet.fields}
    wanted = columns_when(SHEET, When.EARNED if kind is Compute.EARNED else When.RATED)
    yield from (f"本表要有 {key} 一栏" for key in wanted if key not in columns)


@lru_cache(maxsize=16)
def satisfaction_bands(scheme: Scheme) -> tuple[int, ...]:
    """满意度分几档；没有写的不分档。"""
    count = sum(1 for key in scheme.parameters if key.startswith(SATISFACTION_LIMIT))
    return tuple(range(1, count + 1))


def band_parameters(scheme: Scheme) -> Iterator[str]:
    """满意度各档的参数；每一档两个。"""
    for number in satisfaction_bands(scheme):
        yield from (f"{SATISFACTION_LIMIT}{number}", f"{SATISFACTION_SHARE}{number}")


def flagged(scheme: Scheme, key: str) -> bool:
    """可以不写的是非参数：写 1 为是。"""
    return key in scheme.parameters and scheme.number(key) == 1


def _vocabulary(scheme: Scheme) -> Iterator[Problem]:
    for name, keys in options_when(When.RATED).items():
        options = scheme.options.get(name)
        known = {option.key for option in options.options} if options else set()
        for key in keys:
            if key not in known:
                yield f"options.{name}", f"要有选项 {key}，计算得分率要用"
    lists_exist = all(name in scheme.options for name in level2_lists(scheme))
    # 二级指标另有分法的（核心、非核心），不归这些类，也没有成本
    if lists_exist and categories(scheme, CLASSES) and not categories(scheme, COSTS):
        yield "options", f"二级指标的选项里要有成本一类（{'、'.join(COSTS)} 之一），计算得分率要用"


def _together(scheme: Scheme) -> Iterator[Problem]:
    """要一起写的参数，和参数所要的表和栏。"""
    lows = [name for name in TIER_LOWS.values() if name in scheme.parameters]
    if len(lows) == 1:
        yield f"parameters.{lows[0]}", f"{'、'.join(TIER_LOWS.values())} 要一起写"
    if OVER_MINUS in scheme.parameters and not scheme.has(f"{SHEET}.points"):
        yield f"parameters.{OVER_MINUS}", "绩效指标表没有分值一栏，不能按分减"
    action = scheme.parameters.get(OVER_ACTION)
    for name, why in _ACTION_NEEDS.get(int(action.value), ()) if action else ():
        if not scheme.has(name):
            yield f"parameters.{OVER_ACTION}", f"没有填报项“{name}”，{why}"
    bands = satisfaction_bands(scheme)
    wanted = [SATISFACTION_REST, *(f"{SATISFACTION_SHARE}{number}" for number in bands)]
    wanted += [f"{SATISFACTION_LIMIT}{number}" for number in bands]
    for name in wanted if bands else ():
        if name not in scheme.parameters:
            yield f"parameters.{name}", "缺少这一项，满意度分档要用"
    yield from _descending(scheme, bands)
    if bands and not category(scheme, SATISFACTION):
        yield "options", f"二级指标的选项里要有 {SATISFACTION}，满意度分档要用"


def _left_out(scheme: Scheme) -> Iterator[Problem]:
    """不单独计分的行：得分率一栏要印的字，不适用的要写在哪里。"""
    for name, value, option in ((NOT_APPLICABLE, SPREAD, "not_applicable"), (SUB_ROWS, 1, "part")):
        used = name in scheme.parameters and scheme.number(name) == value
        if used and not scheme.word(LEFT_OUT, option):
            yield f"options.{LEFT_OUT}", f"要有选项 {option}，参数 {name} 写{value}时印在得分率一栏"
    if NOT_APPLICABLE in scheme.parameters and not scheme.has(f"{SHEET}.note"):
        yield f"parameters.{NOT_APPLICABLE}", f"没有填报项“{SHEET}.note”，看不出哪些写了原因"


def _descending(scheme: Scheme, bands: tuple[int, ...]) -> Iterator[Problem]:
    """满意度分档的界限和得分比例都由高到低。"""
    for stem in (SATISFACTION_LIMIT, SATISFACTION_SHARE):
        names = [name for number in bands if (name := f"{stem}{number}") in scheme.parameters]
        for before, after in pairwise(names):
            if scheme.number(after) >= scheme.number(before):
                yield f"parameters.{after}", f"满意度各档要由高到低，应小于 {scheme.number(before)}"
