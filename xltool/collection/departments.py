"""把许多份报送归到各部门，并定下每个部门采用哪一份。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.collection.naming import listing, masked
from xltool.collection.roster import code_of
from xltool.messages import collection as say
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.collection.matching import Directory
    from xltool.collection.model import OnDuplicate, Summary
    from xltool.collection.roster import RosterEntry
    from xltool.finding import Finding


@dataclass(frozen=True, slots=True)
class Member:
    """一份读得出的报送。"""

    file: str
    summary: Summary
    packed: bytes


@dataclass(frozen=True, slots=True)
class Department:
    """一个部门（名单外的 `entry` 为空）、它的各份报送和归并时发现的问题。"""

    key: str
    name: str
    entry: RosterEntry | None
    members: tuple[Member, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """它的全部报送文件。"""
        return tuple(member.file for member in self.members)


@dataclass(frozen=True, slots=True)
class Decision:
    """采用哪一份（分不出就为空），以及有几份时的说明。"""

    chosen: Member | None
    findings: tuple[Finding, ...] = ()


def unit_key(entry: RosterEntry) -> str:
    """名单上一个单位的标识：有编码用编码，没有用名称。"""
    return code_of(entry.code) or fold(entry.name)


def departments(members: Sequence[Member], directory: Directory | None) -> tuple[Department, ...]:
    """归到各部门，依最先出现的次序。"""
    listed: dict[str, list[Member]] = {}
    entries: dict[str, RosterEntry] = {}
    findings: dict[str, list[Finding]] = {}
    others: list[Member] = []
    for member in members:
        match = directory.match(member.summary.name, member.summary.code) if directory else None
        notes = [note.in_file(member.file) for note in match.findings] if match else []
        if match and match.entry:
            key = unit_key(match.entry)
            entries[key] = match.entry
            listed.setdefault(key, []).append(member)
            findings.setdefault(key, []).extend(notes)
        else:
            others.append(member)
            findings.setdefault(fold(member.summary.name), []).extend(notes)
    known = [
        Department(key, entries[key].name, entries[key], tuple(group), tuple(findings[key]))
        for key, group in listed.items()
    ]
    return (*known, *(_unlisted(group, findings) for group in _same(others)))


def _unlisted(group: Sequence[Member], findings: dict[str, list[Finding]]) -> Department:
    keys = dict.fromkeys(fold(member.summary.name) for member in group)
    notes = tuple(note for key in keys for note in findings[key])
    return Department(next(iter(keys)), group[0].summary.name, None, tuple(group), notes)


def _same(members: Iterable[Member]) -> list[list[Member]]:
    """名称相同或预算编码相同的归为一组。"""
    groups: dict[int, list[Member]] = {}
    home: dict[tuple[str, str], int] = {}
    for number, member in enumerate(members):
        marks = _marks(member)
        joined = sorted({home[mark] for mark in marks if mark in home})
        chosen = joined[0] if joined else number
        group = groups.setdefault(chosen, [])
        for other in joined[1:]:  # 这一份把原先分开的几组连了起来
            moved = groups.pop(other)
            group += moved
            home |= dict.fromkeys((mark for one in moved for mark in _marks(one)), chosen)
        group.append(member)
        home |= dict.fromkeys(marks, chosen)
    return list(groups.values())


def _marks(member: Member) -> list[tuple[str, str]]:
    code = code_of(member.summary.code)
    return [("name", fold(member.summary.name)), *([("code", code)] if code else [])]


def decide(department: Department, policy: OnDuplicate) -> Decision:
    """采用哪一份：只有一份就是它；有几份的，或者都不采用，或者取填报日期最晚的。"""
    members = department.members
    if len(members) == 1:
        return Decision(members[0])
    about = {
        "name": quote(masked(department.name)),
        "count": str(len(members)),
        "files": listing(member.file for member in members),
    }
    if policy == "ask":
        return Decision(None, (say.SEVERAL.finding(None, sheet="", **about),))
    days = sorted((one.summary.date, one.file) for one in members if one.summary.date)
    if len(days) < len(members) or days[-1][0] == days[-2][0]:
        why = say.NO_DATE if len(days) < len(members) else say.SAME_DATE
        return Decision(None, (say.NO_LATEST.finding(None, sheet="", why=why, **about),))
    latest, file = days[-1]
    chosen = next(member for member in members if member.file == file)
    note = say.LATEST_USED.finding(None, sheet="", date=latest.isoformat(), chosen=file, **about)
    return Decision(chosen, (note.in_file(file),))
