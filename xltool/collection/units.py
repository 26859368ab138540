"""各单位的情况：名单上的依名单的次序，其他的依名称；有总分的排名。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.collection.departments import unit_key
from xltool.collection.model import Unit, UnitStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xltool.collection.departments import Decision, Department
    from xltool.collection.roster import Roster, RosterEntry

Decided = tuple["Department", "Decision"]


def make_units(
    decided: Iterable[Decided],
    roster: Roster | None,
    returned: Mapping[str, Sequence[str]],
) -> tuple[Unit, ...]:
    """全部单位；`returned` 是名单上各单位被退回的文件。"""
    by_key = {department.key: (department, decision) for department, decision in decided}
    entries = roster.entries if roster else ()
    listed = [
        _listed(entry, by_key.get(unit_key(entry)), tuple(returned.get(unit_key(entry), ())))
        for entry in entries
    ]
    others = [
        _other(department, decision, known=roster is not None)
        for department, decision in by_key.values()
        if department.entry is None
    ]
    return _ranked((*listed, *sorted(others, key=lambda unit: (unit.name, unit.key))))


def _listed(entry: RosterEntry, found: Decided | None, returned: tuple[str, ...]) -> Unit:
    unit = Unit(
        key=unit_key(entry),
        code=entry.code,
        name=entry.name,
        status=UnitStatus.ZERO if entry.zero else UnitStatus.ABSENT,
        listed=True,
        contact=entry.contact,
        contact_phone=entry.phone,
        remark=entry.remark,
    )
    if found is not None:
        department, decision = found
        status = UnitStatus.REPORTED if decision.chosen else UnitStatus.PENDING
        return _with_report(replace(unit, status=status, files=department.files), decision)
    if returned:
        return replace(unit, status=UnitStatus.RETURNED, files=returned)
    return unit


def _other(department: Department, decision: Decision, *, known: bool) -> Unit:
    status = UnitStatus.UNLISTED if known else UnitStatus.REPORTED
    unit = Unit(
        key=department.key,
        code=department.members[0].summary.code,
        name=department.name,
        status=status if decision.chosen else UnitStatus.PENDING,
        listed=False,
        files=department.files,
    )
    return _with_report(unit, decision)


def _with_report(unit: Unit, decision: Decision) -> Unit:
    if decision.chosen is None:
        return unit
    summary = decision.chosen.summary
    return replace(
        unit,
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
    """总分相同的名次相同，下一名空出。"""
    totals = sorted((unit.total for unit in units if unit.total is not None), reverse=True)
    ranks = {total: place for place, total in reversed(list(enumerate(totals, 1)))}
    return tuple(
        unit if unit.total is None else replace(unit, rank=ranks[unit.total]) for unit in units
    )
