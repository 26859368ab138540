"""疑点规则的界限：写在规则自己的文件里，有默认的值和来源；方案只写要改的。

报送表自己也要用的几个（填报检查、条件格式），写在这里：表和规则用的是同一个。
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.scheme.key import field_key
from xltool.scheme.labels import spoken
from xltool.scheme.model import Override, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme.reader import Table


@dataclass(frozen=True, slots=True)
class Threshold:
    """一个界限：标识（编码.名字，如 S03.warning）、说法、默认的值、单位和来源。

    说法里一律说预期值、实现值，印出来换成各种表自己的叫法。`%` 的值以小数存。
    """

    key: str
    label: str
    value: Decimal
    unit: str
    origin: str

    @property
    def code(self) -> str:
        """是哪条规则的。"""
        return self.key.partition(".")[0]

    def of(self, scheme: Scheme) -> Decimal:
        """在一个方案里是多少：方案改了的照方案。"""
        own = scheme.thresholds.get(self.key)
        return self.value if own is None else own.value

    def under(self, scheme: Scheme) -> Parameter:
        """在一个方案里的说法、值、单位和来源。"""
        own = scheme.thresholds.get(self.key)
        label = spoken(scheme, self.label)
        if own is None:
            return Parameter(self.key, label, self.value, self.unit, self.origin)
        unit = self.unit if own.unit is None else own.unit
        return Parameter(self.key, own.label or label, own.value, unit, own.origin)


def read_overrides(root: Table) -> Iterator[tuple[str, Override]]:
    """方案改了的各个界限；改了数就要写来源，说法和单位可以不写。"""
    flags = root.table("flags", optional=True)
    for code in flags.keys():  # noqa: SIM118 - Table.keys is not a dict's
        group = flags.table(code)
        for name in group.keys():  # noqa: SIM118 - Table.keys is not a dict's
            item = group.table(name)
            unit = item.text("unit") if item.has("unit") else None
            own = Override(item.number("value"), item.origin(), item.text("label", ""), unit)
            item.done()
            yield f"{code}.{name}", own


# ---------------------------------------------------------------- 报送表也用的

SELF_TOTAL: Final = "cover.self_total"
_ENDS: Final = "假设：两位小数的尾差"
TOTAL_TOLERANCE: Final = Threshold(
    "S01.tolerance", "得分合计允许的差", Decimal("0.01"), "分", _ENDS
)
SCORE_GAP: Final = Threshold(
    "S03.warning",
    "自评与系统得分相差多少要说明",
    Decimal("0.5"),
    "分",
    "假设：复核实践中的偏离度",
)


def sum_tolerance(rule: str) -> Threshold:
    """看勾稽的一条规则允许的尾差。"""
    return Threshold(f"{rule}.tolerance", "勾稽允许的尾差", Decimal("0.01"), "万元", _ENDS)


def form_thresholds(scheme: Scheme) -> Iterator[Threshold]:
    """一种报送表的公式用到的界限。"""
    yield from map(sum_tolerance, dict.fromkeys(check.rule for check in scheme.checks))
    if scheme.has(SELF_TOTAL) and scheme.computation(field_key(SELF_TOTAL)) is not None:
        yield SCORE_GAP  # 自评总分由各行归拢，没有另填的可对
    else:
        yield from (TOTAL_TOLERANCE, SCORE_GAP)
