"""一个绩效指标的得分率和得分：程序和公式并排写，含义相同。

正向和等于：达到即满，未达到按比例，大幅超额的见 overshoot（财预〔2020〕10号）。
反向：不超过预期值即满，超过的按超出比例递减，超出一倍为零；也有按预期值÷实现值的。
方向不定的（见 direction），两种读法取低的。
其中项、写明不适用而摊分的没有得分率（见 left_out）。
写了及格线的，完成率低于及格线不得分（财预〔2021〕101号）；满意度可以分档。不能用数衡量的见 tiers。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.cells import cell, goal
from xltool.facts.completion import numbers_formula
from xltool.facts.direction import Way, doubtful_formula, reverse_formula, way_of
from xltool.facts.left_out import (
    ABSENT,
    PART,
    absent_formula,
    left_out,
    mark,
    part_formula,
    spreads,
    takes_absence,
    takes_parts,
)
from xltool.facts.overshoot import (
    reduced,
    reduced_formula,
    reduced_share,
    reduced_share_formula,
)
from xltool.facts.tiers import tier_formula, tier_share
from xltool.scheme.categories import LEVEL2, SATISFACTION, categories, is_category
from xltool.scheme.completing import (
    OVER_MINUS,
    PASS_MARK,
    REVERSE_RATIO,
    SATISFACTION_LIMIT,
    SATISFACTION_REST,
    SATISFACTION_SHARE,
    flagged,
    satisfaction_bands,
)
from xltool.values import Operator

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

_ZERO, _ONE = Decimal(0), Decimal(1)


def factor(scheme: Scheme, row: Target) -> Decimal | None:
    """得分率，0 到 1；填得不够判断、不单独计分时为空。"""
    if left_out(scheme, row):
        return None
    if row.waived:
        return _ONE
    if row.target is None or row.result is None:
        return tier_share(scheme, row)
    if satisfaction_bands(scheme) and is_category(scheme, row.level2, SATISFACTION):
        return _banded(scheme, row.result)
    way = way_of(scheme, row)
    shares = []
    if way is not Way.UP:
        shares.append(_passed(scheme, _reverse(scheme, row.target, row.result)))
    if way is not Way.DOWN:
        shares.append(_forward(scheme, row, row.target, row.result))
    return min(shares)  # 方向不定的，两种读法取低的


def earned(scheme: Scheme, row: Target) -> Decimal | None:
    """一行自己有分值的指标得几分：分值×得分率；方案定了超额减几分的再减，减到零为止。"""
    share = factor(scheme, row)
    if share is None or row.points is None:
        return None
    score = scheme.round_points(row.points * share)
    return max(_ZERO, score - scheme.number(OVER_MINUS)) if fined(scheme, row) else score


def fined(scheme: Scheme, row: Target) -> bool:
    """是不是因超额另减几分。"""
    if OVER_MINUS not in scheme.parameters or row.target is None or row.result is None:
        return False
    if row.target <= 0 or way_of(scheme, row) is not Way.UP:
        return False
    return reduced(scheme, row, row.result / row.target)


def _banded(scheme: Scheme, result: Decimal) -> Decimal:
    """满意度的实现值以百分数计，达到界限即入档。"""
    value = scheme.precise(result)
    for number in satisfaction_bands(scheme):
        if value >= scheme.number(f"{SATISFACTION_LIMIT}{number}"):
            return scheme.number(f"{SATISFACTION_SHARE}{number}")
    return scheme.number(SATISFACTION_REST)


def _passed(scheme: Scheme, share: Decimal) -> Decimal:
    """没有写及格线的照旧；写了的只计超出及格线的部分。"""
    if PASS_MARK not in scheme.parameters:
        return share
    mark = scheme.number(PASS_MARK)
    return max(_ZERO, (share - mark) / (_ONE - mark))


def _reverse(scheme: Scheme, target: Decimal, result: Decimal) -> Decimal:
    if result <= target:
        return _ONE
    if target <= 0:
        return _ZERO
    if flagged(scheme, REVERSE_RATIO):
        return target / result
    return max(_ZERO, _ONE - (result - target) / target)


def _forward(scheme: Scheme, row: Target, target: Decimal, result: Decimal) -> Decimal:
    if target <= 0:
        equal = row.operator in (Operator.EQ, Operator.APPROX)
        met = result <= 0 if equal else result >= target
        return _ONE if met else _ZERO
    ratio = result / target
    if reduced(scheme, row, ratio):
        return reduced_share(scheme, ratio)
    return _passed(scheme, min(_ONE, max(_ZERO, ratio)))


# ---------------------------------------------------------------- 公式


def factor_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """得分率的公式，与 factor 同义。"""
    reverse = reverse_formula(scheme, key, refs)
    less, more = _reverse_formula(scheme, key, refs), _forward_formula(scheme, key, refs)
    doubtful = doubtful_formula(scheme, key, refs)
    # 一定越小越好的只看 less，越大越好的只看 more，不定的取低的
    numeric = f"MIN(IF({reverse},1,{more}),IF(OR({reverse},{doubtful}),{less},1))"
    if satisfaction_bands(scheme):
        options, _ = categories(scheme, (SATISFACTION,))[SATISFACTION]
        satisfied = f"{cell(key, refs, LEVEL2)}={refs.option(options, SATISFACTION)}"
        numeric = f"IF({satisfied},{_banded_formula(scheme, key, refs)},{numeric})"
    tiers = tier_formula(scheme, key, refs, _absent(scheme, key, refs))
    share = f"IF({numbers_formula(scheme, key, refs)},{numeric},{tiers})"
    if takes_parts(scheme):
        share = f"IF({part_formula(scheme, key, refs)},{mark(refs, PART)},{share})"
    return share


def _absent(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """没有别的可看时，写明不适用的得满分，或印“不适用”。"""
    if not takes_absence(scheme):
        return '""'
    said = mark(refs, ABSENT) if spreads(scheme) else "1"
    return f'IF({absent_formula(scheme, key, refs, goal(scheme, key, refs))},{said},"")'


def earned_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """得分的公式，与 earned 同义。"""
    points, share = cell(key, refs, "points"), cell(key, refs, "factor")
    digits = refs.parameter("working_digits"), refs.parameter("score_digits")
    score = f"ROUND(ROUND({points}*{share},{digits[0]}),{digits[1]})"
    if OVER_MINUS in scheme.parameters:
        target = goal(scheme, key, refs)
        reverse = reverse_formula(scheme, key, refs)
        forward = f"IF({target}<=0,FALSE,{reduced_formula(scheme, key, refs)})"
        other = f"OR({reverse},{doubtful_formula(scheme, key, refs)})"
        over = f"IF({numbers_formula(scheme, key, refs)},IF({other},FALSE,{forward}),FALSE)"
        score = f"IF({over},MAX(0,{score}-{refs.parameter(OVER_MINUS)}),{score})"
    return f'IF(AND(ISNUMBER({points}),ISNUMBER({share})),{score},"")'


def _passed_formula(scheme: Scheme, refs: Refs, share: str) -> str:
    if PASS_MARK not in scheme.parameters:
        return share
    mark = refs.parameter(PASS_MARK)
    return f"MAX(0,({share}-{mark})/(1-{mark}))"


def _reverse_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    target, result = goal(scheme, key, refs), cell(key, refs, "actual")
    short = f"MAX(0,1-({result}-{target})/{target})"
    if flagged(scheme, REVERSE_RATIO):
        short = f"{target}/{result}"
    return f"IF({result}<={target},1,IF({target}<=0,0,{_passed_formula(scheme, refs, short)}))"


def _forward_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    target, result = goal(scheme, key, refs), cell(key, refs, "actual")
    operator, equal = cell(key, refs, "operator"), refs.option("operator", "eq")
    zero = f"IF({operator}={equal},IF({result}<=0,1,0),IF({result}>={target},1,0))"
    share = _passed_formula(scheme, refs, f"MIN(1,MAX(0,{result}/{target}))")
    over = reduced_formula(scheme, key, refs)
    if over != "FALSE":
        share = f"IF({over},{reduced_share_formula(scheme, key, refs)},{share})"
    return f"IF({target}<=0,{zero},{share})"


def _banded_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    value = f"ROUND({cell(key, refs, 'actual')},{refs.parameter('working_digits')})"
    share = refs.parameter(SATISFACTION_REST)
    for number in reversed(satisfaction_bands(scheme)):
        test = f"{value}>={refs.parameter(f'{SATISFACTION_LIMIT}{number}')}"
        share = f"IF({test},{refs.parameter(f'{SATISFACTION_SHARE}{number}')},{share})"
    return share
