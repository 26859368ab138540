"""名单上的各单位报到了哪一步：一个单位的各行（各种表、各个项目）合起来看；应报的各有多少。

个数只在这里数，终端、首页、通报、JSON 的都由它来：应报的等于已报、退回、待确认、未报齐、
未报、零报送之和；免报的、多报的、名单外的都在应报以外。复核退回的仍是已报，只另说里面有几个。
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from xltool.collection.statuses import Due, UnitStatus
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from xltool.collection.model import Unit
    from xltool.collection.owed import Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding:
    """名单上的一个单位报到了哪一步：合起来的状态，应报的各份，名单上的曾用名、联系人和电话。

    `files` 是它的全部报送文件，退回的也在内；零报送的什么也不欠。
    """

    key: str
    code: str
    name: str
    status: UnitStatus
    owed: tuple[Obligation, ...]
    files: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    group: str = ""
    remark: str = ""
    until: date | None = None

    @property
    def missing(self) -> tuple[Obligation, ...]:
        """还没有采用的各份。"""
        return tuple(one for one in self.owed if not one.met)


def unit_standings(units: Iterable[Unit]) -> tuple[UnitStanding, ...]:
    """名单上的各单位，依名单的次序；一个单位的各行（各种表、各个项目）合成一个。"""
    listed = (unit for unit in units if unit.listed)
    return tuple(_standing(tuple(rows)) for _, rows in groupby(listed, key=lambda one: one.owner))


@dataclass(frozen=True, slots=True)
class Count:
    """照一种数法：`counts` 各种状态各几个，只数应报的；`back` 是各种状态里复核退回的。

    `exempt` 是免报的单位，`extra` 是多报的份数，`unlisted` 是名单外的。
    """

    counts: Mapping[UnitStatus, int]
    back: Mapping[UnitStatus, int]
    exempt: int
    extra: int
    unlisted: int

    @property
    def sent_back(self) -> int:
        """其中几个复核退回。"""
        return sum(self.back.values())

    @property
    def owed(self) -> int:
        """应报几个。"""
        return sum(self.counts.values())


def count_forms(units: Iterable[Unit], returned: Collection[str] = ()) -> Count:
    """照份数：一行一份，零报送的单位算一份；`returned` 是复核退回的（按单位的 `key`）。"""
    rows = tuple(units)
    owed = [unit for unit in rows if unit.due.owed]
    return Count(
        _tallied(unit.status for unit in owed),
        _tallied(unit.status for unit in owed if unit.key in returned),
        sum(unit.due is Due.EXEMPT for unit in rows),
        sum(unit.due is Due.EXTRA for unit in rows),
        sum(unit.due is Due.UNLISTED for unit in rows),
    )


def count_units(units: Iterable[Unit], returned: Collection[str] = ()) -> Count:
    """照单位数：一个单位的各份合起来算一个；有一份复核退回的，算复核退回。"""
    rows = tuple(units)
    found = unit_standings(rows)
    back = {unit.owner for unit in rows if unit.due.owed and unit.key in returned}
    others = {(u.code, fold(u.department)) for u in rows if u.due is Due.UNLISTED}
    extra = sum(unit.due is Due.EXTRA for unit in rows)
    owed = [one for one in found if one.status is not UnitStatus.EXEMPT]
    return Count(
        _tallied(one.status for one in owed),
        _tallied(one.status for one in owed if one.key in back),
        len(found) - len(owed),
        extra,
        len(others),
    )


def _tallied(statuses: Iterable[UnitStatus]) -> Mapping[UnitStatus, int]:
    """各种状态各几个；没有的状态是 0。"""
    counted = Counter(statuses)
    return {status: counted[status] for status in UnitStatus}


def _standing(rows: Sequence[Unit]) -> UnitStanding:
    first = rows[0]
    owed = tuple(one for row in rows for one in row.owed)
    return UnitStanding(
        key=first.owner,
        code=first.code,
        name=first.department,
        aliases=first.aliases,
        status=merged_status(row.status for row in rows if row.due is not Due.EXTRA),
        owed=owed,
        files=tuple(dict.fromkeys(file for row in rows for file in row.files)),
        contact=first.contact,
        phone=first.contact_phone,
        group=first.group,
        remark=first.remark,
        until=first.until,
    )


def owner_numbers(units: Iterable[Unit]) -> Mapping[str, int]:
    """名单上各单位的头一行是第几行，从 1 起。"""
    found: dict[str, int] = {}
    for number, unit in enumerate(units, 1):
        found.setdefault(unit.owner, number)
    return found


def merged_status(statuses: Iterable[UnitStatus]) -> UnitStatus:
    """一个单位应报的各份合起来的状态：有退回的、待确认的先说；都采用了才是已报。"""
    seen = set(statuses)
    for urgent in (UnitStatus.RETURNED, UnitStatus.PENDING):
        if urgent in seen:
            return urgent
    if UnitStatus.ABSENT in seen:
        return UnitStatus.PARTIAL if UnitStatus.REPORTED in seen else UnitStatus.ABSENT
    none = next((one for one in (UnitStatus.ZERO, UnitStatus.EXEMPT) if seen == {one}), None)
    return none or UnitStatus.REPORTED
