"""不在的、变了的文件由替身占着位置：单位、总分照书里的，别的单位的序号、名次才不受影响。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.assessment.report import make_report
from xltool.collection.reading import Read
from xltool.collection.report_slices import Packed
from xltool.collection.statuses import RESEND, FileStatus
from xltool.collection.summaries import summarised
from xltool.facts.entry import Entry, Submission
from xltool.finding import Finding, Severity, parted
from xltool.scheme.key import DEPARTMENT
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from xltool.verifying.record import ListedFile, ListedUnit

_IN_UNITS = (FileStatus.ADOPTED, FileStatus.PENDING)


def stand_in(file: ListedFile, unit: ListedUnit | None, scheme_id: str) -> Read:
    """一个文件的替身：去向照书里的；内容不参加核对。"""
    if file.status is FileStatus.BLANK:
        return Read(sha256=file.sha256, blank=(file.unit, ""))
    if file.status in RESEND:
        unreadable = file.status is FileStatus.UNREADABLE
        return Read(sha256=file.sha256, findings=(_told(file),), unreadable=unreadable)
    if file.status not in _IN_UNITS:
        return Read(sha256=file.sha256, skip=file.reason)
    scheme, methods = ready_scheme(scheme_id)
    department, project = parted(file.unit)
    if unit is not None:
        department, project = unit.department, unit.project
    submission = Submission(
        file=file.file,
        sha256=file.sha256,
        scheme=scheme.id,
        version=scheme.version,
        entries={DEPARTMENT: Entry(department, department)},
    )
    report = make_report(scheme, methods, submission, (), in_batch=True)
    summary = replace(
        summarised(report),
        code=unit.code if unit else "",
        name=department,
        project=project,
        total=unit.total if unit else None,
        self_total=unit.self_total if unit else None,
        grade=unit.grade if unit else "",
        self_grade=unit.self_grade if unit else "",
        answers=f"?{file.file}",
    )
    peer = report.peer_record
    own = peer and peer._replace(total=summary.self_total, texts=())  # 同批比高低时也占着位置
    packed = Packed(replace(report, peer_record=own), {}, {})
    return Read(sha256=file.sha256, summary=summary, packed=packed.to_bytes())


def _told(file: ListedFile) -> Finding:
    return Finding("", Severity.ERROR, file.reason, "", file.file)
