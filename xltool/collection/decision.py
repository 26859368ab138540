"""一个部门（项目）采用哪一份：退回后改的替代原来的；还有几份的，看填报日期，或者先问。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.collection.versions import is_ancestor, unchanged, versions_of
from xltool.messages import collection as say
from xltool.messages import versions as say_versions
from xltool.scoring.catalogue import ready_scheme
from xltool.values import quote
from xltool.values.file_names import listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.collection.basis import OnDuplicate
    from xltool.collection.dates import Calendar
    from xltool.collection.departments import Department, Member
    from xltool.collection.versions import Versions
    from xltool.finding import Finding


@dataclass(frozen=True, slots=True)
class Decision:
    """采用哪一份（分不出就为空）、几份之间的关系，以及要说明的。"""

    chosen: Member | None
    versions: Versions
    findings: tuple[Finding, ...] = ()


def decide(department: Department, policy: OnDuplicate, calendar: Calendar) -> Decision:
    """填得相同的算一份，被替代的不争；还剩几份的，或者都不采用，或者取填报日期最晚的。"""
    versions = versions_of(department.members)
    leaves = versions.leaves
    notes = [*_doubted(department, leaves, calendar), *_told(department, versions)]
    if len(leaves) == 1:
        return Decision(leaves[0], versions, tuple(notes))
    about = _about(department, leaves)
    if policy == "ask":
        return Decision(None, versions, (say.SEVERAL.finding(None, sheet="", **about), *notes))
    if why := _undatable(leaves, calendar):
        undecided = say.NO_LATEST.finding(None, sheet="", why=why, **about)
        return Decision(None, versions, (undecided, *notes))
    chosen = max(leaves, key=_day)
    note = say.LATEST_USED.finding(None, sheet="", date=_day(chosen), chosen=chosen.file, **about)
    return Decision(chosen, versions, (note.in_file(chosen.file), *notes))


def days_late(department: Department, decision: Decision, calendar: Calendar) -> int:
    """采用的那份逾期几天，照各份里最早的；原来的一份不在收来的里面、日期看不出的，不算逾期。

    退回后在退回件上改好再报的，填报日期自然晚了：原来的那一份按时的不算逾期，本来就逾期的照它数。
    """
    chosen = decision.chosen
    if chosen is None:
        return 0
    until = department.entry.until if department.entry else None
    days = {one.file: calendar.late(one.summary, until) for one in department.members}
    firsts = [chosen]
    if chosen.summary.lineage:
        own = (one for one in department.members if not one.summary.lineage)
        firsts = [one for one in own if is_ancestor(one, chosen)]
    if not firsts or None in (days[chosen.file], *(days[one.file] for one in firsts)):
        return 0
    return min(count for count in days.values() if count is not None)


def _day(member: Member) -> str:
    return member.summary.date.isoformat() if member.summary.date else ""


def _about(department: Department, leaves: Sequence[Member]) -> Mapping[str, str]:
    """有几份、用了几种表。"""
    used = dict.fromkeys(ready_scheme(one.summary.scheme)[0].variant for one in leaves)
    kinds = say.KINDS.format(count=len(used), forms="、".join(used)) if len(used) > 1 else ""
    return {
        "name": quote(department.name),
        "count": str(len(leaves)),
        "kinds": kinds,
        "files": listing(member.file for member in leaves),
    }


def _undatable(leaves: Sequence[Member], calendar: Calendar) -> str:
    """为什么分不出先后；分得出的为空串。"""
    days = sorted(map(_day, leaves))
    if not days[0]:
        return say.NO_DATE
    doubted = [one.file for one in leaves if calendar.doubt(one.summary)]
    if doubted:
        return say_versions.DOUBTED.format(file=listing(doubted))
    return say.SAME_DATE if days[-1] == days[-2] else ""


def _doubted(
    department: Department, leaves: Sequence[Member], calendar: Calendar
) -> Iterator[Finding]:
    """填报日期可疑的。"""
    name = quote(department.name)
    for one in leaves:
        if why := calendar.doubt(one.summary):
            found = say_versions.DATE_DOUBTED.finding(name=name, date=_day(one), why=why)
            yield found.in_file(one.file)


def _told(department: Department, versions: Versions) -> Iterator[Finding]:
    """谁替代了谁；退回件原样报回的。"""
    name = quote(department.name)
    for leaf in versions.leaves:
        chain = versions.chain(leaf)
        if len(chain) > 1:
            shown = " → ".join(f"“{one.file}”" for one in chain)
            yield say_versions.REPLACED.finding(name=name, chain=shown).in_file(leaf.file)
    for one in department.members:
        if unchanged(one) and versions.same.get(one.file, one).file not in versions.replaced:
            found = say_versions.RETURNED_UNCHANGED.finding(name=name, file=one.file)
            yield found.in_file(one.file)
