"""看一个数计分的办法：计算依据就是所看的数。"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from xltool.scheme.model import FieldKind
from xltool.scoring.method import Method

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts


class OneValue(Method):
    """看的是取数 `value`；`better` 为 high 时越大越好，为 low 时越小越好。"""

    __slots__ = ()
    numeric: ClassVar[tuple[str, ...]] = ("value",)

    def check(self) -> None:
        """核对方向。"""
        super().check()
        if self.text("better") not in ("high", "low"):
            raise self.problem("inputs.better", "应是 high 或 low")

    @property
    def high(self) -> bool:
        """越大越好。"""
        return self.text("better") == "high"

    @property
    def ratio(self) -> bool:
        """所看的是比率。"""
        return self.field(self.input("value")).kind is FieldKind.PERCENT

    def basis(self, refs: Refs) -> tuple[str, bool]:
        """所看的值。"""
        cell = refs.cell(self.input("value"))
        return f'IF(ISNUMBER({cell}),{cell},"")', self.ratio

    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """所看的值。"""
        return facts.number(self.input("value"))
