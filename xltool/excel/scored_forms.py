"""各单位评分后的表另存成文件：版刻一次，几个进程一起印。"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from xltool.collection.calm import seldom_collected
from xltool.collection.packing import unpacked
from xltool.excel.atomic import atomic_save, flush_all
from xltool.layout.layout import template_layout
from xltool.scoring.catalogue import ready_scheme
from xltool.sheets.consolidated.unit_sheet import marks_of
from xltool.sheets.form.changing import changing_cells, changing_heights
from xltool.sheets.form.form import Known, make_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from xltool.collection.report import Report
    from xltool.excel.press import Press
    from xltool.sheets.form.form import Form

_FEW = 50  # 少于这么多份，另起进程不合算
_BATCH = 16

Job = tuple[bytes, str]
"""一份：打了包的结论，和存到哪里。"""


@contextmanager
def writing_forms(
    scheme_id: str, jobs: Iterable[Job], count: int, workers: int | None
) -> Iterator[Callable[[], None]]:
    """在别的进程里写各单位的表，主进程同时做别的事；给出的函数等到全部写完才返回。"""
    processes = workers or os.cpu_count() or 1
    if count < _FEW or processes == 1:
        yield lambda: _write_all(scheme_id, jobs)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(write_batch, scheme_id, batch) for batch in _batches(jobs)]

        def finish() -> None:
            for future in waiting:
                future.result()
            flush_all()

        yield finish


def _write_all(scheme_id: str, jobs: Iterable[Job]) -> None:
    for batch in _batches(jobs):
        write_batch(scheme_id, batch)
    flush_all()


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    for job in jobs:
        batch.append(job)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def write_batch(scheme_id: str, batch: list[Job]) -> None:
    """写一批；在工作进程里跑。"""
    with seldom_collected():
        for packed, target in batch:
            _write(scheme_id, unpacked(packed).report, Path(target))


def _write(scheme_id: str, report: Report, target: Path) -> None:
    """版面与模板相同的从版上印；记录多、表加长了的单独排。"""
    scheme, _ = ready_scheme(scheme_id)
    known = Known(report.scorecard, report.numbers)
    form = replace(make_form(scheme, report.contents, known), marks=marks_of(report))
    if form.layout is template_layout(scheme):
        press = _press(scheme_id)
        cells, heights = changing_cells(form), changing_heights(form)
        atomic_save(target, lambda handle: press.print(handle, cells, heights), durable=False)
    else:
        _write_whole(form, target)
    form.facts.release()


def _write_whole(form: Form, target: Path) -> None:
    from xltool.excel.write import write_book  # noqa: PLC0415 - the rare long form only
    from xltool.sheets.form.book import form_plan  # noqa: PLC0415

    write_book(form_plan(form), target)


@lru_cache(maxsize=4)
def _press(scheme_id: str) -> Press:
    """这个进程的版；每个进程刻一次。"""
    from xltool.excel.press import make_press  # noqa: PLC0415 - XlsxWriter is heavy
    from xltool.excel.shell import empty_shell  # noqa: PLC0415
    from xltool.sheets.form.book import form_plan  # noqa: PLC0415

    blank = form_plan(make_form(ready_scheme(scheme_id)[0], {}))
    return make_press(empty_shell(blank), blank)
