"""同一部门的几份报送，逐格比较填的有什么不同。"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.collection.model import Difference, Differences, Value
from xltool.collection.report_slices import unpacked
from xltool.flags.wording import name_of
from xltool.scheme.key import VALUE
from xltool.scoring.catalogue import ready_scheme
from xltool.values import plain
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Collection

    from xltool.collection.departments import Department, Member
    from xltool.collection.report_slices import Packed
    from xltool.collection.versions import Versions
    from xltool.facts.typed import Typed
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

MOST_LISTED: Final = 50
MOST_COMPARED: Final = 10


def differences(department: Department, versions: Versions) -> Differences:
    """几份报送的不同之处，依表、行、栏的次序；个人号码遮去中间几位，份数太多的只比前几份。"""
    compared = versions.distinct[:MOST_COMPARED]
    packed = {member.file: unpacked(member.packed) for member in compared}
    schemes = {one.report.scheme: ready_scheme(one.report.scheme)[0] for one in packed.values()}
    differing = _differing(packed.values())
    ordered = sorted(differing, key=lambda key: _order(_scheme_of(schemes, key), key))
    listed = tuple(
        Difference(
            name_of(_scheme_of(schemes, key), key),
            tuple(_value(file, one, key) for file, one in packed.items()),
        )
        for key in ordered[:MOST_LISTED]
    )
    return Differences(department.key, tuple(packed), len(ordered), listed)


def changes(one: Member, other: Member) -> int:
    """两份有几格填得不同。"""
    return len(_differing([unpacked(member.packed) for member in (one, other)]))


def _differing(several: Collection[Packed]) -> list[CellKey]:
    """几份里填得不全相同的格。"""
    every = {key for one in several for key in one.report.contents}
    return [
        key
        for key in every
        if len({_shown(one.report.contents.get(key, "")) for one in several}) > 1
    ]


def _scheme_of(schemes: dict[str, Scheme], key: CellKey) -> Scheme:
    """有这一格的方案；同一部门可能先后用了两种表。"""
    name = key.row if key.column == VALUE else key.column
    return next(one for one in schemes.values() if one.has(f"{key.sheet}.{name}"))


def _order(scheme: Scheme, key: CellKey) -> tuple[int, int, str, int]:
    sheets = [sheet.key for sheet in scheme.sheets]
    sheet = scheme.sheet(key.sheet)
    names = [field.key for field in (*sheet.fields, *sheet.extras)]
    row = int(key.row) if key.row.isdecimal() else 0
    if key.row in names:
        row = names.index(key.row)
    column = 0 if key.column == VALUE else names.index(key.column)
    return sheets.index(key.sheet), row, key.row, column


def _value(file: str, packed: Packed, key: CellKey) -> Value:
    """这一份里的值，和它在报送文件里的真实位置。"""
    block = packed.blocks.get(key.sheet)
    place = block.place(key.row, key.column) if block else None
    text = masked(_shown(packed.report.contents.get(key, "")))
    return Value(file, place.sheet if place else "", place.at.a1 if place else "", text)


def _shown(value: Typed) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value
