"""单位名单：按表头读出应报送的单位。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xltool.address import At
from xltool.collection.owed import Obligation, owed_in
from xltool.collection.roster_columns import column_notes
from xltool.collection.roster_rows import RowReader, listed, project_names
from xltool.collection.roster_tables import likely_header, roster_tables
from xltool.collection.roster_twice import namesake, repeated
from xltool.collection.table import HEADER_ROWS
from xltool.finding import Finding, Severity
from xltool.layout.layout import IDENTITY
from xltool.messages import collection as say
from xltool.messages import roster as say_roster
from xltool.values import fold, quote
from xltool.values.file_names import safe_name
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from xltool.address import Place
    from xltool.collection.roster_rows import Record

# 每一栏认得的表头，第一个是正式的写法，越靠前的意思越准
HEADINGS: Final = {
    key: tuple(names.split())
    for key, names in (
        (
            "name",
            (
                "单位名称 部门名称 预算单位名称 预算部门名称 部门（单位）名称 单位（部门）名称 "
                "部门单位名称 填报单位名称 报送单位名称 单位全称 部门全称 填报单位 报送单位 "
                "应报单位 自评单位 预算单位 预算部门 部门单位 部门（单位） 单位（部门） 名称 "
                "单位 部门 主管部门"
            ),
        ),
        (
            "code",
            (
                "预算编码 预算单位编码 单位预算编码 预算单位代码 单位编码 单位代码 部门编码 "
                "部门代码 预算代码 编码 代码"
            ),
        ),
        ("aliases", "曾用名 别名 简称 单位简称 原名称 原单位名称 其他名称"),
        ("contact", "联系人 联系人姓名 填报人 经办人 单位联系人 财务联系人 姓名"),
        ("phone", "联系电话 电话 手机 手机号码 手机号 联系方式 联系人电话 电话号码 办公电话"),
        ("zero", "零报送 是否零报送 零报告 是否零报告"),
        ("exempt", "免报 是否免报 免报送 是否免报送"),
        ("until", "缓报至 缓报到 缓报期限 缓报截止日期 缓报日期 缓报 延期至 延期报送至 延期到"),
        (
            "variants",
            (
                "表种 报送表种 自评表种 应报表种 填报表种 表格种类 报表种类 表种类 表格类型 "
                "自评表类型 报表类型 报送表格 应报表格 表式"
            ),
        ),
        (
            "project",
            "项目名称 项目 自评项目 自评项目名称 应报项目 评价项目 专项名称 项目支出名称 项目清单",
        ),
        (
            "group",
            (
                "归口科室 归口管理科室 归口业务科室 归口处室 归口管理处室 归口股室 归口部门 "
                "归口单位 归口 业务科室 业务处室 业务股室 主管科室 主管处室 对口科室 对口处室 "
                "联系科室 管理科室 分管科室 科室 处室 股室 组别 分组"
            ),
        ),
        ("remark", "备注 说明 备考"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterEntry:
    """名单上的一个单位：`owed` 是应报的各份，`group` 是归口科室，`extra` 是另有的栏和内容。

    `place` 是写着它名称的格；`exempt` 是免报的，`until` 是批准缓报到哪一天；
    `spared` 是另有应报的单位里，只那几行写了免报的各份。
    """

    code: str
    name: str
    row: int
    place: Place | None = None
    aliases: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    zero: bool = False
    exempt: bool = False
    until: date | None = None
    owed: tuple[Obligation, ...] = (Obligation(),)
    spared: tuple[Obligation, ...] = ()
    remark: str = ""
    group: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def known(self) -> tuple[Obligation, ...]:
        """名单给它写了的各份，免报的也在内。"""
        return (*self.owed, *self.spared)

    @property
    def variants(self) -> tuple[str, ...]:
        """应报的表种，没有写的空着。"""
        return tuple(dict.fromkeys(one.form for one in self.owed if one.form))

    @property
    def projects(self) -> tuple[str, ...]:
        """名单上写了的项目。"""
        return tuple(dict.fromkeys(one.project for one in self.known if one.project))

    @property
    def names(self) -> tuple[str, ...]:
        """折叠过的名称和曾用名。"""
        return tuple(fold(name) for name in (self.name, *self.aliases))


@dataclass(frozen=True, slots=True)
class Roster:
    """一份名单：文件名、各单位（依表里的次序）、读的时候发现的问题。

    `headings` 是认得的各栏印的表头。
    """

    file: str
    entries: tuple[RosterEntry, ...]
    findings: tuple[Finding, ...]
    headings: Mapping[str, str] = field(default_factory=dict)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """要先改的问题；提示只是说明怎样读的。"""
        return tuple(one for one in self.findings if one.severity is not Severity.NOTICE)


def code_of(text: str) -> str:
    """折叠过的预算编码；“无”“/”“000000”一类等于没填。"""
    code = fold(text)
    return code if any(char.isdecimal() and char != "0" for char in code) else ""


def read_roster(path: Path) -> Roster | Finding:
    """读名单；读不了的给出原因。"""
    file = safe_name(path.name)
    book = read_book(path)
    if isinstance(book, Finding):
        unreadable = say.ROSTER_UNREADABLE
        return unreadable.finding(roster=file, reason=book.message, remedy=book.remedy)
    if any(grid.name == IDENTITY for grid in book.grids):
        return say.ROSTER_IS_FORM.finding(roster=file).in_file(file)
    tables, left = roster_tables(book, HEADINGS)
    if not tables:
        seen = likely_header(book)
        return say.ROSTER_HEADER.finding(roster=file, rows=HEADER_ROWS, seen=seen).in_file(file)
    sheets = dict.fromkeys(table.grid.name for table in tables)
    # 分几张工作表写的，表名就是分组
    readers = {name: RowReader(HEADINGS["name"], name * (len(sheets) > 1)) for name in sheets}
    gathered = Gathering()
    unread: list[Finding] = []
    for table in tables:
        unread += column_notes(table)
        for record in readers[table.grid.name].records(table):
            gathered.add(record)
    entries = gathered.entries()
    findings = [one for reader in readers.values() for one in reader.told()]
    if not entries:
        sheet = tables[0].grid.name
        return say.ROSTER_EMPTY.finding(sheet=sheet, roster=file).in_file(file)
    pages = {grid.name: number for number, grid in enumerate(book.grids)}
    findings += [*gathered.findings, *left, *unread]
    findings.sort(key=lambda one: (pages[one.sheet], one.at or At(0, 0)))
    headings = {key: text for table in reversed(tables) for key, text in table.headings.items()}
    return Roster(file, entries, tuple(one.in_file(file) for one in findings), headings)


@dataclass(slots=True)
class Gathering:
    """各行归到各单位：同一单位再写一行的，是应报的又一份；什么也没有多写的是重复。"""

    findings: list[Finding] = field(default_factory=list)
    _units: list[list[Record]] = field(default_factory=list)
    _codes: dict[str, list[Record]] = field(default_factory=dict)
    _names: dict[str, list[Record]] = field(default_factory=dict)
    _again: dict[str, list[Record]] = field(default_factory=dict)

    def add(self, record: Record) -> None:
        """加上一行。"""
        code, name = code_of(record.texts["code"]), fold(record.texts["name"])
        by_code = self._codes.get(code) if code else None
        unit = by_code or self._names.get(name)
        if unit is None:
            unit = [record]
            self._units.append(unit)
            self._names[name] = unit
        elif fold(unit[0].texts["name"]) != name:
            self.findings.append(repeated(record, unit[0], by_code=True))
            return
        elif other := _coded_otherwise(unit, code):
            self.findings.append(namesake(record, other))
            return
        elif record.continued or _adds(unit, record):
            unit.append(record)
        elif record.table.grid is unit[0].table.grid:
            self.findings.append(repeated(record, unit[0], by_code=by_code is not None))
            return
        else:
            unit.append(record)
            self._again.setdefault(record.table.grid.name, []).append(record)
        if code:
            self._codes.setdefault(code, unit)

    def entries(self) -> tuple[RosterEntry, ...]:
        """各单位，依表里的次序。"""
        for sheet, records in self._again.items():
            place = records[0].table.place(records[0].row, "name")
            self.findings.append(
                say_roster.ROSTER_AGAIN.finding(place, page=quote(sheet), count=len(records))
            )
        # 一行一个项目的名单，名称里的顿号不隔开；几个项目写在一格里的才隔开
        whole = any(sum(bool(one.projects) for one in unit) > 1 for unit in self._units)
        return tuple(_entry(unit, self._aliases(unit), whole=whole) for unit in self._units)

    def _aliases(self, unit: Sequence[Record]) -> tuple[str, ...]:
        """曾用名；与别的单位相同的指出，不用。"""
        kept: dict[str, str] = {}
        for record in unit:
            for alias in listed(record.texts["aliases"]):
                other = self._names.setdefault(fold(alias), list(unit))
                if other[0] is unit[0]:
                    kept.setdefault(fold(alias), alias)
                    continue
                finding = say_roster.ROSTER_ALIAS.finding(
                    record.table.place(record.row, "aliases"),
                    name=quote(record.texts["name"]),
                    alias=quote(alias),
                    other=quote(other[0].texts["name"]),
                )
                self.findings.append(finding)
        return tuple(kept.values())


def _coded_otherwise(unit: Sequence[Record], code: str) -> Record | None:
    """同名的各行里，写着另一个编码的头一行。"""
    coded = ((one, code_of(one.texts["code"])) for one in unit if code)
    return next((one for one, other in coded if other not in ("", code)), None)


def _adds(unit: Sequence[Record], record: Record) -> bool:
    """这一行写着前面各行没有的表种或项目。"""
    said = {(one.forms, fold(one.projects)) for one in unit}
    return bool(record.forms or record.projects) and (
        (record.forms, fold(record.projects)) not in said
    )


def _entry(unit: Sequence[Record], aliases: tuple[str, ...], *, whole: bool) -> RosterEntry:
    first = unit[0]
    asked = [one for one in unit if not one.exempt]  # 一行免报的，别的几行照报
    said = [(one, (one.forms, project_names(one.projects, whole=whole))) for one in unit]
    owed = owed_in(line for one, line in said if not (asked and one.exempt))
    spared = owed_in(line for one, line in said if asked and one.exempt)
    texts = {
        key: list(dict.fromkeys(filter(None, (one.texts[key] for one in unit))))
        for key in ("code", "contact", "phone", "remark")
    }
    extra: dict[str, str] = {}
    for record in unit:
        extra |= {key: text for key, text in record.extra.items() if not extra.get(key)}
    return RosterEntry(
        code=next(filter(code_of, texts["code"]), "".join(texts["code"][:1])),
        name=first.texts["name"],
        row=first.row,
        place=first.table.place(first.row, "name"),
        aliases=aliases,
        contact="、".join(texts["contact"]),
        phone="、".join(texts["phone"]),
        zero=any(one.zero for one in asked),
        exempt=not asked,
        until=max((one.until for one in unit if one.until), default=None),
        owed=owed,
        spared=tuple(one for one in spared if one not in owed),
        remark="；".join(texts["remark"]),
        group=next((one.group for one in unit if one.group), ""),
        extra=extra,
    )
