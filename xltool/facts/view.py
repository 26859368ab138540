"""只读的事实：填报的，和由它自动计算的。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import compute
from xltool.facts.filled import Filled
from xltool.scheme.key import DEPARTMENT

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Computation


class Facts(Filled):
    """一份报送的事实，连同它所用的方案。"""

    def compute(self, key: CellKey, computation: Computation) -> Decimal | None:
        """算出自动计算的一项；缺数时为空。"""
        return compute(self, key, computation)

    @property
    def project(self) -> str:
        """评的是哪个项目，评部门整体的空着；几个空格的并成一个。"""
        subject = (self.text(key).split() for key in self.scheme.subject if key != DEPARTMENT)
        return "：".join(map(" ".join, subject))
