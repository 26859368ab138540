"""关键数据核对：报告正文里说的数和话，按类别取；对应的序号。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.facts.claims import CLAIMS, KINDS
from xltool.flags.peers import ToldFigure
from xltool.flags.rule import Unjudged
from xltool.values.text import narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Record
    from xltool.facts.view import Facts

_UNSORTED = "figure"  # 没有选类别的，按“数据”
_LONGEST = 200  # 六十个序号也用不了这么长
_NUMBERS = re.compile("([0-9]{1,4})(?:[-~—–至到]([0-9]{1,4}))?")


def claims_of(facts: Facts, kind: str) -> tuple[Record, ...]:
    """某一类的各行；没有选类别的算作“数据”。"""
    name = facts.scheme.word(KINDS, kind)
    if not name:
        return ()
    kinds = (name, "") if kind == _UNSORTED else (name,)
    return tuple(record for record in facts.records(CLAIMS) if record.text("kind") in kinds)


def told_figures(facts: Facts) -> Iterator[ToldFigure]:
    """接上的自评报告里的各个数。"""
    told = facts.submission.told
    for record in claims_of(facts, "figure") if told else ():
        if told and record.row in told.places:
            texts = (record.text("topic"), record.entry("figure").raw, record.text("unit"))
            yield ToldFigure(record.row, *texts, told.places[record.row], told.quotes[record.row])


def has_problems(facts: Facts) -> bool:
    """看不看得出“存在问题”里点到了哪个指标。"""
    wanted = (f"{CLAIMS}.kind", f"{CLAIMS}.indicator", f"options.{KINDS}.problem")
    return all(map(facts.scheme.has, wanted))


def claims_named(facts: Facts, kind: str) -> str:
    """这一类给人看的名字，如 关键数据核对里的“算式”。"""
    return f"{facts.scheme.sheet(CLAIMS).name}里的“{facts.scheme.word(KINDS, kind)}”"


def lacks_claims(facts: Facts, kind: str) -> Unjudged:
    """因为这一类一条也没有填而不能判断：不知道报告正文怎么说。"""
    return Unjudged(claims_named(facts, kind))


@lru_cache(maxsize=64)  # 几十条关键数据对着同一张表
def _numbered(known: tuple[str, ...]) -> dict[int, str]:
    return {int(row): row for row in known}


def references(record: Record, known: tuple[str, ...]) -> tuple[str, ...]:
    """“对应序号”栏写到的、表里（`known`）有的序号；1、2 和 1-4 都认。"""
    spans = _NUMBERS.findall(narrow(record.text("indicator")[:_LONGEST]))
    if not spans or not known:
        return ()
    numbers = _numbered(known)
    top, wanted = max(numbers), set[int]()
    for first, last in spans:
        wanted.update(range(int(first), min(int(last or first), top) + 1))
    return tuple(row for number, row in numbers.items() if number in wanted)
