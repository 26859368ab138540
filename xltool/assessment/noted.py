"""一条问题，连同它在方案里的位置、看到的数和单位的说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xltool.finding import Finding
    from xltool.scheme.key import CellKey


class Noted(NamedTuple):
    """一条问题，和它指的格（写回后的格名，没有就空着）；豁免了的 `waiver` 写着理由。

    `place`、`seen` 是它在方案里的位置和看到的数，见 places；`statement` 是单位写的说明：在退回件的
    问题清单里写的，和在那一行的“原因”“说明”里写的。
    """

    finding: Finding
    key: CellKey | None
    waiver: str = ""
    place: str = ""
    seen: str = ""
    statement: str = ""
