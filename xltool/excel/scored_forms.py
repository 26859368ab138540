"""各单位评分后的表另存成文件：每个进程刻一次版，几个进程一起印。"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, SupportsBytes, cast

from xltool.collection.report_slices import unpacked
from xltool.consolidated.unit_sheet import lines_of, marks_of
from xltool.excel.atomic import flush_file, named
from xltool.form.changing_cells import changing_cells, changing_rows
from xltool.form.form import Known, make_form
from xltool.layout.layout import template_layout
from xltool.scoring.catalogue import ready_scheme
from xltool.workers.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xltool.assessment.noted import Noted
    from xltool.excel.prerendered import PrerenderedBook
    from xltool.finding import Severity
    from xltool.scheme.key import CellKey
    from xltool.sheets.plan import Link
    from xltool.workers.pool import WorkerPool
    from xltool.workers.run import Lost, Progress


class Job(NamedTuple):
    """一份：打了包的结论，存到哪里，放在一批里才看出的问题；有豁免的另给显出来的格。

    `review` 是复核得分、意见填在汇总的哪里。
    """

    packed: SupportsBytes
    target: str
    batch: tuple[Noted, ...] = ()
    marks: Mapping[CellKey, Severity] | None = None
    review: Link | None = None


@contextmanager
def writing_forms(
    jobs: Sequence[Job], pool: WorkerPool, progress: Progress | None = None
) -> Iterator[Callable[[], list[str]]]:
    """在别的进程里写各单位的表，主进程同时做别的事；给出的函数等到全部写完，返回各份的指纹。

    主进程自己忙着，先少用一个进程，免得几个抢处理器，主进程反而最后才完；它来等了再一齐写。
    中途出错的，手上的写完就停，不留下写了一半的文件。
    """
    run = Run(pool, write_form, jobs, progress=progress)
    if not run.parallel:
        yield lambda: _finished(jobs, run.results())
        return
    most, run.jobs = run.jobs, run.jobs - 1
    with ThreadPoolExecutor(1) as thread:
        written = thread.submit(run.results)

        def finish() -> list[str]:
            run.jobs = most
            return _finished(jobs, written.result())

        try:
            yield finish
        finally:
            run.stop()


def _finished(jobs: Sequence[Job], written: Sequence[str | Lost]) -> list[str]:
    """各份的指纹；写它的进程死了的，在本进程再写。"""
    return [
        digest if isinstance(digest, str) else write_form(job)
        for job, digest in zip(jobs, written, strict=True)
    ]


def write_form(job: Job) -> str:
    """写一份，返回内容的指纹。"""
    with named(Path(job.target)), Path(job.target).open("w+b") as handle:
        print_form(job, cast("BinaryIO", handle))
        flush_file(cast("BinaryIO", handle))
        handle.seek(0)
        return file_digest(handle, "sha256").hexdigest()


def print_form(job: Job, handle: BinaryIO) -> None:
    """印一份；版面与模板相同的从版上印，记录多、表加长了的单独排。"""
    report = unpacked(job.packed).report
    scheme, _ = ready_scheme(report.scheme)
    known = Known(report.scorecard, report.numbers)
    form = make_form(scheme, report.contents, known)
    marks = marks_of((*job.batch, *report.notes)) if job.marks is None else job.marks
    form = replace(form, marks=marks, lines=lines_of(report), review=job.review)
    if form.layout is template_layout(scheme):
        prerendered = _prerendered(report.scheme, job.review)
        prerendered.print(handle, changing_cells(form), changing_rows(form))
    else:
        from xltool.excel.check import check_output  # noqa: PLC0415 - the rare long form only
        from xltool.excel.write import stream_book  # noqa: PLC0415
        from xltool.form.book import form_plan  # noqa: PLC0415

        check_output(handle, stream_book(form_plan(form), handle))
    form.facts.release()


@lru_cache(maxsize=16)
def _prerendered(scheme_id: str, review: Link | None) -> PrerenderedBook:
    """这个进程的版；每个进程刻一次。"""
    from xltool.excel.prerendered import prerender_book  # noqa: PLC0415 - XlsxWriter is heavy
    from xltool.excel.skeleton import empty_skeleton  # noqa: PLC0415
    from xltool.form.book import form_plan  # noqa: PLC0415

    form = replace(make_form(ready_scheme(scheme_id)[0], {}), lines={}, review=review)
    blank = form_plan(form)
    return prerender_book(empty_skeleton(blank), blank)
