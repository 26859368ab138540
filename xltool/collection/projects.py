"""一个部门报来的项目表和部门的表：同一笔钱在两张表上的数，取出来放在一起。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.collection.report_slices import SheetSlice, unpacked
from xltool.facts.saying import says_nothing
from xltool.flags.peers import Sums
from xltool.flags.registry import rule_of, rules_for
from xltool.flags.rules.x05_project_disagrees import CODE, YEAR_END, FundLine, project_name
from xltool.flags.spending import BASE, FUNDS, TOTAL
from xltool.scheme.key import VALUE, CellKey
from xltool.scoring.catalogue import ready_scheme
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.address import Place
    from xltool.collection.model import Unit
    from xltool.scheme.model import Scheme

_NOTE, _AS_OF = "note", "as_of"


def project_sums(units: Sequence[Unit]) -> dict[str, dict[str, Sums]]:
    """各部门的各个项目的全年预算数和执行数；同名的有两份时分不清该比哪一份，都不比。"""
    found: dict[str, dict[str, Sums]] = {}
    twice: set[tuple[str, str]] = set()
    for unit in units:
        part = unit.slice(TOTAL.sheet) if unit.adopted and unit.project else None
        if not isinstance(part, SheetSlice):
            continue
        amounts = [_number(part, key.row, VALUE) for key in (BASE, TOTAL)]
        owner, name = fold(unit.department), project_name(unit.project)
        listed = found.setdefault(owner, {})
        if name in listed:
            twice.add((owner, name))
        listed[name] = Sums(unit.project, *amounts)
    for owner, name in twice:
        del found[owner][name]
    return found


def looks_at_projects(scheme: Scheme) -> bool:
    """这种表有没有专项资金可以同项目的表比。"""
    return rule_of(CODE) in rules_for(scheme)


def fund_lines(unit: Unit) -> Iterator[FundLine]:
    """部门的表上的各项专项资金。"""
    scheme, _ = ready_scheme(unit.scheme)
    part = unit.slice(FUNDS)
    if not isinstance(part, SheetSlice):
        return
    for row in dict.fromkeys(row for row, _ in part.contents):
        name, note = (str(part.value(row, column) or "") for column in ("name", _NOTE))
        paid = _number(part, row, "paid") if _at_year_end(part.value(row, _AS_OF)) else None
        yield FundLine(
            Sums(name, _number(part, row, "planned"), paid),
            CellKey(FUNDS, row, "planned"),
            CellKey(FUNDS, row, "paid"),
            "" if says_nothing(scheme, note) else note,
        )


def places_of(unit: Unit, keys: Sequence[CellKey]) -> dict[CellKey, Place | None]:
    """各格在报送文件里的位置；要打开整份结论，有触发的才问。"""
    if not keys or unit.packed is None:
        return {}
    whole = unpacked(unit.packed)
    block, rows = whole.blocks.get(FUNDS), whole.records.get(FUNDS, ())
    return {key: block.place(rows[int(key.row) - 1], key.column) if block else None for key in keys}


def _number(part: SheetSlice, row: str, column: str) -> Decimal | None:
    value = part.value(row, column)
    return value if isinstance(value, Decimal) else None


def _at_year_end(day: object) -> bool:
    """统计截止日不是年末的，与全年执行数不能比；没有填的按年末。"""
    return not isinstance(day, date) or (day.month, day.day) == YEAR_END
