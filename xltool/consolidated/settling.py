"""一份汇总的各个得分照程序的规则重新合计：复核得分照写的用，公式有没有结果、是不是旧的都不要紧。

各指标的系统得分多半是引用各单位评分表的公式。程序写出时的得分记在那一行的标识里（指纹）：公式的结果对得上的
就是它；对不上、没有结果的，取计算过程里写着的、对得上指纹的那个数。
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.assessment.places import digest, settled
from xltool.collection.reviewed import NO_REASON, counted, counted_as, problem_of
from xltool.collection.row_keys import RowKey
from xltool.collection.statuses import Due, UnitStatus
from xltool.collection.units import ranks
from xltool.collection.verdicts import RETURN, Carried, Opinion
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.consolidated.summary import DUE
from xltool.messages import papers as say
from xltool.scoring.catalogue import totals
from xltool.scoring.scored import Scored
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.collection.verdicts import Written
    from xltool.consolidated.saved_book import SavedBook, SavedTable
    from xltool.finding import Finding
    from xltool.scheme.model import Scheme

_FIGURES: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LABELS: Final = tuple(status.label for status in UnitStatus)


class Line(NamedTuple):
    """一个单位的一个指标：分值、系统得分、计入的得分、复核得分哪里不对。"""

    code: str
    points: Decimal
    score: Decimal | None
    counted: Decimal | None
    problem: str


@dataclass(frozen=True, slots=True)
class SettledUnit:
    """一个单位（项目）：报送状态，系统的和复核以后的总分、等级、名次、各级得分，各指标。"""

    number: int
    table: SavedTable
    row: int
    status: str
    total: Decimal | None = None
    grade: str = ""
    rank: int | None = None
    levels: Mapping[str, Decimal | None] = field(default_factory=dict)
    reviewed: Decimal | None = None
    reviewed_grade: str = ""
    reviewed_rank: int | None = None
    reviewed_levels: Mapping[str, Decimal | None] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()

    @property
    def scheme(self) -> Scheme:
        """用哪个方案。"""
        return self.table.source.scheme

    @property
    def name(self) -> str:
        """给人看的名称。"""
        names = (self.table.text(self.row, key) for key in ("name", "project"))
        return "：".join(filter(None, names))

    @property
    def due(self) -> Due:
        """在不在应报里；没有名单的，先前的版本写的，不知道。"""
        return next((one for one in Due if one == self.text(DUE)), Due.UNKNOWN)

    def text(self, key: str) -> str:
        """汇总上的一格。"""
        return self.table.text(self.row, key)


class Settled(NamedTuple):
    """各单位依序号，和要说的。"""

    units: tuple[SettledUnit, ...]
    findings: tuple[Finding, ...]


def settle(saved: SavedBook) -> Settled:
    """重新合计。"""
    work = _Settling(saved)
    units = work.ranked(list(work.units()))
    return Settled(tuple(units), tuple(work.told(units)))


class _Settling:
    """逐单位合计；`_stale` 是公式的结果不能用的各指标。"""

    def __init__(self, saved: SavedBook) -> None:
        self._saved = saved
        self._stale = 0
        self._unknown: list[str] = []
        self._unused = 0
        self._returned = frozenset(_returned(saved.doubts))

    def units(self) -> Iterator[SettledUnit]:
        """各单位，没有名次。"""
        lines: dict[int, dict[str, Line]] = defaultdict(dict)
        for table in self._saved.details:
            for row in table.rows():
                line = self._line(table, row)
                lines[table.number(row)][line.code] = line
        for table in self._saved.summaries:
            for row in table.rows():
                number = table.number(row)
                unit = SettledUnit(number, table, row, self._status(table, row, number))
                yield self._summed(unit, lines.get(number, {}))

    def _line(self, table: SavedTable, row: int) -> Line:
        """一个指标。"""
        points = table.decimal(row, "points") or Decimal(0)
        score = self._score(table, row, points)
        opinion = Opinion(_written(table, row, "verdict"), table.text(row, "reason"))
        carried = Carried(opinion, "", changed=False)
        code, trace = table.text(row, "code"), table.text(row, "trace")
        problem = problem_of(carried, points)
        self._unused += bool(problem) and problem != NO_REASON
        line = Scored(code, points, score, None, trace, (), (), ())
        return Line(code, points, score, counted(line, carried), problem)

    def _score(self, table: SavedTable, row: int, points: Decimal) -> Decimal | None:
        """程序写出时的系统得分。"""
        shown = table.decimal(row, "score")
        key = RowKey.parse(table.text(row, "key"))
        if key is None:  # 标识删了的，只好照格里的
            return shown
        trace = table.table.lines(row, "trace")
        scheme = table.source.scheme
        listed = [shown, None, points, *map(Decimal, reversed(_FIGURES.findall(trace)))]
        for candidate in dict.fromkeys(listed):
            own = None if candidate is None else scheme.round_points(candidate)
            if _seen(points, own, trace, key.seen):
                self._stale += own != shown
                return own
        self._unknown.append(f"{table.text(row, 'name')} {table.text(row, 'code')}")
        return shown

    def _status(self, table: SavedTable, row: int, number: int) -> str:
        """报送状态：有一条疑点写了退回的是复核退回，其余照写出时的。"""
        if number in self._returned:
            return SENT_BACK
        cell = table.cell(row, "status")
        formula = cell.formula if cell else ""
        own = next((one for one in _LABELS if formula.endswith(f'"{one}")')), "")
        return own or table.text(row, "status")

    def _summed(self, unit: SettledUnit, lines: Mapping[str, Line]) -> SettledUnit:
        """合计；没有采用的报送的没有。"""
        if not lines:
            return unit
        scheme = unit.scheme
        codes = [one.code for one in scheme.indicators]
        own = {code: lines[code].score if code in lines else None for code in codes}
        after = {code: lines[code].counted if code in lines else None for code in codes}
        total, levels = totals(scheme, own)
        reviewed, reviewed_levels = totals(scheme, after)
        total, reviewed = _shown(scheme, total), _shown(scheme, reviewed)
        return SettledUnit(
            unit.number,
            unit.table,
            unit.row,
            unit.status,
            total=total,
            grade="" if total is None else scheme.grade(total),
            levels={title: _shown(scheme, each) for title, each in levels},
            reviewed=reviewed,
            reviewed_grade="" if reviewed is None else scheme.grade(reviewed),
            reviewed_levels={title: _shown(scheme, each) for title, each in reviewed_levels},
            lines=tuple(lines[code] for code in codes if code in lines),
        )

    @staticmethod
    def ranked(units: list[SettledUnit]) -> list[SettledUnit]:
        """排上名次：同一种表先后的版面排在一起，依单位序号列出。"""
        own = ranks((one.scheme.id, one.total) for one in units)
        after = ranks((one.scheme.id, one.reviewed) for one in units)
        listed = (
            replace(unit, rank=rank, reviewed_rank=reviewed)
            for unit, rank, reviewed in zip(units, own, after, strict=True)
        )
        return sorted(listed, key=lambda one: one.number)

    def told(self, units: list[SettledUnit]) -> Iterator[Finding]:
        """要说的：哪些数没有照格里的。"""
        old = [one for one in units if _differs(one)]
        if old:
            yield say.STALE_TOTALS.finding(count=len(old), name=quote(old[0].name))
        if self._stale:
            yield say.STALE_SCORES.finding(count=self._stale)
        if self._unknown:
            yield say.UNKNOWN_SCORES.finding(count=len(self._unknown), name=quote(self._unknown[0]))
        if self._unused:
            yield say.UNUSED_VERDICTS.finding(count=self._unused)


def _seen(points: Decimal, score: Decimal | None, trace: str, mark: str) -> bool:
    """这个得分是不是程序写出时的那一个；分值在格里存的位数不一定照原样。"""
    spelled = {str(points), f"{points:.1f}", f"{points:.2f}"}
    return any(digest(one, str(score), settled(trace)) == mark for one in spelled)


def _written(table: SavedTable, row: int, key: str) -> Written:
    """人写的一格：数是数，别的照字。"""
    number = table.decimal(row, key)
    return table.text(row, key) if number is None else number


def _shown(scheme: Scheme, total: Decimal | None) -> Decimal | None:
    return None if total is None else scheme.round_points(total)


def _differs(unit: SettledUnit) -> bool:
    """格里的复核得分与另算的不同，或没有结果。"""
    return unit.table.decimal(unit.row, "reviewed") != unit.reviewed


def _returned(doubts: SavedTable | None) -> Iterator[int]:
    """有一条疑点写了退回的单位。"""
    for row in doubts.rows() if doubts else ():
        if doubts and counted_as(doubts.text(row, "verdict")) == RETURN:
            yield doubts.number(row)
