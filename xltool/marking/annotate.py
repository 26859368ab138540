"""退回件：报送的工作簿的副本，有问题的格上颜色、加批注，最前面加一张问题清单。

只收严格的读法已经收下的文件。单位自己的样式、校验、条件格式、保护、列宽、批注照旧；带不走的见
`loaded` 的说明，并写在问题清单里。宏和外部链接不带；会打开网址或程序的公式改成文字。
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from xltool.address import Place
from xltool.assessment.noted import Noted
from xltool.assessment.stated import joined, matched
from xltool.facts.lineage import Ancestor
from xltool.finding import Severity
from xltool.intake.statements import statements_of
from xltool.marking.explained_counts import Row, banner_of, explain_counts, restore_counts
from xltool.marking.flagged_cells import flag_cells
from xltool.marking.growing_rows import let_grow, remembering_heights
from xltool.marking.issue_sheet import Listed, add_issue_sheet, remove_issue_sheets
from xltool.marking.live_words import UNTOLD, Live, Told
from xltool.marking.loaded_copy import load_copy
from xltool.marking.patched_results import altered, with_patched_results
from xltool.marking.sanitised import restore_texts, sanitise
from xltool.marking.self_checks import SelfChecks
from xltool.marking.stamped import stamp
from xltool.messages import marking as say
from xltool.season.letter import Letter
from xltool.xlsx.limits import Limits
from xltool.xlsx.read import read_bytes
from xltool.xlsx.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openpyxl.workbook import Workbook

    from xltool.finding import Finding
    from xltool.marking.explained_counts import Written
    from xltool.xlsx.grid import Book, Grid

_MOST_MERGED: Final = 1_000_000  # openpyxl 给合并区的每一格造一个对象
_DEFAULT: Final = Limits()
_NOBODY: Final = Letter()
_NOT_LIVE: Final = Live()


@dataclass(frozen=True, slots=True)
class Job:
    """要标注的一份：内容、全部问题（由重到轻）、所填内容的指纹（读不成一份报送的没有），和谁退回、找谁。

    `live` 是各条问题在表上“自查”里的说法。
    """

    data: bytes
    notes: tuple[Noted, ...]
    limits: Limits = _DEFAULT
    answers: str = ""
    letter: Letter = _NOBODY
    live: Live = _NOT_LIVE


def annotated(job: Job) -> bytes | Finding:
    """标注好的工作簿；不能标注的说明为什么。同样的内容和问题，得到同样的字节。"""
    try:
        book = read_bytes(job.data, limits=job.limits)
    except Refused as refused:
        return refused.finding
    merged = sum(
        (area.last.row - area.first.row + 1) * (area.last.col - area.first.col + 1)
        for grid in book.grids
        for area in grid.merges
    )
    if merged > _MOST_MERGED:
        return say.CANNOT_MARK.finding()
    try:
        return _annotated(job, book)
    except Exception:  # noqa: BLE001 - openpyxl raises anything on odd files; the rest must go on
        return say.CANNOT_MARK.finding()


def _annotated(job: Job, book: Book) -> bytes | Finding:
    with remembering_heights():
        loaded = load_copy(job.data, book)
    workbook = loaded.workbook
    old = remove_issue_sheets(workbook)
    grids = {grid.name: grid for grid in book.grids if grid.name not in old}
    for sheet in workbook.worksheets:
        restore_texts(sheet, grids[sheet.title])
        let_grow(sheet)
    sanitised = [
        finding for sheet in workbook.worksheets for finding in sanitise(sheet, grids[sheet.title])
    ]
    left_out = [say.LEFT_OUT.finding(what=what) for what in loaded.left_out]
    own = [note for note in job.notes if note.finding.sheet not in old]
    notes = [*_noted(left_out), *own, *_noted(sanitised)]
    findings = [note.due for note in notes]
    # 复核人员要改的，自查不说了不等于改好了
    said_live = zip(job.notes, job.live.words, job.live.whole, strict=False)
    words = {note.due: Told(own, whole) for note, own, whole in said_live if not note.opinion}
    written = restore_counts(workbook)
    if job.answers:
        written |= stamp(workbook, book, Ancestor(book.sha256, job.answers))
    counted = _listed(workbook, job, notes, book, grids)
    for sheet in workbook.worksheets:
        if sheet.title in grids:
            marked = {one: words.get(one, UNTOLD) for one in findings if one.sheet == sheet.title}
            flag_cells(sheet, grids[sheet.title], marked)
    workbook.calculation.fullCalcOnLoad = True
    buffer = BytesIO()
    workbook.save(buffer)
    data = with_patched_results(buffer.getvalue(), workbook, grids, counted.results)
    changed = (
        written | counted.places | {Place(item.sheet, item.at) for item in sanitised if item.at}
    )
    after = read_bytes(data, limits=job.limits)
    if after.external_links or after.macros:
        return say.CANNOT_MARK.finding()
    place = altered(grids.values(), after.grids, changed)
    return data if place is None else say.NOT_FAITHFUL.finding(where=place.label)


def _listed(
    workbook: Workbook, job: Job, notes: Sequence[Noted], book: Book, grids: Mapping[str, Grid]
) -> Written:
    """加上问题清单；写了说明的，说明页上不再算。"""
    checks = SelfChecks(grids.values(), job.notes, job.live)
    said, _ = matched(notes, statements_of(book))
    listed = [Listed(note, joined(said.get(index, ()))) for index, note in enumerate(notes)]
    rows = add_issue_sheet(workbook, listed, job.letter, checks.unlisted(notes))
    doubted = (
        Row(row, found, frozenset(filter(checks.says, found)), _on_the_list(one))
        for row, one in rows
        if one.note.due.severity is Severity.WARNING and (found := checks.can_say(one.note))
    )
    return explain_counts(workbook, doubted, job.live.nothing, banner_of(grids))


def _on_the_list(one: Listed) -> bool:
    """在清单里写明了；清单里写的是“无”，凭表上一行写的算已说明的，不是。"""
    return bool(one.statement) and one.note.statement == one.note.finding.explained


def _noted(findings: Iterable[Finding]) -> list[Noted]:
    return [Noted(finding, None) for finding in findings]
