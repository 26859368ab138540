"""样式表：只把真正用到的样式写进文件，序号按第一次用到的先后。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from xltool.sheets.plan import NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LookKey: TypeAlias = tuple[Role, NumberFormat, bool, bool]
"""与 Look 相等的普通元组：每格都要查一次，省去造对象。"""


@dataclass(frozen=True, slots=True)
class StyleTable:
    """样式表的骨架：`entries` 是每种样式的 <xf>，其余各段原样抄写。"""

    head: str
    first: str
    entries: Mapping[LookKey, str]
    middle: str
    highlights: str
    end: str

    def xml(self, looks: Iterable[LookKey]) -> str:
        """只含这些样式的 styles.xml；第 0 种是 Excel 要求的默认样式。"""
        entries = [self.first, *(self.entries[look] for look in looks)]
        cells = f'<cellXfs count="{len(entries)}">{"".join(entries)}</cellXfs>'
        return f"{self.head}{cells}{self.middle}{self.highlights}{self.end}"


class StyleIndex(dict[LookKey, int]):
    """样式到序号；没见过的样式当场排上下一号。"""

    def __init__(self, looks: Iterable[LookKey] = ()) -> None:
        super().__init__((look, number) for number, look in enumerate(looks, start=1))

    def __missing__(self, look: LookKey) -> int:
        self[look] = number = len(self) + 1
        return number
