"""同一件事的数写在哪几处：关键数据核对、对应的绩效指标、收支与资产等逐项表。"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.target import indicator_row
from xltool.flags.claims import references
from xltool.flags.rule import Unjudged
from xltool.flags.statements import said_of, subject_of
from xltool.flags.wording import given, lacks, name_of
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.values import find_unit, plain, quote
from xltool.values.amounts import Amount, amount_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.statements import Statement
    from xltool.scheme.model import Scheme

_MOST = 10  # 一个数最多与这么多个绩效指标比
_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)?")


class Placed(NamedTuple):
    """一处的数：`shown` 是给人看的写法和位置；`scope`、`total` 见 Statement。"""

    amount: Amount
    shown: str
    key: CellKey
    scope: str = ""
    total: bool = False


def stated(statement: Statement, amount: Amount) -> Placed:
    """报告里写的数，如 432家（一（三）1）。"""
    record = statement.record
    unit = "" if record.measure("figure").unit else record.text("unit")
    shown = quote(f"{record.entry('figure').raw.strip()}{unit}")
    location = record.text("location")
    shown += f"（{quote(location)}）" if location else ""
    return Placed(amount, shown, record.key("figure"), statement.scope, statement.total)


def linked(facts: Facts, statement: Statement) -> Iterator[Placed | Unjudged]:
    """“对应序号”所指的绩效指标的数；说的是目标的取预期值，其余取实现值。"""
    numbers = references(statement.record, facts.submission.records.get(INDICATORS, ()))
    if len(numbers) > _MOST:
        name = name_of(facts.scheme, statement.record.key("indicator"))
        yield Unjudged(f"{name}（写了{len(numbers)}个序号，太多）")
    column = "expected" if statement.target else "actual"
    for number in numbers[:_MOST] if facts.scheme.has(f"{INDICATORS}.{column}") else ():
        row = indicator_row(facts, number)
        measure = row.expected if statement.target else row.actual
        key, amount = row.record.key(column), amount_of(measure, row.unit)
        if amount is not None:
            unit = row.unit.name if row.unit and not measure.unit else ""
            yield Placed(amount, f"{name_of(facts.scheme, key)}{quote(measure.raw)}{unit}", key)
        elif not given(facts.entry(key)):
            yield lacks(facts, key)
        elif not _mentioned(statement, row):
            name = name_of(facts.scheme, key)
            yield Unjudged(f"{name}（不是一个数，不能与报告的数核对）")


def _mentioned(statement: Statement, row: Target) -> bool:
    """指标值是一段话时，话里有没有这个数。"""
    number = statement.amount.number if statement.amount else None
    texts = f"{row.expected.raw} {row.actual.raw}"
    return any(Decimal(found) == number for found in _NUMBERS.findall(texts))


def tabled(facts: Facts, subject: str, years: tuple[str, ...]) -> Placed | None:
    """逐项表里评价年度的同一件事的数；没有填的为空。"""
    key = _subjects(facts.scheme).get(subject) if years == (str(facts.scheme.year),) else None
    number = facts.number(key) if key else None
    if key is None or number is None:
        return None
    unit = find_unit(facts.scheme.field(key).unit)
    factor, name = (unit.factor, unit.name) if unit else (Decimal(1), "")
    shown = f"{name_of(facts.scheme, key)}{plain(number)}{name}"
    return Placed(Amount(number, factor, unit, None), shown, key)


@lru_cache(maxsize=8)
def _subjects(scheme: Scheme) -> dict[str, CellKey]:
    """逐项表里带单位的各项，按说的是哪件事。"""
    said = said_of(scheme)
    return {
        subject_of(field.label.removeprefix("其中："), said): CellKey(sheet.key, field.key)
        for sheet in scheme.sheets
        if sheet.kind is SheetKind.FIELDS
        for field in sheet.fields
        if find_unit(field.unit)
    }
