"""报送情况、文件清单、重复差异：谁报了、谁没报、每个文件的去向。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.statuses import FileStatus, state_words
from xltool.consolidated.columns import Column, count
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.consolidated.unit_columns import unit_columns
from xltool.consolidated.whose import code_column, where_of, with_whose
from xltool.finding import NONE_FOUND
from xltool.form.common import MARKS
from xltool.messages.waivers import ANYWHERE
from xltool.sheets.plan import Highlight, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.collection.model import Collection, FileOutcome, Unit
    from xltool.collection.waivers import Waiver
    from xltool.consolidated.columns import Item
    from xltool.finding import Finding
    from xltool.sheets.plan import Content, SheetPlan

    Numbered = tuple[int, Unit]

UNITS, FILES, PROBLEMS, DIFFERENCES = "报送情况", "文件清单", "退回与提醒", "重复差异"
WAIVERS = "豁免登记"

_FILE_ROLES = {
    FileStatus.ADOPTED: Role.GOOD,
    FileStatus.RETURNED: Role.ERROR,
    FileStatus.PENDING: Role.WARNING,
    FileStatus.BLANK: Role.WARNING,
    FileStatus.REPLACED: Role.NOTICE,
    FileStatus.ATTACHED: Role.GOOD,
    FileStatus.SKIPPED: Role.NOTICE,
    FileStatus.UNREADABLE: Role.ERROR,
}


def delivery_sheets(
    collection: Collection, version: str, register: Register[Numbered]
) -> Iterator[SheetPlan]:
    """报送情况（`register`）、文件清单、退回与提醒；有重复的还有重复差异。"""
    own = register.area("status")
    back = Highlight(own, f'{own.first.a1}="{SENT_BACK}"', Role.ERROR)
    yield register.plan(highlights=(back,))
    yield files(collection, version).plan()
    yield problems(collection, version).plan()
    if collection.differences:
        yield differences(collection, version).plan()
    if collection.waiver_outcomes:
        yield waivers(collection, version).plan()


def units(
    collection: Collection, version: str, status: Callable[[Item[Numbered]], Content]
) -> Register[Numbered]:
    """报送情况：名单上的每个单位一行。"""
    listed = tuple(enumerate(collection.units, 1))
    roster = collection.roster
    return Register(
        name=UNITS,
        title="各单位报送情况",
        note=f"按名单（{roster}）的次序，名单外的在后；应报几种表、几个项目的，一份一行，排在一起。"
        if roster
        else "没有给名单，按单位名称排列。",
        columns=unit_columns(collection.units, status, files_of(collection)),
        items=listed,
        count=len(listed),
        home=ABOUT,
        version=version,
        frozen="name",
        printed="remark",
    )


def files_of(collection: Collection) -> dict[str, tuple[str, ...]]:
    """各行的全部文件：采用、退回、待确认的，接着是一样的副本、没有填的、自评报告。"""
    found = {unit.key: dict.fromkeys(unit.files) for unit in collection.units}
    owners = {unit.owner: unit.key for unit in reversed(collection.units) if unit.owner}
    homes = owners | {key: key for key in found}
    listed = {file for own in found.values() for file in own}
    for one in collection.files:
        if one.unit in homes and one.file not in listed:
            found[homes[one.unit]][one.file] = None
    return {key: tuple(own) for key, own in found.items()}


def files(collection: Collection, version: str) -> Register[tuple[int, FileOutcome]]:
    """文件清单：找到的每个文件一行。"""
    names = {unit.key: unit.name for unit in collection.units}
    tallies = {unit.file: unit.tally for unit in collection.units if unit.adopted}
    found = tuple(enumerate(collection.files, 1))
    columns: tuple[Column[tuple[int, FileOutcome]], ...] = (
        count("number", "序号", 5, lambda i: i.value[0]),
        Column("file", "文件", 35, lambda i: i.value[1].file, tall=True),
        Column(
            "status",
            "去向",
            12,
            lambda i: state_words(i.value[1].status, tallies.get(i.value[1].file, NONE_FOUND)),
            tall=True,
            role=lambda value: _FILE_ROLES[value[1].status],
            value=lambda value: value[1].status.label,
        ),
        Column("unit", "单位", 22, lambda i: names.get(i.value[1].unit, ""), tall=True),
        Column("reason", "说明", 44, lambda i: i.value[1].reason, tall=True),
        Column("sha256", "内容指纹（SHA-256）", 36, lambda i: i.value[1].sha256, tall=True),
    )
    return Register(
        name=FILES,
        title="文件清单",
        note="文件夹里找到的每个文件都在这里；按文件名排列。",
        columns=columns,
        items=found,
        count=len(found),
        home=ABOUT,
        version=version,
        frozen="file",
        printed="reason",
    )


class Problem(NamedTuple):
    """退回与提醒的一行；`unit` 是文件属于哪个单位，看不出的、汇总本身的，没有。"""

    number: int
    finding: Finding
    unit: Unit | None


def problems(collection: Collection, version: str) -> Register[Problem]:
    """退回的文件有哪些问题，以及汇总本身的提醒。"""
    units = {unit.key: unit for unit in collection.units}
    rows = [
        *((finding, None) for finding in collection.findings),
        *(
            (finding, units.get(file.unit))
            for file in collection.files
            if file.status is not FileStatus.ADOPTED
            for finding in file.findings
        ),
    ]
    listed = tuple(Problem(number, *row) for number, row in enumerate(rows, 1))
    columns: tuple[Column[Problem], ...] = (
        count("number", "序号", 5, lambda i: i.value.number),
        Column("file", "文件", 32, lambda i: i.value.finding.file, tall=True),
        Column(
            "severity",
            "级别",
            6,
            lambda i: i.value.finding.severity.label,
            role=lambda value: MARKS[value.finding.severity],
        ),
        code_column(lambda problem: problem.finding),
        Column("where", "位置", 18, lambda i: i.value.finding.where, tall=True),
        Column("message", "问题", 56, lambda i: i.value.finding.message, tall=True),
        Column("remedy", "办法", 44, lambda i: i.value.finding.remedy, tall=True),
        *where_of(lambda problem: problem.finding),
    )
    return Register(
        name=PROBLEMS,
        title="退回的文件和汇总中的提醒",
        note="退回的文件请按“办法”改正后重新报送；采用的文件的问题在疑点清单。",
        columns=with_whose(columns, lambda problem: problem.unit),
        items=listed,
        count=len(listed),
        home=ABOUT,
        version=version,
        frozen="file",
    )


def waivers(collection: Collection, version: str) -> Register[tuple[Waiver, str]]:
    """豁免登记：每条豁免，和它这次用到没有。"""
    columns: tuple[Column[tuple[Waiver, str]], ...] = (
        Column("rule", "规则", 6, lambda i: i.value[0].rule, centered=True),
        Column("unit", "单位", 24, lambda i: i.value[0].unit, tall=True),
        Column("where", "位置", 20, lambda i: i.value[0].where or ANYWHERE, tall=True),
        Column("reason", "理由", 46, lambda i: i.value[0].reason, tall=True),
        Column("by", "批准人", 10, lambda i: i.value[0].by, centered=True),
        Column("day", "批准日期", 13, lambda i: i.value[0].day, NumberFormat.DATE),
        Column(
            "until", "有效期至", 13, lambda i: i.value[0].until, NumberFormat.DATE, centered=True
        ),
        Column("result", "这次的结果", 42, lambda i: i.value[1], tall=True),
    )
    return Register(
        name=WAIVERS,
        title="豁免登记",
        note=f"取自豁免表（{collection.waivers}）；豁免了的疑点在疑点清单里划去，不计数。",
        columns=columns,
        items=collection.waiver_outcomes,
        count=len(collection.waiver_outcomes),
        home=ABOUT,
        version=version,
        frozen="unit",
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """几份报送的一处不同。"""

    unit: str
    item: str
    file: str
    status: FileStatus
    cell: str
    text: str


def differences(collection: Collection, version: str) -> Register[Changed]:
    """重复报送的不同之处：一行一份报送的一个值。"""
    rows = tuple(_changed(collection))
    columns: tuple[Column[Changed], ...] = (
        Column("unit", "单位", 24, lambda i: i.value.unit, tall=True),
        Column("item", "项目", 32, lambda i: i.value.item, tall=True),
        Column("file", "文件", 36, lambda i: i.value.file, tall=True),
        Column(
            "status",
            "去向",
            9,
            lambda i: i.value.status.label,
            role=lambda value: _FILE_ROLES[value.status],
        ),
        Column("cell", "位置", 22, lambda i: i.value.cell, tall=True),
        Column("text", "填的内容", 48, lambda i: i.value.text, tall=True),
    )
    return Register(
        name=DIFFERENCES,
        title="重复报送的不同之处",
        note="同一单位（项目）报了几份内容不同的，逐格列出不同；退回后改的依先后排，后一份替代前一份；"
        "待确认的，请与单位确认以哪一份为准。",
        columns=columns,
        items=rows,
        count=len(rows),
        home=ABOUT,
        version=version,
        frozen="item",
    )


def _changed(collection: Collection) -> Iterator[Changed]:
    names = {unit.key: unit.name for unit in collection.units}
    fates = {file.file: file.status for file in collection.files}
    for several in collection.differences:
        unit = names.get(several.unit, several.unit)
        for difference in several.listed:
            for value in difference.values:
                cell, text = f"{value.sheet}!{value.cell}", value.text or "（空）"
                if not value.sheet:  # 用了另一种表，或那一份没有这么多行
                    cell, text = "—", "（没有这一格）"
                status = fates[value.file]
                yield Changed(unit, difference.item, value.file, status, cell, text)
