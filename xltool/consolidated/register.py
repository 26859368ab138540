"""登记表：一行一件事，栏目连同取值写在一起；可有几万行，边取边写。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from xltool.address import Area, At, quoted
from xltool.collection.printed import BLANK_COLUMNS, blank_columns
from xltool.consolidated.columns import (
    ABOVE_ROW,
    FIRST_ROW,
    HEADER_ROW,
    LEFT,
    NOTE_ROW,
    TITLE_ROW,
    TOP,
    Column,
    Item,
    Places,
)
from xltool.consolidated.looks import LINE, PADDING, Looks, height_of, room_of
from xltool.layout.wording import BACK_TEXT
from xltool.sheets.paper import fitted
from xltool.sheets.plan import Cell, Line, Link, Merge, Print, Role, SheetPlan
from xltool.sheets.text import display_width, lines_of, row_height

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.consolidated.columns import Value
    from xltool.sheets.graphics import Bars
    from xltool.sheets.paper import Fit
    from xltool.sheets.plan import Content, Highlight, Validation

T = TypeVar("T")
_TITLE = 2.2  # 标题的字比列宽的单位大多少
_SAFE = 0.9  # 说明的字比列宽的单位略大
_HEADING = 200  # 页眉最多放得下多少字，标题的全文在表上
_LINES = 3  # 说明在冻结的几列里最多折几行


BLANKS: Final[Column[Any]] = Column("blanks", BLANK_COLUMNS, 10, lambda _: None, hidden=True)


@dataclass(frozen=True, eq=False, kw_only=True)
class Register(Generic[T]):
    """一张登记表。

    `columns` 是全部的栏，列在工作表上的是 `on_sheet`；`count` 须等于 `items` 的个数。
    `frozen` 是冻结到哪一栏为止；`printed` 是打印到哪一栏为止，空着就全打。
    """

    name: str
    title: str
    note: str
    columns: tuple[Column[T], ...]
    items: Iterable[T]
    count: int
    home: str
    version: str
    frozen: str
    printed: str = ""

    @cached_property
    def on_sheet(self) -> tuple[Column[T], ...]:
        """工作表上的各栏，由左到右；最后隐藏的一栏记着这一行哪几栏印时空着。"""
        own = (column for column in self.columns if column.on_sheet)
        return (*own, BLANKS)

    @cached_property
    def places(self) -> Places:
        """各栏在工作表上的位置。"""
        return Places(tuple(column.key for column in self.on_sheet), self.count)

    def position(self, key: str) -> int:
        """某栏在第几列。"""
        return self.places.position(key)

    def area(self, key: str) -> Area:
        """某栏的数据区域；没有数据时是表头下的一行。"""
        return self.places.area(key)

    def far(self, key: str) -> str:
        """别的表引用某栏数据的写法。"""
        return f"{quoted(self.name)}!{self.area(key).absolute}"

    def lines(self) -> Iterator[Item[T]]:
        """各行，由上到下。"""
        for row, value in enumerate(self.items, FIRST_ROW):
            yield Item(value, row, self.places)

    @property
    def headings(self) -> frozenset[str]:
        """工作表上各栏的表头。"""
        return frozenset(column.heading for column in self.on_sheet)

    def data(self) -> Iterator[tuple[Value, ...]]:
        """各行的值，依全部各栏的次序，供分析。"""
        columns = [column for column in self.columns if not column.hidden]
        for item in self.lines():
            yield tuple([column.data(item) for column in columns])

    @cached_property
    def _printed(self) -> int:
        """打印到第几列。"""
        return self.position(self.printed) if self.printed else len(self.on_sheet) - 1

    @cached_property
    def _fit(self) -> Fit:
        """印在什么纸上，分几页宽。"""
        widths = [column.width for column in self.on_sheet[: self._printed]]
        return fitted(widths, self.position(self.frozen))

    @property
    def _titled(self) -> int:
        """标题居中在头几列之上：分几页宽的，每页重复的几列放得下就放在那里，页页完整。"""
        return self.position(self.frozen) if self._titled_apart else self._fit.first

    @property
    def _titled_apart(self) -> bool:
        repeated = self.on_sheet[: self.position(self.frozen)]
        wide = sum(column.width for column in repeated)
        return self._fit.pages > 1 and display_width(self.title) * _TITLE <= wide

    @cached_property
    def _note(self) -> Area:
        """说明占哪几格：一行写不下的折成几行，分几页宽的尽量写在每页重复的几列里，页页完整。"""
        first, repeated = At(NOTE_ROW, LEFT), self.position(self.frozen)
        if self._fit.pages > 1 and lines_of(self.note, self._across(repeated)) <= _LINES:
            return Area(first, At(NOTE_ROW, repeated))
        long = lines_of(self.note, self._across(self._fit.first)) > 1
        return Area(first, At(NOTE_ROW, self._fit.first) if long else first)

    def _across(self, last: int) -> float:
        """头几列之上写说明的地方有多宽。"""
        return _SAFE * sum(column.width for column in self.on_sheet[:last])

    def plan(
        self,
        *,
        validations: tuple[Validation, ...] = (),
        highlights: tuple[Highlight, ...] = (),
        bars: tuple[Bars, ...] = (),
        totals: tuple[Mapping[str, Content], ...] = (),
    ) -> SheetPlan:
        """成为工作表；`totals` 是表下面各行小计，按栏给出，与表隔一行，排序、筛选都不动它。"""
        headings = ((column.heading, column.width) for column in self.on_sheet)
        heights = {TITLE_ROW: 34.0, HEADER_ROW: row_height(headings, 32.0)}
        note = self._note
        if note.last.col > LEFT:
            heights[NOTE_ROW] = row_height([(self.note, self._across(note.last.col))])
        above = any(column.above is not None for column in self.on_sheet)
        if above:
            heights[ABOVE_ROW] = LINE + PADDING
        frozen, columns = self.position(self.frozen), self.on_sheet
        last = FIRST_ROW + max(self.count, 1) - 1
        printed = last + len(totals) + 1 if totals else last
        heights |= dict.fromkeys(range(last + 2, printed + 1), LINE + PADDING)
        # 分几页宽、每页重复的几列放不下标题的：标题印在页眉，连同说明不在要印的几行里
        cut = self._fit.pages > 1 and not self._titled_apart
        top = (ABOVE_ROW if above else HEADER_ROW) if cut else TITLE_ROW
        return SheetPlan(
            name=self.name,
            cells=self._cells(totals),
            widths=tuple(column.width for column in self.on_sheet),
            heights=heights,
            hidden_columns=tuple(
                number for number, column in enumerate(columns, LEFT) if column.hidden
            ),
            merges=(Merge(note),) if note.last.col > LEFT else (),
            validations=validations,
            highlights=highlights,
            bars=bars,
            freeze=At(FIRST_ROW, frozen + 1),
            filter=Area(At(HEADER_ROW, LEFT), At(last, len(columns))),
            printing=Print(
                title_rows=(ABOVE_ROW if above else HEADER_ROW, HEADER_ROW),
                title_columns=frozen if self._fit.pages > 1 else 0,
                pages=self._fit.pages,
                area=Area(At(top, LEFT), At(printed, self._printed)),
                heading=self.title[:_HEADING] if cut else "",
                footer_left=self.version,
                paper=self._fit.paper,
                dense=True,
                named=True,
            ),
        )

    def _cells(self, totals: tuple[Mapping[str, Content], ...]) -> Iterator[Cell | Line]:
        columns = self.on_sheet
        yield from self._head()
        looks = Looks(columns)
        rooms = [(n, room_of(column)) for n, column in enumerate(columns) if column.tall]
        contents = [column.content for column in columns[:-1]]
        # 复核人填的各栏本来就读；隐藏的没有人写
        open_to = sorted(
            (c.heading, n) for n, c in enumerate(columns) if not (c.review or c.hidden)
        )
        for item in self.lines():
            printed = [content(item) for content in contents]
            blank = [text for text, n in open_to if printed[n] is None or printed[n] == ""]
            line = (*printed, blank_columns(blank))
            yield Line(item.row, line, looks.of(item), height_of(line, rooms))
        for row, own in enumerate(totals, FIRST_ROW + max(self.count, 1) + 1):
            for number, column in enumerate(columns[: self._printed], LEFT):
                yield Cell(At(row, number), own.get(column.key), Role.TOTAL, column.number)

    def _head(self) -> Iterator[Cell]:
        """返回、标题、说明、表头上面一行、表头。"""
        yield Cell(TOP, Link(BACK_TEXT, self.home, TOP), Role.LINK)
        for number in range(LEFT, LEFT + self._titled):
            yield Cell(At(TITLE_ROW, number), self.title if number == LEFT else None, Role.TITLE)
        note = self._note
        for number in range(LEFT, note.last.col + 1):
            role = Role.INFO if note.last.col == LEFT else Role.PLAIN
            yield Cell(At(NOTE_ROW, number), self.note if number == LEFT else None, role)
        for number, column in enumerate(self.on_sheet, LEFT):
            if column.above is not None:
                at = At(ABOVE_ROW, number)
                yield Cell(at, column.above, Role.FIXED_CENTER, column.number)
        for number, column in enumerate(self.on_sheet, LEFT):
            yield Cell(At(HEADER_ROW, number), column.heading, Role.HEADER)
