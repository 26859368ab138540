"""汇总：一行一个单位，名次、总分、各级得分、问题数、复核得分；数都由明细算出，并与程序核对。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import Place
from xltool.consolidated.columns import TOP, Column, count, difference, points
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.distribution import chart_of, distribution
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.consolidated.whose import with_whose
from xltool.finding import Severity
from xltool.layout.layout import PARAMETERS, template_layout
from xltool.sheets.plan import Formula, Highlight, Link, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.collection.model import Unit
    from xltool.consolidated.columns import Item
    from xltool.consolidated.details import Detail
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Level
    from xltool.sheets.plan import Content, SheetPlan

NAME = "汇总"
MATCH, MISMATCH = "相符", "不符"
_BLANK = ""
_VARIES = "按分法"


@dataclass(frozen=True, slots=True)
class Line:
    """汇总的一行；没有采用的报送时 `scored` 为空。"""

    number: int
    unit: Unit
    scored: Scored | None
    unjudged: int


@dataclass(frozen=True, eq=False)
class Summary:
    """汇总表：登记表、等级分布和图。"""

    source: Source
    details: Register[Detail]
    doubts: Register[Doubt]
    lines: tuple[Line, ...]

    def register(self) -> Register[Line]:
        """汇总的登记表。"""
        columns = (*self._identity(), *self._totals(), *self._levels(), *self._counts())
        return Register(
            name=self.source.sheet(NAME),
            title=self.source.title(
                f"{self.source.scheme.year}年度{self.source.scheme.work}汇总表"
            ),
            note=self._note(),
            columns=with_whose(columns, lambda line: line.unit),
            items=self.lines,
            count=len(self.lines),
            home=ABOUT,
            version=self.source.version,
            frozen="project" if self.source.scheme.of_project else "name",
            printed="reviewed",
        )

    def _note(self) -> str:
        ranked = "名次在本表种里排，并列的同名次" if self.source.label else "名次并列的同名次"
        details = self.source.sheet(DETAILS)
        return (
            f"按名单次序排列，没有报送的也列出；{ranked}。得分由“{details}”汇总，"
            f"问题数由“{self.doubts.name}”数出。"
        )

    # ---- 各栏

    def _identity(self) -> tuple[Column[Line], ...]:
        return (
            count("no", "单位序号", 7, lambda i: i.value.number),
            count("rank", "名次", 7, self._rank),
            Column("code", "预算编码", 10, lambda i: i.value.unit.code, NumberFormat.TEXT),
            *self._names(),
            Column(
                "status",
                "报送状态",
                11,
                lambda i: i.value.unit.status.label,
                centered=True,
                above="满分",
            ),
        )

    def _names(self) -> tuple[Column[Line], ...]:
        """评部门的一栏，评项目的部门、项目各一栏；有评分表的是链接。"""
        if not self.source.scheme.of_project:
            return (Column("name", "单位名称", 26, self._name, tall=True, role=_name_role),)
        return (
            Column("name", "单位名称", 24, lambda i: i.value.unit.department, tall=True),
            Column("project", "项目名称", 26, self._name, tall=True, role=_name_role),
        )

    def _totals(self) -> tuple[Column[Line], ...]:
        return (
            points("self_total", "自评得分", lambda i: i.value.unit.self_total),
            points("total", "系统得分", self._total, self.source.scheme.number("full_marks")),
            points("gap", "自评-系统", difference("self_total", "total", _gap)),
            Column("grade", "系统等级", 9, self._grade, centered=True),
            Column("self_grade", "自评等级", 9, lambda i: i.value.unit.self_grade, centered=True),
        )

    def _levels(self) -> tuple[Column[Line], ...]:
        return tuple(
            points(_key(level), level.title, self._level(level), self._full(level))
            for level in self.source.scheme.levels
        )

    def _full(self, level: Level) -> Decimal | str:
        """一级、二级指标的满分；分值随单位选的分法而定的写明，数见得分明细。"""
        scheme = self.source.scheme
        own = (one for one in scheme.indicators if one.level2 == level.title)
        return _VARIES if any(scheme.allocated(one.code) for one in own) else level.points

    def _counts(self) -> tuple[Column[Line], ...]:
        by_severity = tuple(
            count(severity.value, severity.label, 7, self._count(severity)) for severity in Severity
        )
        return (
            *by_severity,
            count("unjudged", "未判规则", 8, _scored(lambda line: line.unjudged)),
            points("adjust", "复核调整", self._adjust),
            points("reviewed", "复核得分", self._reviewed),
            points("program", "程序得分", lambda i: i.value.unit.total),
            Column("match", "核对", 8, self._match, centered=True),
            Column("file", "来源文件", 36, lambda i: i.value.unit.file, tall=True),
        )

    # ---- 公式

    def _name(self, item: Item[Line]) -> Content:
        unit, scored = item.value.unit, item.value.scored
        name = unit.project if self.source.scheme.of_project else unit.name
        if scored is None:
            return name
        if scored.sheet:
            return Link(name, scored.sheet, TOP)
        return Link(name, file=scored.file)

    def _rank(self, item: Item[Line]) -> Content:
        own, totals = item.at("total"), item.every("total")
        text = f'IF(ISNUMBER({own}),RANK({own},{totals}),"")'
        return Formula(text, _shown(item.value.unit.rank))

    def _total(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        number, scores = self.details.far("no"), self.details.far("score")
        own = item.at("no")
        all_rows = f"COUNTIFS({number},{own})"
        scored_rows = f'COUNTIFS({number},{own},{scores},">=0")'
        total = f"ROUND(SUMIFS({scores},{number},{own}),{self._parameter('score_digits')})"
        text = f'IF({all_rows}=0,"",IF({all_rows}<>{scored_rows},"",{total}))'
        return Formula(text, _shown(item.value.unit.total))

    def _level(self, level: Level) -> Callable[[Item[Line]], Content]:
        number, scores = self.details.far("no"), self.details.far("score")
        names = self.details.far("level2" if level.parent else "level1")
        digits = self._parameter("score_digits")

        def content(item: Item[Line]) -> Content:
            if item.value.scored is None:
                return None
            criteria = f"{number},{item.at('no')},{names},{item.heading(_key(level))}"
            ready = f'COUNTIFS({criteria})=COUNTIFS({criteria},{scores},">=0")'
            total = f"ROUND(SUMIFS({scores},{criteria}),{digits})"
            result = dict(item.value.unit.levels).get(level.title)
            return Formula(f'IF({ready},{total},"")', _shown(result))

        return content

    def _grade(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        own = item.at("total")
        text = '""'
        for grade in reversed(self.source.scheme.grades):
            text = f'IF({own}>={self._parameter(grade.parameter)},"{grade.name}",{text})'
        return Formula(f'IF(ISNUMBER({own}),{text},"")', item.value.unit.grade)

    def _count(self, severity: Severity) -> Callable[[Item[Line]], Content]:
        results = {
            Severity.ERROR: lambda unit: unit.errors,
            Severity.WARNING: lambda unit: unit.warnings,
            Severity.NOTICE: lambda unit: unit.notices,
        }

        def content(item: Item[Line]) -> Content:
            if item.value.scored is None:
                return None
            number, level = self.doubts.far("no"), self.doubts.far("severity")
            text = f'COUNTIFS({number},{item.at("no")},{level},"{severity.label}")'
            return Formula(text, results[severity](item.value.unit))

        return content

    def _adjust(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        number, adjust = self.doubts.far("no"), self.doubts.far("adjust")
        return Formula(f"SUMIFS({adjust},{number},{item.at('no')})", Decimal(0))

    def _reviewed(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        own = item.at("total")
        text = f'IF(ISNUMBER({own}),{own}+{item.at("adjust")},"")'
        return Formula(text, _shown(item.value.unit.total))

    def _match(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        own, program = item.at("total"), item.at("program")
        test = f'IF({program}="",{own}="",{own}={program})'
        return Formula(f'IF({test},"{MATCH}","{MISMATCH}")', MATCH)

    def _parameter(self, key: str) -> str:
        at = template_layout(self.source.scheme).parameters[key]
        return Place(self.source.sheet(PARAMETERS), at).reference

    def plan(self) -> SheetPlan:
        """汇总的工作表，带等级分布图。"""
        register = self.register()
        chart = chart_of(self.source, register)
        match = register.area("match")
        bad = Highlight(match, f'{match.first.a1}="{MISMATCH}"', Role.ERROR)
        good = Highlight(match, f'{match.first.a1}="{MATCH}"', Role.GOOD)
        extra = distribution(self.source, register)
        return register.plan(highlights=(bad, good), chart=chart, extra=extra)


def _key(level: Level) -> str:
    """一级、二级指标那一栏的标识。"""
    return f"level.{level.title}"


def _shown(result: Decimal | int | None) -> Decimal | int | str:
    return _BLANK if result is None else result


def _gap(line: Line) -> Decimal | None:
    own, total = line.unit.self_total, line.unit.total
    return None if own is None or total is None else own - total


def _scored(result: Callable[[Line], Content]) -> Callable[[Item[Line]], Content]:
    return lambda item: result(item.value) if item.value.scored else None


def _name_role(line: Line) -> Role:
    return Role.LINK if line.scored else Role.BODY
