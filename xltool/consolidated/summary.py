"""汇总：一行一个单位，名次、总分、各级得分、问题数、复核得分；数都由明细算出，并与程序核对。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from xltool.collection.lower_tables import LEVELS
from xltool.collection.unit_standings import owner_numbers
from xltool.consolidated.columns import TOP, Column, Kind, count, difference, points
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.grouping import grouping_of
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.consolidated.subtotals import subtotals
from xltool.consolidated.summary_formulas import Formulas, level_key, of_adopted, orders_of
from xltool.consolidated.whose import with_whose
from xltool.finding import EXPLAINED, Severity
from xltool.form.status import MATCH, MISMATCH
from xltool.sheets.graphics import Bars
from xltool.sheets.plan import Highlight, Link, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.consolidated.columns import Item
    from xltool.consolidated.details import Detail
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.source import Source
    from xltool.consolidated.summary_formulas import Line
    from xltool.scheme.model import Level
    from xltool.sheets.plan import Content, SheetPlan

NAME = "汇总"
DUE, OWNER, LATE, UNTIL = "due", "owner", "late", "until"
"""给通报数个数的：在不在应报里，同一单位的各份记同一个数。"""
_CHOSEN, _OWN = "按分法", "项目自定"  # 满分随填报而定的，怎样定


@dataclass(frozen=True, eq=False)
class Summary:
    """汇总表：登记表，得分的数据条，各归口的小计。"""

    source: Source
    details: Register[Detail]
    doubts: Register[Doubt]
    readings: Register[Doubt]
    lines: tuple[Line, ...]
    peers: Sequence[Register[Line]] = ()  # 一起排名次的别的汇总：同一种表先后的版面

    @cached_property
    def orders(self) -> dict[int, int]:
        """各单位复核以后由高到低是第几个。"""
        return orders_of(self.lines)

    def register(self) -> Register[Line]:
        """汇总的登记表。"""
        source, scheme = self.source, self.source.scheme
        formulas = Formulas(
            source, self.details, self.doubts, self.readings, self.orders, self.peers
        )
        columns = (*self._units(formulas), *self._scores(formulas), *self._review(formulas))
        columns += (*self._reviewed_levels(formulas), *self._counted())
        ranked = "名次在本表种里排，并列的同名次" if source.label else "名次并列的同名次"
        if self.peers:
            others = "、".join(f"“{one.name}”" for one in self.peers)
            ranked = f"名次与{others}的一起排，并列的同名次，合在一张的见“{LEVELS.name}”"
        order, below = "按名单次序排列", ""
        if grouping := grouping_of(source):
            order = f"按{grouping.heading}、名单次序排列"
            below = f"下面是各{grouping.heading}的小计：得分是平均，问题数是合计。"
        return Register(
            name=source.sheet(NAME),
            title=source.title(f"{scheme.year}年度{scheme.work}汇总表"),
            note=f"{order}，没有报送的也列出；{ranked}。系统得分、复核得分由“{source.sheet(DETAILS)}”汇总，"
            f"问题数由“{self.doubts.name}”数出。{below}",
            columns=with_whose(columns, lambda line: line.unit),
            items=self.lines,
            count=len(self.lines),
            home=ABOUT,
            version=source.version,
            frozen="project" if scheme.of_project else "name",
            printed="reviewed_rank",
        )

    def _units(self, formulas: Formulas) -> Iterator[Column[Line]]:
        """哪个单位，报了没有；评项目的部门、项目各一栏，有评分表的是链接。"""
        yield count("no", "单位序号", 7, lambda i: i.value.number)
        yield count("rank", "名次", 7, formulas.rank)
        yield Column("code", "预算编码", 10, lambda i: i.value.unit.code, NumberFormat.TEXT)
        if grouping := grouping_of(self.source):
            own = grouping.of
            yield Column("group", grouping.heading, 12, lambda i: own(i.value.unit), tall=True)
        key, heading = "name", "单位名称"
        if self.source.scheme.of_project:
            yield Column(key, heading, 24, lambda i: i.value.unit.department, tall=True)
            key, heading = "project", "项目名称"
        yield Column(
            key,
            heading,
            26,
            self._name,
            tall=True,
            role=lambda line: Role.LINK if line.scored else Role.BODY,
        )
        yield Column(
            "status",
            "报送状态",
            11,
            formulas.status,
            centered=True,
            above="满分",
        )

    def _name(self, item: Item[Line]) -> Content:
        unit, scored = item.value.unit, item.value.scored
        name = unit.project if self.source.scheme.of_project else unit.name
        if scored is None:
            return name
        if scored.sheet:
            return Link(name, scored.sheet, TOP)
        return Link(name, file=scored.file)

    def _scores(self, formulas: Formulas) -> Iterator[Column[Line]]:
        """总分、等级、各级得分；分值随单位选的分法而定的，满分不写数，数见得分明细。"""
        scheme = self.source.scheme
        total = of_adopted(formulas.total)
        yield points("self_total", "自评得分", lambda i: i.value.unit.self_total)
        yield points("total", "系统得分", total, scheme.full_marks)
        yield points(
            "gap",
            "自评-系统",
            difference("self_total", "total", lambda line: (line.unit.self_total, line.unit.total)),
            averaged=False,  # 有正有负，平均了看不出差多少
        )
        yield Column("grade", "系统等级", 9, of_adopted(formulas.grade), centered=True)
        yield Column("self_grade", "自评等级", 9, lambda i: i.value.unit.self_grade, centered=True)
        for level in scheme.levels:
            content = of_adopted(formulas.level(level))
            yield points(level_key(level), level.title, content, self.full(level))

    def full(self, level: Level) -> Decimal | str:
        """一级、二级指标的分值；随填报而定的，说怎样定。"""
        scheme = self.source.scheme
        own = (one.code for one in scheme.indicators if one.level2 == level.title)
        if any(map(scheme.allocated, own)):
            return _OWN if scheme.free_weights else _CHOSEN
        return level.points

    @staticmethod
    def _review(formulas: Formulas) -> Iterator[Column[Line]]:
        """问题数、复核以后的总分、等级、名次，以及与程序的核对。"""
        for key, label in (*((one.value, one.label) for one in Severity), ("explained", EXPLAINED)):
            yield count(key, label, 7, of_adopted(formulas.count(key, label)), summed=True)
        yield count("unjudged", "未判规则", 8, of_adopted(lambda i: i.value.unjudged), summed=True)
        yield points("reviewed", "复核得分", of_adopted(formulas.reviewed))
        grade = of_adopted(formulas.reviewed_grade)
        yield Column("reviewed_grade", "复核等级", 9, grade, centered=True)
        yield count("reviewed_rank", "复核名次", 7, formulas.reviewed_rank)
        yield points(
            "program", "程序得分", lambda i: i.value.unit.total, averaged=False
        )  # 只供核对
        yield Column("match", "核对", 8, of_adopted(formulas.match), centered=True)
        yield Column("file", "来源文件", 36, lambda i: i.value.unit.file, tall=True)

    def _reviewed_levels(self, formulas: Formulas) -> Iterator[Column[Line]]:
        """复核以后的各级得分，放在最右。"""
        for level in self.source.scheme.levels:
            content = of_adopted(formulas.reviewed_level(level))
            yield points(f"reviewed.{level_key(level)}", f"复核：{level.title}", content)
        order = of_adopted(formulas.order)
        yield Column("order", "由高到低", 7, order, hidden=True, kind=Kind.COUNT)

    def _counted(self) -> Iterator[Column[Line]]:
        """给通报看的：在不在应报里，是不是同一个单位的，逾期几天，缓报到哪一天。"""
        owners = owner_numbers(self.source.collection.units)
        yield Column(DUE, "应报与否", 9, lambda i: i.value.unit.due.value, hidden=True)
        yield Column(
            OWNER,
            "同一单位",
            7,
            lambda i: owners[i.value.unit.owner],
            hidden=True,
            kind=Kind.COUNT,
        )
        yield Column(
            LATE, "逾期天数", 7, lambda i: i.value.unit.late or None, hidden=True, kind=Kind.COUNT
        )
        until = NumberFormat.DATE
        yield Column(UNTIL, "缓报至", 9, lambda i: i.value.unit.until, until, hidden=True)

    def plan(self) -> SheetPlan:
        """汇总的工作表：得分带数据条，有归口的下面有小计。"""
        register, grouping = self.register(), grouping_of(self.source)
        totals = subtotals(self.source, register, grouping, register.frozen) if grouping else ()
        match = register.area("match")
        bad = Highlight(match, f'{match.first.a1}="{MISMATCH}"', Role.ERROR)
        good = Highlight(match, f'{match.first.a1}="{MATCH}"', Role.GOOD)
        bars = tuple(self._bars(register))
        return register.plan(highlights=(bad, good), bars=bars, totals=tuple(totals))

    def _bars(self, register: Register[Line]) -> Iterator[Bars]:
        """总分和分值固定的各级得分。"""
        full = self.source.scheme.full_marks
        limits = {"total": full, "reviewed": full}
        for level in self.source.scheme.levels:
            own = self.full(level)
            if isinstance(own, Decimal):
                limits[level_key(level)] = own
        for key, limit in limits.items():
            yield Bars(register.area(key), 0, limit)
