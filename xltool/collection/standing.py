"""汇总之后各单位到了哪一步：应报几个，各种情况各几个，要办的是哪些。

终端最后的几行、催报和退回都从这里取；名单上一个单位应报几份的，合起来算一个。
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.collection.statuses import RESEND, UnitStatus
from xltool.collection.unit_standings import count_units, unit_standings

if TYPE_CHECKING:
    from collections.abc import Collection as Keys
    from collections.abc import Mapping

    from xltool.collection.model import Collection, FileOutcome, Unit
    from xltool.collection.unit_standings import UnitStanding

_BEHIND = frozenset({UnitStatus.ABSENT, UnitStatus.PARTIAL})


@dataclass(frozen=True, slots=True)
class Standing:
    """各单位的情况。

    `counts` 有名单的只数名单上的单位，没有名单的数全部；`back` 是各种状态里复核退回的，
    `exempt` 是免报的单位，`extra` 是多报的份数，`unlisted` 是名单外的单位；没有名单的 `owed` 为空。
    `returned` 是退回的、不能读的文件；`pending` 是待确认的单位（项目）；`behind` 是未报、
    未报齐的单位；`faulty` 是已报而有错误的，错误多的在前；`projects` 是有没有按项目报的。
    """

    owed: int | None
    counts: Mapping[UnitStatus, int]
    back: Mapping[UnitStatus, int]
    exempt: int
    extra: int
    unlisted: int
    returned: tuple[FileOutcome, ...]
    pending: tuple[Unit, ...]
    behind: tuple[UnitStanding, ...]
    faulty: tuple[Unit, ...]
    projects: bool

    @property
    def settled(self) -> bool:
        """没有退回、待确认、未报的，也没有要改正的。"""
        return not (self.returned or self.pending or self.behind or self.faulty)


def standing(collection: Collection, returned: Keys[str] = ()) -> Standing:
    """由汇总的结果得出；`returned` 是复核退回的（按单位的 `key`）。"""
    units = collection.units
    found = unit_standings(units)
    everyone = Counter(unit.status for unit in units)
    count = count_units(units, returned)
    back = Counter(unit.status for unit in units if unit.key in returned)
    return Standing(
        owed=count.owed if collection.roster else None,
        counts=count.counts if collection.roster else everyone,
        back=count.back if collection.roster else back,
        exempt=count.exempt,
        extra=count.extra,
        unlisted=count.unlisted,
        returned=tuple(one for one in collection.files if one.status in RESEND),
        pending=tuple(unit for unit in units if unit.status is UnitStatus.PENDING),
        behind=tuple(one for one in found if one.status in _BEHIND),
        faulty=tuple(
            sorted((unit for unit in units if unit.tally.error), key=lambda unit: -unit.tally.error)
        ),
        projects=any(unit.project for unit in units),
    )
