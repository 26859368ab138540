"""首页：一页印下一季的要点：谁报了、得了几分、分布怎样、失分最多的指标、触发最多的规则、还没有定的。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

from xltool.address import Area, At
from xltool.consolidated.blocks import LEAD, Block, Board, Slot, area_of, points
from xltool.consolidated.columns import ABOVE_ROW, LEFT, TOP
from xltool.consolidated.figures import sums
from xltool.consolidated.findings import NAME as FINDINGS
from xltool.consolidated.front_delivery import delivery_slots, reported
from xltool.consolidated.front_ranked import end_slots, grade_of, loss_slots
from xltool.consolidated.front_rules import rule_slots, top_rules
from xltool.consolidated.losses import STATISTICS
from xltool.consolidated.open_items import open_items, open_slots
from xltool.consolidated.overview import NAME as OVERVIEW
from xltool.consolidated.overview import copied, grade_names
from xltool.consolidated.source import footer_of, heading
from xltool.consolidated.summary import NAME as SUMMARY
from xltool.sheets.graphics import Chart, Series
from xltool.sheets.paper import fits_one_page
from xltool.sheets.plan import Formula, Link, NumberFormat, Print, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.collection.model import Unit
    from xltool.consolidated.blocks import Row
    from xltool.consolidated.front_delivery import Reported
    from xltool.consolidated.front_rules import TopRule
    from xltool.consolidated.open_items import OpenItem
    from xltool.consolidated.overview import Overview
    from xltool.consolidated.part import Part
    from xltool.consolidated.register import Register
    from xltool.sheets.plan import SheetPlan

T = TypeVar("T")
NAME: Final = "首页"
_COLUMNS: Final = 20
_WIDTHS: Final = (3.4,) * _COLUMNS  # 印在 A4 竖排的一页里，不小于九磅
_RIGHT: Final = LEFT + 11  # 左边的小表十一列，右边九列
_MIDDLE: Final = LEFT + 10
_TOP: Final = 5  # 列几个失分最多的指标、几条触发最多的规则、几个最高最低的；一页排不下的少列
_FORMS: Final = 2  # 每列一个，列几种表


class Spot(NamedTuple):
    """一张小表放在哪里：标题在第几行，最左是哪一列，说得更细的是哪张表。"""

    top: int
    left: int = LEFT
    to: str = ""


def _block(title: str, spot: Spot, slots: tuple[Slot[T], ...], items: Iterable[T]) -> Block[T]:
    link = Link(f"看{spot.to.partition('_')[0]}", spot.to, TOP) if spot.to else None
    return Block(NAME, title, spot.top, slots, tuple(items), spot.left, link)


def front(
    parts: Sequence[Part], delivery: Register[tuple[int, Unit]], overview: Overview | None
) -> SheetPlan:
    """首页；各列几个，多到一页排得下为止。"""
    opened = open_items(parts)
    tried = (Front(parts, delivery, overview, opened, n).plan() for n in range(_TOP, 1, -1))
    fitting = next(filter(fits_one_page, tried), None)
    return fitting or Front(parts, delivery, overview, opened, 1).plan()


@dataclass(frozen=True, eq=False)
class Front:
    """首页的各小表；`units` 是报送情况，`overview` 是几种表合在一起时的总览。

    `opened` 是还没有定的，`most` 是各列几个。
    """

    parts: Sequence[Part]
    units: Register[tuple[int, Unit]]
    overview: Overview | None
    opened: tuple[OpenItem, ...]
    most: int = _TOP

    @property
    def _first(self) -> Part:
        return self.parts[0]

    @cached_property
    def delivery(self) -> Block[Reported]:
        """谁报了。"""
        collection = self._first.source.collection
        returned = self._first.source.reviews.returned
        items = reported(collection, self.units, returned)
        spot = Spot(ABOVE_ROW, to=self.units.name)
        return _block("一、报送", spot, delivery_slots(items), items)

    @cached_property
    def totals(self) -> Block[Part]:
        """各种表的得分。"""
        top = self.delivery.bottom + LEAD
        to = OVERVIEW if self.overview else self._first.source.sheet(STATISTICS)
        listed = self.parts[: _FORMS * self.most]
        more = (
            f"，共{len(self.parts)}种表，列前{len(listed)}种" if self.parts[len(listed) :] else ""
        )
        return _block(
            f"二、得分（复核以后，连同复核退回、多报、名单外的{more}）",
            Spot(top, to=to),
            _total_slots(),
            listed,
        )

    @cached_property
    def grades(self) -> Block[str]:
        """等级分布。"""
        top, slots = self.totals.bottom + LEAD, grade_slots(self.parts)
        return _block("三、等级", Spot(top), slots, grade_names(self.parts))

    @cached_property
    def losses(self) -> Block[int]:
        """失分最多的指标。"""
        top = max(self.grades.bottom, self.grades.top + _TOP) + LEAD
        pool = self.overview.worst if self.overview else self._first.statistics.indicators
        numbers = range(1, 1 + min(self.most, len(pool.items)))
        slots = loss_slots(pool, several=self.overview is not None)
        to = OVERVIEW if self.overview else self._first.source.sheet(STATISTICS)
        return _block("四、失分最多的指标", Spot(top, to=to), slots, numbers)

    @cached_property
    def rules(self) -> Block[TopRule]:
        """触发最多的规则。"""
        top = self.losses.bottom + LEAD
        items = top_rules(self.parts, self.most)
        return _block("五、触发最多的疑点规则", Spot(top, to=FINDINGS), rule_slots(), items)

    @cached_property
    def open(self) -> Block[OpenItem]:
        """还没有定的。"""
        spot = Spot(self.rules.top, _RIGHT)
        return _block("六、还没有定的", spot, open_slots(), self.opened)

    @cached_property
    def ends(self) -> tuple[Block[int], ...]:
        """只有一种表的，最高、最低的几个；几种表的各有各的名次，见总览。"""
        if self.overview:
            return ()
        top = max(self.rules.bottom, self.open.bottom) + LEAD
        part = self._first
        count = sum(line.reviewed is not None for line in part.summary.lines)
        numbers = range(1, 1 + min(self.most, count))
        to = part.source.sheet(SUMMARY)
        return (
            _block("七、得分最高的", Spot(top, to=to), end_slots(part, lowest=False), numbers),
            _block("八、得分最低的", Spot(top, _MIDDLE, to), end_slots(part, lowest=True), numbers),
        )

    def plan(self) -> SheetPlan:
        """成为工作表。"""
        sources = tuple(part.source for part in self.parts)
        blocks: tuple[Block[Any], ...] = (
            self.delivery,
            self.totals,
            self.grades,
            self.losses,
            self.rules,
            self.open,
            *self.ends,
        )
        last = max(block.bottom for block in blocks)
        return Board(
            name=NAME,
            title=heading(sources),
            note="复核人写了意见、改了得分，各数随之变；总核对、各表看什么见说明与核对。",
            widths=_WIDTHS,
            blocks=blocks,
            charts=(self._grade_chart(), self._loss_chart()),
            printing=Print(
                area=area_of(_WIDTHS, last),
                landscape=False,
                dense=True,
                one_page=True,
                named=True,
                footer_left=footer_of(sources),
            ),
        ).plan()

    def _grade_chart(self) -> Chart:
        block, who = self.grades, self._first.source.who
        series = (Series("复核以后", block.area("reviewed"), block.results("reviewed")),)
        return self._chart(f"各等级{who}数（复核以后）", block, series, block.bottom)

    def _loss_chart(self) -> Chart:
        block = self.losses
        series = (Series("平均失分", block.area("loss"), block.results("loss")),)
        return self._chart("失分最多的指标（平均失几分）", block, series, block.bottom)

    def _chart(self, title: str, block: Block[Any], series: tuple[Series, ...], last: int) -> Chart:
        """画在小表右边。"""
        labels = block.results("title")
        said = "；".join(
            f"{str(label).replace(chr(10), '')} {'、'.join(str(one.results[n]) for one in series)}"
            for n, label in enumerate(labels)
        )
        names = "、".join(one.name for one in series)
        area = Area(At(block.top, _RIGHT), At(last, LEFT + _COLUMNS - 1))
        about = f"条形图：{title}（{names}）。写出时：{said}。"
        return Chart(title, about, block.area("title"), series, area, labels)


def _total_slots() -> tuple[Slot[Part], ...]:
    return (
        Slot("form", "表种", _form, span=3, role=Role.BODY),
        Slot("count", "份数", partial(copied, "count"), span=2),
        points("mean", "平均", partial(copied, "mean"), 2),
        points("median", "中位", partial(copied, "median"), 2),
        points("highest", "最高", partial(copied, "highest"), 2),
        Slot("best", "最高的", partial(copied, "best"), span=4, role=Role.BODY),
        points("lowest", "最低", partial(copied, "lowest"), 2),
        Slot("worst", "最低的", partial(copied, "worst"), span=3, role=Role.BODY),
    )


def _form(row: Row[Part]) -> Link:
    source = row.value.source
    return Link(source.form, source.sheet(SUMMARY), TOP)


def grade_slots(parts: Sequence[Part]) -> tuple[Slot[str], ...]:
    """等级分布的各栏：系统的和复核以后的。"""

    def count(key: str, row: Row[str]) -> Formula:
        text = sums(f"COUNTIFS({part.summed.far(key)},{row.at('title')})" for part in parts)
        lines = (line for part in parts for line in part.summary.lines if line.scored)
        return Formula(text, sum(grade_of(key, line) == row.value for line in lines))

    def share(row: Row[str]) -> Formula:
        own, every = row.at("reviewed"), row.block.own("reviewed")
        counts = [count("reviewed_grade", one).result for one in row.block.rows()]
        total = sum(int(str(one)) for one in counts)
        figures = parts[0].statistics.figures
        result = Decimal(str(counts[row.number])) / total if total else None
        return figures.rate(f"{own}/SUM({every})", result, unless=f"SUM({every})=0")

    return (
        Slot("title", "等级", lambda row: row.value, span=2),
        Slot("system", "系统", partial(count, "grade"), span=3),
        Slot("reviewed", "复核以后", partial(count, "reviewed_grade"), span=3),
        Slot("share", "占比", share, NumberFormat.PERCENT, 3),
    )
