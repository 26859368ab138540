"""读一个文件，计分、查疑，打成一个小包。在工作进程里运行，只用标准库和不碰电子表格的各层。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol, SupportsBytes, overload

from xltool.assessment.report import make_report
from xltool.collection.beside import (
    NOTHING,
    OTHERS,
    may_be_report,
    narrative_in,
    read_again,
    report_words,
)
from xltool.collection.inbox import OUTPUT_KEYWORDS
from xltool.collection.lower_reading import read_lower
from xltool.collection.report_slices import Packed
from xltool.collection.spool import Spool
from xltool.collection.summaries import shared, summarised
from xltool.facts.answers import unnamed, untouched
from xltool.facts.entry import BLANK
from xltool.finding import Finding
from xltool.intake.submission import understand_book
from xltool.messages import collection as say
from xltool.messages import narrative as say_report
from xltool.messages.files import MISSING_PART
from xltool.narrative.docx import trouble
from xltool.narrative.heading import (
    heading_of,
    looks_like_report,
    named_as_report,
    title_of,
)
from xltool.narrative.told import takes_claims
from xltool.scheme.key import DEPARTMENT, DEPARTMENT_CODE
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.values import quote
from xltool.workers.run import TIMEOUT, Lost, run_all
from xltool.xlsx.archive import Archive
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_book
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from xltool.collection.beside import Beside
    from xltool.collection.inbox import Item
    from xltool.collection.last_years import LastYears
    from xltool.collection.lower import LowerBook
    from xltool.collection.model import Summary
    from xltool.facts.entry import Submission
    from xltool.narrative.heading import Heading
    from xltool.narrative.told import Narrative
    from xltool.narrative.words import Words
    from xltool.scheme.key import CellKey
    from xltool.workers.pool import WorkerPool
    from xltool.workers.run import Progress

    Reader = Callable[[Item], "Read"]


class Memory(Protocol):
    """读过的文件。"""

    def recall(self, item: Item) -> Read | None:
        """上一次读这个内容的结果；没有读过的为空。"""

    def keep(self, item: Item, read: Read) -> None:
        """记下读的结果。"""


_PROPERTIES = "docProps/core.xml"
_READ_PROPERTIES = 65_536
_MOST_MEMBERS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """读一个文件的结果：跳过的理由、退回的问题，或打好包的结论和它的概要。

    `unreadable` 是连表格也读不出，`blank` 是还没有填的表印着谁的名称和编码；
    `whose` 是退回的表上写着的名称和编码，`lower` 是下级的汇总，`heading` 是自评报告开头写着的。
    """

    sha256: str = ""
    skip: str = ""
    findings: tuple[Finding, ...] = ()
    unreadable: bool = False
    blank: tuple[str, str] | None = None
    whose: tuple[str, str] = ("", "")
    lower: LowerBook | None = None
    heading: Heading | None = None
    summary: Summary | None = None
    packed: SupportsBytes = b""


@cache
def limits() -> Limits:
    """各项上限，可由环境变量放宽。

    Raises:
        ValueError: 环境变量写得不对。
    """
    return Limits.from_environment()


def read_all(  # noqa: PLR0913 - what to read, and with what
    items: Sequence[Item],
    read: Reader,
    *,
    pool: WorkerPool,
    timeout: float = TIMEOUT,
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> tuple[Read, ...]:
    """读全部文件，结果依 `items` 的次序；读的进程死了、超过时限的，只退回那一份。

    `memory` 记得的不再读；新读的交给它记下。
    """
    spool = Spool()
    recalled = [_spooled(memory.recall(item), spool) if memory else None for item in items]
    fresh = [item for item, known in zip(items, recalled, strict=True) if known is None]
    before = len(items) - len(fresh)
    if progress is not None and before:
        progress(before, len(items))
    counted = partial(_counted, progress, before) if progress else None

    def received(item: Item, result: Read) -> Read:
        if memory is not None:
            memory.keep(item, result)
        return _spooled(result, spool)

    done = run_all(pool, read, fresh, timeout=timeout, progress=counted, received=received)
    results = iter(done)
    return tuple(
        known or _settled(next(results), item, timeout)
        for item, known in zip(items, recalled, strict=True)
    )


@overload
def _spooled(read: Read, spool: Spool) -> Read: ...
@overload
def _spooled(read: Read | None, spool: Spool) -> Read | None: ...
def _spooled(read: Read | None, spool: Spool) -> Read | None:
    """打好的包存起来，只留它在哪里。"""
    if read is None or read.summary is None:
        return read
    return replace(read, summary=shared(read.summary), packed=spool.put(bytes(read.packed)))


def _counted(progress: Progress, before: int, done: int, total: int) -> None:
    progress(before + done, before + total)


def _settled(result: Read | Lost, item: Item, timeout: float) -> Read:
    return _lost(result, item, timeout) if isinstance(result, Lost) else result


def _lost(reason: Lost, item: Item, timeout: float) -> Read:
    timed_out = reason is Lost.TIMED_OUT
    finding = say.TIMED_OUT.finding(seconds=round(timeout)) if timed_out else say.CRASHED.finding()
    return Read(findings=(finding.in_file(item.file),), unreadable=True)


def read_item(item: Item, years: LastYears | None = None, beside: Beside = NOTHING) -> Read:
    """读一个文件；程序自己的毛病也只使这一个文件退回。

    `years` 是上年度的报送，`beside` 是随表交来的自评报告。
    """
    try:
        return _report(item) or _read(item.path, item.file, years, beside)
    except Exception as error:  # noqa: BLE001 - one file must not stop the batch
        return Read(findings=(program_fault(item.file, error),), unreadable=True)


def program_fault(file: str, error: Exception) -> Finding:
    """程序自己的毛病，只使这一个文件退回；只说种类：原话里可能有文件内容。"""
    return say.FAILED.finding(kind=type(error).__name__).in_file(file)


def _report(item: Item) -> Read | None:
    """是自评报告的，读它开头写着的；函、通知一类的跳过；名字是 .docx 而其实是别的，照别的读。"""
    words = report_words()
    named = named_as_report(item.file, words)
    if not (may_be_report(item) or (named and item.file.casefold().endswith(OTHERS))):
        return None
    try:
        narrative = narrative_in(file_bytes(item.path, limits()), item.file, limits())
    except Refused as refused:
        if not named or refused.finding.code == MISSING_PART.code:
            return None
        return Read(findings=(trouble(refused).in_file(item.file),), unreadable=True)
    return _beginning(narrative, item.file, words)


def _beginning(narrative: Narrative, file: str, words: Words) -> Read:
    """自评报告开头写着的；不像报告的跳过，说明是什么。"""
    digest, passages = narrative.sha256, narrative.passages
    if not passages and named_as_report(file, words):
        found = say_report.EMPTY.finding().in_file(file)
        return Read(sha256=digest, findings=(found,), unreadable=True)
    if not passages:
        return Read(sha256=digest, skip=say_report.NO_TEXT)
    if not looks_like_report(passages, file, words):
        reason = say_report.NOT_REPORT.format(title=quote(title_of(passages, words)))
        return Read(sha256=digest, skip=reason)
    return Read(sha256=digest, heading=heading_of(passages, words))


def _read(path: Path, file: str, years: LastYears | None, beside: Beside) -> Read:
    book = read_book(path, limits())
    if isinstance(book, Finding):
        return _refused(path, file, (book.in_file(file),), unreadable=True)
    reading = understand_book(book, ready_schemes(), file)
    findings = tuple(finding.in_file(file) for finding in reading.findings)
    if reading.submission is None:
        return _refused(path, file, findings)
    scheme, methods = ready_scheme(reading.submission.scheme)
    submission = reading.submission
    name, code = (_written(submission, key) for key in (DEPARTMENT, DEPARTMENT_CODE))
    if untouched(scheme, submission):
        return Read(sha256=book.sha256, blank=(name, code))
    narrative = read_again(beside.of(name, code), limits()) if takes_claims(scheme) else None
    report = make_report(
        scheme, methods, submission, findings, years=years, narrative=narrative, in_batch=True
    )
    if lacking := unnamed(scheme, report.contents):
        labels = "、".join(scheme.field(key).label for key in lacking)
        what = say.DEPARTMENT_WORD if DEPARTMENT in lacking else say.PROJECT_WORD
        nameless = say.NO_DEPARTMENT.finding(labels=labels, what=what).in_file(file)
        return Read(sha256=book.sha256, findings=(nameless, *report.findings), whose=(name, code))
    packed = Packed(report, submission.blocks, submission.records)
    return Read(sha256=book.sha256, summary=summarised(report), packed=packed.to_bytes())


def _written(submission: Submission, key: CellKey) -> str:
    """封面上一格的字。"""
    return submission.entries.get(key, BLANK).raw.strip()


def _refused(
    path: Path, file: str, findings: tuple[Finding, ...], *, unreadable: bool = False
) -> Read:
    """不是报送的文件；是汇总的，当作下级的汇总读。"""
    try:
        data = file_bytes(path, limits())
    except Refused:
        return Read(findings=findings, unreadable=unreadable)
    digest = sha256(data).hexdigest()
    keywords = _keywords(data)
    if keywords is None:
        return Read(sha256=digest, findings=findings, unreadable=unreadable)
    found = read_lower(data, keywords, file, limits())
    if isinstance(found, Finding):
        return Read(sha256=digest, findings=(found.in_file(file),))
    return Read(sha256=digest, lower=found)


def _keywords(data: bytes) -> str | None:
    """文件属性里写着的方案和版本；不是汇总的为空。汇总的表可以比报送的上限多得多。"""
    try:
        archive = Archive(data, replace(limits(), members=_MOST_MEMBERS))
        head = next(iter(archive.blocks(_PROPERTIES)), b"")[:_READ_PROPERTIES]
    except Refused:
        return None
    found = OUTPUT_KEYWORDS.search(head)
    return found[1].decode("utf-8", "replace") if found else None
