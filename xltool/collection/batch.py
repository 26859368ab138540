"""全部读完以后再判的：放在一批里才看得出的规则；以及把豁免用到各单位的疑点上。"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from xltool.assessment.noted import Noted
from xltool.assessment.places import anchor_of, place_of, seen_by
from xltool.assessment.stated import left_finding, with_statements
from xltool.collection.owners import Identity, Owners
from xltool.collection.projects import beside_projects, places_of, project_sums
from xltool.collection.report_slices import PEER_RECORD, SheetSlice
from xltool.collection.similarity import Passage, copied
from xltool.facts.self_scores import SELF_TOTAL
from xltool.finding import Finding, Severity, bounded, rule_word, tally
from xltool.finding import named as full_name
from xltool.flags.judging import in_report, verdict
from xltool.flags.peers import SIMILARITY, PeerRecord, Peers, Similarity, spread_of
from xltool.flags.registry import rule_of, rules_for
from xltool.flags.rules.s06_unusual_among_peers import CODE, unusual
from xltool.messages import waivers as say
from xltool.scheme.labels import named
from xltool.scoring.catalogue import ready_scheme
from xltool.values import fold, quote
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from xltool.address import Place
    from xltool.collection.model import Unit
    from xltool.collection.waivers import Waiver, Waivers
    from xltool.flags.peers import Sums
    from xltool.flags.rule import Hit, Rule, Verdict
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


def judged_in_batch(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """同一种表的放在一起，判各单位是否异常。"""
    judged: dict[str, Unit] = {}
    for name in dict.fromkeys(unit.scheme for unit in units if unit.adopted):
        scheme, _ = ready_scheme(name)
        if rule_of(CODE) in rules_for(scheme):
            judged |= _judged(scheme, [unit for unit in units if unit.scheme == name])
    compared = tuple(judged.get(unit.key, unit) for unit in units)
    sums = project_sums(compared)
    return tuple(_answered(_beside_projects(unit, sums)) for unit in compared)


def _beside_projects(unit: Unit, sums: Mapping[str, Mapping[str, Sums]]) -> Unit:
    """部门的表、报告与它报来的项目的表比。"""
    if not unit.adopted:
        return unit
    scheme, _ = ready_scheme(unit.scheme)
    for rule, judgements, told in beside_projects(unit, sums):
        found = verdict(rule, judgements)
        notes = {hit: in_report(told, rule, hit) for hit in found.hits} if told else {}
        places = places_of(unit, [hit.key for hit in found.hits if hit.key and not notes.get(hit)])
        unit = _with_verdict(scheme, unit, found, places, notes)
    return unit


def _judged(scheme: Scheme, units: Sequence[Unit]) -> dict[str, Unit]:
    listed: list[Unit] = []
    totals: list[Decimal] = []
    passages: list[Passage] = []
    known: dict[str, str] = {}  # 一样的话只留一份
    for unit, one in _peer_records(units):
        totals += () if one.total is None else (one.total,)
        for number, typed in enumerate(one.texts):
            text = known.setdefault(typed.text, typed.text)
            passages.append(Passage(unit.department, len(listed), number, text))
        listed.append(unit)
    spread, alike = spread_of(totals), copied(passages, SIMILARITY.of(scheme))
    judged = {}
    for number, (unit, one) in enumerate(_peer_records(listed)):
        similarity = None
        if found := alike.get(number):
            other, key = masked(listed[found.other].name), one.texts[found.first].key
            similarity = Similarity(key, other, found.same, found.places)
        found_here = verdict(rule_of(CODE), tuple(unusual(scheme, one, Peers(spread, similarity))))
        places = {SELF_TOTAL: one.place} | {typed.key: typed.place for typed in one.texts}
        judged[unit.key] = _with_verdict(scheme, unit, found_here, places)
    return judged


def _peer_records(units: Iterable[Unit]) -> Iterator[tuple[Unit, PeerRecord]]:
    """各单位拿去与同批比的，用时才打开：几千份一齐打开要占几十兆。"""
    for unit in units:
        part = unit.slice(PEER_RECORD)
        if isinstance(part, PeerRecord):
            yield unit, part


def _with_verdict(
    scheme: Scheme,
    unit: Unit,
    found: Verdict,
    places: Mapping[CellKey, Place | None],
    told: Mapping[Hit, Finding | None] = MappingProxyType({}),
) -> Unit:
    """一条规则的结果记到单位上，与已有的并在一起；`told` 是自评报告里的各处。"""
    code = found.rule.code
    notes = tuple(
        _kept(scheme, unit, Noted(finding, None))
        if (finding := told.get(hit))
        else _noted(scheme, unit, found.rule, hit, places)
        for hit in found.hits
    )
    missing = {code: found.missing} if found.missing and not notes else {}
    return replace(
        unit,
        batch=(*unit.batch, *notes),
        batch_outcomes={**unit.batch_outcomes, code: found.outcome},
        batch_missing={**unit.batch_missing, **missing},
    )


def _answered(unit: Unit) -> Unit:
    """单位在退回件里对这些问题写的说明放到旁边；说的那一条不在了的，另成一条。"""
    if not unit.adopted:
        return unit
    record = unit.slice(PEER_RECORD)
    statements = record.statements if isinstance(record, PeerRecord) else ()
    scheme, _ = ready_scheme(unit.scheme)
    notes, left = with_statements(scheme, unit.batch, statements)
    gone = (Noted(left_finding(one).in_file(unit.file), None) for one in left)
    notes = (*notes, *(_kept(scheme, unit, one) for one in gone))
    return replace(unit, batch=notes, tally=unit.tally.plus(tally(one.finding for one in notes)))


def _noted(
    scheme: Scheme, unit: Unit, rule: Rule, hit: Hit, places: Mapping[CellKey, Place | None]
) -> Noted:
    place = places.get(hit.key) if hit.key else None
    name = scheme.sheet(hit.key.sheet).name if hit.key else ""
    severity = hit.severity or rule.severity
    finding = Finding(
        code=rule.code,
        severity=severity,
        message=bounded(hit.message),
        remedy=named(scheme, hit.remedy or rule.remedy),
        file=unit.file,
        sheet=place.sheet if place else name,
        at=place.at if place else None,
        explained=bounded(hit.explained) if severity is Severity.WARNING else "",
    )
    return _kept(scheme, unit, Noted(finding, hit.key))


def _kept(scheme: Scheme, unit: Unit, note: Noted) -> Noted:
    """记下它在方案里的位置和看到的数；单位的说明是疑点自己带着的。"""
    key, finding = note.key, note.finding
    if key is None:
        return note._replace(place=place_of(scheme, key, "", finding), seen=seen_by(finding, ""))
    part, anchor = unit.slice(key.sheet), anchor_of(scheme, key)
    known = part.contents if isinstance(part, SheetSlice) else {}
    named = str(known.get((key.row, anchor.column), "")) if anchor else ""
    seen = seen_by(finding, str(known.get((key.row, key.column), "")))
    return note._replace(place=place_of(scheme, key, named, finding), seen=seen)


# ---------------------------------------------------------------- 豁免


class Applied(NamedTuple):
    """豁免用上以后：各单位，过期的、没有用到的豁免，和每一条豁免的结果。"""

    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    outcomes: tuple[tuple[Waiver, str], ...]


def apply_waivers(units: Sequence[Unit], waivers: Waivers) -> Applied:
    """把豁免用到各单位的疑点上。"""
    names = _Named([unit for unit in units if unit.adopted])
    used: dict[str, list[Waiver]] = {}
    findings: list[Finding] = []
    outcomes: list[tuple[Waiver, str]] = []
    for waiver in waivers.listed:
        named = _meant(waiver, names.of(waiver.unit))
        fault = _fault(waiver, named) if named else _stranger(waiver, units)
        if fault is not None:
            findings.append(fault.in_file(waivers.file))
            outcomes.append((waiver, fault.message))
        elif named is not None:
            used.setdefault(named.key, []).append(waiver)
            count = sum(waiver.covers(note.finding) for note in named.notes())
            outcomes.append((waiver, say.APPLIED.format(count=count)))
    waived = tuple(_waived(unit, used.get(unit.key, ())) for unit in units)
    return Applied(waived, tuple(findings), tuple(outcomes))


class _Named:
    """豁免表里写的单位是哪几份报送：写名称、曾用名、编码都行，评项目的连同项目。"""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = {unit.key: unit for unit in units}
        self._owners = Owners((unit.key, self._identity(unit)) for unit in units)

    def _identity(self, unit: Unit) -> Identity:
        code = "" if unit.project else fold(unit.code)
        former = (fold(full_name(name, unit.project)) for name in unit.aliases)
        return Identity(code, fold(unit.name), former=tuple(former))

    def of(self, written: str) -> list[Unit]:
        text = fold(written)
        found = self._owners.every(Identity("", text)) or self._owners.every(Identity(text, ""))
        return [self._units[key] for key in found]


def _meant(waiver: Waiver, units: Sequence[Unit]) -> Unit | None:
    """一个单位报了几种表的，是有这处疑点的那一份；都没有的取第一份。"""
    covered = (unit for unit in units if any(waiver.covers(note.finding) for note in unit.notes()))
    return next(covered, units[0] if units else None)


def _stranger(waiver: Waiver, units: Iterable[Unit]) -> Finding:
    """单位认不出：没有采用的报送，或是只写了部门、没有写项目。"""
    found = quote(waiver.unit)
    wanted = fold(waiver.unit)
    projects = (unit for unit in units if unit.adopted and unit.project)
    named = (
        unit
        for unit in projects
        if wanted in map(fold, (unit.department, unit.code, *unit.aliases))
    )
    one = next(named, None)
    if one is None:
        return say.UNKNOWN_UNIT.finding(waiver.place, found=found)
    suggestion = quote(one.name)
    return say.UNNAMED_PROJECT.finding(waiver.place, found=found, suggestion=suggestion)


def _fault(waiver: Waiver, unit: Unit) -> Finding | None:
    """这一条为什么不起作用。"""
    parts = {"unit": quote(unit.name), "rule": rule_word(waiver.rule)}
    if waiver.until is not None and waiver.expired(unit.date):
        day = unit.date.isoformat() if unit.date else ""
        return say.EXPIRED.finding(waiver.place, until=waiver.until.isoformat(), day=day, **parts)
    if not any(waiver.covers(note.finding) for note in unit.notes()):
        where = waiver.where or say.ANYWHERE
        return say.UNUSED.finding(waiver.place, where=where, **parts)
    return None


def _waived(unit: Unit, waivers: Iterable[Waiver]) -> Unit:
    """豁免了的不再计数。"""
    waivers = tuple(waivers)
    if not waivers:
        return unit
    unit = replace(unit, waivers=waivers)
    return replace(unit, tally=tally(unit.findings()))
