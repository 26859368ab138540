"""汇总要写的东西：方案、清点的结果，以及各单位在本工作簿里的位置。"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from xltool.collection.sheet_labels import sheet_name
from xltool.collection.verdicts import Reviews
from xltool.form.common import titled
from xltool.sheets.plan import Link

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Mapping

    from xltool.address import At
    from xltool.collection.model import Collection, Unit
    from xltool.collection.reviewed import Reviewed
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
    records: Mapping[str, tuple[str, ...]]  # 各记录表填了哪几行
    notes: Counter[str]  # 各编码有几条问题，豁免了的也在内
    waived: Counter[str]  # 各编码豁免了几条
    hits: tuple[str, ...]  # 触发的疑点规则
    unjudged: Mapping[str, tuple[str, ...]]  # 未判的规则，各缺什么

    @property
    def name(self) -> str:
        """单位名称。"""
        return self.unit.name


@dataclass(frozen=True, eq=False)
class Source:
    """一个方案的全部来源。

    `units` 是这个方案的汇总表要列的单位和序号，没有采用的报送的也在内；`label` 是几个方案
    合在一本里时，这个方案的各表表名后面接的字。
    `reviews` 是由上一份汇总带过来的复核，`reviewed` 是各单位（按 `key`）复核以后的得分。
    """

    scheme: Scheme
    methods: tuple[Method, ...]
    collection: Collection
    units: tuple[tuple[int, Unit], ...]
    scored: tuple[Scored, ...]
    layouts: Mapping[int, Layout]
    program: str
    label: str = ""
    reviews: Reviews = field(default_factory=Reviews)
    reviewed: Mapping[str, Reviewed] = field(default_factory=dict)

    def sheet(self, name: str) -> str:
        """这个方案的一张表叫什么。"""
        return sheet_name(name, self.label)

    @property
    def form(self) -> str:
        """表种；几个方案合在一本里时是接在表名后面的字，一种表先后的版面才分得清。"""
        return self.label or self.scheme.variant

    def title(self, title: str) -> str:
        """这个方案的一张表的标题。"""
        return titled(title, self.label)

    @property
    def who(self) -> str:
        """这种表评的是单位还是项目。"""
        return "项目" if self.scheme.of_project else "单位"

    @property
    def name_width(self) -> float:
        """单位名称一栏的宽；评项目的连着项目名称，宽些。"""
        return 20.0 if self.scheme.of_project else 18.0

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
            yield scored, self.part(scored, name, kind)

    def part(self, scored: Scored, name: str, kind: type[S]) -> S:
        """一个单位的结论的一片。

        Raises:
            TypeError: 这一片不是要的那种。
        """
        part = scored.unit.slice(name)
        if not isinstance(part, kind):
            raise TypeError(name)
        return part

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


def versions(sources: tuple[Source, ...]) -> str:
    """全部方案和版本。"""
    return "、".join(source.version for source in sources)


def works(sources: tuple[Source, ...]) -> str:
    """汇总的是哪几项工作。"""
    return "、".join(dict.fromkeys(source.scheme.work for source in sources))


def heading(sources: tuple[Source, ...]) -> str:
    """整本的标题；混着几个年度的表时，各个年度都写。"""
    years = "、".join(map(str, sorted({source.scheme.year for source in sources})))
    return f"{years}年度{works(sources)}汇总"


def footer_of(sources: tuple[Source, ...]) -> str:
    """印在共用各表页脚的；几个方案的页脚写不下，见第一张表。"""
    return versions(sources) if len(sources) == 1 else f"{len(sources)}个方案，见{ABOUT}"


def in_order(sources: tuple[Source, ...]) -> Iterator[tuple[Source, Scored]]:
    """各方案采用了的单位，依单位次序。"""
    pairs = ((source, scored) for source in sources for scored in source.scored)
    yield from sorted(pairs, key=lambda pair: pair[1].number)
