"""一个绩效指标的完成率和得分率：程序和公式并排写，含义相同。

正向和等于：完成率 = 实现值÷预期值，达到即满，未达到按比例，超过界限的按几成计（财预〔2020〕10号）。
反向：不超过预期值即满，超过的按超出比例递减，超出一倍为零。不能用数衡量的按“达成情况”取档。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.scheme.key import CellKey
from xltool.values import Operator

if TYPE_CHECKING:
    from xltool.facts.computed import Refs
    from xltool.facts.indicator import IndicatorRow
    from xltool.scheme.model import Scheme

TIERS = {"achieved": "tier_achieved", "partial": "tier_partial", "missed": "tier_missed"}
_ZERO, _ONE = Decimal(0), Decimal(1)


def lower_is_better(scheme: Scheme, row: IndicatorRow) -> bool:
    """是否反向：写了运算符看运算符，没写的成本指标按“≤”（domain.md 4.6 第 3 条）。"""
    if row.operator is not None:
        return row.operator.reverse
    return row.level2 == scheme.options["level2_output"].value("cost")


def completion(_: Scheme, row: IndicatorRow) -> Decimal | None:
    """完成率；不能相除时为空。"""
    if row.target is None or row.result is None or row.target == 0:
        return None
    return row.result / row.target


def factor(scheme: Scheme, row: IndicatorRow) -> Decimal | None:
    """得分率，0 到 1；填得不够判断时为空。"""
    if row.target is None or row.result is None:
        return _tier(scheme, row)
    if lower_is_better(scheme, row):
        return _reverse(row.target, row.result)
    return _forward(scheme, row, row.target, row.result)


def over(scheme: Scheme, ratio: Decimal) -> bool:
    """是否大幅超额。"""
    ratio, limit = scheme.precise(ratio), scheme.number("over_limit")
    return ratio > limit or (scheme.number("over_inclusive") == 1 and ratio == limit)


def _tier(scheme: Scheme, row: IndicatorRow) -> Decimal | None:
    for key, parameter in TIERS.items():
        if row.tier == scheme.options["tier"].value(key):
            return scheme.number(parameter)
    return None


def _reverse(target: Decimal, result: Decimal) -> Decimal:
    if result <= target:
        return _ONE
    if target <= 0:
        return _ZERO
    return max(_ZERO, _ONE - (result - target) / target)


def _forward(scheme: Scheme, row: IndicatorRow, target: Decimal, result: Decimal) -> Decimal:
    if target <= 0:
        equal = row.operator in (Operator.EQ, Operator.APPROX)
        met = result <= 0 if equal else result >= target
        return _ONE if met else _ZERO
    ratio = result / target
    if over(scheme, ratio):
        return scheme.number("over_factor")
    return min(_ONE, max(_ZERO, ratio))


def completion_formula(key: CellKey, refs: Refs) -> str:
    """完成率的公式，与 completion 同义。"""
    target, result = _cell(key, refs, "expected"), _cell(key, refs, "actual")
    numbers = _numbers(key, refs, target, result)
    return f'IF({numbers},IF({target}=0,"",{result}/{target}),"")'


def factor_formula(key: CellKey, refs: Refs) -> str:
    """得分率的公式，与 factor 同义。"""
    target, result = _cell(key, refs, "expected"), _cell(key, refs, "actual")
    operator = _cell(key, refs, "operator")
    sign = {name: refs.option("operator", name) for name in ("le", "lt", "eq", "ge", "gt")}
    cost = f"{_cell(key, refs, 'level2')}={refs.option('level2_output', 'cost')}"
    # 列表以外的字与没有选一样，所以不写成 ""
    unsigned = ",".join(f"{operator}<>{sign[name]}" for name in ("ge", "gt", "eq"))
    reverse = f"OR({operator}={sign['le']},{operator}={sign['lt']},AND({unsigned},{cost}))"
    less = f"IF({result}<={target},1,IF({target}<=0,0,MAX(0,1-({result}-{target})/{target})))"
    zero = f"IF({operator}={sign['eq']},IF({result}<=0,1,0),IF({result}>={target},1,0))"
    ratio = f"ROUND({result}/{target},{refs.parameter('working_digits')})"
    limit = refs.parameter("over_limit")
    too_much = f"OR({ratio}>{limit},AND({refs.parameter('over_inclusive')}=1,{ratio}={limit}))"
    more = (
        f"IF({target}<=0,{zero},IF({too_much},{refs.parameter('over_factor')},"
        f"MIN(1,MAX(0,{result}/{target}))))"
    )
    numeric = f"IF({reverse},{less},{more})"
    return f"IF({_numbers(key, refs, target, result)},{numeric},{_tier_formula(key, refs)})"


def _tier_formula(key: CellKey, refs: Refs) -> str:
    text = '""'
    for name, parameter in reversed(TIERS.items()):
        test = f"{_cell(key, refs, 'tier')}={refs.option('tier', name)}"
        text = f"IF({test},{refs.parameter(parameter)},{text})"
    return text


def _numbers(key: CellKey, refs: Refs, target: str, result: str) -> str:
    unit = _cell(key, refs, "unit")
    return f"AND(ISNUMBER({target}),ISNUMBER({result}),{unit}<>{refs.option('unit', 'date')})"


def _cell(key: CellKey, refs: Refs, column: str) -> str:
    return refs.cell(CellKey(key.sheet, key.row, column))
