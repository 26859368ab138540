"""把许多份报送归到各部门，并定下每个部门采用哪一份。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, SupportsBytes

from xltool.collection.owed import rivals
from xltool.collection.roster import code_of
from xltool.finding import named
from xltool.scoring.catalogue import ready_scheme
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xltool.collection.matching import Directory
    from xltool.collection.model import Summary
    from xltool.collection.roster import RosterEntry
    from xltool.finding import Finding

PART: Final = "／"  # 标识里项目的前面；折叠过的名称、编码里没有


@dataclass(frozen=True, slots=True)
class Member:
    """一份读得出的报送。"""

    file: str
    sha256: str
    summary: Summary
    packed: SupportsBytes


@dataclass(frozen=True, slots=True)
class Department:
    """一个部门，或它的一个项目（名单外的 `entry` 为空）、各份报送和归并时发现的问题。"""

    key: str
    department: str
    project: str
    entry: RosterEntry | None
    members: tuple[Member, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """给人看的名称。"""
        return named(self.department, self.project)

    @property
    def files(self) -> tuple[str, ...]:
        """它的全部报送文件。"""
        return tuple(member.file for member in self.members)


def unit_key(entry: RosterEntry) -> str:
    """名单上一个单位的标识：有编码用编码，没有用名称。"""
    return code_of(entry.code) or fold(entry.name)


def project_key(department: str, project: str) -> str:
    """一个部门的一个项目的标识；评部门整体的就是部门的标识。"""
    return f"{department}{PART}{fold(project)}" if project else department


def row_key(entry: RosterEntry, form: str, project: str) -> str:
    """名单上一个单位的一份报送归到哪里：同一单位、同一项目应报几种表的，各种表各归各的。"""
    key = project_key(unit_key(entry), project)
    owed = [one.form for one in rivals(entry.known, project=project)]
    return f"{key}｜{fold(form)}" if form in owed[1:] else key


def form_of_member(member: Member) -> str:
    """一份报送用的是哪个表种。"""
    return ready_scheme(member.summary.scheme)[0].variant


def departments(members: Sequence[Member], directory: Directory | None) -> tuple[Department, ...]:
    """归到各部门、各项目，依最先出现的次序；同一部门用了两种部门的表，名单没有写要报两种的，归在一起。"""
    listed: dict[str, list[Member]] = {}
    entries: dict[str, RosterEntry] = {}
    findings: dict[str, list[Finding]] = {}
    others: list[Member] = []
    for member in members:
        match = directory.match(member.summary.name, member.summary.code) if directory else None
        notes = [note.in_file(member.file) for note in match.findings] if match else []
        if match and match.entry:
            key = row_key(match.entry, form_of_member(member), member.summary.project)
            entries[key] = match.entry
            listed.setdefault(key, []).append(member)
            findings.setdefault(key, []).extend(notes)
        else:
            others.append(member)
            findings.setdefault(_own_key(member), []).extend(notes)
    known = [
        Department(
            key=key,
            department=entries[key].name,
            project=group[0].summary.project,
            entry=entries[key],
            members=tuple(group),
            findings=tuple(findings[key]),
        )
        for key, group in listed.items()
    ]
    return (*known, *(_unlisted(group, findings) for group in _same(others)))


def _unlisted(group: Sequence[Member], findings: dict[str, list[Finding]]) -> Department:
    keys = dict.fromkeys(map(_own_key, group))
    notes = tuple(note for key in keys for note in findings[key])
    first = group[0].summary
    return Department(next(iter(keys)), first.name, first.project, None, tuple(group), notes)


def _own_key(member: Member) -> str:
    return project_key(fold(member.summary.name), member.summary.project)


def _same(members: Iterable[Member]) -> list[list[Member]]:
    """名称相同或预算编码相同、评的又是同一个项目的归为一组。"""
    groups: dict[int, list[Member]] = {}
    home: dict[tuple[str, ...], int] = {}
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


def _marks(member: Member) -> list[tuple[str, ...]]:
    code, project = code_of(member.summary.code), fold(member.summary.project)
    name = ("name", fold(member.summary.name), project)
    return [name, *([("code", code, project)] if code else [])]
