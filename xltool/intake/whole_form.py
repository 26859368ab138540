"""一份旧表里的全部内容：供移到新表去，一格不少。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.messages import form as say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.address import Place
    from xltool.facts.entry import Submission
    from xltool.finding import Finding
    from xltool.intake.identity import OldForm
    from xltool.scheme.key import CellKey
    from xltool.xlsx.grid import GridCell

_DAMAGED: Final = frozenset(
    one.code for one in (say.LOST_FORMULA, say.POINTS_CHANGED, say.DEAD_SELF_CHECK)
)


@dataclass(frozen=True, slots=True)
class WholeForm:
    """读出的一份旧表。

    `inputs` 是填报的各格原来的样子，`others` 是模板里没有的格写着什么；`findings` 一格一条；
    `damaged` 是公式、分值、自查没有了，表上说的不作准。
    """

    old: OldForm
    submission: Submission
    inputs: Mapping[CellKey, GridCell]
    others: tuple[tuple[Place, str], ...]
    findings: tuple[Finding, ...]
    damaged: bool = False


def damages(findings: Iterable[Finding]) -> bool:
    """有没有公式、分值、自查没有了的。"""
    return any(one.code in _DAMAGED for one in findings)
