"""一个绩效指标的完成率：程序和公式并排写，含义相同。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.cells import cell, goal

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.facts.refs import Refs
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


def completion(_: Scheme, row: Target) -> Decimal | None:
    """完成率 = 实现值÷预期值；不能相除时为空。"""
    if row.target is None or row.result is None or row.target == 0:
        return None
    return row.result / row.target


def completion_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """完成率的公式，与 completion 同义。"""
    target, result = goal(scheme, key, refs), cell(key, refs, "actual")
    return f'IF({numbers_formula(scheme, key, refs)},IF({target}=0,"",{result}/{target}),"")'


def numbers_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """预期值和实现值是不是可以比的数；单位是日期的不比。"""
    target, result = goal(scheme, key, refs), cell(key, refs, "actual")
    unit = cell(key, refs, "unit")
    return f"AND(ISNUMBER({target}),ISNUMBER({result}),{unit}<>{refs.option('unit', 'date')})"
