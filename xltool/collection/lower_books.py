"""收件夹里的下级汇总哪几本并入：同一批报送不并入两次。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltool.collection.inbox import forms_beside
from xltool.collection.model import FileOutcome, skipped
from xltool.collection.statuses import FileStatus
from xltool.messages import collection as say
from xltool.messages import versions as say_versions
from xltool.values.file_names import listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.collection.inbox import Item
    from xltool.collection.lower import LowerBook
    from xltool.collection.reading import Read
    from xltool.finding import Finding


@dataclass(frozen=True, slots=True)
class SettledBooks:
    """下级汇总和它们另存的评分表的去向、并入的几本、要说明的。"""

    outcomes: Mapping[str, FileOutcome]
    adopted: tuple[LowerBook, ...] = ()
    findings: tuple[Finding, ...] = ()


def settle_books(items: Sequence[Item], reads: Mapping[str, Read]) -> SettledBooks:
    """定下每一本的去向；没有下级汇总的什么也不做。"""
    books = [
        replace(read.lower, file=item.file)
        for item in items
        if (read := reads.get(item.file)) and read.lower
    ]
    if not books:
        return SettledBooks({})
    outcomes = {
        item.file: skipped(item.file, reads[item.file].sha256, reason)
        for book in books
        for item in items
        if item.file in reads and item.file.startswith(forms_beside(book.file))
        for reason in [say_versions.LOWER_FORM.format(file=book.file)]
    }
    direct = {read.sha256 for file, read in reads.items() if read.summary and file not in outcomes}
    kept: list[LowerBook] = []
    findings: list[Finding] = []
    for book in books:
        reason, note = _why_not(book, books, kept, direct)
        findings += [note] if note else []
        if reason:
            outcomes[book.file] = skipped(book.file, book.sha256, reason)
        else:
            kept.append(book)
    adopted: list[LowerBook] = []
    for book in kept:
        rivals = [one for one in kept if one is not book and one.originals & book.originals]
        if rivals:
            others = listing(one.file for one in rivals)
            reason = say_versions.LOWER_PENDING.format(files=others)
            outcomes[book.file] = _outcome(book, FileStatus.PENDING, reason)
        else:
            adopted.append(book)
            outcomes[book.file] = _outcome(book, FileStatus.ADOPTED, _adopted(book))
    pending = [book.file for book in kept if book not in adopted]
    if pending:
        findings.append(say_versions.LOWER_OVERLAP.finding(files=listing(pending)))
    findings += [one.in_file(book.file) for book in adopted for one in book.findings]
    return SettledBooks(outcomes, tuple(adopted), tuple(findings))


def _why_not(
    book: LowerBook, books: Sequence[LowerBook], kept: Sequence[LowerBook], direct: set[str]
) -> tuple[str, Finding | None]:
    """不并入的理由和说明：字节或内容相同，已并入另一本，就是这个文件夹的。"""
    for one in kept:
        if one.sha256 == book.sha256:
            return say.SAME.format(file=one.file), None
        if (one.units, one.verdicts) == (book.units, book.verdicts) and book.units:
            return say_versions.LOWER_SAME.format(file=one.file), None
    holder = next((one for one in books if one is not book and book.sha256 in one.files), None)
    if holder is not None:
        return say_versions.LOWER_INSIDE.format(file=holder.file), None
    if book.originals & direct:
        note = say_versions.LOWER_OF_THIS.finding(file=book.file)
        return say_versions.LOWER_THIS, note.in_file(book.file)
    return "", None


def _adopted(book: LowerBook) -> str:
    return say_versions.LOWER_ADOPTED.format(units=len(book.units), verdicts=len(book.verdicts))


def _outcome(book: LowerBook, status: FileStatus, reason: str) -> FileOutcome:
    return FileOutcome(file=book.file, sha256=book.sha256, status=status, reason=reason)
