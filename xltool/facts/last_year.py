"""一个部门（或项目）上年度的绩效指标：名称和实现值，供与今年的预期值比。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from xltool.facts.target import target_rows
from xltool.scheme.fields import FieldKind, SheetKind
from xltool.scheme.key import CellKey
from xltool.values import fold, parse_measure, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from xltool.facts.view import Facts
    from xltool.values import Measure


@dataclass(frozen=True, slots=True)
class Achieved:
    """上年度一个指标的实现值，和它在哪里（文件、工作表、格，给人看）。"""

    title: str
    actual: Measure
    where: str


@dataclass(frozen=True, slots=True)
class LastYear:
    """上年度的各个指标，按折叠过的名称查。

    `source` 是取自哪个文件，`year` 是哪一年度的，看不出的为空。
    `amounts` 是逐项表里的金额，按“表.项”查；取自汇总的没有。
    """

    source: str
    indicators: Mapping[str, Achieved]
    year: int | None = None
    amounts: Mapping[str, Achieved] = field(default_factory=dict)

    def of(self, title: str) -> Achieved | None:
        """同名的指标。"""
        return self.indicators.get(fold(title))


class LastYearLookup(Protocol):
    """上年度的全部报送，按部门（和项目）查。"""

    def of(self, name: str, code: str, project: str) -> LastYear | None:
        """某个部门（项目）上年度的指标；没有的为空。"""


def achieved(title: str, actual: Decimal | str, unit: str, where: str, year: int) -> Achieved:
    """由名称、实现值和计量单位造；值里没有写单位的，接上计量单位。"""
    text = actual if isinstance(actual, str) else f"{plain(actual)}{unit}"
    return Achieved(title, parse_measure(text, year=year), where)


def last_year(
    source: str,
    listed: Iterable[Achieved],
    year: int | None = None,
    amounts: Mapping[str, Achieved] | None = None,
) -> LastYear:
    """同名的有几个时只留第一个：分不清该比哪一个，宁可少比。"""
    indicators: dict[str, Achieved] = {}
    for item in listed:
        indicators.setdefault(fold(item.title), item)
    return LastYear(source, indicators, year, amounts or {})


def achieved_in(facts: Facts) -> Iterable[Achieved]:
    """一份上年度的报送里的各个指标。"""
    year = facts.scheme.year
    for row in target_rows(facts):
        place = row.record.place("actual")
        where = f"{facts.submission.file} {place.label}" if place else facts.submission.file
        number = row.result if row.result is not None else row.actual.raw
        unit = (row.expected.unit or row.unit) if row.result is not None else None
        if row.title:
            yield achieved(row.title, number, unit.name if unit else "", where, year)


def amounts_in(facts: Facts) -> Iterator[tuple[str, Achieved]]:
    """一份上年度的报送里逐项表的各个金额。"""
    for sheet in facts.scheme.sheets:
        fields = sheet.fields if sheet.kind is SheetKind.FIELDS else ()
        for item in fields:
            key = CellKey(sheet.key, item.key)
            number, place = facts.number(key), facts.place(key)
            if item.kind is FieldKind.MONEY and number is not None and place is not None:
                where = f"{facts.submission.file} {place.label}"
                name = f"{sheet.key}.{item.key}"
                yield name, achieved(item.label, number, item.unit, where, facts.scheme.year)
