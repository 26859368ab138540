"""一个绩效指标的得分率为什么不满，怎样可以不扣；得分率本身由 factor 定，这里只说明。"""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import clear_percent, percent, points_apart, shown
from xltool.facts.direction import Way, doubtful_word, way_of
from xltool.facts.overshoot import Action, action_of, reduced
from xltool.scheme.categories import SATISFACTION, is_category
from xltool.scheme.completing import (
    OVER_INCLUSIVE,
    OVER_LIMIT,
    OVER_MINUS,
    SATISFACTION_LIMIT,
    SATISFACTION_SHARE,
    TIERS,
    satisfaction_bands,
)
from xltool.scheme.labels import words_of
from xltool.values import Operator, magnitude_word, plain

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.scheme.model import Scheme
    from xltool.values import Measure

_ONE = Decimal(1)
_MOST_DIGITS = 6  # 换算出的数除不尽时，多出的小数往大处进


class Shortfall(NamedTuple):
    """得分率不满的事实，和怎样可以不扣：填错的改正，没有做到的下年度做到；不教人改低目标、虚报实绩。"""

    why: str
    avoid: str


def shortfall(scheme: Scheme, row: Target, share: Decimal) -> Shortfall:
    """说明一个指标的得分率 `share` 为什么不到 1。"""
    if row.target is None or row.result is None:
        return _by_tier(scheme, row, share)
    if satisfaction_bands(scheme) and is_category(scheme, row.level2, SATISFACTION):
        return _unsatisfied(scheme, row, row.result, share)
    way = way_of(scheme, row)
    if way is Way.DOUBTFUL:
        return _undecided(scheme, row, row.target, share)
    if way is Way.DOWN:
        return _exceeded(scheme, row, row.target, row.result, share)
    if row.target > 0 and reduced(scheme, row, row.result / row.target):
        return _overshot(scheme, row, row.target, row.result, share)
    return _short(scheme, row, row.target, row.result, share)


def _short(
    scheme: Scheme, row: Target, target: Decimal, result: Decimal, share: Decimal
) -> Shortfall:
    """正向的没有达到；预期值是零或负数的没有完成率。"""
    words = words_of(scheme)
    rate = f"完成率{clear_percent(result / target, _ONE)}" if target > 0 else "没有达到"
    why = f"{_both(scheme, row, target)}，{rate}，{_counted(share)}"
    if target <= 0 and row.operator in (Operator.EQ, Operator.APPROX):
        return Shortfall(why, f"{words.actual}不超过{_goal(row, Decimal(0))}，可不扣")
    more = points_apart(_goal(row, _up(target - result)))
    reached = f"达到{words.expected}{_goal(row, target)}"
    return Shortfall(why, f"{words.actual}{reached}（还差{more}），可不扣")


def _undecided(scheme: Scheme, row: Target, target: Decimal, share: Decimal) -> Shortfall:
    """没有写运算符、看不出方向的，取了两种读法里低的一种。"""
    doubt = f"没有写运算符，名称里有“{doubtful_word(scheme, row)}”，方向不定"
    why = f"{_both(scheme, row, target)}，{doubt}，两种读法取低的，{_counted(share)}"
    return Shortfall(why, "写明运算符，按写明的方向计")


def _exceeded(
    scheme: Scheme, row: Target, target: Decimal, result: Decimal, share: Decimal
) -> Shortfall:
    """反向的超过了预期值。"""
    words, limit = words_of(scheme), _goal(row, target)
    beyond = f"超出{clear_percent((result - target) / target, _ONE)}" if target > 0 else "超过了"
    both = f"{words.expected}不超过{limit}{_later(row)}、{words.actual}{_fact(row)}"
    why = f"{both}，{beyond}，{_counted(share)}"
    less = points_apart(_goal(row, _up(result - target)))
    return Shortfall(why, f"{words.actual}不超过{words.expected}{limit}（多了{less}），可不扣")


