"""读命令行上给的文件，计分、查疑；供 check、score、read 使用。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.assessment.report import make_report
from xltool.cli.exits import Failure
from xltool.collection.statuses import FileStatus, state_words
from xltool.facts.answers import unnamed, untouched
from xltool.facts.entry import BLANK
from xltool.finding import Finding, Severity, tally
from xltool.intake.submission import FormReading, understand_book
from xltool.scheme.key import DEPARTMENT, DEPARTMENT_CODE
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.values.file_names import safe_name
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from xltool.assessment.report import Report
    from xltool.collection.last_years import LastYears
    from xltool.narrative.told import Narrative
    from xltool.xlsx.grid import Book

    FindReport = Callable[[str, str], Narrative | None]

_WHOSE: Final = (DEPARTMENT, DEPARTMENT_CODE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """一个文件的结果：拒收的没有 `report`，`sha256` 也空着；`status` 是汇总时单看它自己的去向。"""

    file: str
    reading: FormReading
    report: Report | None
    status: FileStatus = FileStatus.RETURNED

    @property
    def sha256(self) -> str:
        """内容的指纹。"""
        return self.report.sha256 if self.report else ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """全部问题，都标明文件。"""
        findings = self.report.findings if self.report else self.reading.findings
        return tuple(finding.in_file(self.file) for finding in findings)

    @property
    def worst_first(self) -> tuple[Finding, ...]:
        """全部问题，由重到轻，都标明文件。"""
        if self.report is None:
            return self.findings
        return tuple(note.finding.in_file(self.file) for note in self.report.worst_first)

    @property
    def state(self) -> str:
        """现在怎样，与汇总时同样的说法。"""
        return state_words(self.status, tally(self.findings))

    @property
    def wrong(self) -> bool:
        """拒收，或有级别为错误的问题。"""
        return self.report is None or any(
            finding.severity is Severity.ERROR for finding in self.findings
        )


def read_file(path: Path, opened: Book | Finding | None = None) -> FormReading:
    """读一个文件（`opened` 是已经打开的），上限可由环境变量放宽。

    程序自己的毛病也只使这一个文件不能读。

    Raises:
        Failure: 环境变量写得不对。
    """
    file, limits, schemes = safe_name(path.name), reading_limits(), ready_schemes()
    try:
        book = opened or read_book(path, limits)
        if isinstance(book, Finding):
            return FormReading(None, (book.in_file(file),))
        reading = understand_book(book, schemes, file)
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        return _faulty(file, error)
    return FormReading(reading.submission, tuple(item.in_file(file) for item in reading.findings))


def examine(
    path: Path,
    years: LastYears | None = None,
    find: FindReport | None = None,
    opened: Book | Finding | None = None,
) -> Examined:
    """读一个文件（`opened` 是已经打开的），计分、查疑。

    `years` 是上年度的报送，`find` 给出一个单位（名称、编码）的自评报告。

    Raises:
        Failure: 环境变量写得不对。
    """
    file, reading, report = safe_name(path.name), read_file(path, opened), None
    submission, status = reading.submission, FileStatus.RETURNED
    try:
        if submission is not None:
            scheme, methods = ready_scheme(submission.scheme)
            name, code = (submission.entries.get(key, BLANK).raw.strip() for key in _WHOSE)
            narrative = find(name, code) if find else None
            report = make_report(
                scheme, methods, submission, reading.findings, years=years, narrative=narrative
            )
            if untouched(scheme, submission):
                status = FileStatus.BLANK
            elif not unnamed(scheme, report.contents):
                status = FileStatus.ADOPTED
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        reading = _faulty(file, error)
    return Examined(file=file, reading=reading, report=report, status=status)


def _faulty(file: str, error: Exception) -> FormReading:
    from xltool.collection.reading import program_fault  # seldom needed

    return FormReading(None, (program_fault(file, error),))


def earlier(path: Path | None) -> LastYears | None:
    """上年度的报送；没有给的为空。

    Raises:
        Failure: 路径不存在，或环境变量写得不对。
    """
    if path is None:
        return None
    if not path.exists():
        raise Failure(f"“{path}”不存在。", "核对上年度的文件夹或汇总的路径。")
    from xltool.collection.last_years import read_last_years  # seldom needed

    return read_last_years(path, reading_limits())


def reading_limits() -> Limits:
    """读一份文件的各项上限。

    Raises:
        Failure: 环境变量写得不对。
    """
    try:
        return Limits.from_environment()
    except ValueError as error:
        raise Failure(f"{error}。", "改正或删去这个环境变量后再试。") from error
