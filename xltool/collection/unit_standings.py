"""名单上的各单位报到了哪一步：一个单位的各行（各种表、各个项目）合起来看。"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from xltool.collection.statuses import UnitStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xltool.collection.model import Unit
    from xltool.collection.owed import Obligation


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitStanding:
    """名单上的一个单位报到了哪一步：合起来的状态，应报的各份，名单上的联系人和电话。

    `files` 是它的全部报送文件，退回的也在内；零报送的什么也不欠。
    """

    key: str
    code: str
    name: str
    status: UnitStatus
    owed: tuple[Obligation, ...]
    files: tuple[str, ...]
    contact: str = ""
    phone: str = ""
    group: str = ""

    @property
    def missing(self) -> tuple[Obligation, ...]:
        """还没有采用的各份。"""
        return tuple(one for one in self.owed if not one.met)


def unit_standings(units: Iterable[Unit]) -> tuple[UnitStanding, ...]:
    """名单上的各单位，依名单的次序；一个单位的各行（各种表、各个项目）合成一个。"""
    listed = (unit for unit in units if unit.listed)
    return tuple(_standing(tuple(rows)) for _, rows in groupby(listed, key=lambda one: one.owner))


def status_counts(found: Iterable[UnitStanding]) -> Mapping[UnitStatus, int]:
    """各种状态各有几个单位；没有的状态是 0。"""
    counted = Counter(one.status for one in found)
    return {status: counted[status] for status in UnitStatus}


def _standing(rows: Sequence[Unit]) -> UnitStanding:
    first = rows[0]
    owed = tuple(one for row in rows for one in row.owed)
    return UnitStanding(
        key=first.owner,
        code=first.code,
        name=first.department,
        status=_status({row.status for row in rows if row.owed or len(rows) == 1}, owed),
        owed=owed,
        files=tuple(dict.fromkeys(file for row in rows for file in row.files)),
        contact=first.contact,
        phone=first.contact_phone,
        group=first.group,
    )


def _status(seen: set[UnitStatus], owed: Sequence[Obligation]) -> UnitStatus:
    """合起来的状态：有退回的、待确认的先说；应报的都采用了才是已报。"""
    for urgent in (UnitStatus.RETURNED, UnitStatus.PENDING):
        if urgent in seen:
            return urgent
    met = sum(one.met for one in owed)
    if met < len(owed):
        return UnitStatus.PARTIAL if met else UnitStatus.ABSENT
    return UnitStatus.ZERO if seen == {UnitStatus.ZERO} else UnitStatus.REPORTED
