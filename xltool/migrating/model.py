"""移表的结果：新表的内容，和一条一条的清单。"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.address import Place
    from xltool.facts.typed import Typed
    from xltool.finding import Finding
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


class Fate(StrEnum):
    """清单上的一条是哪一种；依清单的次序。"""

    LEFT = "left"
    LOOK = "look"
    EARLIER = "earlier"

    @property
    def label(self) -> str:
        """给人看的词。"""
        return _LABELS[self]


_LABELS: Final = {Fate.LEFT: "没有搬", Fate.LOOK: "请核对", Fate.EARLIER: "上年的"}


class Line(NamedTuple):
    """清单的一条：`finding` 带着旧表的位置，`value` 是原来写的全文，`to` 是新表的哪一格。"""

    fate: Fate
    finding: Finding
    value: str = ""
    to: Place | None = None


@dataclass(frozen=True, slots=True)
class Migrated:
    """移好的一份。

    `year` 是旧表的年度；`started` 是移到以后的年度去的：只预填了起头的内容，还没有填报。
    `beside` 是点到一格时要提示的：上年的预期值和实现值。
    """

    scheme: Scheme
    year: int
    contents: Mapping[CellKey, Typed]
    lines: tuple[Line, ...]
    beside: Mapping[CellKey, str] = field(default_factory=dict)

    @property
    def started(self) -> bool:
        """是不是给新的年度起的头。"""
        return self.year != self.scheme.year

    def listed(self, fate: Fate) -> tuple[Line, ...]:
        """某一种的各条。"""
        return tuple(line for line in self.lines if line.fate is fate)
