"""一季里每一次汇总：什么时候、谁、用什么设置、结果怎样；每个文件哪一次来的、哪一次换过、哪一次不见了。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xltool.collection.standing import standing
from xltool.collection.statuses import FileStatus, UnitStatus
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.collection.model import Collection


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """一次汇总，各项都是要写的文字。

    `mark` 是写出的汇总内容的指纹；`remark` 是人写的备注，一直留着。
    """

    number: str
    time: str
    who: str
    version: str
    schemes: str = ""
    found: str = ""
    adopted: str = ""
    returned: str = ""
    pending: str = ""
    blank: str = ""
    replaced: str = ""
    skipped: str = ""
    unreadable: str = ""
    owed: str = ""
    reported: str = ""
    absent: str = ""
    new: str = ""
    changed: str = ""
    gone: str = ""
    options: str = ""
    book: str = ""
    mark: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """收来的一个文件：最近的指纹和去向，第几次汇总时头一次见到、最近一次换过、不见了。"""

    file: str
    sha256: str
    status: str
    first: str
    changed: str = ""
    gone: str = ""


@dataclass(frozen=True, slots=True)
class RunLog:
    """全部记录：各次汇总由早到晚，各个文件依名称。"""

    runs: tuple[RunRecord, ...] = ()
    files: tuple[FileRecord, ...] = ()

    @property
    def following(self) -> str:
        """接着是第几次。"""
        return str(max((int(run.number) for run in self.runs), default=0) + 1)


def logged(log: RunLog, run: RunRecord, collection: Collection) -> RunLog:
    """记上这一次；`run` 写着第几次、时间、谁、版本、设置、写到哪里，其余由结果得出。"""
    known = {one.file: one for one in log.files}
    files = {one.file: one for one in _files(known, run.number, collection)}
    gone = [
        one if one.gone else replace(one, gone=run.number)
        for one in log.files
        if one.file not in files
    ]
    counts, now = collection.counts, standing(collection)
    done = replace(
        run,
        schemes="、".join(_schemes(collection)),
        found=str(counts.found),
        adopted=str(counts.adopted),
        returned=str(counts.returned),
        pending=str(counts.pending),
        blank=str(counts.blank),
        replaced=str(counts.replaced),
        skipped=str(counts.skipped),
        unreadable=str(counts.unreadable),
        owed="" if now.owed is None else str(now.owed),
        reported=str(now.counts.get(UnitStatus.REPORTED, 0)),
        absent=str(now.counts.get(UnitStatus.ABSENT, 0)),
        new=str(sum(one.first == run.number for one in files.values())),
        changed=str(sum(one.changed == run.number for one in files.values())),
        gone=str(sum(one.gone == run.number for one in gone)),
    )
    listed = sorted((*files.values(), *gone), key=lambda one: one.file)
    return RunLog((*log.runs, done), tuple(listed))


def _schemes(collection: Collection) -> Iterator[str]:
    """用到的各方案和版本。"""
    for name in sorted({unit.scheme for unit in collection.units if unit.scheme}):
        yield f"{name} {ready_scheme(name)[0].version}"


def _files(
    known: dict[str, FileRecord], number: str, collection: Collection
) -> Iterator[FileRecord]:
    """这一次在的各个文件；锁文件一类没有读的不记。不见了又放回来的，算新到的。"""
    for item in collection.files:
        if item.status is FileStatus.SKIPPED and not item.sha256:
            continue
        before = known.get(item.file)
        if before is None or before.gone:
            yield FileRecord(
                file=item.file, sha256=item.sha256, status=item.status.label, first=number
            )
            continue
        changed = before.changed if before.sha256 == item.sha256 else number
        yield replace(before, sha256=item.sha256, status=item.status.label, changed=changed)
