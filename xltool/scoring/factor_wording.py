"""绩效指标怎么得分的说法，由方案的参数生成；印在评分标准里，与所用的算法同义。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import shown
from xltool.facts.left_out import spreads, takes_absence, takes_parts
from xltool.facts.overshoot import Action, action_of
from xltool.scheme.categories import COSTS, SATISFACTION, category
from xltool.scheme.completing import (
    OVER_BY_DEVIATION,
    OVER_FACTOR,
    OVER_INCLUSIVE,
    OVER_LIMIT,
    OVER_MINUS,
    PASS_MARK,
    REVERSE_RATIO,
    SATISFACTION_LIMIT,
    SATISFACTION_REST,
    SATISFACTION_SHARE,
    TIER_LOWS,
    TIERS,
    flagged,
    satisfaction_bands,
)
from xltool.scheme.labels import words_of
from xltool.values import plain

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

UNDECIDED = "没有写运算符、看不出越大越好还是越小越好的，两种读法取低的。"
_WHICH = {
    Action.EVERY: "的",
    Action.ADMITTED: "、报告“存在问题”里点到的，",
    Action.UNEXPLAINED: "、没有写偏差原因的，",
}


def factor_sentence(scheme: Scheme, categories: frozenset[str]) -> str:
    """定量、越小越好、满意度、定性各怎么得分；只说这些二级指标里会有的。"""
    banded = bool(satisfaction_bands(scheme)) and SATISFACTION in categories
    others = categories - {SATISFACTION} if banded else categories
    sentences = []
    if others:
        parts = [_forward(scheme), _reverse(scheme)]
        # 成本一类没有写运算符的也按越小越好，先说
        only_costs = others <= set(COSTS)
        sentences.append("；".join(reversed(parts) if only_costs else parts) + "。")
        if not only_costs:
            sentences.append(UNDECIDED)
    if banded:
        sentences.append(_satisfaction(scheme))
    return "".join((*sentences, _tiers(scheme), _left_out(scheme)))


def _left_out(scheme: Scheme) -> str:
    """写不适用的和其中项怎么办。"""
    said = []
    if takes_absence(scheme):
        how = "分值摊到同类其余各行" if spreads(scheme) else "得满分"
        said.append(f"{words_of(scheme).actual}写不适用并写明原因的，{how}")
    if takes_parts(scheme):
        said.append("“其中”各项不单独计分")
    return f"{'；'.join(said)}。" if said else ""


def _forward(scheme: Scheme) -> str:
    short = "按完成率得分"
    if PASS_MARK in scheme.parameters:
        mark = shown(scheme.parameters[PASS_MARK])
        short = f"按(完成率-{mark})÷(100%-{mark})得分，完成率低于{mark}不得分"
    return f"定量指标达到{words_of(scheme).expected}得满分，未达到{short}{_over(scheme)}"


def _over(scheme: Scheme) -> str:
    action = action_of(scheme)
    if action is Action.NOTHING:
        return ""
    values = scheme.parameters
    word = "达到" if scheme.number(OVER_INCLUSIVE) == 1 else "超过"
    limit, floor = shown(values[OVER_LIMIT]), shown(values[OVER_FACTOR])
    how = f"按{floor}计"
    if flagged(scheme, OVER_BY_DEVIATION):
        how = f"每高出1个百分点少计1%，最低按{floor}计"
    minus = f"，另减{shown(values[OVER_MINUS])}" if OVER_MINUS in values else ""
    return f"，完成率{word}{limit}{_WHICH[action]}{how}{minus}"


def _reverse(scheme: Scheme) -> str:
    expected, actual = words_of(scheme)
    marked = PASS_MARK in scheme.parameters
    if flagged(scheme, REVERSE_RATIO):
        share = f"{expected}÷{actual}"
        beyond = f"超过的以{share}为完成率，同样计分" if marked else f"超过的按{share}计分"
    elif marked:
        beyond = "超过的以100%减超出比例为完成率，同样计分"
    else:
        beyond = "超过的按超出比例扣减，超出一倍不得分"
    return f"越小越好的指标不超过{expected}得满分，{beyond}"


def _satisfaction(scheme: Scheme) -> str:
    values = scheme.parameters
    numbers = satisfaction_bands(scheme)
    limits = (plain(values[f"{SATISFACTION_LIMIT}{n}"].value) for n in numbers)
    shares = (shown(values[f"{SATISFACTION_SHARE}{n}"]) for n in numbers)
    bands = (f"≥{limit}%得{share}" for limit, share in zip(limits, shares, strict=True))
    name, actual = category(scheme, SATISFACTION), words_of(scheme).actual
    return f"{name}的{actual}{'，'.join(bands)}，其余得{shown(values[SATISFACTION_REST])}。"


def _tiers(scheme: Scheme) -> str:
    values = scheme.parameters
    achieved, partial, missed = (shown(values[name]) for name in TIERS.values())
    if not set(TIER_LOWS.values()) <= values.keys():
        return f"定性指标达成得{achieved}，部分达成得{partial}，未达成得{missed}。"
    high, low = (shown(values[name]) for name in TIER_LOWS.values())
    return (
        f"定性指标按达成情况分三档：达成{high}（含）—100%，部分达成{low}（含）—{high}，"
        f"未达成{low}以下，档内以自评得分为准，不在档内的按{achieved}、{partial}、{missed}计。"
    )
