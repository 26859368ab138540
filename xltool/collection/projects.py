"""一个部门报来的项目表和部门的表：同一笔钱在两张表上的数，取出来放在一起。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import PEER_RECORD, SheetSlice, unpacked
from xltool.facts.claims import CLAIMS
from xltool.facts.entry import Entry, Submission, Told
from xltool.facts.saying import gives_no_reason
from xltool.facts.view import Facts
from xltool.flags.peers import PeerRecord, Sums
from xltool.flags.projects import exact_name
from xltool.flags.registry import rule_of, rules_for
from xltool.flags.rules.x05_project_disagrees import (
    CODE,
    YEAR_END,
    FundLine,
    disagreements,
)
from xltool.flags.rules.x07_report_disagrees import CODE as REPORT
from xltool.flags.rules.x07_report_disagrees import told_otherwise
from xltool.flags.spending import BASE, FUNDS, TOTAL
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import FieldKind
from xltool.scoring.catalogue import ready_scheme
from xltool.values import fold, parse_measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.address import Place
    from xltool.collection.model import Unit
    from xltool.collection.report_slices import Packed
    from xltool.flags.rule import Judgement, Rule
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
        owner, name = fold(unit.department), exact_name(unit.project)
        listed = found.setdefault(owner, {})
        if name in listed:
            twice.add((owner, name))
        listed[name] = Sums(unit.project, *amounts)
    for owner, name in twice:
        del found[owner][name]
    return found


class Compared(NamedTuple):
    """与项目的表比的一条规则，和判出的；`told` 是单位填的、报告说的各个数，不看的为空。"""

    rule: Rule
    judgements: tuple[Judgement, ...]
    told: Facts | None = None


def beside_projects(unit: Unit, sums: Mapping[str, Mapping[str, Sums]]) -> Iterator[Compared]:
    """部门的表、报告与它报来的项目的表比的各条规则，和判出的。"""
    scheme, _ = ready_scheme(unit.scheme)
    projects, used = sums.get(fold(unit.department), {}), rules_for(scheme)
    if rule_of(CODE) in used:
        yield Compared(rule_of(CODE), tuple(disagreements(scheme, fund_lines(unit), projects)))
    if rule_of(REPORT) in used:
        told = _told(scheme, unit)
        yield Compared(rule_of(REPORT), tuple(told_otherwise(told, projects)), told)


def _told(scheme: Scheme, unit: Unit) -> Facts:
    """报告里的各个数，单位填的和随表的报告里读出的，照填的再读一遍。"""
    part, record = unit.slice(CLAIMS), unit.slice(PEER_RECORD)
    contents = dict(part.contents) if isinstance(part, SheetSlice) else {}
    figures = record.told if isinstance(record, PeerRecord) else ()
    for one in figures:
        texts = {"topic": one.topic, "figure": one.figure, "unit": one.unit}
        contents |= {(one.row, column): text for column, text in texts.items()}
    entries: dict[CellKey, Entry] = {}
    for (row, column), value in contents.items():
        key, text = CellKey(CLAIMS, row, column), str(value)
        measured = scheme.field(key).kind is FieldKind.MEASURE
        entries[key] = Entry(parse_measure(text, year=scheme.year) if measured else text, text)
    places = {one.row: one.place for one in figures}
    return Facts(
        scheme,
        Submission(
            file=unit.file,
            sha256="",
            scheme=scheme.id,
            version=scheme.version,
            entries=entries,
            records={CLAIMS: tuple(dict.fromkeys(row for row, _ in contents))},
            told=Told(places, {one.row: one.quote for one in figures}),
        ),
    )


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
            "" if gives_no_reason(scheme, note) else note,
        )


def places_of(unit: Unit, keys: Sequence[CellKey]) -> dict[CellKey, Place | None]:
    """各格在报送文件里的位置；要打开整份结论，有触发的才问。"""
    if not keys or unit.packed is None:
        return {}
    whole = unpacked(unit.packed)
    return {key: _place(whole, key) for key in keys}


def _place(whole: Packed, key: CellKey) -> Place | None:
    block = whole.blocks.get(key.sheet)
    return block.place(whole.records[key.sheet][int(key.row) - 1], key.column) if block else None


def _number(part: SheetSlice, row: str, column: str) -> Decimal | None:
    value = part.value(row, column)
    return value if isinstance(value, Decimal) else None


def _at_year_end(day: object) -> bool:
    """统计截止日不是年末的，与全年执行数不能比；没有填的按年末。"""
    return not isinstance(day, date) or (day.month, day.day) == YEAR_END
