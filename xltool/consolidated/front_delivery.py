"""首页的报送一段：应报几份，已报、退回、待确认、未报各几份；应报几份的单位，另照单位数。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.statuses import UnitStatus
from xltool.collection.unit_standings import status_counts, unit_standings
from xltool.consolidated.blocks import Slot
from xltool.consolidated.columns import TOP
from xltool.consolidated.findings_sheet import SENT_BACK
from xltool.consolidated.lower import UNITS as LEVELS
from xltool.sheets.plan import Formula, Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.collection.model import Collection, Unit
    from xltool.consolidated.blocks import Row
    from xltool.consolidated.register import Register
    from xltool.sheets.plan import Content

_NONE = "—"


class Reported(NamedTuple):
    """一行：照什么数，应报几份（没有名单的不知道），各种状态各几份。"""

    title: str
    owed: Content
    counts: Mapping[str, Content]


def reported(collection: Collection, register: Register[tuple[int, Unit]]) -> tuple[Reported, ...]:
    """照份数的一行；有单位应报几份的，再照单位数一行；有下级汇总的，再照下级的单位一行。"""
    units, area = collection.units, register.far("status")
    labels = [*(one.label for one in UnitStatus if one is not UnitStatus.PARTIAL), SENT_BACK]
    (status,) = (column for column in register.columns if column.key == "status")
    shown = [status.data(item) for item in register.lines()]
    counts: dict[str, Content] = {
        label: Formula(f'COUNTIFS({area},"{label}")', shown.count(label)) for label in labels
    }
    owed = sum(len(unit.owed) for unit in units) if collection.roster else _NONE
    rows = [Reported("份", owed, counts)]
    standings = unit_standings(units)
    if any(len(one.owed) > 1 for one in standings):
        found = status_counts(standings)
        listed = sum(bool(one.owed) for one in standings)
        rows.append(Reported("单位", listed, {one.label: found[one] for one in UnitStatus}))
    if lower := [unit.status for book in collection.lower for unit in book.units]:
        link = Link(str(len(lower)), LEVELS, TOP)
        rows.append(Reported("下级单位", link, {one: lower.count(one) for one in labels}))
    return tuple(rows)


def delivery_slots() -> tuple[Slot[Reported], ...]:
    """各栏。"""

    def of(label: str, row: Row[Reported]) -> Content:
        return row.value.counts.get(label, _NONE)

    labels = (
        UnitStatus.REPORTED.label,
        SENT_BACK,
        UnitStatus.RETURNED.label,
        UnitStatus.PENDING.label,
        UnitStatus.PARTIAL.label,
        UnitStatus.ABSENT.label,
        UnitStatus.ZERO.label,
        UnitStatus.UNLISTED.label,
    )
    return (
        Slot("title", "照什么数", lambda row: row.value.title, span=2),
        Slot("owed", "应报", lambda row: row.value.owed, span=2),
        *(Slot(label, label, partial(of, label), span=2) for label in labels),
    )
