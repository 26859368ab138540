"""首页的报送一段：应报几份，各种情况各几份；照单位数不同的，另照单位数。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.collection.statuses import OWED, UnitStatus
from xltool.collection.unit_standings import count_forms, count_units
from xltool.consolidated.blocks import Slot
from xltool.consolidated.columns import TOP
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.consolidated.lower import UNITS as LEVELS
from xltool.sheets.plan import Formula, Link

if TYPE_CHECKING:
    from collections.abc import Collection as Keys
    from collections.abc import Mapping, Sequence

    from xltool.collection.model import Collection, Unit
    from xltool.collection.unit_standings import Count
    from xltool.consolidated.blocks import Row
    from xltool.consolidated.register import Register
    from xltool.sheets.plan import Content

_NONE: Final = "—"
_BACK: Final = f"其中{SENT_BACK}"


class Reported(NamedTuple):
    """一行：照什么数，应报几份（没有名单的不知道），各种状态各几份。"""

    title: str
    owed: Content
    counts: Mapping[str, Content]


def reported(
    collection: Collection, register: Register[tuple[int, Unit]], returned: Keys[str]
) -> tuple[Reported, ...]:
    """照份数的一行；照单位数不同的，再照单位数一行；有下级汇总的，再照下级的单位一行。

    只有复核退回的随复核变，其余的由收来的文件定；`returned` 是写出时复核退回的。
    """
    forms, owners = (count(collection.units, returned) for count in (count_forms, count_units))
    due, status = register.far("due"), register.far("status")
    back = f'COUNTIFS({due},1,{status},"{SENT_BACK}")'
    if collection.roster:
        rows = [_counted("份", forms, Formula(back, forms.sent_back))]
        if forms != owners:
            several = "back" in register.places.letters
            text = f"SUM({register.far('back')})" if several else back
            rows.append(_counted("单位", owners, Formula(text, owners.sent_back)))
    else:
        rows = [_unasked(collection, status, returned)]
    if lower := [unit.status for book in collection.lower for unit in book.units]:
        rows.append(_lower(lower))
    return tuple(rows)


def _counted(title: str, count: Count, back: Formula) -> Reported:
    counts: dict[str, Content] = {one.label: count.counts[one] for one in OWED}
    if title == "份":
        counts[UnitStatus.PARTIAL.label] = _NONE
    counts |= {
        UnitStatus.EXEMPT.label: count.exempt,
        UnitStatus.EXTRA.label: count.extra,
        UnitStatus.UNLISTED.label: count.unlisted,
    }
    return Reported(title, count.owed, {**counts, _BACK: back})


def _unasked(collection: Collection, status: str, returned: Keys[str]) -> Reported:
    """没有名单的：收来的各是什么情况。"""
    seen = [unit.status for unit in collection.units]
    back = sum(unit.key in returned for unit in collection.units)
    counts: dict[str, Content] = {one.label: seen.count(one) for one in UnitStatus}
    counts |= {
        UnitStatus.PARTIAL.label: _NONE,
        _BACK: Formula(f'COUNTIFS({status},"{SENT_BACK}")', back),
    }
    return Reported("份", _NONE, counts)


def _lower(seen: list[str]) -> Reported:
    """下级的单位，照下级汇总里写的状态。"""
    counts: dict[str, Content] = {one.label: seen.count(one.label) for one in UnitStatus}
    back = seen.count(SENT_BACK)
    counts |= {
        UnitStatus.REPORTED.label: seen.count(UnitStatus.REPORTED.label) + back,
        UnitStatus.PARTIAL.label: _NONE,
        _BACK: back,
    }
    outside = [one.label for one in (UnitStatus.EXEMPT, UnitStatus.EXTRA, UnitStatus.UNLISTED)]
    owed = sum(one not in outside for one in seen)
    return Reported("下级单位", Link(str(owed), LEVELS, TOP), counts)


def delivery_slots(rows: Sequence[Reported]) -> tuple[Slot[Reported], ...]:
    """各栏；应报等于其后到零报送为止的各数之和，复核退回的在已报里；没有免报的，不列免报。"""

    def of(label: str, row: Row[Reported]) -> Content:
        return row.value.counts[label]

    spans = {UnitStatus.RETURNED.label: 1, UnitStatus.EXTRA.label: 1}  # 字少的窄些，才排得下
    labels = [UnitStatus.REPORTED.label, _BACK, *(one.label for one in OWED[1:])]
    if any(row.counts[UnitStatus.EXEMPT.label] for row in rows):
        spans |= {UnitStatus.ZERO.label: 1, UnitStatus.EXEMPT.label: 1}
        labels.append(UnitStatus.EXEMPT.label)
    labels += [UnitStatus.EXTRA.label, UnitStatus.UNLISTED.label]
    return (
        Slot("title", "照什么数", lambda row: row.value.title, span=2),
        Slot("owed", "应报", lambda row: row.value.owed, span=2),
        *(Slot(one, one, partial(of, one), span=spans.get(one, 2)) for one in labels),
    )
