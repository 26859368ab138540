"""收表记录：每次汇总记一行，说出与上一次比有什么不同；记不成不妨碍汇总。"""

from __future__ import annotations

import getpass
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import xltool
from xltool.cli.text import safe
from xltool.excel.atomic import opened, other_names
from xltool.excel.pristine import form_untouched, saving_of
from xltool.excel.write import write_book
from xltool.season.kinds import duplicates_word
from xltool.season.log_book import FILE, log_plan, read_log
from xltool.season.register import DEADLINE, DUPLICATES, LAST_YEAR, WAIVERS
from xltool.season.runs import RunLog, RunRecord, logged

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xltool.collection.model import Collection, Request


def record(home: Path, request: Request, collection: Collection, book: Path) -> str:
    """记上这一次，给出要印的一句；头一次没有可比的，是空串。"""
    path = home / FILE
    read = {one: read_log(one) for one in (path, *other_names(path)) if one.exists()}
    if path in read and read[path] is None:
        return f"“{FILE}”读不了，或不是本程序写的，没有动它；这一次没有记。"
    before = _known({one: log for one, log in read.items() if log})
    run = RunRecord(
        number=before.following,
        time=f"{datetime.now().astimezone():%Y-%m-%d %H:%M}",
        who=_who(),
        version=xltool.__version__,
        options="；".join(_options(request)),
        book=book.name,
        mark=saving_of(book).mark,
    )
    log = logged(before, run, collection)
    try:
        _put_aside(path)
        write_book(log_plan(log), path)
    except OSError:
        return f"“{FILE}”没有写成，这一次没有记。"
    return _since(before, log)


def _known(logs: Mapping[Path, RunLog]) -> RunLog:
    """记到最后一次的那一份，连同别的几份里以后写的备注：正开着而记到另一个名字，关的时候才存。"""
    if not logs:
        return RunLog()
    last, log = max(logs.items(), key=lambda pair: len(pair[1].runs))
    saved = {path: path.stat().st_mtime_ns for path in logs}
    later = sorted((path for path in logs if saved[path] > saved[last]), key=lambda one: saved[one])
    remarks = {
        (run.number, run.time): run.remark
        for path in later
        for run in logs[path].runs
        if run.remark
    }
    runs = (
        replace(run, remark=remarks.get((run.number, run.time), run.remark)) for run in log.runs
    )
    return RunLog(tuple(runs), log.files)


def _since(before: RunLog, log: RunLog) -> str:
    if not before.runs:
        return ""
    last, now = before.runs[-1], log.runs[-1]
    return (
        f"与上一次（{safe(last.time)}）比：新到 {now.new}，换过 {now.changed}，不见了 {now.gone}。"
    )


def _put_aside(path: Path) -> None:
    """有人存过的不覆盖：改名留在旁边，人写的备注也抄进新的。"""
    if not path.exists() or opened(path) or form_untouched(path):
        return
    other = next((one for one in other_names(path) if not one.exists()), None)
    if other is None:
        raise FileExistsError(path)
    path.rename(other)


def _who() -> str:
    """谁执行的：系统登录的名字，不知道的空着。"""
    with suppress(KeyError, OSError, ImportError):
        return getpass.getuser()
    return ""


def _options(request: Request) -> Iterator[str]:
    """用的设置。"""
    yield f"文件夹 {request.folder}"
    if request.roster:
        yield f"名单 {request.roster}"
    if request.deadline:
        yield f"{DEADLINE.label} {request.deadline.isoformat()}"
    for setting, path in ((LAST_YEAR, request.last_year), (WAIVERS, request.waivers)):
        if path:
            yield f"{setting.label} {path}"
    yield f"{DUPLICATES.label} {duplicates_word(request.on_duplicate)}"
