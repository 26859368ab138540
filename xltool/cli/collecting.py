"""汇总的过程：读、写、逐个文件印出去向、最后印统计。"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.cli.documents import collect_document
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.score import shown
from xltool.cli.text import safe
from xltool.collection.collect import UnusableListError, collect
from xltool.collection.statuses import FileStatus
from xltool.excel.consolidated_book import write_consolidated
from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from xltool.cli.console import Console
    from xltool.collection.model import Collection, FileOutcome, Request, Unit

_MARKS: Final = {
    FileStatus.ADOPTED: "√",
    FileStatus.RETURNED: "×",
    FileStatus.PENDING: "●",
    FileStatus.SKIPPED: "·",
}


@dataclass(frozen=True, slots=True)
class Run:
    """一次汇总：印到哪里、要求、写到哪里、说的是写到哪里。"""

    console: Console
    request: Request
    output: Path
    wanted: Path


def perform(run: Run) -> ExitCode:
    """汇总，写出，印出结果。

    Raises:
        Failure: 名单不能用，或放宽上限的环境变量写得不对。
    """
    started = time.perf_counter()
    with WorkerPool(run.request.jobs) as pool:
        collection = _collected(run, pool)
        read = time.perf_counter()
        saved = write_consolidated(collection, run.output, pool)
    written = time.perf_counter()
    if not run.console.silent:
        _show_files(run.console, collection)
    if run.console.as_json:  # 一千份的结论都要打开，不要 JSON 就不做
        run.console.document(collect_document(collection, str(saved)))
    run.console.detail(f"读和计分用 {read - started:.1f} 秒，写汇总用 {written - read:.1f} 秒。")
    _summarise(run, collection, saved)
    counts = collection.counts
    if saved != run.wanted:
        return ExitCode.RENAMED
    wrong = counts.returned or counts.pending or counts.error
    return ExitCode.FOUND if wrong else ExitCode.OK


def _collected(run: Run, pool: WorkerPool) -> Collection:
    try:
        with _progress(run.console) as progress:
            return collect(run.request, progress, pool=pool)
    except UnusableListError as error:
        raise Failure(error.finding.message, error.finding.remedy) from error
    except ValueError as error:
        raise Failure(f"{error}。", "改正或删去这个环境变量后再试。") from error


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[int, int], None] | None]:
    """终端上才显示进度条；改到文件里时不显示。"""
    if console.quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console as Terminal
    from rich.progress import Progress

    with Progress(console=Terminal(stderr=True), transient=True) as bar:
        task = bar.add_task("读取", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _show_files(console: Console, collection: Collection) -> None:
    units = {unit.file: unit for unit in collection.units if unit.adopted}
    for item in collection.files:
        if item.status is FileStatus.SKIPPED and not console.verbose:
            continue
        unit = units.get(item.file)
        console.line(_file_line(item, unit))
        if unit is not None and not (unit.errors or console.verbose):
            continue
        console.findings(console.chosen(unit.findings() if unit else item.findings))
    if collection.findings:
        console.line()
    console.findings(collection.findings)


def _file_line(item: FileOutcome, unit: Unit | None) -> str:
    """一个文件的去向；采用的带得分和问题数，其余的带理由；下面要列问题的，理由就在问题里。"""
    head = f"{_MARKS[item.status]} {item.status.label} {safe(item.file)}"
    if unit is None:
        return head if item.findings else f"{head}：{safe(item.reason)}"
    score = f"{shown(unit.total)} {unit.grade}".rstrip()
    return (
        f"{head}  {safe(unit.name)}  {score}  "
        f"错误 {unit.errors} 警告 {unit.warnings} 提示 {unit.notices}"
    )


def _summarise(run: Run, collection: Collection, saved: Path) -> None:
    counts = collection.counts
    if not counts.found:
        folder = safe(str(run.request.folder))
        run.console.note(f"“{folder}”里一个文件也没有，请核对是不是给错了文件夹。")
    run.console.note(
        f"共 {counts.found} 份：采用 {counts.adopted}，退回 {counts.returned}，"
        f"重复待确认 {counts.pending}，跳过 {counts.skipped}；"
        f"错误 {counts.error} 处，警告 {counts.warning} 处，提示 {counts.notice} 处。"
    )
    if saved != run.output:
        name = safe(run.output.name)
        run.console.note(
            f"“{name}”正被其他程序打开，没有覆盖；关闭后可重新汇总。"
            "确实没有打开的，删去它旁边的锁文件（名称以“~$”或“.~”开头）。"
        )
    if run.output != run.wanted:
        kept = safe(run.wanted.name)
        run.console.note(f"“{kept}”写出以后有人存过，多半填了复核意见，没有覆盖；不要了的请移走。")
    run.console.note(f"已写入 {safe(str(saved))}")
