"""汇总各栏的公式：由得分明细、疑点清单算出，结果由程序另算，存在公式里。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.collection.reviewed import Reviewed
from xltool.consolidated.findings_sheet import status
from xltool.consolidated.losses import parameter
from xltool.finding import EXPLAINED, Severity
from xltool.form.status import MATCH, MISMATCH
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from xltool.collection.model import Unit
    from xltool.consolidated.columns import Item
    from xltool.consolidated.details import Detail
    from xltool.consolidated.findings import Doubt
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Level
    from xltool.sheets.plan import Content


# 汇总里问题数的各栏，提示除外
PROBLEMS: Final = {
    Severity.ERROR.value: Severity.ERROR.label,
    Severity.WARNING.value: Severity.WARNING.label,
    "explained": EXPLAINED,
    "unjudged": "未判规则",
}


@dataclass(frozen=True, slots=True)
class Line:
    """汇总的一行；没有采用的报送时 `scored` 为空。"""

    number: int
    unit: Unit
    scored: Scored | None
    unjudged: int
    reviewed: Reviewed | None


def orders_of(lines: Sequence[Line]) -> dict[int, int]:
    """各单位复核以后由高到低是第几个，按单位序号。"""
    ranked = (
        (line.reviewed.rank, line.number) for line in lines if line.reviewed and line.reviewed.rank
    )
    return {number: place for place, (_, number) in enumerate(sorted(ranked), 1)}


def problems_of(key: str, line: Line) -> int:
    """一行的一种问题有几个；`key` 是 PROBLEMS 的。"""
    return line.unjudged if key == "unjudged" else int(line.unit.tally._asdict()[key])


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
    readings: Register[Doubt]
    orders: Mapping[int, int]  # 各单位由高到低是第几个，按单位序号
    peers: Sequence[Register[Line]] = ()  # 一起排名次的别的汇总

    def rank(self, item: Item[Line]) -> Formula:
        """名次。"""
        return Formula(self._rank(item, "total"), _shown(item.value.unit.rank))

    def reviewed_rank(self, item: Item[Line]) -> Formula:
        """复核名次。"""
        return Formula(self._rank(item, "reviewed"), _shown(_of(item).rank))

    def _rank(self, item: Item[Line], key: str) -> str:
        """有几个比它高；同一种表先后的版面各有汇总，一起数。"""
        own = item.at(key)
        place = f"RANK({own},{item.every(key)})"
        higher = (f'COUNTIFS({one.far(key)},">"&{own})' for one in self.peers)
        return f'IF(ISNUMBER({own}),{"+".join((place, *higher))},"")'

    def order(self, item: Item[Line]) -> Formula:
        """在这一张上由高到低是第几个：得分相同的依单位序号，各不相同。"""
        own, scores = item.at("reviewed"), item.every("reviewed")
        ahead = f'COUNTIFS({scores},{own},{item.every("no")},"<"&{item.at("no")})'
        result = self.orders.get(item.value.number, "")
        return Formula(f'IF(ISNUMBER({own}),RANK({own},{scores})+{ahead},"")', result)

    def total(self, item: Item[Line]) -> Formula:
        """系统得分；有一项没有得分就没有总分。"""
        number, scores = self.details.far("no"), self.details.far("score")
        own = item.at("no")
        all_rows = f"COUNTIFS({number},{own})"
        scored_rows = f'COUNTIFS({number},{own},{scores},">=0")'
        total = f"ROUND(SUMIFS({scores},{number},{own}),{self._parameter('score_digits')})"
        text = f'IF({all_rows}=0,"",IF({all_rows}<>{scored_rows},"",{total}))'
        return Formula(text, _shown(item.value.unit.total))

    def reviewed(self, item: Item[Line]) -> Formula:
        """复核得分：各项计入的得分之和。"""
        number, scores = self.details.far("no"), self.details.far("counted")
        criteria = f"{number},{item.at('no')}"
        return Formula(self._sum(criteria, scores), _shown(_of(item).total))

    def _sum(self, criteria: str, scores: str) -> str:
        """几行之和，与各项得分一样舍入两次；一行也没有、有一行没有得分的，没有。"""
        rows, known = f"COUNTIFS({criteria})", f'COUNTIFS({criteria},{scores},">=0")'
        working, shown = (self._parameter(key) for key in ("working_digits", "score_digits"))
        total = f"ROUND(ROUND(SUMIFS({scores},{criteria}),{working}),{shown})"
        return f'IF(OR({rows}=0,{rows}<>{known}),"",{total})'

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

    def reviewed_level(self, level: Level) -> Callable[[Item[Line]], Formula]:
        """复核以后一个一级或二级指标的得分；指标的名字取系统得分那一栏的表头。"""
        number, scores = self.details.far("no"), self.details.far("counted")
        names = self.details.far("level2" if level.parent else "level1")

        def content(item: Item[Line]) -> Formula:
            criteria = f"{number},{item.at('no')},{names},{item.heading(level_key(level))}"
            result = _of(item).levels.get(level.title)
            return Formula(self._sum(criteria, scores), _shown(result))

        return content

    def grade(self, item: Item[Line]) -> Formula:
        """系统等级。"""
        return Formula(self._grade(item.at("total")), item.value.unit.grade)

    def reviewed_grade(self, item: Item[Line]) -> Formula:
        """复核等级。"""
        return Formula(self._grade(item.at("reviewed")), _of(item).grade)

    def _grade(self, own: str) -> str:
        text = '""'
        for grade in reversed(self.source.scheme.grades):
            text = f'IF({own}>={self._parameter(grade.parameter)},"{grade.name}",{text})'
        return f'IF(ISNUMBER({own}),{text},"")'

    def status(self, item: Item[Line]) -> Formula:
        """报送状态；有一条疑点写了退回的，是复核退回。"""
        unit = item.value.unit
        return status(self.doubts, item.at("no"), unit, self.source.reviews)

    def count(self, key: str, label: str) -> Callable[[Item[Line]], Formula]:
        """某一级别（或已说明）的问题有几条；`key` 是它在 Tally 里的名字。"""
        registers = [self.doubts]
        if label == Severity.NOTICE.label and self.readings.count:
            registers.append(self.readings)  # 读法的说明都是提示

        def content(item: Item[Line]) -> Formula:
            own = item.at("no")
            terms = (
                f'COUNTIFS({one.far("no")},{own},{one.far("severity")},"{label}")'
                for one in registers
            )
            return Formula("+".join(terms), item.value.unit.tally._asdict()[key])

        return content

    @staticmethod
    def match(item: Item[Line]) -> Formula:
        """公式算的总分与程序算的相符没有。"""
        own, program = item.at("total"), item.at("program")
        test = f'IF({program}="",{own}="",{own}={program})'
        return Formula(f'IF({test},"{MATCH}","{MISMATCH}")', MATCH)

    def _parameter(self, key: str) -> str:
        return parameter(self.source, key)


def _of(item: Item[Line]) -> Reviewed:
    """复核以后的；没有采用的报送的，都空着。"""
    return item.value.reviewed or Reviewed(None, "", None, {})


def _shown(result: Decimal | int | None) -> Decimal | int | str:
    return "" if result is None else result
