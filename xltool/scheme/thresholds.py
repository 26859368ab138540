"""疑点规则的界限：写在规则自己的文件里，有默认的值和来源；方案只写要改的。

报送表自己也要用的几个（填报检查、条件格式），写在这里：表和规则用的是同一个。
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.scheme.key import SELF_SCORE, STATED_TOTAL, CellKey
from xltool.scheme.labels import spoken
from xltool.scheme.model import SUMMED, Override, Parameter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.scheme.reader import Table


@dataclass(frozen=True, slots=True)
class Threshold:
    """一个界限：标识（编码.名字，如 S03.warning）、说法、默认的值、单位和来源。

    说法里一律说预期值、实现值，印出来换成各种表自己的叫法。`%` 的值以小数存。
    `up_to` 是不能高于的另一个界限的标识，没有的空着：先要说明，再高才要退回。
    """

    key: str
    label: str
    value: Decimal
    unit: str
    origin: str
    up_to: str = ""

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
    up_to="S03.error",
)


SCORE_ERROR: Final = Threshold(
    "S03.error", "自评与系统得分相差多少要退回", Decimal(2), "分", "假设：复核实践中的偏离度"
)
RATE_WARNING: Final = Threshold(
    "E01.warning",
    "执行率偏低",
    Decimal("0.8"),
    "%",
    "文号：财预〔2021〕101号，80%以下降档",
    up_to="E01.ceiling",
)
RATE_CEILING: Final = Threshold(
    "E01.ceiling", "执行率上限", Decimal(1), "%", "重建：预算执行率不能超过100%的通行校验"
)
SOURCE_RATE: Final = Threshold(
    "E08.low",
    "某一来源的执行率偏低",
    Decimal("0.8"),
    "%",
    "假设：与全部资金的执行率偏低的界限相同",
)
COST_GAP: Final = Threshold(
    "E04.gap",
    "成本指标与实际支出差几成算不符",
    Decimal("0.05"),
    "%",
    "假设：尾款、质保金一类的差多在百分之五以内",
)
STANDARD_GAP: Final = Threshold(
    "E07.gap",
    "数量×标准比支付的钱多出几成算不符",
    Decimal("0.05"),
    "%",
    "假设：尾款、四舍五入的差多在百分之五以内",
)
OVERSHOT: Final = Threshold(
    "K02.warning", "大幅超额须说明的界限", Decimal("1.5"), "%", "报告：“完成值超过150%以上”"
)


UTILISATION_TOLERANCE: Final = Threshold(
    "A05.tolerance", "使用率允许的差", Decimal("0.0001"), "%", "假设：百分数两位小数的尾差"
)
ADJUSTMENT: Final = Threshold(
    "E05.change",
    "年初预算到全年预算变动几成要说明",
    Decimal("0.3"),
    "%",
    "重建：外省一体化系统预算调整率达到30%须说明",
)
CEILING_FLOOR: Final = Threshold(
    "K04.floor",
    "反向指标实现值过低的界限",
    Decimal("0.6"),
    "%",
    "重建：参照财预〔2021〕101号60%的及格门槛",
)
AHEAD: Final = Threshold(
    "S05.gap",
    "得分率超前支出率的界限",
    Decimal("0.05"),
    "%",
    "重建：预算管理一体化系统自评预警（红灯）的通行口径",
)
_MODEST: Final = "假设：评得低的不吃亏，只供核对；多评的按多了几分、占分值几成分轻重"
ROW_WARNING_POINTS: Final = Threshold(
    "S07.warning_points",
    "一个指标自评多出几分要说明",
    Decimal("0.5"),
    "分",
    _MODEST,
    up_to="S07.error_points",
)
ROW_WARNING_SHARE: Final = Threshold(
    "S07.warning_share",
    "一个指标自评多出分值的几成要说明",
    Decimal("0.05"),
    "%",
    _MODEST,
    up_to="S07.error_share",
)
ROW_ERROR_POINTS: Final = Threshold(
    "S07.error_points", "一个指标自评多出几分要改正", Decimal(2), "分", _MODEST
)
ROW_ERROR_SHARE: Final = Threshold(
    "S07.error_share", "一个指标自评多出分值的几成要改正", Decimal("0.2"), "%", _MODEST
)


OUTSIZED: Final = Threshold(
    "A08.times",
    "一笔钱是全部预算和支出的多少倍，算单位填错",
    Decimal(100),
    "倍",
    "假设：一部分不会大过全部；把元填进万元的格差一万倍，留出余地",
)
BALANCE_TOLERANCE: Final = Threshold(
    "A10.tolerance",
    "支出加结转结余与预算相差多少以上要说明",
    Decimal("0.01"),
    "%",
    "假设：尾数和少量核减",
)


def sum_tolerance(rule: str) -> Threshold:
    """看勾稽的一条规则允许的尾差。"""
    return Threshold(f"{rule}.tolerance", "勾稽允许的尾差", Decimal("0.01"), "万元", _ENDS)


# 逐行看超额没有、没有写原因的，要有这几栏
_JUDGED_TARGETS: Final = tuple(
    f"indicators.{one}" for one in ("expected", "actual", "factor", "note")
)


def form_thresholds(scheme: Scheme) -> Iterator[Threshold]:
    """一种报送表的公式用到的界限。"""
    yield from map(sum_tolerance, dict.fromkeys(check.rule for check in scheme.checks))
    yield from (SCORE_GAP, SCORE_ERROR)
    # 自评得分由各行归拢的，没有另填的可对
    if scheme.states_total or (scheme.has("indicators.self_score") and _states_sum(scheme)):
        yield TOTAL_TOLERANCE
    if scheme.has("finance.total") and scheme.has("finance.adjusted"):
        yield from _of_spending(scheme)
    if scheme.has("finance.total_fiscal") and scheme.has("finance.adjusted_fiscal"):
        yield SOURCE_RATE
    if scheme.has("finance.initial") and scheme.has("finance.adjusted"):
        yield ADJUSTMENT
    if scheme.has("finance.reported_utilisation"):
        yield UTILISATION_TOLERANCE
    if all(map(scheme.has, _JUDGED_TARGETS)):
        yield from (OVERSHOT, CEILING_FLOOR)
    if scheme.has("indicators.self_score") and scheme.has("indicators.score"):
        yield from (ROW_WARNING_POINTS, ROW_WARNING_SHARE, ROW_ERROR_POINTS, ROW_ERROR_SHARE)


def _states_sum(scheme: Scheme) -> bool:
    """逐行相加的指标，评分表上另填自评得分。"""
    added = (one.code for one in scheme.indicators if one.method.name == SUMMED)
    rows = (CellKey(scheme.score_sheet.key, code, SELF_SCORE) for code in added)
    return any(scheme.computation(row) is None for row in rows)


def _of_spending(scheme: Scheme) -> Iterator[Threshold]:
    """预算和支出都有的表才用到的。"""
    yield from (RATE_WARNING, RATE_CEILING, OUTSIZED)
    if scheme.has("finance.carried"):
        yield BALANCE_TOLERANCE
    if scheme.has(STATED_TOTAL):
        yield AHEAD
    if scheme.has("cover.project") and scheme.has("indicators.actual"):
        yield COST_GAP
    if scheme.has("indicators.unit") and not scheme.has("funds.rate"):  # 付的钱只有一个数
        yield STANDARD_GAP
