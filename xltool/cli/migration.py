"""移一份旧表：读、移、写、再查一遍；各份互不牵连，可以在工作进程里做。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltool.cli.documents import finding_document
from xltool.collection.reading import limits, program_fault
from xltool.excel.write import write_book
from xltool.facts.view import Facts
from xltool.finding import Finding
from xltool.intake.submission import understand_book, understand_whole
from xltool.migrating.book import migrated_plan
from xltool.migrating.migrate import migrate
from xltool.migrating.target import target_of
from xltool.scoring.catalogue import evaluate, ready_scheme, ready_schemes
from xltool.values.masking import masked
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from xltool.migrating.model import Line, Migrated
    from xltool.xlsx.grid import Book

    Document = dict[str, object]


@dataclass(frozen=True, slots=True)
class Job:
    """要移的一份：给人看的名字、在哪、移到哪个文件、可以移到哪几种表。"""

    file: str
    source: Path
    target: Path
    schemes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """移的结果；移不了的 `problem` 说为什么。

    `scores` 是旧表、新表的系统得分，移到以后年度去的、旧表没有自己的方案的没有。
    """

    job: Job
    problem: Finding | None = None
    saved: Path | None = None
    migrated: Migrated | None = None
    scores: tuple[Decimal | None, Decimal | None] | None = None

    @property
    def renamed(self) -> bool:
        """目标被占用，写在了另一个名字下。"""
        return self.saved is not None and self.saved != self.job.target

    @property
    def document(self) -> Document:
        """这一份在 JSON 里的样子。"""
        migrated = self.migrated
        old, new = self.scores or (None, None)
        return {
            "file": self.job.file,
            "ok": migrated is not None,
            "output": str(self.saved) if self.saved else None,
            "scheme": {"id": migrated.scheme.id, "version": migrated.scheme.version}
            if migrated
            else None,
            "year": migrated.year if migrated else None,
            "carried": len(migrated.contents) if migrated else 0,
            "lines": [_line(line) for line in migrated.lines] if migrated else [],
            "total_before": None if old is None else f"{old:f}",
            "total": None if new is None else f"{new:f}",
            "findings": [finding_document(self.problem)] if self.problem else [],
        }


def _line(line: Line) -> Document:
    """清单的一条。"""
    to = line.to
    return {
        "fate": line.fate.value,
        **finding_document(line.finding),
        "value": masked(line.value),
        "new_sheet": to.sheet if to else "",
        "new_cell": to.at.a1 if to else "",
    }


def moved(job: Job) -> Moved:
    """移一份；读不了、移不了的，连同程序自己的毛病，都只是这一份的问题。"""
    try:
        return _moved(job)
    except OSError:  # 写不了的：磁盘满了、没有权限，别的也写不了
        raise
    except Exception as error:  # noqa: BLE001 - one file must not stop the others
        return Moved(job, program_fault(job.file, error))


def _moved(job: Job) -> Moved:
    book = read_book(job.source, limits())
    if isinstance(book, Finding):
        return Moved(job, book.in_file(job.file))
    whole = understand_whole(book, ready_schemes(), job.file)
    if isinstance(whole, Finding):
        return Moved(job, whole.in_file(job.file))
    target = target_of(whole.old, [ready_scheme(name)[0] for name in job.schemes])
    found = target if isinstance(target, Finding) else migrate(whole, target)
    if isinstance(found, Finding):
        return Moved(job, found.in_file(job.file))
    lines = tuple(one._replace(finding=one.finding.in_file(job.file)) for one in found.lines)
    result = replace(found, lines=lines)
    saved = write_book(migrated_plan(result), job.target)
    return Moved(job, None, saved, result, _scores(book, result, saved))


def _scores(
    book: Book, migrated: Migrated, saved: Path
) -> tuple[Decimal | None, Decimal | None] | None:
    """同一年度的，旧表、新表各得多少分：由存好的文件读回来算。"""
    new = read_book(saved, limits())
    if migrated.started or isinstance(new, Finding):
        return None
    before, after = _total(book), _total(new)
    return (before, after) if before is not None else None


def _total(book: Book) -> Decimal | None:
    submission = understand_book(book, ready_schemes()).submission
    if submission is None:
        return None
    scheme, methods = ready_scheme(submission.scheme)
    return evaluate(Facts(scheme, submission), methods).total
