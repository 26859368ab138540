"""核对一份汇总：找回它列出的文件，照它的依据再算一遍，逐格比，人写的另列。"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import xltool
from xltool.collection.basis import relaxed_limits
from xltool.collection.collect import excluded, gather
from xltool.collection.model import Request
from xltool.collection.reading import limits
from xltool.collection.sheet_labels import name_and_label, scheme_of
from xltool.collection.statuses import FileStatus
from xltool.excel.contents_mark import mark_of
from xltool.excel.output_set import own_outputs
from xltool.excel.pristine import saving_of
from xltool.excel.saved_reviews import OWN_BOOK
from xltool.finding import Finding
from xltool.messages import verify as say
from xltool.scheme.digest import scheme_digest
from xltool.scoring.catalogue import ready_schemes
from xltool.values import quote
from xltool.verifying.aids import locate
from xltool.verifying.expected import Expected
from xltool.verifying.forms import different_forms
from xltool.verifying.model import Fate, LowerProof, Remark, UnitProof, UnverifiableError, Verified
from xltool.verifying.originals import find_originals
from xltool.verifying.record import read_record
from xltool.verifying.stand_ins import stand_in
from xltool.xlsx.comments import read_comments
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from xltool.collection.reading import Read
    from xltool.collection.saved_rows import Saved
    from xltool.consolidated.basis import Recorded
    from xltool.verifying.aids import Located, Places
    from xltool.verifying.model import Difference
    from xltool.verifying.originals import Originals
    from xltool.verifying.record import ListedUnit, Record
    from xltool.workers.pool import WorkerPool
    from xltool.workers.run import Progress
    from xltool.xlsx.grid import Book

_DIGEST_SHOWN: Final = 12  # 说一个文件的内容，SHA-256 的开头几位


def read_for_verifying(path: Path) -> tuple[Book, Record, Recorded]:
    """读一份汇总和它记着的。

    Raises:
        UnverifiableError: 读不了、不是汇总，或是早先的版本写的、没有记下依据。
    """
    book = read_book(path, OWN_BOOK)
    if isinstance(book, Finding):
        raise UnverifiableError(f"“{path.name}”读不了：{book.message}。", book.remedy)
    record = read_record(book)
    if record is None:
        raise UnverifiableError(
            f"“{path.name}”里认不出“汇总”和“文件清单”，不能核对。", "给 xltool collect 写的汇总。"
        )
    if record.basis is None:
        raise UnverifiableError(
            f"“{path.name}”没有记下汇总的依据（早先的版本写的，或“说明与核对”删改过），不能核对。",
            "用现在的版本重新汇总一次；复核意见会带过去。",
        )
    return book, record, record.basis


def verify(
    path: Path,
    given: Places,
    settings: Places,
    pool: WorkerPool,
    progress: Progress | None = None,
) -> Verified:
    """核对一份汇总；`given` 是命令上写的各处，`settings` 是一季的设置里的。

    Raises:
        UnverifiableError: 不能核对。
        UnusableListError: 名单或豁免表不能用。
        OSError: 文件夹打不开。
    """
    book, record, basis = read_for_verifying(path)
    sources = locate(path, basis, given, settings)
    not_read = excluded(replace(_request(sources), exclude=own_outputs(path)))
    found = find_originals(record.files, sources.folder, not_read)
    return _Verification(path, book, record, basis, sources, found).result(pool, progress)


def _request(sources: Located) -> Request:
    """照找到的各处再汇总一遍。"""
    return Request(
        folder=sources.folder,
        roster=sources.roster,
        last_year=sources.last_year,
        waivers=sources.waivers,
    )


@dataclass(frozen=True)
class _Verification:
    """一次核对。"""

    path: Path
    book: Book
    record: Record
    basis: Recorded
    sources: Located
    found: Originals

    def result(self, pool: WorkerPool, progress: Progress | None) -> Verified:
        """再算一遍，逐格比。"""
        expected = self._expected(pool, progress)
        saved = expected.saved
        differences = list(expected.differences(self._chosen))
        differences += different_forms(self.path, expected.sources, frozenset(self.absent), pool)
        if self.partial and not expected.placed(self.record.units):
            differences = []  # 连单位的次序都不同了：比不出什么
        saving = saving_of(self.path)
        return Verified(
            sha256=self.book.sha256,
            program=self.basis.program,
            schemes=tuple(self.basis.schemes),
            folder=str(self.sources.folder),
            saving=saving,
            edited=mark_of(self.book) != saving.mark if saving.mark else None,
            files=len(self.record.files),
            units=tuple(self._units(differences)),
            lower=tuple(self._lower(differences)),
            findings=(*self.sources.findings, *self._about(), *self._whole(differences)),
            remarks=tuple(_remarks(saved)),
            added=expected.added(self._chosen),
        )

    # ------------------------------------------------------------ 再算一遍

    def _expected(self, pool: WorkerPool, progress: Progress | None) -> Expected:
        recorded = self.basis.basis
        request = replace(
            _request(self.sources),
            deadline=recorded.deadline,
            on_duplicate=recorded.on_duplicate,
        )
        gathered = gather(request, progress, pool=pool, items=self.found.items)
        gathered = replace(gathered, reads={**gathered.reads, **self._stand_ins()})
        collection = replace(gathered.collection, folder=self.basis.folder, basis=recorded)
        return Expected(self.path, self.book, collection, read_comments(self.path, OWN_BOOK))

    def _stand_ins(self) -> dict[str, Read]:
        units = {unit.file: unit for unit in self.record.units}
        return {
            one.file: stand_in(one, units.get(one.file), self._scheme_of(units.get(one.file)))
            for one in self.record.files
            if one.file in self.absent
        }

    def _scheme_of(self, unit: ListedUnit | None) -> str:
        """替身用哪个方案：书里记着的；这里没有那个方案的，用别的占着位置。"""
        now = [scheme.id for scheme in ready_schemes()]
        recorded = [name.rpartition(" ")[0] for name in self.basis.schemes]
        own = [self._recorded_scheme(unit)] if unit else []
        return next(name for name in (*own, *recorded, *now) if name in now)

    # ------------------------------------------------------------ 哪些比得了

    @cached_property
    def strange(self) -> dict[str, tuple[str, str]]:
        """与汇总时不是同一份的方案：标识和版本、（那时的，现在的）指纹。"""
        now = {f"{one.id} {one.version}": scheme_digest(one) for one in ready_schemes()}
        return {
            name: (digest, now.get(name, "没有这个方案"))
            for name, digest in self.basis.schemes.items()
            if now.get(name) != digest
        }

    @cached_property
    def absent(self) -> Mapping[str, Fate]:
        """不参加核对的文件：不在的，变了的，方案不同的。"""
        others = {name.rpartition(" ")[0] for name in self.strange}
        of_other = {
            unit.file: Fate.OTHER_SCHEME
            for unit in self.record.units
            if others and self._recorded_scheme(unit) in others
        }
        of_report = {form: self.found.lost[file] for form, file in self._reports.items()}
        return of_other | of_report | dict(self.found.lost)

    @cached_property
    def _reports(self) -> Mapping[str, str]:
        """不在或变了的自评报告，各按它那个单位的表：没有它就查不出同样的疑点，那份表也不参加核对。"""
        lost = {
            one.unit: one.file
            for one in self.record.files
            if one.unit and one.status is FileStatus.ATTACHED and one.file in self.found.lost
        }
        adopted = (one for one in self.record.files if one.status is FileStatus.ADOPTED)
        return {one.file: lost[one.unit] for one in adopted if one.unit in lost}

    def _recorded_scheme(self, unit: ListedUnit) -> str:
        """书里的一个单位用哪个方案：看它所在的汇总表名；都不像的，是这里没有的那个。"""
        now = {scheme.id: scheme for scheme in ready_schemes()}
        recorded = [one.rpartition(" ") for one in self.basis.schemes]
        used = [replace(now[n], version=v) if n in now else None for n, _, v in recorded]
        own = scheme_of(name_and_label(unit.sheet)[1], used)
        gone = (name for name, _, _ in recorded if name not in now)
        return own.id if own else next(iter((*gone, *(name for name, _, _ in recorded))))

    @property
    def partial(self) -> bool:
        """有的文件不参加核对，整本的数就不比。"""
        return bool(self.absent)

    @cached_property
    def _chosen(self) -> Mapping[str, str] | None:
        """只比这些单位的行：序号和文件；全部都比的为空。"""
        if not self.partial:
            return None
        return {
            unit.number: unit.file for unit in self.record.units if unit.file not in self.absent
        }

    # ------------------------------------------------------------ 结果

    def _about(self) -> Iterator[Finding]:
        """依据和文件有什么不同。"""
        if self.basis.program != xltool.__version__:
            yield say.OTHER_PROGRAM.finding(found=quote(self.basis.program), now=xltool.__version__)
        for name, (found, now) in self.strange.items():
            yield say.OTHER_SCHEME.finding(name=name, found=found, now=now)
        recorded = self.basis.basis
        if recorded.relaxed != (now_relaxed := relaxed_limits(limits())):
            found, now = ("、".join(one) or "默认" for one in (recorded.relaxed, now_relaxed))
            yield say.OTHER_LIMITS.finding(found=found, now=now)
        told = {unit.file for unit in self.record.units} | set(self.record.lower)
        told.update(self._reports.values())
        for file in self.found.lost:
            if file not in told:
                yield self._lost(file)
        for file in self.found.new:
            yield say.FILE_NEW.finding().in_file(file)

    def _units(self, differences: Iterable[Difference]) -> Iterator[UnitProof]:
        """书里采用了报送的各单位。"""
        found: dict[str, list[Finding]] = defaultdict(list)
        files = {unit.file: unit.number for unit in self.record.units}
        for one in differences:
            found[one.number or files.get(one.file, "")].append(one.finding)
        for unit in sorted(self.record.units, key=lambda one: int(one.number)):
            own = tuple(found[unit.number])
            fate = self.absent.get(unit.file)
            if fate in (Fate.MISSING, Fate.CHANGED):
                named = (unit.file, self._reports.get(unit.file, ""))
                own = tuple(self._lost(one) for one in named if one in self.found.lost)
            elif fate is not None:
                own = ()
            fate = fate or (Fate.DIFFERENT if own else Fate.PROVEN)
            yield UnitProof(unit.number, unit.name, unit.file, unit.shown, unit.grade, fate, own)

    def _lost(self, file: str) -> Finding:
        """一个不在或变了的文件。"""
        if self.found.lost[file] is Fate.MISSING:
            return say.FILE_MISSING.finding().in_file(file)
        digest = next(one.sha256 for one in self.record.files if one.file == file)
        return say.FILE_CHANGED.finding(digest=digest[:_DIGEST_SHOWN]).in_file(file)

    def _lower(self, differences: Iterable[Difference]) -> Iterator[LowerProof]:
        """并入的各本下级的汇总。"""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in differences:
            if not one.number:
                found[one.file].append(one.finding)
        for file, count in self.record.lower.items():
            own, fate = tuple(found[file]), self.absent.get(file)
            if fate is not None:
                own = (self._lost(file),)
            fate = fate or (Fate.DIFFERENT if own else Fate.PROVEN)
            yield LowerProof(file, count, fate, own)

    def _whole(self, differences: Iterable[Difference]) -> Iterator[Finding]:
        """不属于哪一个采用了报送的单位的。"""
        numbers = {unit.number for unit in self.record.units}
        files = {unit.file for unit in self.record.units} | set(self.record.lower)
        for one in differences:
            if one.number not in numbers and (one.number or one.file not in files):
                yield one.finding


def _remarks(saved: Saved) -> Iterator[Remark]:
    """复核人写的各条。"""
    for row in saved.listed:
        if row.opinion.given:
            carried = row.key is not None and row.key.written == row.opinion.mark
            yield Remark(row, carried)
