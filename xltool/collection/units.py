"""各单位的情况：名单上的依名单的次序，其他的依名称；有总分的在同一种表里排名。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.collection.departments import unit_key
from xltool.collection.model import Unit
from xltool.collection.statuses import UnitStatus
from xltool.collection.variants import only_projects

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from xltool.collection.decision import Decision
    from xltool.collection.departments import Department
    from xltool.collection.roster import Roster, RosterEntry

Decided = tuple["Department", "Decision"]


def make_units(
    decided: Iterable[Decided],
    roster: Roster | None,
    returned: Mapping[str, Sequence[str]],
) -> tuple[Unit, ...]:
    """全部单位；`returned` 是名单上各单位被退回的文件。

    名单上的单位各占一行，它的各个项目跟在后面；交来的全是项目的表，或名单写明只报项目的，
    有项目的单位不另占一行。
    """
    found = tuple(decided)
    own = {department.key: (department, decision) for department, decision in found}
    projects = _projects(found)
    listed: list[Unit] = []
    all_projects = bool(found) and all(department.project for department, _ in found)
    for entry in roster.entries if roster else ():
        key = unit_key(entry)
        mine = [_found(one, listed=True) for one in projects.get(key, ())]
        if not (mine and (all_projects or only_projects(entry.variants))):
            listed.append(_listed(entry, own.get(key), tuple(returned.get(key, ()))))
        listed += mine
    others = [
        _found(pair, listed=False, known=roster is not None)
        for pair in found
        if pair[0].entry is None
    ]
    return _ranked((*listed, *sorted(others, key=lambda unit: (unit.name, unit.key))))


def _projects(found: Iterable[Decided]) -> dict[str, list[Decided]]:
    """名单上各单位的项目，依项目名称。"""
    projects: dict[str, list[Decided]] = {}
    for pair in sorted(found, key=lambda pair: pair[0].project):
        department = pair[0]
        if department.entry is not None and department.project:
            projects.setdefault(unit_key(department.entry), []).append(pair)
    return projects


def _listed(entry: RosterEntry, found: Decided | None, returned: tuple[str, ...]) -> Unit:
    status = UnitStatus.ZERO if entry.zero else UnitStatus.ABSENT
    bare = Unit(key=unit_key(entry), code="", department=entry.name, status=status, listed=True)
    unit = _described_by(entry, bare)
    if found is not None:
        department, decision = found
        status = UnitStatus.REPORTED if decision.chosen else UnitStatus.PENDING
        return _with_report(replace(unit, status=status, files=department.files), decision)
    if returned:
        return replace(unit, status=UnitStatus.RETURNED, files=returned)
    return unit


def _found(pair: Decided, *, listed: bool, known: bool = False) -> Unit:
    """名单上的单位的一个项目，或名单外的；`known` 说明有没有给名单。"""
    department, decision = pair
    status = UnitStatus.UNLISTED if known else UnitStatus.REPORTED
    unit = Unit(
        key=department.key,
        code=department.members[0].summary.code,
        department=department.department,
        project=department.project,
        status=status if decision.chosen else UnitStatus.PENDING,
        listed=listed,
        files=department.files,
    )
    if department.entry is not None:
        unit = _described_by(department.entry, unit)
    return _with_report(unit, decision)


def _described_by(entry: RosterEntry, unit: Unit) -> Unit:
    """名单上写的各项。"""
    return replace(
        unit,
        code=entry.code,
        variants=entry.variants,
        contact=entry.contact,
        contact_phone=entry.phone,
        remark=entry.remark,
    )


def _with_report(unit: Unit, decision: Decision) -> Unit:
    if decision.chosen is None:
        return unit
    summary = decision.chosen.summary
    return replace(
        unit,
        scheme=summary.scheme,
        code=unit.code or summary.code,
        file=decision.chosen.file,
        total=summary.total,
        self_total=summary.self_total,
        grade=summary.grade,
        self_grade=summary.self_grade,
        levels=summary.levels,
        errors=summary.errors,
        warnings=summary.warnings,
        notices=summary.notices,
        filler=summary.filler,
        phone=summary.phone,
        date=summary.date,
        packed=decision.chosen.packed,
    )


def _ranked(units: Sequence[Unit]) -> tuple[Unit, ...]:
    """同一种表的排在一起：总分相同的名次相同，下一名空出。"""
    totals: dict[str, list[Decimal]] = {}
    for unit in units:
        if unit.total is not None:
            totals.setdefault(unit.scheme, []).append(unit.total)
    ranks = {
        (scheme, total): place
        for scheme, listed in totals.items()
        for place, total in reversed(list(enumerate(sorted(listed, reverse=True), 1)))
    }
    return tuple(
        unit if unit.total is None else replace(unit, rank=ranks[unit.scheme, unit.total])
        for unit in units
    )
