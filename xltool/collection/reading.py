"""读一个文件，计分、查疑，打成一个小包。在工作进程里运行，只用标准库和不碰电子表格的各层。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from xltool.collection.inbox import OUTPUT_FORMAT
from xltool.collection.model import Packed, Summary
from xltool.collection.report import make_report
from xltool.finding import Finding, Severity
from xltool.intake.archive import Archive
from xltool.intake.disk import file_bytes
from xltool.intake.identity import read_identity
from xltool.intake.limits import Limits
from xltool.intake.read import read_book
from xltool.intake.refusal import Refused
from xltool.intake.submission import understand_book
from xltool.layout.layout import IDENTITY
from xltool.messages import collection as say
from xltool.scheme.key import CellKey
from xltool.scoring.catalogue import ready_scheme, ready_schemes

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.inbox import Item
    from xltool.collection.report import Report
    from xltool.intake.grid import Book

_PROPERTIES = "docProps/core.xml"
_READ_PROPERTIES = 65_536
_MOST_MEMBERS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """读一个文件的结果：跳过的理由、退回的问题，或打好包的结论和它的概要。"""

    sha256: str = ""
    skip: str = ""
    findings: tuple[Finding, ...] = ()
    summary: Summary | None = None
    packed: bytes = b""


@cache
def limits() -> Limits:
    """各项上限，可由环境变量放宽。

    Raises:
        ValueError: 环境变量写得不对。
    """
    return Limits.from_environment()


def read_item(item: Item) -> Read:
    """读一个文件；程序自己的毛病也只使这一个文件退回。"""
    try:
        return _read(item.path, item.file)
    except Exception as error:  # noqa: BLE001 - one file must not stop the batch
        return Read(findings=(say.FAILED.finding(kind=type(error).__name__).in_file(item.file),))


def _read(path: Path, file: str) -> Read:
    book = read_book(path, limits())
    if isinstance(book, Finding):
        digest, own = _refused(path)
        return Read(sha256=digest, skip=own, findings=() if own else (book.in_file(file),))
    if _is_output(book):
        return Read(sha256=book.sha256, skip=say.OWN_OUTPUT)
    reading = understand_book(book, ready_schemes(), file)
    findings = tuple(finding.in_file(file) for finding in reading.findings)
    if reading.submission is None:
        return Read(sha256=book.sha256, findings=findings)
    scheme, methods = ready_scheme(reading.submission.scheme)
    report = make_report(scheme, methods, reading.submission, findings)
    if not report.name:
        nameless = say.NO_DEPARTMENT.finding().in_file(file)
        return Read(sha256=book.sha256, findings=(nameless, *report.findings))
    packed = Packed(report, reading.submission.blocks, reading.submission.records)
    return Read(sha256=book.sha256, summary=summarised(report), packed=packed.to_bytes())


def _is_output(book: Book) -> bool:
    grid = next((grid for grid in book.grids if grid.name == IDENTITY), None)
    return grid is not None and read_identity(grid).get("format") == OUTPUT_FORMAT


def _refused(path: Path) -> tuple[str, str]:
    """拒收的文件：内容的指纹（取不到为空），以及是不是本程序汇总的结果。

    汇总的表可以比报送的上限多得多，照上限读会被拒收，所以另看文件属性里的关键词。
    """
    try:
        data = file_bytes(path, limits())
    except Refused:
        return "", ""
    digest = sha256(data).hexdigest()
    try:
        archive = Archive(data, replace(limits(), members=_MOST_MEMBERS))
        head = next(iter(archive.blocks(_PROPERTIES)), b"")[:_READ_PROPERTIES]
    except Refused:
        return digest, ""
    return digest, say.OWN_OUTPUT if f"<cp:keywords>{OUTPUT_FORMAT}".encode() in head else ""


def summarised(report: Report) -> Summary:
    """一份结论的概要。"""
    day = report.contents.get(CellKey("cover", "date"))
    return Summary(
        code=report.code,
        name=report.name,
        total=report.total,
        self_total=report.self_total,
        grade=report.grade,
        self_grade=report.self_grade,
        levels=report.levels,
        errors=report.count(Severity.ERROR),
        warnings=report.count(Severity.WARNING),
        notices=report.count(Severity.NOTICE),
        filler=report.text("filler"),
        phone=report.text("phone"),
        date=day if isinstance(day, date) else None,
    )
