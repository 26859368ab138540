"""几张小表排在一张工作表上：栏目连同取值写在一起，位置由上到下排出来；格凭表、行和栏取。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from xltool.address import Area, At, Place, quoted
from xltool.consolidated.columns import LEFT, NOTE_ROW, TITLE_ROW, TOP
from xltool.consolidated.source import ABOUT
from xltool.layout.wording import BACK_TEXT
from xltool.sheets.paper import merged_width, page_starts
from xltool.sheets.plan import (
    Cell,
    Link,
    Merge,
    NumberFormat,
    Print,
    Role,
    SheetPlan,
)
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xltool.sheets.graphics import Bars, Chart
    from xltool.sheets.plan import Content

T = TypeVar("T")
_ROW, _TIGHT, _TITLE, _GAP = 21.0, 17.0, 32.0, 7.0  # 磅
_EDGE = 0.8  # 半角字符：每一列两边的空，列宽里没有算
LINK_SPAN = 4  # 标题右边的链接占几列
LEAD = 2  # 由上到下排的，下一张小表的标题与上一张隔一行


class Row(NamedTuple, Generic[T]):
    """小表的一行：写什么，是第几行（从 0 起），在哪张小表。"""

    value: T
    number: int
    block: Block[T]

    def at(self, key: str) -> str:
        """公式里引用本行某栏的写法，如 C6。"""
        return self.block.at(self.number, key).a1

    def down_to(self, key: str) -> str:
        """某栏由头一行到本行，如 A$6:A8。"""
        first, last = self.block.at(0, key), self.block.at(self.number, key)
        return f"{first.absolute}:{last.a1}"


class Slot(NamedTuple, Generic[T]):
    """小表的一栏：标识、表头、取值，占几列。"""

    key: str
    heading: str
    content: Callable[[Row[T]], Content]
    number: NumberFormat = NumberFormat.GENERAL
    span: int = 1
    role: Role = Role.BODY_CENTER


def points(key: str, heading: str, content: Callable[[Row[T]], Content], span: int = 1) -> Slot[T]:
    """分数栏。"""
    return Slot(key, heading, content, NumberFormat.POINTS, span)


@dataclass(frozen=True, eq=False)
class Block(Generic[T]):
    """一张小表：标题在 `top` 行，表头在下一行，再下面一件事一行；`left` 是最左的一列。

    `link` 写在标题一行的最右，到说得更细的那张表。
    """

    sheet: str
    title: str
    top: int
    slots: tuple[Slot[T], ...]
    items: tuple[T, ...]
    left: int = LEFT
    link: Link | None = None

    @cached_property
    def _columns(self) -> dict[str, int]:
        """各栏由第几列起。"""
        starts = accumulate((slot.span for slot in self.slots), initial=self.left)
        return {slot.key: start for slot, start in zip(self.slots, starts, strict=False)}

    @property
    def header(self) -> int:
        """表头在第几行。"""
        return self.top + 1

    @property
    def bottom(self) -> int:
        """最后一行；没有内容的，是表头。"""
        return self.header + len(self.items)

    def at(self, number: int, key: str) -> At:
        """第几行（从 0 起）某栏的格。"""
        return At(self.header + 1 + number, self._columns[key])

    def area(self, key: str) -> Area:
        """某栏的数据区域。"""
        return Area(self.at(0, key), self.at(len(self.items) - 1, key))

    def own(self, key: str) -> str:
        """同一张工作表里引用某栏数据的写法。"""
        return self.area(key).absolute

    def far(self, key: str) -> str:
        """别的表引用某栏数据的写法。"""
        return f"{quoted(self.sheet)}!{self.own(key)}"

    def place(self, number: int, key: str) -> Place:
        """别的表引用一格。"""
        return Place(self.sheet, self.at(number, key))

    def rows(self) -> Iterator[Row[T]]:
        """各行。"""
        for number, value in enumerate(self.items):
            yield Row(value, number, self)

    @cached_property
    def _contents(self) -> dict[str, list[Content]]:
        """各栏各行写什么。"""
        rows = list(self.rows())
        return {slot.key: [slot.content(row) for row in rows] for slot in self.slots}

    def results(self, key: str) -> tuple[Any, ...]:
        """某栏写出时的值，依各行。"""
        return tuple(getattr(one, "result", one) for one in self._contents[key])

    def cells(self) -> Iterator[Cell]:
        """标题、表头和各行；占几列的，右边的格空着。"""
        yield Cell(At(self.top, self.left), self.title, Role.SECTION)
        if self.link is not None:
            first = self._last_column - LINK_SPAN + 1
            for column in range(first, self._last_column + 1):
                own = self.link if column == first else None
                yield Cell(At(self.top, column), own, Role.JUMP)
        for slot in self.slots:
            yield from self._spread(slot, self.header, slot.heading, Role.HEADER)
        for number in range(len(self.items)):
            for slot in self.slots:
                content = self._contents[slot.key][number]
                role = Role.LINK if isinstance(content, Link) else slot.role
                yield from self._spread(slot, self.header + 1 + number, content, role)

    @property
    def _last_column(self) -> int:
        return self.left + sum(slot.span for slot in self.slots) - 1

    def _spread(self, slot: Slot[T], row: int, content: Content, role: Role) -> Iterator[Cell]:
        for column in range(self._columns[slot.key], self._columns[slot.key] + slot.span):
            own = content if column == self._columns[slot.key] else None
            yield Cell(At(row, column), own, role, slot.number)

    def merges(self) -> Iterator[Merge]:
        """占几列的各格。"""
        if self.link is not None:
            first = self._last_column - LINK_SPAN + 1
            yield Merge(Area(At(self.top, first), At(self.top, self._last_column)))
        for slot in self.slots:
            start = self._columns[slot.key]
            for row in range(self.header, self.bottom + 1) if slot.span > 1 else ():
                yield Merge(Area(At(row, start), At(row, start + slot.span - 1)))

    def heights(self, widths: Sequence[float], *, tight: bool) -> Iterator[tuple[int, float]]:
        """各行的高：照字数，公式的照写出时的字；`tight` 的排密些。"""
        least = _TIGHT if tight else _ROW
        rooms = {
            slot.key: _room(widths[start - LEFT : start - LEFT + slot.span], tight=tight)
            for slot, start in zip(self.slots, self._columns.values(), strict=True)
        }
        yield self.top, least
        headings = ((one.heading, rooms[one.key]) for one in self.slots)
        yield self.header, row_height(headings, least, tight=tight)
        for number in range(len(self.items)):
            texts = ((_text(self._contents[key][number]), rooms[key]) for key in rooms)
            yield self.header + 1 + number, row_height(texts, least, tight=tight)


def _room(widths: Sequence[float], *, tight: bool) -> float:
    """合成的一格多宽，以半角字符计；排密些的不多留。"""
    return merged_width(widths) if tight else sum(widths) + _EDGE * len(widths)


def _text(content: Content) -> str:
    shown = getattr(content, "result", getattr(content, "text", content))
    return shown if isinstance(shown, str) else ""


@dataclass(frozen=True, eq=False, kw_only=True)
class Board:
    """由几张小表排成的一张工作表：返回、标题、说明、各小表、图；`more` 是另外的格。"""

    name: str
    title: str
    note: str
    widths: tuple[float, ...]
    blocks: tuple[Block[Any], ...]
    printing: Print
    charts: tuple[Chart, ...] = ()
    bars: tuple[Bars, ...] = ()
    more: tuple[Cell, ...] = ()

    def plan(self) -> SheetPlan:
        """成为工作表。"""
        heights = {TITLE_ROW: _TITLE, NOTE_ROW: _ROW}
        for block in self.blocks:
            heights.setdefault(block.top - 1, _GAP)
            for row, height in block.heights(self.widths, tight=self.printing.one_page):
                heights[row] = max(height, heights.get(row, 0.0))
        cells: list[Cell] = sorted(self._cells(), key=lambda cell: cell.at)
        printing = self.printing
        if not printing.one_page:
            spans = [(block.top, block.bottom) for block in self.blocks]
            printing = replace(printing, starts=tuple(page_starts(spans, heights, printing)))
        return SheetPlan(
            name=self.name,
            cells=tuple(cells),
            widths=self.widths,
            heights=heights,
            merges=tuple(merge for block in self.blocks for merge in block.merges()),
            charts=self.charts,
            bars=self.bars,
            printing=printing,
        )

    def _cells(self) -> Iterator[Cell]:
        yield Cell(TOP, Link(BACK_TEXT, ABOUT, TOP), Role.LINK)
        for column in range(LEFT, LEFT + len(self.widths)):
            title = self.title if column == LEFT else None
            yield Cell(At(TITLE_ROW, column), title, Role.TITLE)
        yield Cell(At(NOTE_ROW, LEFT), self.note, Role.INFO)
        yield from self.more
        for block in self.blocks:
            yield from block.cells()


def printed_across(widths: Sequence[float], last: int, footer: str) -> Print:
    """横着印由标题到第 `last` 行，可以有几页，每页重复标题。"""
    return Print(
        area=area_of(widths, last),
        title_rows=(TITLE_ROW, TITLE_ROW),
        dense=True,
        named=True,
        footer_left=footer,
    )


def area_of(widths: Sequence[float], last: int) -> Area:
    """由标题到第 `last` 行，各列都在内。"""
    return Area(At(TITLE_ROW, LEFT), At(last, LEFT + len(widths) - 1))
