"""自查：“其中”各项加起来与上一条比：两栏（隐藏）逐行往上加，单位相同的才加。

其中项的一格是它和下面接着的几项之和，有加不了的为空；上一条的一格是这个和比它自己多多少，少的是负数。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.cells import ADJUSTED, EXPECTED
from xltool.facts.left_out import PART, kinds, mark
from xltool.facts.saying import is_listed, listed
from xltool.facts.target import indicator_row, target_rows
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.claims import single
from xltool.form.live.indicators import NOTE_UNSAID
from xltool.form.live.units import units_of
from xltool.layout.columns import ADDED
from xltool.scheme.categories import SHEET
from xltool.xlsx.shared_formulas import Shift, translated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme

_NONE, _BELOW = Decimal(0), Shift(1, 0)


def asks_parts(scheme: Scheme) -> bool:
    """这种表看不看其中各项：收其中项，一栏写单位。"""
    wanted = ("title", "expected", "actual", "unit", "note")
    return all(scheme.has(f"{SHEET}.{one}") for one in wanted) and PART in kinds(scheme)


def part_checks(scheme: Scheme, row: str) -> Iterator[LiveCheck]:
    """绩效指标的一行。"""
    if not asks_parts(scheme):
        return
    if row == "1":
        says = "是“其中”一项，上面没有它所属的指标"
        yield LiveCheck(("K20",), Severity.ERROR, says, _first, _is_first)
    says = "下面“其中”各项加起来比这一条多"
    yield single(scheme, LiveCheck(("K20",), Severity.ERROR, says, _over, _is_over))
    says = "下面“其中”各项加起来比这一条少，请写明其余是什么"
    short = LiveCheck(("K20",), Severity.WARNING, says, _short, _is_short, NOTE_UNSAID)
    yield single(scheme, short)


def _first(line: Line) -> str:
    return line.left_out(PART)


def _is_first(judged: Judged) -> bool:
    return indicator_row(judged.facts, judged.row).part


def _over(line: Line) -> str:
    return f"OR({','.join(f'N({line.at(one.key)})>0' for one in ADDED.values())})"


def _is_over(judged: Judged) -> bool:
    return any(_apart(judged, one) > 0 for one in ADDED)


def _short(line: Line) -> str:
    return f"OR({','.join(f'N({line.at(one.key)})<0' for one in ADDED.values())})"


def _is_short(judged: Judged) -> bool:
    return any(_apart(judged, one) < 0 for one in ADDED)


def _apart(judged: Judged, column: str) -> Decimal:
    return added_number(judged.facts, judged.row, column) or _NONE


# ---------------------------------------------------------------- 逐行往上加


def added_text(line: Line, column: str) -> str:
    """本行的一格，预期的加作数的；最后一行下面不是记录，也照着写，各行才一样。"""
    number = line.goal if column == EXPECTED else line.at(column)
    unit, factor, sums = map(line.at, ("unit", "factor", ADDED[column].key))
    part, word = line.left_out(PART), mark(line.refs, PART)
    other, under, rest = (translated(one, _BELOW) for one in (unit, factor, sums))
    alike = f"{other}={unit},{listed(unit, units_of(line.scheme).added)}"
    below = f"IF({under}={word},IF(AND(ISNUMBER({rest}),{alike}),{rest},NA()),0)"
    digits = line.refs.parameter("working_digits")
    found = f"ROUND({below}+IF({part},{number},-{number}),{digits})"
    blank = f'IF({part},"",0)'
    return f'IFERROR(IF(ISNUMBER({number}),IF(OR({part},{under}={word}),{found},0),{blank}),"")'


def added_number(facts: Facts, row: str, column: str) -> Decimal | None:
    """与 added_text 同义；空着的一格是 None。"""
    if len(target_rows(facts)) == len(facts.records(SHEET)):  # 没有其中项的，多半是
        return _NONE
    below = str(int(row) + 1)
    own, other = indicator_row(facts, row), indicator_row(facts, below)
    number = own.record.measure(column).number
    if column == EXPECTED and (later := own.record.measure(ADJUSTED).number) is not None:
        number = later
    if number is None:
        return None if own.part else _NONE
    if not (own.part or other.part):
        return _NONE
    rest: Decimal | None = _NONE
    if other.part:
        unit, same = (one.record.entry("unit").raw for one in (own, other))
        alike = unit.upper() == same.upper() and is_listed(unit, units_of(facts.scheme).added)
        rest = added_number(facts, below, column) if alike else None
    return None if rest is None else facts.scheme.precise(rest + (number if own.part else -number))
