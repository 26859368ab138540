"""统计用的公式和结果：平均、中位、最高最低，各由整栏一次算出；程序照同样的舍入另算一遍。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from xltool.consolidated.averages import FUNCTIONS
from xltool.consolidated.losses import losses, parameter, rounded_text
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from xltool.address import Place
    from xltool.consolidated.details import Detail
    from xltool.consolidated.losses import Losses
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Source
    from xltool.consolidated.summary import Summary
    from xltool.consolidated.summary_formulas import Line

T = TypeVar("T")
Shown: TypeAlias = "Decimal | int | str"


@dataclass(frozen=True, eq=False)
class Figures:
    """一种表的统计取自哪几张登记表：汇总、得分明细、各填报表（按表的标识）；位数照方案的参数。"""

    source: Source
    summary: Summary
    summed: Register[Line]
    details: Register[Detail]
    filled: Mapping[str, Register[Any]]

    @cached_property
    def losses(self) -> dict[str, Losses]:
        """各指标的失分。"""
        return losses(self.source)

    def score(self, text: str, result: Decimal | None, *, unless: str = "FALSE") -> Formula:
        """一个分数；`unless` 成立时没有。"""
        shown = "" if result is None else self.source.scheme.round_points(result)
        return Formula(f'IF({unless},"",{rounded_text(self.source, text)})', shown)

    def rate(self, text: str, result: Decimal | None, *, unless: str) -> Formula:
        """一个比率。"""
        shown = "" if result is None else self.source.scheme.precise(result)
        digits = parameter(self.source, "working_digits")
        return Formula(f'IF({unless},"",ROUND({text},{digits}))', shown)

    def of_column(self, name: str, area: str, values: Sequence[Decimal]) -> Formula:
        """一栏数的一个统计：平均、中位、标准差、最高、最低；一个数也没有的没有。"""
        function, compute = FUNCTIONS[name]
        result = compute(values) if values else None
        return self.score(f"{function}({area})", result, unless=f"COUNT({area})=0")

    def rate_of_column(self, name: str, area: str, values: Sequence[Decimal]) -> Formula:
        """一栏比率的一个统计。"""
        function, compute = FUNCTIONS[name]
        result = compute(values) if values else None
        return self.rate(f"{function}({area})", result, unless=f"COUNT({area})=0")


def reference(place: Place, result: Shown) -> Formula:
    """照抄别处的一格；那一格空着的，也空着。"""
    return Formula(f'IF({place.reference}="","",{place.reference})', result)


def sums(terms: Iterable[str]) -> str:
    """几项相加。"""
    return "+".join(terms) or "0"
