"""汇总各栏的公式：由得分明细、疑点清单算出，结果由程序另算，存在公式里。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.address import Place
from xltool.layout.layout import PARAMETERS, template_layout
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.collection.model import Unit
    from xltool.consolidated.columns import Item
    from xltool.consolidated.details import Detail
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Level
    from xltool.sheets.plan import Content

MATCH, MISMATCH = "相符", "不符"


@dataclass(frozen=True, slots=True)
class Line:
    """汇总的一行；没有采用的报送时 `scored` 为空。"""

    number: int
    unit: Unit
    scored: Scored | None
    unjudged: int


def of_adopted(content: Callable[[Item[Line]], Content]) -> Callable[[Item[Line]], Content]:
    """没有采用的报送的，这一栏空着。"""
    return lambda item: content(item) if item.value.scored else None


def level_key(level: Level) -> str:
    """一级、二级指标那一栏的标识。"""
    return f"level.{level.title}"


@dataclass(frozen=True, slots=True)
class Formulas:
    """各栏的公式；引用得分明细、疑点清单和评分参数。"""

    source: Source
    details: Register[Detail]
    doubts: Register[Doubt]

    def rank(self, item: Item[Line]) -> Formula:
        """名次。"""
        own, totals = item.at("total"), item.every("total")
        text = f'IF(ISNUMBER({own}),RANK({own},{totals}),"")'
        return Formula(text, _shown(item.value.unit.rank))

    def total(self, item: Item[Line]) -> Formula:
        """系统得分；有一项没有得分就没有总分。"""
        number, scores = self.details.far("no"), self.details.far("score")
        own = item.at("no")
        all_rows = f"COUNTIFS({number},{own})"
        scored_rows = f'COUNTIFS({number},{own},{scores},">=0")'
        total = f"ROUND(SUMIFS({scores},{number},{own}),{self._parameter('score_digits')})"
        text = f'IF({all_rows}=0,"",IF({all_rows}<>{scored_rows},"",{total}))'
        return Formula(text, _shown(item.value.unit.total))

    def level(self, level: Level) -> Callable[[Item[Line]], Formula]:
        """一个一级或二级指标的得分。"""
        number, scores = self.details.far("no"), self.details.far("score")
        names = self.details.far("level2" if level.parent else "level1")
        digits = self._parameter("score_digits")

        def content(item: Item[Line]) -> Formula:
            criteria = f"{number},{item.at('no')},{names},{item.heading(level_key(level))}"
            ready = f'COUNTIFS({criteria})=COUNTIFS({criteria},{scores},">=0")'
            total = f"ROUND(SUMIFS({scores},{criteria}),{digits})"
            result = dict(item.value.unit.levels).get(level.title)
            return Formula(f'IF({ready},{total},"")', _shown(result))

        return content

    def grade(self, item: Item[Line]) -> Formula:
        """系统等级。"""
        own = item.at("total")
        text = '""'
        for grade in reversed(self.source.scheme.grades):
            text = f'IF({own}>={self._parameter(grade.parameter)},"{grade.name}",{text})'
        return Formula(f'IF(ISNUMBER({own}),{text},"")', item.value.unit.grade)

    def count(self, key: str, label: str) -> Callable[[Item[Line]], Formula]:
        """某一级别（或已说明）的问题有几条；`key` 是它在 Tally 里的名字。"""

        def content(item: Item[Line]) -> Formula:
            number, level = self.doubts.far("no"), self.doubts.far("severity")
            text = f'COUNTIFS({number},{item.at("no")},{level},"{label}")'
            return Formula(text, item.value.unit.tally._asdict()[key])

        return content

    def adjust(self, item: Item[Line]) -> Formula:
        """复核调整的合计。"""
        number, adjust = self.doubts.far("no"), self.doubts.far("adjust")
        return Formula(f"SUMIFS({adjust},{number},{item.at('no')})", Decimal(0))

    @staticmethod
    def reviewed(item: Item[Line]) -> Formula:
        """复核得分。"""
        own = item.at("total")
        text = f'IF(ISNUMBER({own}),{own}+{item.at("adjust")},"")'
        return Formula(text, _shown(item.value.unit.total))

    @staticmethod
    def match(item: Item[Line]) -> Formula:
        """公式算的总分与程序算的相符没有。"""
        own, program = item.at("total"), item.at("program")
        test = f'IF({program}="",{own}="",{own}={program})'
        return Formula(f'IF({test},"{MATCH}","{MISMATCH}")', MATCH)

    def _parameter(self, key: str) -> str:
        at = template_layout(self.source.scheme).parameters[key]
        return Place(self.source.sheet(PARAMETERS), at).reference


def _shown(result: Decimal | int | None) -> Decimal | int | str:
    return "" if result is None else result
