"""各单位评分后的表另存成文件：每个进程刻一次版，几个进程一起印。"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from traceback import format_exception
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import unpacked
from xltool.consolidated.unit_sheet import lines_of, marks_of
from xltool.excel.atomic import atomic_save, flush_all
from xltool.form.changing_cells import changing_cells, changing_heights
from xltool.form.form import Known, make_form
from xltool.layout.layout import template_layout
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from xltool.assessment.report import Noted, Report
    from xltool.excel.prerendered import PrerenderedBook
    from xltool.finding import Severity
    from xltool.form.form import Form
    from xltool.scheme.key import CellKey
    from xltool.workers.pool import WorkerPool
    from xltool.workers.worker import Worker

_FEW = 50  # 少于这么多份，另用进程不合算
_BATCH = 4  # 一批在管道里放得下，交的时候不必等
_AHEAD = 2  # 手上的做完，下一批已经在等它


class Job(NamedTuple):
    """一份：打了包的结论，存到哪里，放在一批里才看出的问题；有豁免的另给显出来的格。"""

    packed: bytes
    target: str
    batch: tuple[Noted, ...] = ()
    marks: Mapping[CellKey, Severity] | None = None


Batch = Sequence[Job]


@contextmanager
def writing_forms(jobs: Sequence[Job], pool: WorkerPool) -> Iterator[Callable[[], None]]:
    """在别的进程里写各单位的表，主进程同时做别的事；给出的函数等到全部写完才返回。

    主进程自己忙着，先留下一个进程不用，免得几个抢处理器，主进程反而最后才完；它来等了再一齐写。
    中途出错的，手上的写完就停，不留下写了一半的文件。
    """
    batches = deque(jobs[start : start + _BATCH] for start in range(0, len(jobs), _BATCH))
    if len(jobs) < _FEW or pool.jobs == 1:
        yield lambda: _finish(map(write_batch, batches))
        return
    while len(pool.workers) < pool.jobs:  # 读完文件的接着用，不够再添
        pool.start(try_batch)
    spare, *first = pool.workers
    with ThreadPoolExecutor(pool.jobs) as threads:
        written = [threads.submit(_keep_writing, worker, batches) for worker in first]

        def finish() -> None:
            written.append(threads.submit(_keep_writing, spare, batches))
            _finish(one.result() for one in written)

        try:
            yield finish
        finally:
            batches.clear()


def _finish(written: Iterable[None]) -> None:
    deque(written, maxlen=0)
    flush_all()


def _keep_writing(worker: Worker, batches: deque[Batch]) -> None:
    """让一个进程一批接一批地写；它死了，在本进程接着写。"""
    given: deque[Batch] = deque()
    problem: object = None
    try:
        while problem is None:
            while len(given) < _AHEAD and (batch := _next(batches)):
                given.append(batch)
                worker.order(try_batch, batch)
            if not given:
                return
            problem = worker.result()
            given.popleft()
    except (EOFError, OSError):
        while batch := _next(given) or _next(batches):
            write_batch(batch)
    if isinstance(problem, Exception):
        raise problem


def _next(batches: deque[Batch]) -> Batch | None:
    """下一批；几个线程一起取，取到没有为止。"""
    with suppress(IndexError):
        return batches.popleft()
    return None


def try_batch(batch: Batch) -> Exception | None:
    """写一批，出错的送回；在工作进程里跑。"""
    try:
        write_batch(batch)
    except OSError as error:  # 磁盘满了之类，照原样报
        return error
    except Exception as error:  # noqa: BLE001 - raised again by the one who waits
        return RuntimeError("".join(format_exception(error)))
    return None


def write_batch(batch: Batch) -> None:
    """写一批。"""
    for job in batch:
        _write(job, unpacked(job.packed).report, Path(job.target))


def _write(job: Job, report: Report, target: Path) -> None:
    """版面与模板相同的从版上印；记录多、表加长了的单独排。"""
    scheme, _ = ready_scheme(report.scheme)
    known = Known(report.scorecard, report.numbers)
    form = make_form(scheme, report.contents, known)
    marks = marks_of((*job.batch, *report.notes)) if job.marks is None else job.marks
    form = replace(form, marks=marks, lines=lines_of(report))
    if form.layout is template_layout(scheme):
        prerendered = _prerendered(report.scheme)
        cells, heights = changing_cells(form), changing_heights(form)
        atomic_save(target, lambda handle: prerendered.print(handle, cells, heights), durable=False)
    else:
        _write_whole(form, target)
    form.facts.release()


def _write_whole(form: Form, target: Path) -> None:
    from xltool.excel.write import write_book  # noqa: PLC0415 - the rare long form only
    from xltool.form.book import form_plan  # noqa: PLC0415

    write_book(form_plan(form), target)


@lru_cache(maxsize=16)
def _prerendered(scheme_id: str) -> PrerenderedBook:
    """这个进程的版；每个进程刻一次。"""
    from xltool.excel.prerendered import prerender_book  # noqa: PLC0415 - XlsxWriter is heavy
    from xltool.excel.skeleton import empty_skeleton  # noqa: PLC0415
    from xltool.form.book import form_plan  # noqa: PLC0415

    blank = form_plan(replace(make_form(ready_scheme(scheme_id)[0], {}), lines={}))
    return prerender_book(empty_skeleton(blank), blank)
