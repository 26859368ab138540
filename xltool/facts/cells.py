"""公式里同一行的另一栏怎么称呼；预期值取调整过的还是原来的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from xltool.facts.refs import Refs
    from xltool.scheme.model import Scheme

EXPECTED, ADJUSTED = "expected", "adjusted"


def cell(key: CellKey, refs: Refs, column: str) -> str:
    """同一行的另一栏。"""
    return refs.cell(CellKey(key.sheet, key.row, column))


def goal(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """作数的预期值：调整值是数的用调整值，其余用原来的；与 target 里取哪一个同义。"""
    first = cell(key, refs, EXPECTED)
    if not scheme.has(f"{key.sheet}.{ADJUSTED}"):
        return first
    later = cell(key, refs, ADJUSTED)
    return f"IF(ISNUMBER({later}),{later},{first})"
