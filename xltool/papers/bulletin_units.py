"""通报里的单位：报送情况怎样说，名称怎样印，哪些不能与别的一样看待。"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from xltool.collection.statuses import OWED, Due, UnitStatus
from xltool.collection.unit_standings import merged_status
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.consolidated.summary import LATE, OWNER, UNTIL
from xltool.finding import parted
from xltool.season.letter import day_text
from xltool.values import read_date
from xltool.values.masking import masked

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.consolidated.settling import SettledUnit

ABSENT: Final = (UnitStatus.ABSENT, UnitStatus.RETURNED, UnitStatus.PENDING)
_DONE: Final = (UnitStatus.REPORTED, UnitStatus.ZERO)
COUNTED: Final = (Due.OWED, Due.UNKNOWN)  # 应报的、表种也对的；没有名单的都算


def names(units: Sequence[SettledUnit], most: int | None = None) -> str:
    """各单位的名称；单位自己填的名称里可能有号码，遮去。"""
    more = f"等{len(units)}个" if most is not None and len(units) > most else ""
    return "、".join(masked(unit.name) for unit in units[:most]) + more


def delivery(units: Sequence[SettledUnit]) -> Iterator[str]:
    """应报几个，报了几个，没有报的、退回的是哪些；没有名单的，只数汇总列的。"""
    if any(unit.due.owed for unit in units):
        yield from _owed(units)
        return
    by_status: dict[str, list[SettledUnit]] = defaultdict(list)
    for unit in units:
        by_status[unit.status].append(unit)
    counts = "，".join(f"{status}{len(found)}个" for status, found in by_status.items())
    whose = "单位（项目）" if any(parted(unit.name)[1] for unit in units) else "单位"
    yield f"汇总所列{len(units)}个{whose}中，{counts}。"
    for status in (*(one.label for one in ABSENT), SENT_BACK):
        if found := by_status.get(status):
            yield f"{status}的：{names(found)}。"
    yield from _late(units)


def _late(units: Sequence[SettledUnit]) -> Iterator[str]:
    """报了而比截止日期晚的；批准缓报的照缓报的那一天。"""
    if found := [unit for unit in units if unit.text(LATE)]:
        yield f"逾期报送的：{names(found)}。"


def _owed(units: Sequence[SettledUnit]) -> Iterator[str]:
    """有名单的：照单位数，与终端、首页的相同。"""
    owners: dict[str, list[SettledUnit]] = defaultdict(list)
    for unit in units:
        if unit.due.owed:
            owners[unit.text(OWNER)].append(unit)
    by_status: dict[UnitStatus, list[list[SettledUnit]]] = defaultdict(list)
    for rows in owners.values():
        by_status[merged_status(map(_status, rows))].append(rows)
    told = "，".join(
        f"{one.label}{len(by_status[one])}个{_back(by_status[one])}"
        for one in OWED
        if one in by_status
    )
    yield f"应报{len(owners)}个单位：{told}。"
    for status in (UnitStatus.PARTIAL, *ABSENT):
        head = "未报齐的，还缺" if status is UnitStatus.PARTIAL else f"{status.label}的"
        listed = [one for rows in by_status[status] for one in rows if _status(one) not in _DONE]
        if listed:
            yield f"{head}：{'、'.join(map(deferred, listed))}。"
    yield from _late([unit for unit in units if unit.due.owed])
    others = (Due.EXEMPT, Due.EXTRA, Due.UNLISTED)
    outside = ((one.value, [u for u in units if u.due is one]) for one in others)
    sent_back = [unit for unit in units if unit.due.owed and unit.status == SENT_BACK]
    for name, found in ((SENT_BACK, sent_back), *outside):
        if found:
            yield f"{name}的：{names(found)}。"


def _back(owners: Sequence[Sequence[SettledUnit]]) -> str:
    """其中几个单位有复核退回的；没有的不说。"""
    back = sum(any(unit.status == SENT_BACK for unit in rows) for rows in owners)
    return f"（其中{SENT_BACK}{back}个）" if back else ""


def deferred(unit: SettledUnit) -> str:
    """名称；批准缓报的，写明到哪一天。"""
    day = read_date(unit.text(UNTIL)).value
    return names([unit]) + (f"（缓报至{day_text(day)}）" if day else "")


def _status(unit: SettledUnit) -> UnitStatus:
    """照收来的文件是什么情况；复核退回的是已报。"""
    return next((one for one in UnitStatus if one.label == unit.status), UnitStatus.REPORTED)


def noted(unit: SettledUnit) -> str:
    """名称，连同不能与别的一样看待的缘故。"""
    notes = [SENT_BACK] * (unit.status == SENT_BACK)
    notes += [unit.due.value.rpartition("，")[2]] * (unit.due not in COUNTED)
    return names([unit]) + (f"（{'，'.join(notes)}）" if notes else "")
