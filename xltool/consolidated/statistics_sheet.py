"""统计：各指标、各级、各等级、各归口的得分情况；都由得分明细和汇总算出，复核改了分随之变。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from xltool.address import At
from xltool.consolidated.blocks import LEAD, Block, Board, printed_across
from xltool.consolidated.columns import ABOVE_ROW, LEFT
from xltool.consolidated.earlier_slots import compared, earlier_slots
from xltool.consolidated.grouping import grouping_of
from xltool.consolidated.indicator_slots import indicator_slots
from xltool.consolidated.losses import FULL_MARKS, STATISTICS
from xltool.consolidated.rates import rate_slots, rates_of
from xltool.consolidated.total_slots import (
    TOTALS,
    Whole,
    grade_slots,
    group_slots,
    level_slots,
    total_slots,
)
from xltool.sheets.plan import Cell, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.consolidated.blocks import Slot
    from xltool.consolidated.earlier_slots import Compared
    from xltool.consolidated.figures import Figures
    from xltool.consolidated.rates import Rate
    from xltool.scheme.model import Grade, Indicator, Level
    from xltool.sheets.plan import SheetPlan

T = TypeVar("T")
# 各小表都照这几列排：序号或编码、名称、十个数、一段字；合起来印在 A4 横排的一页宽里，不小于九磅
WIDTHS: Final = (5.0, 21.0, *[7.0] * 10, 18.0)


@dataclass(frozen=True, eq=False)
class Statistics:
    """一种表的统计。"""

    figures: Figures

    @property
    def whole(self) -> Whole:
        """汇总的整栏。"""
        return Whole(self.figures)

    @property
    def name(self) -> str:
        """工作表的名字。"""
        return self.figures.source.sheet(STATISTICS)

    def _block(
        self, title: str, top: int, slots: tuple[Slot[T], ...], items: Iterable[T]
    ) -> Block[T]:
        return Block(self.name, title, top, slots, tuple(items))

    @cached_property
    def indicators(self) -> Block[Indicator]:
        """各三级指标：总是头一张，得分明细里排序用的数看它的编码。"""
        slots = indicator_slots(self.figures)
        return self._block(
            "一、各指标的得分", ABOVE_ROW, slots, self.figures.source.scheme.indicators
        )

    @cached_property
    def levels(self) -> Block[Level]:
        """各一级、二级指标。"""
        top = self.indicators.bottom + LEAD
        levels = self.figures.source.scheme.levels
        return self._block("二、各一级、二级指标的得分", top, level_slots(self.figures), levels)

    @cached_property
    def totals(self) -> Block[str]:
        """总分：自评、系统、复核。"""
        top = self.levels.bottom + LEAD
        return self._block("三、总分", top, total_slots(self.figures), TOTALS)

    @cached_property
    def grades(self) -> Block[Grade]:
        """各等级。"""
        top, grades = self.totals.bottom + LEAD, self.figures.source.scheme.grades
        return self._block("四、各等级", top, grade_slots(self.figures), grades)

    @cached_property
    def rates(self) -> Block[Rate] | None:
        """执行率和满意度；没有数的没有这一张。"""
        rates, top = rates_of(self.figures), self.grades.bottom + LEAD
        slots = rate_slots(self.figures)
        return self._block("五、执行率和满意度", top, slots, rates) if rates else None

    @cached_property
    def groups(self) -> Block[str] | None:
        """各归口；名单上没有写的没有这一张。"""
        grouping = grouping_of(self.figures.source)
        if grouping is None:
            return None
        top = (self.rates or self.grades).bottom + LEAD
        title = f"{'六' if self.rates else '五'}、按{grouping.heading}"
        return self._block(title, top, group_slots(self.figures, grouping), grouping.names)

    @cached_property
    def earlier(self) -> Block[Compared] | None:
        """与上年度相比；汇总时没有给上年度的没有这一张。"""
        found = compared(self.figures)
        if not found:
            return None
        last = self.groups or self.rates or self.grades
        number = "五六七"[sum(one is not None for one in (self.rates, self.groups))]
        own = "，上年得分是自评得分" if all(one.earlier.own for one in found) else ""
        slots = earlier_slots(self.figures, self.whole.shown)
        return self._block(f"{number}、与上年度相比{own}", last.bottom + LEAD, slots, found)

    @property
    def blocks(self) -> tuple[Block[Any], ...]:
        """各小表，由上到下。"""
        found = (
            self.indicators,
            self.levels,
            self.totals,
            self.grades,
            self.rates,
            self.groups,
            self.earlier,
        )
        return tuple(one for one in found if one is not None)

    def plan(self) -> SheetPlan:
        """成为工作表。"""
        source, blocks = self.figures.source, self.blocks
        full = source.scheme.full_marks
        more = (
            Cell(At(FULL_MARKS.row, FULL_MARKS.col - LEFT), "满分", Role.FIXED_CENTER),
            Cell(FULL_MARKS, full, Role.FIXED_CENTER),
        )
        return Board(
            name=self.name,
            title=source.title(f"{source.scheme.year}年度{source.scheme.work}得分统计"),
            note="失分是分值减去计入的得分（复核过的照复核得分）；得分率是各份得分之和除以分值之和；"
            f"都由“{self.figures.details.name}”“{self.figures.summed.name}”算出，随复核变。",
            widths=WIDTHS,
            blocks=blocks,
            more=more,
            printing=printed_across(WIDTHS, blocks[-1].bottom, source.version),
        ).plan()
