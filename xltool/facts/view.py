"""只读的事实：填报的，和由它自动计算的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import compute
from xltool.facts.filled import Filled

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Computation


class Facts(Filled):
    """一份报送的事实，连同它所用的方案。"""

    def compute(self, key: CellKey, computation: Computation) -> Decimal | None:
        """算出自动计算的一项；缺数时为空。"""
        return compute(self, key, computation)
