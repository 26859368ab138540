"""退回件：照 check --marked 的做法标注一份，改几格，再由别的程序存一遍。"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from office_server import convert
from openpyxl_books import opened, saved_sheets

from xltool.assessment.report import make_report
from xltool.facts.answers import answers_mark
from xltool.intake.submission import understand_book
from xltool.marking.annotate import Job, annotated
from xltool.marking.live_words import live_words
from xltool.scoring.catalogue import ready_scheme, ready_schemes
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xltool.assessment.noted import Noted
    from xltool.assessment.report import Report
    from xltool.facts.entry import Submission


CODE, STATEMENT = 3, 7
"""问题清单的编码、单位说明在第几列。"""


@cache
def assessed(data: bytes) -> Report:
    """读出、计分、查过的一份。"""
    reading = understand_book(read_bytes(data), ready_schemes(), "表.xlsx")
    assert reading.submission is not None
    scheme, methods = ready_scheme(reading.submission.scheme)
    return make_report(scheme, methods, reading.submission, reading.findings)


@cache
def marked(data: bytes) -> bytes:
    """照 check --marked 的做法标注一份，连同各条在自查里的说法。"""
    report = assessed(data)
    notes = report.worst_first
    job = Job(data, notes, answers=report.answers, live=live_words(report.scheme, notes))
    copy = annotated(job)
    assert isinstance(copy, bytes), copy
    return copy


def findings(notes: tuple[Noted, ...]) -> list[tuple[str, str, str]]:
    """各条问题的编码、位置、说法。"""
    return [(note.finding.code, note.finding.where, note.finding.message) for note in notes]


@cache
def understood(data: bytes) -> Submission:
    """读出的一份报送。"""
    submission = understand_book(read_bytes(data, limits=Limits()), ready_schemes()).submission
    assert submission is not None
    return submission


@cache
def returned(data: bytes) -> bytes:
    """标注好的退回件。"""
    copy = annotated(Job(data, (), answers=answers_mark(understood(data))))
    assert isinstance(copy, bytes)
    return copy


@lru_cache(None, typed=True)
def edited(data: bytes, **cells: object) -> bytes:
    """改封面上的几格（空着就只是另存），由 openpyxl 存。"""
    book = opened(data)
    for at, value in cells.items():
        book["封面"][at] = value
    return saved_sheets(data, book, ["封面"])


def saved_by_office(data: bytes, folder: Path) -> bytes:
    """由 LibreOffice 打开、另存成 .xlsx。"""
    return all_saved_by_office({"in": data}, folder)["in"]


def all_saved_by_office(files: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """几份一次另存，都重新算过。"""
    target = folder / "out"
    sources = [folder / f"{name}.xlsx" for name in files]
    for source, data in zip(sources, files.values(), strict=True):
        source.write_bytes(data)
    convert(sources, target)
    return {name: (target / f"{name}.xlsx").read_bytes() for name in files}
