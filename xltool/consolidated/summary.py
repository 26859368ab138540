"""汇总：一行一个单位，名次、总分、各级得分、问题数、复核得分；数都由明细算出，并与程序核对。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.distribution import chart_of, distribution, full_marks
from xltool.consolidated.register import (
    FIRST_ROW,
    HEADER_ROW,
    Column,
    Difference,
    Register,
    points,
)
from xltool.consolidated.source import ABOUT
from xltool.finding import Severity
from xltool.layout.layout import PARAMETERS, template_layout
from xltool.sheets.plan import Formula, Highlight, Link, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.collection.model import Unit
    from xltool.consolidated.details import Detail
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.register import (
        Item,
    )
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Level
    from xltool.sheets.plan import Content, SheetPlan

NAME = "汇总"
MATCH, MISMATCH = "相符", "不符"
_BLANK = ""


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
        register = Register(
            name=self.source.sheet(NAME),
            title=self.source.title(
                f"{self.source.scheme.year}年度{self.source.scheme.work}汇总表"
            ),
            note=self._note(),
            columns=columns,
            items=self.lines,
            count=len(self.lines),
            home=ABOUT,
            version=self.source.version,
            frozen=len(self._identity()) - 1,
            printed="reviewed",
        )
        return register.with_extra(
            above=tuple(full_marks(self.source.scheme, register)),
            extra=distribution(self.source, register),
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
            Column("no", "单位序号", 7, lambda i: i.value.number, centered=True),
            Column("rank", "名次", 7, self._rank, centered=True),
            Column("code", "预算编码", 10, lambda i: i.value.unit.code, NumberFormat.TEXT),
            *self._names(),
            Column("status", "报送状态", 11, lambda i: i.value.unit.status.label, centered=True),
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
            points("total", "系统得分", self._total),
            points("gap", "自评-系统", Difference("self_total", "total", _gap)),
            Column("grade", "系统等级", 9, self._grade, centered=True),
            Column("self_grade", "自评等级", 9, lambda i: i.value.unit.self_grade, centered=True),
        )

    def _levels(self) -> tuple[Column[Line], ...]:
        return tuple(
            points(f"level.{level.title}", level.title, self._level(level))
            for level in self.source.scheme.levels
        )

    def _counts(self) -> tuple[Column[Line], ...]:
        by_severity = tuple(
            Column(severity.value, severity.label, 7, self._count(severity), centered=True)
            for severity in Severity
        )
        return (
            *by_severity,
            Column("unjudged", "未判规则", 8, _scored(lambda line: line.unjudged), centered=True),
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
            return Link(name, scored.sheet, At(1, 1))
        return Link(name, file=scored.file)

    def _rank(self, item: Item[Line]) -> Content:
        last = FIRST_ROW + len(self.lines) - 1
        totals = Area(At(FIRST_ROW, self._at_total), At(last, self._at_total)).absolute
        own = At(item.row, self._at_total).a1
        result = item.value.unit.rank
        return Formula(f'IF(ISNUMBER({own}),RANK({own},{totals}),"")', _shown(result))

    def _total(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        number, scores = self.details.far("no"), self.details.far("score")
        own = At(item.row, 1).a1
        all_rows = f"COUNTIFS({number},{own})"
        scored_rows = f'COUNTIFS({number},{own},{scores},">=0")'
        total = f"ROUND(SUMIFS({scores},{number},{own}),{self._parameter('score_digits')})"
        text = f'IF({all_rows}=0,"",IF({all_rows}<>{scored_rows},"",{total}))'
        return Formula(text, _shown(item.value.unit.total))

    def _level(self, level: Level) -> Callable[[Item[Line]], Content]:
        number, scores = self.details.far("no"), self.details.far("score")
        names = self.details.far("level2" if level.parent else "level1")
        heading = f"{_letter(self._position(level))}${HEADER_ROW}"
        digits = self._parameter("score_digits")

        def content(item: Item[Line]) -> Content:
            if item.value.scored is None:
                return None
            criteria = f"{number},{At(item.row, 1).a1},{names},{heading}"
            ready = f'COUNTIFS({criteria})=COUNTIFS({criteria},{scores},">=0")'
            total = f"ROUND(SUMIFS({scores},{criteria}),{digits})"
            result = dict(item.value.unit.levels).get(level.title)
            return Formula(f'IF({ready},{total},"")', _shown(result))

        return content

    def _position(self, level: Level) -> int:
        return self._before_levels + 1 + self.source.scheme.levels.index(level)

    def _grade(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        own = At(item.row, self._at_total).a1
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
            text = f'COUNTIFS({number},{At(item.row, 1).a1},{level},"{severity.label}")'
            return Formula(text, results[severity](item.value.unit))

        return content

    def _adjust(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        number, adjust = self.doubts.far("no"), self.doubts.far("adjust")
        return Formula(f"SUMIFS({adjust},{number},{At(item.row, 1).a1})", Decimal(0))

    def _reviewed(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        own = At(item.row, self._at_total).a1
        adjust = At(item.row, self._after_levels(len(Severity) + 2)).a1
        text = f'IF(ISNUMBER({own}),{own}+{adjust},"")'
        return Formula(text, _shown(item.value.unit.total))

    def _match(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        own, program = (
            At(item.row, self._at_total).a1,
            At(item.row, self._after_levels(len(Severity) + 4)).a1,
        )
        test = f'IF({program}="",{own}="",{own}={program})'
        return Formula(f'IF({test},"{MATCH}","{MISMATCH}")', MATCH)

    @property
    def _at_total(self) -> int:
        """系统得分在第几列：身份各栏、自评得分之后。"""
        return len(self._identity()) + 2

    def _after_levels(self, offset: int) -> int:
        return self._before_levels + len(self.source.scheme.levels) + offset

    @cached_property
    def _before_levels(self) -> int:
        return len(self._identity()) + len(self._totals())

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
        return register.plan(highlights=(bad, good), chart=chart)


def _letter(column: int) -> str:
    return At(1, column).a1.removesuffix("1")


def _shown(result: Decimal | int | None) -> Decimal | int | str:
    return _BLANK if result is None else result


def _gap(line: Line) -> Decimal | None:
    own, total = line.unit.self_total, line.unit.total
    return None if own is None or total is None else own - total


def _scored(result: Callable[[Line], Content]) -> Callable[[Item[Line]], Content]:
    return lambda item: result(item.value) if item.value.scored else None


def _name_role(line: Line) -> Role:
    return Role.LINK if line.scored else Role.BODY
