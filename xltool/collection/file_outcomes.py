"""每个文件的去向：跳过、退回、采用、待确认，各有一句理由。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xltool.collection.departments import Member, unit_key
from xltool.collection.difference import changes
from xltool.collection.model import FileOutcome, skipped
from xltool.collection.reading import Read
from xltool.collection.statuses import RESEND, FileStatus
from xltool.collection.versions import unchanged
from xltool.messages import collection as say
from xltool.messages import narrative as say_report
from xltool.messages import versions as say_versions
from xltool.values.file_names import listing
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.collection.decision import Decision
    from xltool.collection.departments import Department
    from xltool.collection.inbox import Item
    from xltool.collection.matching import Directory
    from xltool.collection.model import Unit
    from xltool.collection.versions import Versions


_REPORTS: Final = frozenset(
    one.code for one in (say_report.UNREADABLE, say_report.NOT_DOCX, say_report.EMPTY)
)


def first_look(
    items: Sequence[Item],
    reads: Mapping[str, Read],
    directory: Directory | None,
    known: Mapping[str, FileOutcome],
) -> tuple[dict[str, FileOutcome], tuple[Member, ...]]:
    """不必看别的部门就能定的去向，以及有待归到各部门的报送；`known` 是已经定了的。"""
    settled = dict(known)
    members: list[Member] = []
    first: dict[str, str] = {}
    for item in items:
        if item.file in known:
            continue
        read = reads.get(item.file)
        if read is None and item.trouble:
            finding = say.FOLDER.finding(reason=item.trouble)
            settled[item.file] = _returned(
                item.file, Read(findings=(finding,), unreadable=True), None
            )
        elif read is None:
            settled[item.file] = skipped(item.file, "", item.skip)
        elif read.skip:
            settled[item.file] = skipped(item.file, read.sha256, read.skip)
        elif read.sha256 and read.sha256 in first:
            reason = say.SAME.format(file=first[read.sha256])
            settled[item.file] = skipped(item.file, read.sha256, reason)
        else:
            first[read.sha256] = item.file
            if read.blank is not None:
                settled[item.file] = _blank(item.file, read.sha256, read.blank, directory)
            elif read.summary is None:
                settled[item.file] = _returned(item.file, read, directory)
            else:
                members.append(Member(item.file, read.sha256, read.summary, read.packed))
    return settled, tuple(members)


def _blank(
    file: str, digest: str, whose: tuple[str, str], directory: Directory | None
) -> FileOutcome:
    """还没有填的：只记下是谁的，不算报送。"""
    entry = directory.match(*whose).entry if directory else None
    return FileOutcome(
        file=file,
        sha256=digest,
        status=FileStatus.BLANK,
        reason=say_versions.BLANK,
        unit=unit_key(entry) if entry else "",
    )


def _returned(file: str, read: Read, directory: Directory | None) -> FileOutcome:
    """退回的、不能读的；理由是最重的一条问题。

    表上写着哪个单位，就算那个单位的；看不出来的，看文件名里写着哪个。
    """
    shown = tuple(
        found._replace(message=masked(found.message), file=file) for found in read.findings
    )
    entry = directory.match(*read.whose).entry if directory and any(read.whose) else None
    entry = entry or (directory.in_path(file) if directory else None)
    return FileOutcome(
        file=file,
        sha256=read.sha256,
        status=FileStatus.UNREADABLE if read.unreadable else FileStatus.RETURNED,
        reason=min(shown, key=lambda found: found.severity.order).message,
        unit=unit_key(entry) if entry else "",
        findings=shown,
    )


def member_outcomes(department: Department, decision: Decision) -> Iterator[FileOutcome]:
    """一个部门各份报送的去向。"""
    for member in department.members:
        status, reason, instead = _fate(member, department, decision)
        yield FileOutcome(
            file=member.file,
            sha256=member.sha256,
            status=status,
            reason=reason,
            unit=department.key,
            instead=instead,
        )


def _fate(
    member: Member, department: Department, decision: Decision
) -> tuple[FileStatus, str, str]:
    """一份报送的去向、理由，和算数的另一份。"""
    versions, chosen = decision.versions, decision.chosen
    what = say.PROJECT_WORD if department.project else say.DEPARTMENT_WORD
    if same := versions.same.get(member.file):
        sentence = say_versions.UNCHANGED if unchanged(member) else say_versions.SAME_ANSWERS
        return FileStatus.SKIPPED, sentence.format(file=same.file), same.file
    if by := versions.replaced.get(member.file):
        count = changes(member, by)
        reason = say_versions.REPLACED_BY.format(file=by.file, count=count)
        return FileStatus.REPLACED, reason, by.file
    if chosen is member:
        return FileStatus.ADOPTED, _adopted(member, versions), ""
    if chosen is not None:
        reason = say.OLDER.format(what=what, file=chosen.file)
        return FileStatus.REPLACED, reason, chosen.file
    others = listing(one.file for one in versions.leaves if one is not member)
    return FileStatus.PENDING, say.PENDING.format(what=what, files=others), ""


def _adopted(member: Member, versions: Versions) -> str:
    """采用的一句：替代了哪几份，或者是由不在这里的一份改的。"""
    *before, _ = versions.chain(member)
    if before:
        return say_versions.ADOPTED_AFTER.format(files=listing(one.file for one in before))
    changed = member.summary.lineage and not unchanged(member)
    return say_versions.ADOPTED_ALONE if changed else say.ADOPTED


def is_report(outcome: FileOutcome) -> bool:
    """读不了的是不是一份自评报告：不是评分表，退回了它，表还是没有报。"""
    return any(one.code in _REPORTS for one in outcome.findings)


def returned_files(outcomes: Iterable[FileOutcome]) -> dict[str, list[str]]:
    """名单上各单位被退回的、不能读的文件；自评报告不算。"""
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.status in RESEND and outcome.unit and not is_report(outcome):
            found.setdefault(outcome.unit, []).append(outcome.file)
    return found


def at_home(outcomes: Mapping[str, FileOutcome], units: Iterable[Unit]) -> dict[str, FileOutcome]:
    """退回的文件归到它那一份的一行：应报几份的单位，先前只知道是哪个单位的。

    一个字节不差而跳过的副本，归到没有跳过的那一份的单位。
    """
    homes = {file: unit.key for unit in units for file in unit.files}
    found = {file: replace(one, unit=homes.get(file, one.unit)) for file, one in outcomes.items()}
    whose = {one.sha256: one.unit for one in found.values() if one.unit and one.sha256}
    return {
        file: one if one.unit else replace(one, unit=whose.get(one.sha256, ""))
        for file, one in found.items()
    }
