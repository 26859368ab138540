"""一条问题，连同它在方案里的位置、看到的数和单位的说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.finding import Severity

if TYPE_CHECKING:
    from xltool.finding import Finding
    from xltool.scheme.key import CellKey


class Noted(NamedTuple):
    """一条问题，和它指的格（写回后的格名，没有就空着）；豁免了的 `waiver` 写着理由。

    `place`、`seen` 是它在方案里的位置和看到的数，见 places；`statement` 是单位写的说明：在退回件的
    问题清单里写的，和在那一行的“原因”“说明”里写的。`opinion` 是复核人员要单位改的，
    如 须改正：补上材料。
    """

    finding: Finding
    key: CellKey | None
    waiver: str = ""
    place: str = ""
    seen: str = ""
    statement: str = ""
    opinion: str = ""

    @property
    def due(self) -> Finding:
        """要单位办的：复核人员要改的，不论原来是哪一级、说明过没有，都须改正。"""
        if not self.opinion:
            return self.finding
        said = f"{self.finding.message.rstrip('。')}。复核意见：{self.opinion.rstrip('。')}"
        return self.finding._replace(severity=Severity.ERROR, explained="", message=said)
