"""一个绩效指标的完成率和方向：程序和公式并排写，含义相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.categories import COSTS, LEVEL2, categories, is_category
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.scheme.model import Scheme


def lower_is_better(scheme: Scheme, row: Target) -> bool:
    """是否反向：写了运算符看运算符，没写的成本指标按“≤”（docs/来源.md §8 第 3 条）。"""
    if row.operator is not None:
        return row.operator.reverse
    return is_category(scheme, row.level2, *COSTS)


def reverse_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """是否反向的公式，与 lower_is_better 同义。"""
    operator, level2 = cell(key, refs, "operator"), cell(key, refs, LEVEL2)
    sign = {name: refs.option("operator", name) for name in ("le", "lt", "eq", "ge", "gt")}
    costs = [
        f"{level2}={refs.option(options, name)}"
        for name, (options, _) in categories(scheme, COSTS).items()
    ]
    cost = costs[0] if len(costs) == 1 else f"OR({','.join(costs)})"
    # 列表以外的字与没有选一样，所以不写成 ""
    unsigned = ",".join(f"{operator}<>{sign[name]}" for name in ("ge", "gt", "eq"))
    return f"OR({operator}={sign['le']},{operator}={sign['lt']},AND({unsigned},{cost}))"


def completion(_: Scheme, row: Target) -> Decimal | None:
    """完成率 = 实现值÷预期值；不能相除时为空。"""
    if row.target is None or row.result is None or row.target == 0:
        return None
    return row.result / row.target


def completion_formula(_: Scheme, key: CellKey, refs: Refs) -> str:
    """完成率的公式，与 completion 同义。"""
    target, result = cell(key, refs, "expected"), cell(key, refs, "actual")
    return f'IF({numbers_formula(key, refs)},IF({target}=0,"",{result}/{target}),"")'


def numbers_formula(key: CellKey, refs: Refs) -> str:
    """预期值和实现值是不是可以比的数；单位是日期的不比。"""
    target, result = cell(key, refs, "expected"), cell(key, refs, "actual")
    unit = cell(key, refs, "unit")
    return f"AND(ISNUMBER({target}),ISNUMBER({result}),{unit}<>{refs.option('unit', 'date')})"


def cell(key: CellKey, refs: Refs, column: str) -> str:
    """同一行的另一栏。"""
    return refs.cell(CellKey(key.sheet, key.row, column))
