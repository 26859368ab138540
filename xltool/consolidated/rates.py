"""执行率和满意度：逐项表里的各个比率，和绩效指标里的满意度指标，各单位的合在一起看。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from xltool.collection.report_slices import SheetSlice
from xltool.consolidated.averages import mean, numbers
from xltool.consolidated.blocks import Slot
from xltool.consolidated.ratios import ratios_of
from xltool.scheme.categories import LEVEL2, SATISFACTION, category
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.fields import SheetKind
from xltool.scheme.key import VALUE
from xltool.sheets.plan import Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.consolidated.blocks import Row
    from xltool.consolidated.figures import Figures
    from xltool.consolidated.ratios import Ratio
    from xltool.consolidated.register import Register

_DONE = "completion"


class Rate(NamedTuple):
    """一个比率：在哪一栏；各单位的数；分子、分母的合计各怎样写、是多少；只看某一类的，那一类怎样写。"""

    title: str
    area: str
    values: tuple[Decimal, ...]
    above: tuple[str, Decimal] | None = None
    below: tuple[str, Decimal] | None = None
    only: str = ""


def rates_of(figures: Figures) -> tuple[Rate, ...]:
    """一种表的各个比率，有数的才列。"""
    found = [*_fields(figures), *_satisfaction(figures)]
    return tuple(one for one in found if one.values)


def _fields(figures: Figures) -> Iterator[Rate]:
    source = figures.source
    for sheet in source.scheme.sheets:
        listed = list(ratios_of(source.scheme, sheet)) if sheet.merged else []
        if sheet.kind is not SheetKind.FIELDS or not listed:
            continue
        register = figures.filled[sheet.key]
        wanted = {name for one in listed for name in (one.field, one.above, one.below) if name}
        columns: dict[str, list[object]] = {name: [] for name in wanted}
        for _, part in source.slices(sheet.key, SheetSlice):  # 几千份，只留要的几项
            for name, column in columns.items():
                column.append(part.value(name, VALUE))
        for ratio in listed:
            yield _rate(ratio, register, columns)


def _rate(ratio: Ratio, register: Register[Any], columns: Mapping[str, list[object]]) -> Rate:
    """逐项表里的一个比率；`columns` 是各项各单位的数。"""

    def total(name: str) -> tuple[str, Decimal] | None:
        if not name:
            return None
        return f"SUM({register.far(f'field.{name}')})", sum(numbers(columns[name]), Decimal(0))

    values = (
        numbers(columns[ratio.field])
        if not ratio.added
        else [
            over / under
            for over, under in zip(columns[ratio.above], columns[ratio.below], strict=True)
            if isinstance(over, Decimal) and isinstance(under, Decimal) and under
        ]
    )
    above, below = total(ratio.above), total(ratio.below)
    return Rate(ratio.title, register.far(ratio.key), tuple(values), above, below)


def _satisfaction(figures: Figures) -> Iterator[Rate]:
    """满意度指标的完成率：一个指标一个数。"""
    scheme, word = figures.source.scheme, category(figures.source.scheme, SATISFACTION)
    if not word or not all(scheme.has(f"{INDICATORS}.{key}") for key in (LEVEL2, _DONE)):
        return
    sheet = scheme.sheet(INDICATORS)
    if not sheet.merged:
        return
    register = figures.filled[sheet.key]
    values = [
        one.value(row, _DONE)
        for scored, one in figures.source.slices(INDICATORS, SheetSlice)
        for row in scored.records[INDICATORS]
        if one.value(row, LEVEL2) == word
    ]
    only = f'{register.far(f"field.{LEVEL2}")},"{word}"'
    title = f"{word}：{sheet.column(_DONE).label}"
    yield Rate(title, register.far(f"field.{_DONE}"), tuple(numbers(values)), only=only)


@dataclass(frozen=True)
class RateSlots:
    """各栏怎样算。"""

    figures: Figures

    def count(self, row: Row[Rate]) -> Formula:
        """几份有数。"""
        rate = row.value
        text = f'COUNTIFS({rate.only},{rate.area},">=0")' if rate.only else f"COUNT({rate.area})"
        return Formula(text, len(rate.values))

    def mean(self, row: Row[Rate]) -> Formula:
        """平均。"""
        rate, own = row.value, row.at("count")
        text = f"SUMIFS({rate.area},{rate.only})/{own}" if rate.only else f"AVERAGE({rate.area})"
        result = mean(rate.values) if rate.values else None
        return self.figures.rate(text, result, unless=f"{own}=0")

    def whole(self, row: Row[Rate]) -> Formula | str:
        """合计数相除。"""
        rate = row.value
        if rate.above is None or rate.below is None:
            return "—"
        (over, one), (under, other) = rate.above, rate.below
        result = one / other if other else None
        return self.figures.rate(f"{over}/{under}", result, unless=f"{under}=0")

    def of(self, name: str, row: Row[Rate]) -> Formula | str:
        """整栏的一个统计；只看某一类的没有。"""
        rate = row.value
        if rate.only:
            return "—"
        return self.figures.rate_of_column(name, rate.area, rate.values)

    @staticmethod
    def short(row: Row[Rate]) -> Formula:
        """不到百分之百的几份。"""
        rate = row.value
        only = f"{rate.only}," if rate.only else ""
        return Formula(f'COUNTIFS({only}{rate.area},"<1")', sum(one < 1 for one in rate.values))


def rate_slots(figures: Figures) -> tuple[Slot[Rate], ...]:
    """执行率和满意度的各栏。"""
    slots, percent = RateSlots(figures), NumberFormat.WIDE_PERCENT
    return (
        Slot("no", "序号", lambda row: row.number + 1),
        Slot("title", "比率", lambda row: row.value.title, role=Role.BODY),
        Slot("count", "有数的", slots.count),
        Slot("whole", "合计相除", slots.whole, percent),
        Slot("mean", "平均", slots.mean, percent),
        Slot("median", "中位", lambda row: slots.of("median", row), percent),
        Slot("spread", "标准差", lambda row: slots.of("spread", row), percent),
        Slot("highest", "最高", lambda row: slots.of("highest", row), percent),
        Slot("lowest", "最低", lambda row: slots.of("lowest", row), percent),
        Slot("short", "不到100%的", slots.short),
    )
