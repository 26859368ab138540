"""公式里同一行的另一栏怎么称呼。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from xltool.facts.refs import Refs


def cell(key: CellKey, refs: Refs, column: str) -> str:
    """同一行的另一栏。"""
    return refs.cell(CellKey(key.sheet, key.row, column))