def _overshot(
    scheme: Scheme, row: Target, target: Decimal, result: Decimal, share: Decimal
) -> Shortfall:
    """大幅超额：年初预期值定得太低。"""
    limit = scheme.parameters[OVER_LIMIT]
    inclusive = scheme.number(OVER_INCLUSIVE) == 1
    rate = clear_percent(result / target, limit.value)
    why = (
        f"{_both(scheme, row, target)}，"
        f"完成率{rate}{'达到' if inclusive else '超过'}{shown(limit)}，{_counted(share)}"
    )
    if OVER_MINUS in scheme.parameters:
        why += f"，另减{shown(scheme.parameters[OVER_MINUS])}"
    explained = action_of(scheme) is Action.UNEXPLAINED
    note = "写明偏差原因，可不扣" if explained else "写明偏差原因"
    words = words_of(scheme)
    check = f"核对{words.expected}和{words.actual}，填错的改正"
    return Shortfall(why, f"{check}；属实的{note}，下年度照实际水平定{words.expected}")


def _unsatisfied(scheme: Scheme, row: Target, result: Decimal, share: Decimal) -> Shortfall:
    """满意度没有到最好的一档。"""
    numbers = satisfaction_bands(scheme)
    limits = [scheme.number(f"{SATISFACTION_LIMIT}{n}") for n in numbers]
    missed = [n for n, limit in zip(numbers, limits, strict=True) if scheme.precise(result) < limit]
    if not missed:
        return Shortfall(f"满意度{_fact(row)}，{_counted(share)}", "已是最好的一档")
    nearest = plain(scheme.number(f"{SATISFACTION_LIMIT}{missed[-1]}"))
    why = f"满意度{_fact(row)}，不到{nearest}%，{_counted(share)}"
    steps = []
    for number in dict.fromkeys((missed[-1], missed[0])):
        gained = scheme.number(f"{SATISFACTION_SHARE}{number}")
        end = "可不扣" if gained >= 1 else _counted(gained)
        steps.append(f"达到{plain(scheme.number(f'{SATISFACTION_LIMIT}{number}'))}%，{end}")
    return Shortfall(why, "；".join(steps))


def _by_tier(scheme: Scheme, row: Target, share: Decimal) -> Shortfall:
    """不能用数衡量的，看选了哪一档。"""
    why = f"达成情况为“{row.tier}”，{_counted(share)}"
    best = max(TIERS, key=lambda key: scheme.number(TIERS[key]))
    most = scheme.number(TIERS[best])
    tier = scheme.word("tier", best)
    if most >= 1:
        return Shortfall(why, f"做到“{tier}”，可不扣")
    numeric = "下年度改设能用数衡量的指标，达到的可不扣"
    if most > share:
        return Shortfall(why, f"做到“{tier}”，{_counted(most)}；{numeric}")
    return Shortfall(why, numeric)


def _both(scheme: Scheme, row: Target, target: Decimal) -> str:
    words = words_of(scheme)
    return f"{words.expected}{_goal(row, target)}{_later(row)}、{words.actual}{_fact(row)}"


def _later(row: Target) -> str:
    return "（调整后）" if row.adjusted else ""


def _counted(share: Decimal) -> str:
    return f"按{percent(share)}计" if share > 0 else "不得分"


def _goal(row: Target, number: Decimal) -> str:
    """按预期值的单位写一个数。"""
    return f"{plain(number)}{_unit(row, row.expected)}"


def _fact(row: Target) -> str:
    """实现值，按它自己写的单位。"""
    number = row.actual.number
    return "" if number is None else f"{plain(number)}{_unit(row, row.actual)}"


def _unit(row: Target, measure: Measure) -> str:
    """值里写了单位的照写，只写“万”“亿”的照写，都没写的用本行的单位。"""
    if measure.unit is not None:
        return measure.unit.name
    if measure.magnitude != 1 or row.unit is None:
        return magnitude_word(measure.magnitude)
    return row.unit.name


def _digits(number: Decimal) -> int:
    """小数有几位，末尾的零不算。"""
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _up(number: Decimal) -> Decimal:
    """除不尽的小数往大处进，照着做了一定够。"""
    return number if _digits(number) <= _MOST_DIGITS else _ceiling(number, _MOST_DIGITS)


def _ceiling(number: Decimal, digits: int) -> Decimal:
    return number.scaleb(digits).to_integral_value(ROUND_CEILING).scaleb(-digits)
