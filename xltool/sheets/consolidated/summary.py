"""汇总：一行一个单位，名次、总分、各级得分、问题数、复核得分；数都由明细算出，并与程序核对。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place
from xltool.finding import Severity
from xltool.layout.layout import PARAMETERS, template_layout
from xltool.sheets.consolidated.register import (
    ABOVE_ROW,
    FIRST_ROW,
    HEADER_ROW,
    Column,
    Difference,
    Register,
    points,
)
from xltool.sheets.consolidated.source import ABOUT
from xltool.sheets.plan import Cell, Chart, Formula, Highlight, Link, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.collection.model import Unit
    from xltool.scheme.model import Level
    from xltool.sheets.consolidated.details import Detail
    from xltool.sheets.consolidated.findings import Doubt
    from xltool.sheets.consolidated.register import (
        Item,
    )
    from xltool.sheets.consolidated.source import Scored, Source
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
            name=NAME,
            title=f"{self.source.scheme.year}年度部门整体支出绩效自评汇总表",
            note="按名单次序排列，没有报送的也列出；名次并列的同名次。得分由“得分明细”汇总，问题数由“疑点清单”数出。",
            columns=columns,
            items=self.lines,
            count=len(self.lines),
            home=ABOUT,
            version=self.source.version,
            frozen=4,
            printed="reviewed",
        )
        return register.with_extra(above=tuple(self._above(register)), extra=self._grades(register))

    # ---- 各栏

    def _identity(self) -> tuple[Column[Line], ...]:
        return (
            Column("no", "单位序号", 7, lambda i: i.value.number, centered=True),
            Column("rank", "名次", 7, self._rank, centered=True),
            Column("code", "预算编码", 10, lambda i: i.value.unit.code, NumberFormat.TEXT),
            Column("name", "单位名称", 26, self._name, tall=True, role=_name_role),
            Column("status", "报送状态", 11, lambda i: i.value.unit.status.label, centered=True),
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
        scored = item.value.scored
        if scored is None:
            return item.value.unit.name
        if scored.sheet:
            return Link(scored.name, scored.sheet, At(1, 1))
        return Link(scored.name, file=scored.file)

    def _rank(self, item: Item[Line]) -> Content:
        totals = Area(At(FIRST_ROW, _TOTAL), At(FIRST_ROW + len(self.lines) - 1, _TOTAL)).absolute
        own = At(item.row, _TOTAL).a1
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
        own = At(item.row, _TOTAL).a1
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
        own = At(item.row, _TOTAL).a1
        adjust = At(item.row, self._after_levels(len(Severity) + 2)).a1
        text = f'IF(ISNUMBER({own}),{own}+{adjust},"")'
        return Formula(text, _shown(item.value.unit.total))

    def _match(self, item: Item[Line]) -> Content:
        if item.value.scored is None:
            return None
        own, program = (
            At(item.row, _TOTAL).a1,
            At(item.row, self._after_levels(len(Severity) + 4)).a1,
        )
        test = f'IF({program}="",{own}="",{own}={program})'
        return Formula(f'IF({test},"{MATCH}","{MISMATCH}")', MATCH)

    def _after_levels(self, offset: int) -> int:
        return self._before_levels + len(self.source.scheme.levels) + offset

    @cached_property
    def _before_levels(self) -> int:
        return len(self._identity()) + len(self._totals())

    def _parameter(self, key: str) -> str:
        return Place(PARAMETERS, template_layout(self.source.scheme).parameters[key]).reference

    # ---- 满分一行、等级分布

    def _above(self, register: Register[Line]) -> Iterator[Cell]:
        scheme = self.source.scheme
        yield Cell(At(ABOVE_ROW, register.position("status")), "满分", Role.FIXED_CENTER)
        full = scheme.number("full_marks")
        at = At(ABOVE_ROW, register.position("total"))
        yield Cell(at, full, Role.FIXED_CENTER, NumberFormat.POINTS)
        for level in scheme.levels:
            at = At(ABOVE_ROW, register.position(f"level.{level.title}"))
            yield Cell(at, level.points, Role.FIXED_CENTER, NumberFormat.POINTS)

    def _grades(self, register: Register[Line]) -> dict[int, tuple[Cell, ...]]:
        column = len(register.columns) + 2
        cells: dict[int, tuple[Cell, ...]] = {
            HEADER_ROW: (
                Cell(At(HEADER_ROW, column), "等级", Role.HEADER),
                Cell(At(HEADER_ROW, column + 1), "单位数", Role.HEADER),
            )
        }
        grades = register.far("grade")
        for number, grade in enumerate(self.source.scheme.grades):
            row = FIRST_ROW + number
            count = sum(line.unit.grade == grade.name for line in self.lines if line.scored)
            formula = Formula(f"COUNTIFS({grades},{At(row, column).a1})", count)
            cells[row] = (
                Cell(At(row, column), grade.name, Role.BODY_CENTER),
                Cell(At(row, column + 1), formula, Role.BODY_CENTER),
            )
        return cells

    def plan(self) -> SheetPlan:
        """汇总的工作表，带等级分布图。"""
        register = self.register()
        column = len(register.columns) + 2
        last = FIRST_ROW + len(self.source.scheme.grades) - 1
        chart = Chart(
            title="各等级单位数",
            names=Area(At(FIRST_ROW, column), At(last, column)),
            values=Area(At(FIRST_ROW, column + 1), At(last, column + 1)),
            anchor=At(HEADER_ROW, column + 3),
        )
        match = register.area("match")
        bad = Highlight(match, f'{match.first.a1}="{MISMATCH}"', Role.ERROR)
        good = Highlight(match, f'{match.first.a1}="{MATCH}"', Role.GOOD)
        return register.plan(highlights=(bad, good), chart=chart)


_TOTAL = 7  # 系统得分在第几列：身份五栏、自评得分之后


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
