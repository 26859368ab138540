"""自动计算的项：同一种算法的程序和公式写在一起。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.completion import completion, completion_formula
from xltool.facts.factor import earned, earned_formula, factor, factor_formula
from xltool.facts.gathered import gathered, gathered_formula
from xltool.facts.left_out import kinds, left_out
from xltool.facts.target import indicator_row
from xltool.scheme.contract.lists import LEFT_OUT
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import Compute
from xltool.values import plain
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.facts.filled import Filled
    from xltool.facts.refs import Refs
    from xltool.scheme.model import Computation, Parameter, Scheme

_PERCENT_DIGITS, _CLEAREST = 2, 8  # 百分数平时几位小数，与界限分不开时最多几位


def input_key(name: str, key: CellKey) -> CellKey:
    """算法所用的项：写“表.项”的取那一格，只写栏名的取同一行的那一栏。"""
    return field_key(name) if "." in name else CellKey(key.sheet, key.row, name)


def compute(facts: Filled, key: CellKey, computation: Computation) -> Decimal | None:
    """算出一项；缺数时为空。"""
    of = _OF_INDICATOR.get(computation.kind)
    if of is not None:
        return of(facts.scheme, indicator_row(facts, key.row))
    if computation.kind is Compute.GATHERED:
        return gathered(facts, key, computation)
    numbers = [facts.number(input_key(name, key)) for name in computation.inputs]
    result = _arithmetic(computation.kind, numbers)
    if result is None and computation.fallback:
        return facts.number(input_key(computation.fallback, key))
    return result


def printed(facts: Filled, key: CellKey) -> Decimal | str | None:
    """自动计算的一格印什么：数；不单独计分的行，得分率印为什么。"""
    computation = facts.scheme.computation(key)
    if computation is not None and computation.kind is Compute.FACTOR and kinds(facts.scheme):
        kind = left_out(facts.scheme, indicator_row(facts, key.row))
        if kind:
            return facts.scheme.word(LEFT_OUT, kind)
    return facts.number(key)


def _arithmetic(kind: Compute, numbers: list[Decimal | None]) -> Decimal | None:
    if any(number is None for number in numbers):
        return None
    known = [number for number in numbers if number is not None]
    if kind is Compute.CAPPED:
        return min(Decimal(1), max(Decimal(0), known[0]))
    if kind is Compute.SUM:
        return sum(known, Decimal(0))
    if kind is Compute.DIFFERENCE:
        return known[0] - sum(known[1:])
    upper, base = known
    if base == 0:
        return _of_none(upper) if kind is Compute.CHANGE else None
    return _OF_TWO[kind](upper, base)


def _of_none(upper: Decimal) -> Decimal:
    """由零变来的：没有变是0，变了按100%。"""
    return Decimal(int(upper != 0))


def zero_base(facts: Filled, key: CellKey) -> CellKey | None:
    """自动计算的一项因为哪一格是零而算不出；不是这样的为空。"""
    computation = facts.scheme.computation(key)
    if computation is None:
        return None
    inputs = [input_key(name, key) for name in computation.inputs]
    if computation.kind is Compute.CAPPED:
        return zero_base(facts, inputs[0])
    if computation.kind not in _OF_TWO or None in map(facts.number, inputs):
        return None
    return inputs[-1] if facts.number(inputs[-1]) == 0 else None


_OF_TWO: dict[Compute, Callable[[Decimal, Decimal], Decimal]] = {
    Compute.RATIO: lambda upper, base: upper / base,
    Compute.CHANGE: lambda upper, base: abs(upper - base) / base,
    Compute.GROWTH: lambda upper, base: (upper - base) / base,
}
_WRITTEN_OF_TWO = {
    Compute.RATIO: "{upper}/{base}",
    Compute.CHANGE: "ABS({upper}-{base})/{base}",
    Compute.GROWTH: "({upper}-{base})/{base}",
}


_OF_INDICATOR = {
    Compute.COMPLETION: completion,
    Compute.FACTOR: factor,
    Compute.EARNED: earned,
}
_FORMULAS = {
    Compute.COMPLETION: completion_formula,
    Compute.FACTOR: factor_formula,
    Compute.EARNED: earned_formula,
}


def formula(scheme: Scheme, computation: Computation, key: CellKey, refs: Refs) -> str:
    """自动计算的项的公式，与 compute 同义。"""
    special = _FORMULAS.get(computation.kind)
    if special is not None:
        return special(scheme, key, refs)
    if computation.kind is Compute.GATHERED:
        return gathered_formula(scheme, key, computation, refs)
    inputs = [refs.cell(input_key(name, key)) for name in computation.inputs]
    other = '""'
    if computation.fallback:
        fallback = refs.cell(input_key(computation.fallback, key))
        other = f'IF(ISNUMBER({fallback}),{fallback},"")'
    if computation.kind is Compute.CAPPED:
        return f'IF(ISNUMBER({inputs[0]}),MIN(1,MAX(0,{inputs[0]})),"")'
    known = ",".join(f"ISNUMBER({cell})" for cell in inputs)
    if computation.kind in (Compute.SUM, Compute.DIFFERENCE):
        sign = "+" if computation.kind is Compute.SUM else "-"
        return f"IF(AND({known}),{sign.join(inputs)},{other})"
    upper, base = inputs
    quotient = _WRITTEN_OF_TWO[computation.kind].format(upper=upper, base=base)
    if computation.kind is Compute.CHANGE:
        return f"IF(AND({known}),IF({base}=0,IF({upper}=0,0,1),{quotient}),{other})"
    return f"IF(AND({known}),IF({base}=0,{other},{quotient}),{other})"


def shown(parameter: Parameter) -> str:
    """参数给人看的写法：比率写成百分数。"""
    if parameter.unit == "%":
        return exact_percent(parameter.value)
    return f"{plain(parameter.value)}{parameter.unit}"


def percent(ratio: Decimal) -> str:
    """比率写成两位小数的百分数，如 0.98 → 98.00%；整百分数不带小数。"""
    value = ratio * 100
    digits = 0 if value == value.to_integral_value() else _PERCENT_DIGITS
    return f"{rounded(value, digits):f}%"


def clear_percent(ratio: Decimal, limit: Decimal) -> str:
    """与界限比较的比率：写成两位小数便与界限分不开的，多写几位，如 150.003%。"""
    value = ratio * 100
    for digits in range(_PERCENT_DIGITS + 1, _CLEAREST + 1):
        if rounded(value, digits - 1) != limit * 100:
            break
        if rounded(value, digits) != limit * 100:
            return f"{rounded(value, digits):f}%"
    return percent(ratio)


def points_apart(text: str) -> str:
    """相差多少：两个百分数之差说百分点，9% → 9个百分点；其余的照旧。"""
    return f"{text[:-1]}个百分点" if text.endswith("%") else text


def exact_percent(ratio: Decimal) -> str:
    """参数的比率一位不差地写成百分数，如 0.125 → 12.5%；印出的规则不能比所用的粗。"""
    return f"{plain(ratio * 100)}%"


def share_words(share: Decimal) -> str:
    """得分值的几成，怎样说：不得分、得满分，或按分值的百分之几。"""
    if share in (0, 1):
        return "得满分" if share else "不得分"
    return f"按分值的{exact_percent(share)}计"
