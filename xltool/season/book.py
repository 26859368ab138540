"""名单工作簿：下一步、名单、设置、选项。"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from xltool.season.lists_sheet import list_names, lists_sheet
from xltool.season.roster_sheet import roster_sheet
from xltool.season.settings_sheet import settings_sheet
from xltool.season.steps_sheet import SHEET, steps_sheet
from xltool.sheets.plan import WorkbookPlan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xltool.collection.roster import RosterEntry

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def season_plan(
    entries: Sequence[RosterEntry] = (), known: Mapping[str, str] = _NOTHING
) -> WorkbookPlan:
    """一季的名单工作簿；`entries` 是已经知道的单位，`known` 是已经知道的设置。"""
    return WorkbookPlan(
        sheets=(
            steps_sheet(),
            roster_sheet(entries),
            settings_sheet(SHEET, known),
            lists_sheet(SHEET),
        ),
        names=list_names(),
        title="应报单位名单和设置",
        subject="绩效自评收表",
    )
