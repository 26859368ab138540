"""汇总：清点文件夹，读每一份，归到各部门，核对名单和期限，排名。"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Final, TypeVar

from xltool.collection.basis import Basis, aid_at, relaxed_limits
from xltool.collection.batch import Applied, apply_waivers, judged_in_batch
from xltool.collection.beside import NOTHING, may_be_report, settle
from xltool.collection.dates import calendar_of
from xltool.collection.decision import days_late, decide
from xltool.collection.departments import departments
from xltool.collection.difference import differences
from xltool.collection.earlier_standings import EarlierStandings
from xltool.collection.file_outcomes import at_home, first_look, member_outcomes, returned_files
from xltool.collection.inbox import list_inbox
from xltool.collection.kinship import reunited
from xltool.collection.last_years import read_last_years
from xltool.collection.lower_books import settle_books
from xltool.collection.matching import directory_of
from xltool.collection.misnamed import misnamed_notes
from xltool.collection.model import Collection
from xltool.collection.owed_notes import missing_notes, project_notes, spared_notes
from xltool.collection.read_cache import read_cache
from xltool.collection.reading import limits, read_all, read_item
from xltool.collection.report_outcomes import attach, reports_told
from xltool.collection.roster import read_roster
from xltool.collection.roster_twice import mixed_up
from xltool.collection.units import make_units
from xltool.collection.variant_notes import form_notes, older_notes
from xltool.collection.waivers import read_waivers
from xltool.finding import Finding
from xltool.messages import collection as say
from xltool.values import quote
from xltool.values.file_names import safe_name
from xltool.workers.pool import WorkerPool
from xltool.workers.run import TIMEOUT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from xltool.cache.store import Store
    from xltool.collection.beside import Beside
    from xltool.collection.dates import Calendar
    from xltool.collection.decision import Decision
    from xltool.collection.departments import Department
    from xltool.collection.inbox import Item
    from xltool.collection.last_years import LastYears
    from xltool.collection.model import Request
    from xltool.collection.reading import Read, Reader
    from xltool.collection.roster import Roster
    from xltool.collection.waivers import Waivers
    from xltool.workers.run import Progress


T = TypeVar("T")


class UnusableListError(Exception):
    """名单或豁免表不能用，`finding` 说明为什么；先改好再汇总。"""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding: Final = finding


def collect(
    request: Request,
    progress: Progress | None = None,
    *,
    pool: WorkerPool | None = None,
    read: Reader = read_item,
    timeout: float = TIMEOUT,
) -> Collection:
    """汇总一个文件夹：读完归并；参数和异常见 `gather`。"""
    return gather(request, progress, pool=pool, read=read, timeout=timeout).collection


def gather(  # noqa: PLR0913 - what to read, and with what
    request: Request,
    progress: Progress | None = None,
    *,
    pool: WorkerPool | None = None,
    read: Reader = read_item,
    timeout: float = TIMEOUT,
    store: Store | None = None,
    items: tuple[Item, ...] | None = None,
) -> Gathered:
    """读一个文件夹。结果与文件的先后、进程的多少、所在的系统都无关。

    `progress` 每读完一个文件得到（已读，共）；给了 `pool` 就用它的进程读，读完留着；
    `read` 是读一个文件的函数，`timeout` 是一个文件最多读几秒；给了 `store`，内容没有变的不再读；
    给了 `items` 就只看这些，不清点文件夹。

    Raises:
        OSError: 文件夹打不开。
        ValueError: 放宽上限的环境变量写得不对。
        UnusableListError: 名单或豁免表不能用。
    """
    limits()
    aids = _aids(request)
    years = aids.years and replace(aids.years, standings=EarlierStandings())  # 读的时候用不到
    if items is None:
        items = list_inbox(request.folder, excluded(request))
    wanted = [item for item in items if not (item.skip or item.trouble)]
    first = [item for item in wanted if may_be_report(item)]
    if years is not None:
        read = partial(read_item, years=years)
    with nullcontext(pool) if pool else WorkerPool(request.jobs) as used:
        run = partial(read_all, pool=used, timeout=timeout)
        shown = partial(_shown, progress, 0, len(wanted)) if progress else None
        early = run(first, read, progress=shown, memory=read_cache(store, years))
        reads = {item.file: done for item, done in zip(first, early, strict=True)}
        beside = _beside(aids, first, reads)
        if beside is not NOTHING:
            read = partial(read_item, years=years, beside=beside)
        kept = {file for file, one in reads.items() if one.summary is None or beside is NOTHING}
        rest = [item for item in wanted if item.file not in kept]  # 名字像报告的表再读一遍
        shown = partial(_shown, progress, len(kept), len(wanted)) if progress else None
        memory = read_cache(store, years, beside)
        later = run(rest, read, progress=shown, memory=memory)
    reads |= {item.file: done for item, done in zip(rest, later, strict=True)}
    return Gathered(request, aids, items, reads, beside)


def _shown(progress: Progress, before: int, whole: int, done: int, _total: int) -> None:
    """分两遍读，进度照全部的说。"""
    progress(before + done, whole)


def _beside(aids: _Aids, items: Sequence[Item], reads: Mapping[str, Read]) -> Beside:
    """读出的自评报告各是哪个单位的；一份也没有的是 NOTHING。"""
    headings = {
        item.file: (read.sha256, read.heading)
        for item in items
        if (read := reads[item.file]).heading is not None
    }
    if not headings:
        return NOTHING
    return settle(items, headings, directory_of(aids.roster) if aids.roster else None)


@dataclass(frozen=True, slots=True)
class _Aids:
    """报送以外的：名单、豁免表、上年度的报送；没有给的为空。"""

    roster: Roster | None
    waivers: Waivers | None
    years: LastYears | None
    basis: Basis

    @property
    def findings(self) -> Iterator[Finding]:
        """这几样自己的问题。"""
        for one in (self.roster, self.waivers, self.years):
            yield from one.findings if one else ()


@dataclass(frozen=True)
class Gathered:
    """读完了的一个文件夹：归并出的结果，和去掉几份再归并的办法。"""

    request: Request
    aids: _Aids
    items: tuple[Item, ...]
    reads: Mapping[str, Read]
    beside: Beside = NOTHING

    @cached_property
    def collection(self) -> Collection:
        """归并的结果。"""
        return _gathered(self)

    def returning(self, faults: Mapping[str, Finding]) -> Gathered:
        """这几份写不出来：各带着说明退回，其余的重新归并、排名。"""
        returned = {
            file: replace(self.reads[file], summary=None, packed=b"", findings=(fault,))
            for file, fault in faults.items()
        }
        return replace(self, reads={**self.reads, **returned})


def _aids(request: Request) -> _Aids:
    roster = _usable(read_roster, request.roster)
    if roster and (refusal := mixed_up(roster.findings)):
        raise UnusableListError(refusal)
    waivers = _usable(read_waivers, request.waivers)
    years = read_last_years(request.last_year, limits()) if request.last_year else None
    if years and roster:
        years.on_roster(roster)
    basis = Basis(
        roster=aid_at(request.roster),
        last_year=aid_at(request.last_year),
        waivers=aid_at(request.waivers),
        deadline=request.deadline,
        on_duplicate=request.on_duplicate,
        relaxed=relaxed_limits(limits()),
    )
    return _Aids(roster, waivers, years, basis)


def _usable(read: Callable[[Path], T | Finding], path: Path | None) -> T | None:
    """名单或豁免表；程序读它时出的错，也说出是哪个文件。"""
    if path is None:
        return None
    try:
        listed = read(path)
    except Exception as error:
        file = safe_name(path.name)
        raise UnusableListError(
            say.LIST_FAULT.finding(file=file, kind=type(error).__name__)
        ) from error
    if isinstance(listed, Finding):
        raise UnusableListError(listed)
    return listed


def excluded(request: Request) -> Mapping[Path, str]:
    """文件夹里不当报送读的文件，和各是什么。"""
    found = dict.fromkeys(request.exclude, say.OWN_OUTPUT)
    if request.roster:
        found[request.roster] = say.ROSTER_FILE
    if request.waivers:
        found[request.waivers] = say.WAIVER_FILE
    if request.last_year:
        found[request.last_year] = say.LAST_YEAR_FILE
    return found


def _gathered(gathered: Gathered) -> Collection:
    """读完以后的归并：只看读出的结果。"""
    request, aids, items, reads = gathered.request, gathered.aids, gathered.items, gathered.reads
    roster, waivers = aids.roster, aids.waivers
    directory = directory_of(roster) if roster else None
    lower = settle_books(items, reads)
    reports = reports_told(items, reads, gathered.beside)
    settled, members = first_look(items, reads, directory, {**lower.outcomes, **reports})
    calendar = calendar_of((member.summary for member in members), request.deadline)
    decided = [
        (department, decide(department, request.on_duplicate, calendar))
        for department in reunited(departments(members, directory))
    ]
    for department, decision in decided:
        settled |= {one.file: one for one in member_outcomes(department, decision)}
    units = make_units(decided, roster, returned_files(settled.values()), calendar)
    attached = attach(reports, reads, decided, gathered.beside)
    settled = at_home(settled, units) | dict(attached.outcomes)
    units = judged_in_batch(units)
    applied = apply_waivers(units, waivers) if waivers else Applied(units, (), ())
    units = applied.units
    order = {unit.key: number for number, unit in enumerate(units)}
    decided.sort(key=lambda pair: order[pair[0].key])
    notes = [note for pair in decided for note in _notes(*pair, calendar)]
    notes += [*older_notes([department for department, _ in decided]), *missing_notes(units)]
    files = tuple(settled[item.file] for item in items)
    notes += misnamed_notes(files, units, directory) if directory else ()
    return Collection(
        folder=safe_name(request.folder.resolve().name),
        roster=roster.file if roster else "",
        files=files,
        units=units,
        findings=(*aids.findings, *applied.findings, *notes, *lower.findings, *attached.findings),
        lower=lower.adopted,
        differences=tuple(
            differences(department, decision.versions)
            for department, decision in decided
            if len(decision.versions.distinct) > 1
        ),
        waivers=waivers.file if waivers else "",
        waiver_outcomes=applied.outcomes,
        last_year=safe_name(request.last_year.name) if request.last_year else "",
        basis=aids.basis,
        earlier=aids.years.earlier(units) if aids.years else {},
    )


def _notes(department: Department, decision: Decision, calendar: Calendar) -> Iterator[Finding]:
    """一个部门的问题：归并时的、几份的、表种、项目不对的、零报送的、逾期的。"""
    yield from department.findings
    yield from decision.findings
    yield from form_notes(department)
    yield from project_notes(department)
    if decision.chosen is None:
        return
    name, file = quote(department.name), decision.chosen.file
    entry, summary = department.entry, decision.chosen.summary
    yield from (one.in_file(file) for one in spared_notes(department))
    limit = calendar.limit(entry.until if entry else None)
    if limit is not None and summary.date is None:
        yield say.UNDATED.finding(name=name, deadline=limit.isoformat()).in_file(file)
    elif limit and summary.date and days_late(department, decision, calendar):
        day = summary.date.isoformat()
        yield say.LATE.finding(name=name, date=day, deadline=limit.isoformat()).in_file(file)
