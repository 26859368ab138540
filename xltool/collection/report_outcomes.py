"""随表交来的自评报告的去向：随哪一份评分表核对了；没有核对的，为什么。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.beside import stray
from xltool.collection.model import FileOutcome
from xltool.collection.statuses import FileStatus
from xltool.messages import narrative as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xltool.collection.beside import Beside
    from xltool.collection.decision import Decision
    from xltool.collection.departments import Department
    from xltool.collection.inbox import Item
    from xltool.collection.reading import Read
    from xltool.finding import Finding


class Attached(NamedTuple):
    """定下的去向，和要说明的。"""

    outcomes: Mapping[str, FileOutcome]
    findings: tuple[Finding, ...]


def reports_told(
    items: Sequence[Item], reads: Mapping[str, Read], beside: Beside
) -> dict[str, FileOutcome]:
    """先占着位置的各份自评报告；内容相同的几份，后面的跳过。"""
    found: dict[str, FileOutcome] = {}
    first: dict[str, str] = {}
    for item in items:
        read = reads.get(item.file)
        if read is None or read.heading is None:
            continue
        reason = beside.settled.get(item.file, "")
        if read.sha256 in first:
            reason = say.SAME.format(file=first[read.sha256])
        first.setdefault(read.sha256, item.file)
        found[item.file] = FileOutcome(
            file=item.file, sha256=read.sha256, status=FileStatus.SKIPPED, reason=reason
        )
    return found


def attach(
    reports: Mapping[str, FileOutcome],
    reads: Mapping[str, Read],
    decided: Iterable[tuple[Department, Decision]],
    beside: Beside,
) -> Attached:
    """各份自评报告最后的去向；谁的也不是的说明白。"""
    if not reports:
        return Attached({}, ())
    forms, unused = _forms(decided, beside)
    outcomes: dict[str, FileOutcome] = {}
    findings = list(beside.findings)
    for file, one in reports.items():
        if file in forms:
            unit, form = forms[file]
            reason = say.ATTACHED.format(file=form)
            outcomes[file] = replace(one, status=FileStatus.ATTACHED, reason=reason, unit=unit)
        elif one.reason:
            outcomes[file] = replace(one, unit=beside.listed.get(file, ""))
        elif file in unused or file in beside.listed:
            why = say.NO_SHEET if file in unused else say.NOT_ADOPTED
            unit = unused.get(file) or beside.listed[file]
            outcomes[file] = replace(one, reason=say.ASIDE.format(why=why), unit=unit)
        else:
            outcomes[file] = replace(one, reason=say.NO_OWNER_REASON)
            findings.append(stray(file, reads[file].heading))
    return Attached(outcomes, tuple(findings))


def _forms(
    decided: Iterable[tuple[Department, Decision]], beside: Beside
) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """各份随哪个单位的哪一份表核对了；单位有表而表不收的，是哪个单位的。"""
    forms: dict[str, tuple[str, str]] = {}
    unused: dict[str, str] = {}
    for department, decision in decided:
        members = list(department.members)
        if decision.chosen is not None:  # 采用的那一份在后，写的是它
            members.append(decision.chosen)
        for member in members:
            if file := member.summary.narrative:
                forms[file] = (department.key, member.file)
            elif found := beside.of(member.summary.name, member.summary.code):
                unused[found.file] = department.key
    return forms, unused
