"""汇总之后各单位到了哪一步：应报几个，各种情况各几个，要办的是哪些。

终端最后的几行、催报和退回都从这里取；一个单位的几个项目各算一个。
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.collection.statuses import FileStatus, UnitStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.collection.model import Collection, FileOutcome, Unit


_SENT_BACK = frozenset({FileStatus.RETURNED, FileStatus.UNREADABLE})


@dataclass(frozen=True, slots=True)
class Standing:
    """各单位的情况。

    `counts` 有名单的只数名单上的，没有名单的数全部，`unlisted` 是名单外的；没有名单的 `owed` 为空。
    `returned` 是退回的、不能读的文件；`pending`、`absent` 是待确认、未报的单位；`faulty` 是已报而有
    错误的，错误多的在前。
    """

    owed: int | None
    counts: Mapping[UnitStatus, int]
    unlisted: int
    returned: tuple[FileOutcome, ...]
    pending: tuple[Unit, ...]
    absent: tuple[Unit, ...]
    faulty: tuple[Unit, ...]

    @property
    def settled(self) -> bool:
        """没有退回、待确认、未报的，也没有要改正的。"""
        return not (self.returned or self.pending or self.absent or self.faulty)


def standing(collection: Collection) -> Standing:
    """由汇总的结果得出。"""
    units = collection.units
    listed = [unit for unit in units if unit.listed] if collection.roster else list(units)
    return Standing(
        owed=len(listed) if collection.roster else None,
        counts=Counter(unit.status for unit in listed),
        unlisted=len(units) - len(listed),
        returned=tuple(one for one in collection.files if one.status in _SENT_BACK),
        pending=tuple(unit for unit in units if unit.status is UnitStatus.PENDING),
        absent=tuple(unit for unit in units if unit.status is UnitStatus.ABSENT),
        faulty=tuple(
            sorted((unit for unit in units if unit.errors), key=lambda unit: -unit.errors)
        ),
    )
