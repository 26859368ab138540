"""应报几份的单位还缺哪几份，交来的项目是不是名单上写的。"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from xltool.collection.owed import rivals
from xltool.collection.statuses import UnitStatus
from xltool.messages import collection as say
from xltool.messages import roster as say_roster
from xltool.values import nearest, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.collection.departments import Department
    from xltool.collection.model import Unit
    from xltool.finding import Finding


def missing_notes(units: Iterable[Unit]) -> Iterator[Finding]:
    """报来了一部分的单位，各指出一次还缺哪几份；一份也没有报来的，报送情况里就是未报。"""
    listed = (unit for unit in units if unit.owner)
    for _, group in groupby(listed, key=lambda unit: unit.owner):
        rows = tuple(group)
        absent = [one for one in rows if one.status is UnitStatus.ABSENT]
        if absent and len(absent) < len(rows):
            missing = "、".join(one.label for row in absent for one in row.owed)
            count = sum(len(row.owed) for row in rows)
            name = quote(rows[0].department)
            yield say_roster.OWED_MISSING.finding(name=name, count=count, missing=missing)


def spared_notes(department: Department) -> Iterator[Finding]:
    """零报送、免报的单位，或只免了这一份的，却报来了。"""
    entry = department.entry
    if entry is None:
        return
    wanted = rivals(entry.known, project=department.project)
    spared = entry.exempt or (bool(wanted) and set(wanted) <= set(entry.spared))
    if spared or entry.zero:
        message = say.EXEMPT_REPORTED if spared else say.ZERO_REPORTED
        yield message.finding(name=quote(department.name))


def project_notes(department: Department) -> Iterator[Finding]:
    """名单给单位列了项目的，交来的项目不在其中。"""
    entry, project = department.entry, department.project
    if entry is None or not project or not entry.projects or rivals(entry.known, project=project):
        return
    near = nearest(project, entry.projects)
    note = say_roster.PROJECT_UNLISTED.finding(
        name=quote(entry.name),
        project=quote(project),
        nearest=say.NEAREST.format(name=quote(near)) if near else "",
    )
    for member in department.members:
        yield note.in_file(member.file)
