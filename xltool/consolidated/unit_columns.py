"""报送情况的各栏：哪个单位应报哪一份，报了没有，找谁。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.statuses import UnitStatus
from xltool.collection.unit_standings import owner_numbers, unit_standings
from xltool.consolidated.columns import FIRST_ROW, Column, Kind, count
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.consolidated.whose import variant_of
from xltool.sheets.plan import Formula, NumberFormat, Role
from xltool.values.file_names import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from xltool.collection.model import Unit
    from xltool.consolidated.columns import Item
    from xltool.sheets.plan import Content

    Units = tuple[Unit, ...]
    Shown = Column[tuple[int, Unit]]

_MOST_FILES = 50  # 一格里最多写几个文件；每一个都在文件清单里

_UNIT_ROLES = {
    UnitStatus.REPORTED: Role.GOOD,
    UnitStatus.ZERO: Role.GOOD,
    UnitStatus.EXEMPT: Role.GOOD,
    UnitStatus.RETURNED: Role.ERROR,
    UnitStatus.PENDING: Role.WARNING,
    UnitStatus.PARTIAL: Role.WARNING,
    UnitStatus.ABSENT: Role.ERROR,
    UnitStatus.EXTRA: Role.NOTICE,
    UnitStatus.UNLISTED: Role.NOTICE,
}


def unit_columns(
    units: Units,
    status: Callable[[Item[tuple[int, Unit]]], Content],
    files: Mapping[str, Sequence[str]],
) -> tuple[Shown, ...]:
    """报送情况的各栏，由左到右；`status` 是报送状态一栏，`files` 是各行的全部文件。"""
    return (
        *_whose(units),
        *_reported(units, status),
        *_contact(units, files),
        *_counted(units, status),
    )


def _whose(units: Units) -> Iterator[Shown]:
    """哪个单位的哪一份。"""
    yield count("number", "序号", 5, lambda i: i.value[0])
    yield Column("code", "预算编码", 9, lambda i: i.value[1].code, NumberFormat.TEXT)
    yield Column("name", "单位名称", 20, lambda i: i.value[1].department, tall=True)
    grouped = any(unit.group for unit in units)
    yield Column("group", "归口", 10, lambda i: i.value[1].group, tall=True, on_sheet=grouped)
    several = any(unit.project for unit in units)
    yield Column(
        "project", "项目名称", 20, lambda i: i.value[1].project, tall=True, on_sheet=several
    )


def _reported(units: Units, status: Callable[[Item[tuple[int, Unit]]], Content]) -> Iterator[Shown]:
    """报了没有，应报什么，还缺什么。"""
    yield Column(
        "status",
        "报送状态",
        9,
        status,
        role=lambda value: _UNIT_ROLES[value[1].status],
    )
    yield Column(
        "owed",
        "应报表种",
        10,
        lambda i: "、".join(i.value[1].variants),
        tall=True,
        on_sheet=any(unit.variants for unit in units),
    )
    missing = _missing(units)
    yield Column(
        "lacking",
        "本单位还缺",
        18,
        lambda i: missing.get(i.value[0], ""),
        tall=True,
        on_sheet=any(missing.values()),
    )
    yield Column("form", "采用的表种", 10, lambda i: variant_of(i.value[1]), tall=True)
    yield Column("day", "填报日期", 12, lambda i: i.value[1].date, NumberFormat.DATE, centered=True)
    yield Column(
        "until",
        "缓报至",
        12,
        lambda i: i.value[1].until,
        NumberFormat.DATE,
        centered=True,
        on_sheet=any(unit.until for unit in units),
    )
    yield Column(
        "late",
        "逾期天数",
        7,
        lambda i: i.value[1].late or None,
        centered=True,
        kind=Kind.COUNT,
        on_sheet=any(unit.late for unit in units),
    )


def _contact(units: Units, files: Mapping[str, Sequence[str]]) -> Iterator[Shown]:
    """找谁，是哪些文件，名单上另写了什么。"""
    yield Column("filler", "填报人", 9, lambda i: i.value[1].filler, centered=True)
    yield Column("phone", "填报人电话", 13, lambda i: i.value[1].phone, NumberFormat.TEXT)
    yield Column("contact", "名单联系人", 9, lambda i: i.value[1].contact, centered=True)
    yield Column("call", "名单电话", 13, lambda i: i.value[1].contact_phone, NumberFormat.TEXT)
    yield Column("remark", "备注", 12, lambda i: i.value[1].remark, tall=True)
    yield Column("file", "采用的文件", 32, lambda i: i.value[1].file, tall=True)
    yield Column(
        "files",
        "全部文件",
        50,
        lambda i: listing(files[i.value[1].key], "；", _MOST_FILES),
        tall=True,
    )
    yield from _extra_columns(units)


def _counted(units: Units, status: Callable[[Item[tuple[int, Unit]]], Content]) -> Iterator[Shown]:
    """首页数个数用的：是不是应报的一份；有单位应报几份的，它头一份复核退回的记 1。"""
    first = owner_numbers(units)

    def sent_back(item: Item[tuple[int, Unit]]) -> bool:
        content = status(item)
        return item.value[1].due.owed and getattr(content, "result", content) == SENT_BACK

    def back(item: Item[tuple[int, Unit]]) -> Formula:
        number, unit = item.value
        own = {key: item.at(key) for key in ("owner", "status", "due")}
        criteria = ",".join(
            f"{item.places.letters[key]}${FIRST_ROW}:{own[key]},{wanted}"
            for key, wanted in (("owner", own["owner"]), ("status", f'"{SENT_BACK}"'), ("due", 1))
        )
        mine = f'{own["status"]}="{SENT_BACK}",{own["due"]}=1'
        text = f"IF(AND({mine}),IF(COUNTIFS({criteria})=1,1,0),0)"
        before = (item._replace(value=(n, units[n - 1])) for n in range(first[unit.owner], number))
        return Formula(text, int(sent_back(item) and not any(map(sent_back, before))))

    several = any(len(one.owed) > 1 for one in unit_standings(units))
    for key, heading, content, shown in (
        ("due", "应报的一份", lambda i: int(i.value[1].due.owed), True),
        ("owner", "单位", lambda i: first[i.value[1].owner], several),
        ("back", "复核退回的单位", back, several),
    ):
        yield Column(key, heading, 7, content, hidden=True, kind=Kind.COUNT, on_sheet=shown)


def _missing(units: Units) -> dict[int, str]:
    """应报几份的单位还缺哪几份，写在它的头一行；`units` 从 1 起编号。"""
    first = owner_numbers(units)
    return {
        first[one.key]: "、".join(owed.label for owed in one.missing)
        for one in unit_standings(units)
        if len(one.owed) > 1
    }


def _extra_columns(units: Units) -> Iterator[Shown]:
    """名单另有的各栏，照原来的表头和次序。"""
    headings = dict.fromkeys(key for unit in units for key, text in unit.extra.items() if text)
    for number, heading in enumerate(headings, 1):

        def content(item: Item[tuple[int, Unit]], heading: str = heading) -> str:
            return item.value[1].extra.get(heading, "")

        yield Column(f"extra{number}", heading, 16, content, NumberFormat.TEXT, tall=True)
