"""汇总要写的东西：方案、清点的结果，以及各单位在本工作簿里的位置。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from xltool.sheets.plan import Link

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from xltool.address import At
    from xltool.collection.model import Collection, Unit
    from xltool.flags.rule import Outcome
    from xltool.layout.layout import Layout
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method

S = TypeVar("S")
ABOUT = "说明与核对"
MOST_IN_BOOK = 100  # 单位再多，各单位的评分表就另存到旁边的文件夹


@dataclass(frozen=True, slots=True)
class Scored:
    """一个采用了的单位：序号（各登记表据此汇总）、结论所在。"""

    number: int
    unit: Unit
    sheet: str  # 在本工作簿里的表名；另存时为空
    file: str  # 另存的文件，相对于汇总；在本工作簿里时为空
    records: Mapping[str, int]  # 各记录表有几条
    notes: Counter[str]  # 各编码有几条问题
    outcomes: Mapping[str, Outcome]  # 各疑点规则的结果

    @property
    def name(self) -> str:
        """单位名称。"""
        return self.unit.name


@dataclass(frozen=True, eq=False)
class Source:
    """汇总的全部来源。"""

    scheme: Scheme
    methods: tuple[Method, ...]
    collection: Collection
    scored: tuple[Scored, ...]
    layouts: Mapping[int, Layout]
    program: str

    @property
    def version(self) -> str:
        """印在页脚的方案和版本。"""
        return f"{self.scheme.id} {self.scheme.version}"

    def slices(self, name: str, kind: type[S]) -> Iterator[tuple[Scored, S]]:
        """各单位结论的一片。

        Raises:
            TypeError: 这一片不是要的那种。
        """
        for scored in self.scored:
            part = scored.unit.slice(name)
            if not isinstance(part, kind):
                raise TypeError(name)
            yield scored, part

    def at(self, scored: Scored, key: CellKey) -> At | None:
        """某单位某一格在它的评分表里的位置。"""
        layout = self.layouts.get(scored.number)
        block = layout.blocks.get(key.sheet) if layout else None
        if block is None or key.row not in block.rows or key.column not in block.columns:
            return None
        return block.at(key.row, key.column)

    def link(self, scored: Scored, key: CellKey | None, text: str) -> Link | str:
        """指向某单位某一格的链接；找不到那一格时只有文字。"""
        at = self.at(scored, key) if key is not None else None
        if at is None or not text:
            return text
        if scored.sheet:
            return Link(text, scored.sheet, at)
        sheet = self.layouts[scored.number].blocks[key.sheet].name if key else ""
        return Link(text, sheet, at, scored.file)
