"""名单里写了两行的：是重复的一行，还是同名而编码不同的两个单位。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import bounded
from xltool.messages import collection as say
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.collection.roster_rows import Record
    from xltool.finding import Finding


def repeated(record: Record, first: Record, *, by_code: bool) -> Finding:
    """又写了一行：编码相同的（`by_code`），或名称相同的。"""
    name, other = quote(record.texts["name"]), quote(first.texts["name"])
    place = record.table.place(record.row, "code" if by_code else "name")
    what, row = say.CODE_WORD if by_code else say.NAME_WORD, _row(first, record)
    return say.ROSTER_DUPLICATE.finding(place, name=name, other=other, row=row, what=what)


def namesake(record: Record, first: Record) -> Finding:
    """名称相同、编码不同。"""
    name, place = quote(record.texts["name"]), record.table.place(record.row, "name")
    here, row = _row(record, first), _row(first, record)
    return say.ROSTER_NAMESAKES.finding(place, name=name, here=here, row=row)


def mixed_up(findings: Iterable[Finding]) -> Finding | None:
    """名单的问题里同名而编码不同的各行，合成一句：报送、意见会归错单位，改了才能汇总。"""
    found = [one for one in findings if one.code == say.ROSTER_NAMESAKES.code]
    said = "；".join(one.message for one in found)
    return found[0]._replace(message=bounded(said)) if found else None


def _row(record: Record, other: Record) -> str:
    """在第几行；与另一行不在一张表的，写明是哪一张。"""
    page = record.table.grid
    where = say.SAME_ROW if page is other.table.grid else say.OTHER_SHEET_ROW
    return where.format(sheet=quote(page.name), row=record.row)
