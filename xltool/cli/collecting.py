"""汇总的过程：读、写，印出各单位到了哪一步，最后印统计和下一步。"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xltool.cache.place import cache_folder
from xltool.cache.store import open_store
from xltool.cli.brought import brought, kept_beside, strange
from xltool.cli.documents import collect_document
from xltool.cli.exits import ExitCode, Failure
from xltool.cli.marks import MARKS
from xltool.cli.progress import progress_shown
from xltool.cli.run_log import record
from xltool.cli.score import shown
from xltool.cli.standing import (
    argument,
    count_line,
    more_notices,
    next_steps,
    notices,
    standing_lines,
)
from xltool.cli.submissions import reading_limits
from xltool.cli.text import safe
from xltool.collection.collect import UnusableListError, gather
from xltool.collection.standing import standing
from xltool.collection.statuses import FileStatus, state_words
from xltool.excel.consolidated_book import Writing, write_gathered
from xltool.excel.output_set import NoNameError, NotOursError, claimed_set
from xltool.excel.pristine import State
from xltool.excel.set_cache import set_cache
from xltool.finding import NONE_FOUND
from xltool.season.register import BOOK, DEADLINE, DUPLICATES, INBOX, LAST_YEAR, WAIVERS
from xltool.season.settings import Settings
from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.cache.store import Store
    from xltool.cli.console import Console
    from xltool.collection.collect import Gathered
    from xltool.collection.model import Collection, FileOutcome, Request, Unit
    from xltool.collection.standing import Standing
    from xltool.excel.output_set import OutputSet
    from xltool.season.folder import Season
    from xltool.workers.run import Progress

_READING: Final = "读报送"
_WHY_PASSED: Final = {
    State.OPENED: "{name}正被其他程序打开，没有覆盖；关闭后可重新汇总。"
    "确实没有打开的，删去它旁边的锁文件（名称以“~$”或“.~”开头）。",
    State.KEPT: "{name}里有人写过，没有覆盖；写的也带到了这一份。",
    State.UNREAD: "{name}写出以后有人存过，里面的复核意见现在读不了（或正有人在存），没有覆盖；"
    "请用 Excel 或 WPS 打开、另存后再汇总。",
}


@dataclass(frozen=True, slots=True)
class Run:
    """一次汇总：印到哪里、要求、说的是写到哪里、照哪一季、用不用缓存。"""

    console: Console
    request: Request
    wanted: Path
    season: Season | None
    cached: bool = True

    @property
    def return_command(self) -> str:
        """照同样的要求退回的命令；与设置相同的不用写。"""
        request, season = self.request, self.season
        known = season.settings if season else Settings(Path(), {}, {})
        paths = (
            ("", request.folder, known[INBOX] if season else None),
            ("--roster ", request.roster, season.roster if season else None),
            ("--waivers ", request.waivers, known[WAIVERS]),
            ("--last-year ", request.last_year, known[LAST_YEAR]),
            ("--book ", self.wanted, known[BOOK]),
        )
        words = [f"{name}{argument(path)}" for name, path, usual in paths if path and path != usual]
        if request.deadline and request.deadline != known[DEADLINE]:
            words.append(f"--deadline {request.deadline.isoformat()}")
        if request.on_duplicate != known[DUPLICATES]:
            words.append(f"--on-duplicate {request.on_duplicate}")
        return " ".join(("xltool return", *words))


def perform(run: Run) -> ExitCode:
    """汇总，写出，印出结果。

    Raises:
        Failure: 目标不能写，名单不能用，或放宽上限的环境变量写得不对。
    """
    reading_limits()
    started = time.perf_counter()
    with (
        _place(run.wanted) as claimed,
        WorkerPool(run.request.jobs) as pool,
        progress_shown(run.console) as show,
        reading_store(cached=run.cached) as store,
    ):
        show(_READING, 0, None)
        gathered = gathered_from(run.request, pool, partial(show, _READING), store)
        read = time.perf_counter()
        writing = Writing(pool, show, set_cache(store))
        collection, place, reviews, unchanged = write_gathered(gathered, claimed, writing)
    saved = place.target
    written = time.perf_counter()
    now = standing(collection, reviews.returned)
    _show(run.console, collection, now)
    if run.console.as_json:  # 一千份的结论都要打开，不要 JSON 就不做
        run.console.document(collect_document(collection, str(saved), reviews.returned))
    run.console.detail(f"读和计分用 {read - started:.1f} 秒，写汇总用 {written - read:.1f} 秒。")
    _summarise(run, collection, now, place)
    brought(run.console, place, reviews)
    strange(run.console, collection, reviews)
    kept_beside(run.console, place)
    done = "没有变化，不必重写：" if unchanged else "已写入 "
    run.console.note(f"{done}{safe(str(saved))}")
    counts = collection.counts
    if saved != run.wanted:
        return ExitCode.RENAMED
    wrong = counts.returned or counts.unreadable or counts.pending or counts.problems.error
    return ExitCode.FOUND if wrong else ExitCode.OK


@contextmanager
def reading_store(*, cached: bool) -> Iterator[Store | None]:
    """打开的缓存；不用的、打不开的为空。"""
    store = open_store(cache_folder()) if cached else None
    yield store
    if store is not None:
        store.tidy()


@contextmanager
def _place(wanted: Path) -> Iterator[OutputSet]:
    """占住要写的目标。

    Raises:
        Failure: 那里已有别的文件，另一个程序正在写它，或另取的名字都用完了。
    """
    try:
        with claimed_set(wanted) as place:
            yield place
    except NotOursError as error:
        raise Failure(
            f"“{wanted}”已有，不是汇总，没有覆盖。", "换一个文件名，或先移走那个文件。"
        ) from error
    except NoNameError as error:
        raise Failure(
            f"“{wanted}”和它后面编号的都有人存过。", "移走用不着的，或换一个文件名。"
        ) from error


def gathered_from(
    request: Request, pool: WorkerPool, progress: Progress, store: Store | None
) -> Gathered:
    """读完一个文件夹；给了 `store` 的，读过的不再读。

    Raises:
        Failure: 名单、豁免表不能用。
    """
    try:
        return gather(request, progress, pool=pool, store=store)
    except UnusableListError as error:
        raise Failure(error.finding.message, error.finding.remedy) from error


def _show(console: Console, collection: Collection, now: Standing) -> None:
    """平时印要办的各是谁；加 -v 逐个文件印去向和全部问题，加 -q 只印错误。"""
    if console.silent:
        return
    if console.verbose or console.quiet:
        _show_files(console, collection)
        return
    console.lines(standing_lines(now))
    shown, left = notices(collection.findings)
    console.findings(shown)
    if left:
        console.line(more_notices(left))


def _show_files(console: Console, collection: Collection) -> None:
    units = {unit.file: unit for unit in collection.units if unit.adopted}
    for item in collection.files:
        unit = units.get(item.file)
        console.line(_file_line(item, unit))
        if unit is None or unit.tally.error or console.verbose:
            console.findings(unit.findings() if unit else item.findings)
    if collection.findings:
        console.line()
    console.findings(collection.findings)


def _file_line(item: FileOutcome, unit: Unit | None) -> str:
    """一个文件的去向；采用的带得分和问题数，其余的带理由；下面要列问题的，理由就在问题里。"""
    state = state_words(item.status, unit.tally if unit else NONE_FOUND)
    head = f"{MARKS[item.status]} {state} {safe(item.file)}"
    if unit is None:
        return head if item.findings else f"{head}：{safe(item.reason)}"
    score = f"{shown(unit.total)} {unit.grade}".rstrip()
    return f"{head}  {safe(unit.name)}  {score}"


def _summarise(run: Run, collection: Collection, now: Standing, place: OutputSet) -> None:
    counts = collection.counts
    fates = (
        (FileStatus.BLANK, counts.blank),
        (FileStatus.REPLACED, counts.replaced),
        (FileStatus.ATTACHED, counts.attached),
    )
    rare = [  # 不常有的，有才说
        f"，{status.label} {count}"
        for status, count in (*fates, (FileStatus.UNREADABLE, counts.unreadable))
        if count
    ]
    if not counts.found:
        folder = safe(str(run.request.folder))
        run.console.note(f"“{folder}”里一个文件也没有，请核对是不是给错了文件夹。")
    run.console.note(
        f"共 {counts.found} 份：采用 {counts.adopted}，退回 {counts.returned}，"
        f"重复待确认 {counts.pending}，跳过 {counts.skipped}{''.join(rare)}；"
        f"{counts.problems.words}。"
    )
    run.console.note(count_line(now))
    if run.season is not None:
        since = record(run.season.folder, run.request, collection, place.target)
        if since:
            run.console.note(since)
    latest = run.request.on_duplicate == "latest"
    steps = next_steps(now, run.request.folder, place.target, run.return_command, latest=latest)
    for step in steps:
        run.console.note(f"下一步：{step}")
    unread = dict.fromkeys(place.brought.unread, State.UNREAD)
    for target, state in (dict(place.passed) | unread).items():
        if state in _WHY_PASSED:
            run.console.note(_WHY_PASSED[state].format(name=f"“{safe(target.name)}”"))
    if place.passed:
        run.console.note(
            f"这一次写在“{safe(place.target.name)}”；复核意见写在哪一份里，下一次汇总都带过来。"
        )
    for old in place.left:
        run.console.note(f"{safe(str(old))} 是上一次写的，刚才有人打开或存过，没有删。")
