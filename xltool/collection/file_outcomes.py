"""每个文件的去向：跳过、退回、采用、待确认，各有一句理由。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.departments import Member, unit_key
from xltool.collection.model import FileOutcome
from xltool.collection.statuses import FileStatus
from xltool.messages import collection as say
from xltool.values.file_names import listing
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xltool.collection.departments import Decision, Department
    from xltool.collection.inbox import Item
    from xltool.collection.matching import Directory
    from xltool.collection.reading import Read
    from xltool.finding import Finding


def first_look(
    items: Sequence[Item], reads: Mapping[str, Read], directory: Directory | None
) -> tuple[dict[str, FileOutcome], tuple[Member, ...]]:
    """不必看别的部门就能定的去向，以及有待归到各部门的报送。"""
    settled: dict[str, FileOutcome] = {}
    members: list[Member] = []
    first: dict[str, str] = {}
    for item in items:
        read = reads.get(item.file)
        if read is None and item.trouble:
            finding = say.FOLDER.finding(reason=item.trouble)
            settled[item.file] = _returned(item.file, "", (finding,), None)
        elif read is None:
            settled[item.file] = _skipped(item.file, "", item.skip)
        elif read.skip:
            settled[item.file] = _skipped(item.file, read.sha256, read.skip)
        elif read.sha256 and read.sha256 in first:
            reason = say.SAME.format(file=first[read.sha256])
            settled[item.file] = _skipped(item.file, read.sha256, reason)
        else:
            first[read.sha256] = item.file
            if read.summary is None:
                settled[item.file] = _returned(item.file, read.sha256, read.findings, directory)
            else:
                members.append(Member(item.file, read.summary, read.packed))
    return settled, tuple(members)


def _skipped(file: str, digest: str, reason: str) -> FileOutcome:
    return FileOutcome(file=file, sha256=digest, status=FileStatus.SKIPPED, reason=reason)


def _returned(
    file: str, digest: str, findings: Iterable[Finding], directory: Directory | None
) -> FileOutcome:
    """退回；理由是最重的一条问题。文件名里写着哪个单位，就算那个单位的。"""
    shown = tuple(found._replace(message=masked(found.message), file=file) for found in findings)
    entry = directory.in_path(file) if directory else None
    return FileOutcome(
        file=file,
        sha256=digest,
        status=FileStatus.RETURNED,
        reason=min(shown, key=lambda found: found.severity.order).message,
        unit=unit_key(entry) if entry else "",
        findings=shown,
    )


def member_outcomes(
    department: Department, decision: Decision, reads: Mapping[str, Read]
) -> Iterator[FileOutcome]:
    """一个部门各份报送的去向。"""
    what = say.PROJECT_WORD if department.project else say.DEPARTMENT_WORD
    for member in department.members:
        if decision.chosen is member:
            status, reason = FileStatus.ADOPTED, say.ADOPTED
        elif decision.chosen is not None:
            status = FileStatus.SKIPPED
            reason = say.OLDER.format(what=what, file=decision.chosen.file)
        else:
            others = listing(file for file in department.files if file != member.file)
            status, reason = FileStatus.PENDING, say.PENDING.format(what=what, files=others)
        yield FileOutcome(
            file=member.file,
            sha256=reads[member.file].sha256,
            status=status,
            reason=reason,
            unit=department.key,
        )


def returned_files(outcomes: Iterable[FileOutcome]) -> dict[str, list[str]]:
    """名单上各单位被退回的文件。"""
    found: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.status is FileStatus.RETURNED and outcome.unit:
            found.setdefault(outcome.unit, []).append(outcome.file)
    return found
