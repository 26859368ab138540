"""汇总的模型：要求、每个文件的去向、每个单位的情况。"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, SupportsBytes

from xltool.collection.report_slices import NOTES, one_slice, unpacked
from xltool.collection.statuses import Due, FileStatus
from xltool.finding import LONGEST_NAME, NONE_FOUND, Tally, bounded, named, tally

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    from xltool.assessment.noted import Noted
    from xltool.assessment.report import Report
    from xltool.collection.basis import Basis, OnDuplicate
    from xltool.collection.earlier import Earlier
    from xltool.collection.lower import LowerBook
    from xltool.collection.owed import Obligation
    from xltool.collection.statuses import UnitStatus
    from xltool.collection.waivers import Waiver
    from xltool.facts.lineage import Lineage
    from xltool.finding import Finding
    from xltool.flags.rule import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """汇总的要求。

    `last_year` 是上年度的文件夹或汇总，`waivers` 是豁免表；`jobs` 是同时用几个进程读，空着就看
    有几个处理器；`exclude` 是文件夹里不读的文件，如上次汇总的结果。
    """

    folder: Path
    roster: Path | None = None
    deadline: date | None = None
    last_year: Path | None = None
    waivers: Path | None = None
    on_duplicate: OnDuplicate = "ask"
    jobs: int | None = None
    exclude: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """一个文件的去向和一句理由；`unit` 是它属于哪个单位（单位的 `key`）。

    `instead` 是替代它的、与它填得相同而算数的那个文件，没有就空着。
    退回的、不能读的文件 `findings` 是全部问题；采用的，问题在单位的结论里，这里空着。
    """

    file: str
    sha256: str
    status: FileStatus
    reason: str
    unit: str = ""
    instead: str = ""
    findings: tuple[Finding, ...] = ()


def skipped(file: str, digest: str, reason: str) -> FileOutcome:
    """跳过的一个文件，和为什么。"""
    return FileOutcome(file=file, sha256=digest, status=FileStatus.SKIPPED, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """一份报送的概要：一览表要用的数，不必打开结论。

    `answers` 是所填内容的指纹，`lineage` 是退回件由哪几份标注而来；
    `narrative`、`narrative_mark` 是一起核对的自评报告和它内容的指纹。
    """

    scheme: str
    code: str
    name: str
    project: str
    total: Decimal | None
    self_total: Decimal | None
    grade: str
    self_grade: str
    levels: tuple[tuple[str, Decimal | None], ...]
    tally: Tally
    filler: str
    phone: str
    date: date | None
    answers: str = ""
    lineage: Lineage = ()
    narrative: str = ""
    narrative_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """一个单位应报（或报来）的一份：名单上的，或名单外而有报送的；没有采用的报送时各数都空着。

    应报几份的单位占几行，`owner` 是它在名单上的标识，名单外的空着；`owed` 是这一行对应的应报
    各份，多报的没有；`due` 是这一份在不在应报里。合起来看一个单位报齐没有，用 unit_standings。

    评部门整体的，`project` 空着；`scheme` 是采用的那份用的方案，`answers` 是所填内容的指纹，
    `lineage` 是它由填着什么的几份退回后改来的；名次在同一种表里排。
    `batch` 是放在一批里才看出的问题，`batch_outcomes`、`batch_missing` 是那些规则的结果和缺什么；
    `waivers` 是用得上的豁免。

    `until` 是批准缓报到哪一天，`late` 是采用的那份的填报日期比截止日期晚几天，没有晚的是 0。

    `aliases`（曾用名）、`variants`（应报的表种）、`contact`、`contact_phone`、`remark`、`group`（归口科室）、`extra`
    （名单另有的栏：表头和内容）取自名单，
    `filler`、`phone`、`date` 取自报送；`files` 是它的全部报送文件，采用的那一份是 `file`。
    """

    key: str
    code: str
    department: str
    status: UnitStatus
    listed: bool
    owner: str = ""
    project: str = ""
    owed: tuple[Obligation, ...] = ()
    due: Due = Due.UNKNOWN
    scheme: str = ""
    file: str = ""
    files: tuple[str, ...] = ()
    rank: int | None = None
    total: Decimal | None = None
    self_total: Decimal | None = None
    grade: str = ""
    self_grade: str = ""
    levels: tuple[tuple[str, Decimal | None], ...] = ()
    tally: Tally = NONE_FOUND
    filler: str = ""
    phone: str = ""
    until: date | None = None
    date: date | None = None
    aliases: tuple[str, ...] = ()
    late: int = 0
    variants: tuple[str, ...] = ()
    contact: str = ""
    contact_phone: str = ""
    remark: str = ""
    group: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    answers: str = ""
    lineage: tuple[str, ...] = ()
    packed: SupportsBytes | None = None
    batch: tuple[Noted, ...] = ()
    batch_outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    batch_missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()

    @property
    def name(self) -> str:
        """给人看的名称：部门，评项目的连同项目。"""
        return named(*(bounded(one, LONGEST_NAME) for one in (self.department, self.project)))

    @property
    def adopted(self) -> bool:
        """有没有采用的报送。"""
        return self.packed is not None

    def report(self) -> Report:
        """采用的那份报送的结论。

        Raises:
            ValueError: 没有采用的报送。
        """
        if self.packed is None:
            raise ValueError(self.key)
        return unpacked(self.packed).report

    def notes(self) -> tuple[Noted, ...]:
        """采用的那份报送的全部问题，豁免了的也在内；不必打开整份结论。

        Raises:
            ValueError: 没有采用的报送。
        """
        own = self.slice(NOTES)
        notes = (*self.batch, *own) if isinstance(own, tuple) else self.batch
        if not self.waivers:
            return notes
        marked = []
        for note in notes:
            covering = (waiver for waiver in self.waivers if waiver.covers(note.finding))
            waiver = next(covering, None)
            marked.append(note._replace(waiver=waiver.statement) if waiver else note)
        return tuple(marked)

    def findings(self) -> tuple[Finding, ...]:
        """采用的那份报送要计数的问题；豁免了的不在内。

        Raises:
            ValueError: 没有采用的报送。
        """
        return tuple(note.finding for note in self.notes() if not note.waiver)

    def slice(self, name: str) -> object:
        """结论的一片，比整份便宜得多；片的名字见 report_slices。

        Raises:
            ValueError: 没有采用的报送。
        """
        if self.packed is None:
            raise ValueError(self.key)
        return one_slice(self.packed, name)


@dataclass(frozen=True, slots=True)
class Value:
    """同一项在某一份报送里的值和位置；没填的值为空串。"""

    file: str
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """同一部门的几份报送，某一项填的不同。"""

    item: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """同一部门的几份报送的不同之处；只列前一些，`count` 是总共几处，`files` 是比了的几份。"""

    unit: str
    files: tuple[str, ...]
    count: int
    listed: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """清点的结果：找到的等于采用、退回、待确认、没有填报、被替代、自评报告、跳过、不能读各项之和。"""

    found: int
    adopted: int
    returned: int
    pending: int
    blank: int
    replaced: int
    attached: int
    skipped: int
    unreadable: int
    problems: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """汇总的结果。

    `units` 先是名单上的，依名单的次序，再是其他的，依名称；`findings` 是 C 族的问题，
    各单位自己的问题在它的结论里，退回文件的问题在 `files` 里。
    `waivers`、`last_year` 是所用的豁免表和上年度的文件（夹），没有给就空着；
    `waiver_outcomes` 是每条豁免和它的结果；`lower` 是并入的各本下级的汇总；
    `basis` 是照着什么汇总的；`earlier` 是各单位上年度的得分和名次，按单位的 `key`。
    """

    folder: str
    roster: str
    files: tuple[FileOutcome, ...]
    units: tuple[Unit, ...]
    findings: tuple[Finding, ...]
    differences: tuple[Differences, ...] = ()
    waivers: str = ""
    waiver_outcomes: tuple[tuple[Waiver, str], ...] = ()
    last_year: str = ""
    lower: tuple[LowerBook, ...] = ()
    basis: Basis | None = None
    earlier: Mapping[str, Earlier] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        """清点文件，数问题（各单位的、退回文件的和汇总的）。"""
        own = (*self.findings, *(found for file in self.files for found in file.findings))
        by_status = {
            status: sum(file.status is status for file in self.files) for status in FileStatus
        }
        return Counts(
            found=len(self.files),
            adopted=by_status[FileStatus.ADOPTED],
            returned=by_status[FileStatus.RETURNED],
            pending=by_status[FileStatus.PENDING],
            blank=by_status[FileStatus.BLANK],
            replaced=by_status[FileStatus.REPLACED],
            attached=by_status[FileStatus.ATTACHED],
            skipped=by_status[FileStatus.SKIPPED],
            unreadable=by_status[FileStatus.UNREADABLE],
            problems=reduce(Tally.plus, (unit.tally for unit in self.units), tally(own)),
        )
