"""登记表：一行一件事，栏目连同取值写在一起；可有几万行，边取边写。"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import ceil
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from xltool.address import Area, At, column_letters, quoted
from xltool.layout.wording import BACK_TEXT
from xltool.sheets.plan import (
    Cell,
    Formula,
    Line,
    LineLook,
    Link,
    NumberFormat,
    Print,
    Role,
    SheetPlan,
)
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from decimal import Decimal

    from xltool.sheets.plan import Chart, Content, Highlight, Validation

T = TypeVar("T")

BACK_AT, TITLE_ROW, NOTE_ROW, ABOVE_ROW, HEADER_ROW = At(1, 1), 2, 3, 4, 5
FIRST_ROW = HEADER_ROW + 1
_LINE, _PADDING, _TALLEST = 15.0, 6.0, 400.0  # 磅；Excel 一行最高 409.5
_PAGE = 320.0  # 各栏合起来比这宽的，缩到一页就看不清了，打印时分成几页


class Item(NamedTuple, Generic[T]):
    """登记表的一行：写什么、写在第几行。"""

    value: T
    row: int


@dataclass(frozen=True, slots=True)
class Difference(Generic[T]):
    """两栏相减：公式引用本行的两格，结果由程序另算。"""

    left: str
    right: str
    result: Callable[[T], Decimal | None]


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """一栏：标识、表头、宽度和取值；`role` 空着时是正文，`tall` 的栏决定行高。"""

    key: str
    heading: str
    width: float
    content: Callable[[Item[T]], Content] | Difference[T]
    number: NumberFormat = NumberFormat.GENERAL
    centered: bool = False
    tall: bool = False
    role: Callable[[T], Role] | None = None
    review: bool = False
    link: bool = False


def points(
    key: str, heading: str, content: Callable[[Item[T]], Content] | Difference[T]
) -> Column[T]:
    """分数栏。"""
    return Column(key, heading, 9, content, NumberFormat.POINTS, centered=True)


@dataclass(frozen=True, slots=True)
class Register(Generic[T]):
    """一张登记表。

    `count` 须等于 `items` 的个数；`above` 写在表头上面一行（如各栏满分），`extra` 是表右边的格
    （按行给出）；`printed` 是打印到哪一栏为止，空着就全打。
    """

    name: str
    title: str
    note: str
    columns: tuple[Column[T], ...]
    items: Iterable[T]
    count: int
    home: str
    version: str
    frozen: int = 2
    printed: str = ""
    above: tuple[Cell, ...] = ()
    extra: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)

    def letter(self, key: str) -> str:
        """某栏的列标。"""
        return column_letters(self.position(key))

    def position(self, key: str) -> int:
        """某栏在第几列。"""
        return next(n for n, column in enumerate(self.columns, 1) if column.key == key)

    def area(self, key: str) -> Area:
        """某栏的数据区域；没有数据时是表头下的一行。"""
        column = self.position(key)
        return Area(At(FIRST_ROW, column), At(FIRST_ROW + max(self.count, 1) - 1, column))

    def far(self, key: str) -> str:
        """别的表引用某栏数据的写法。"""
        return f"{quoted(self.name)}!{self.area(key).absolute}"

    @property
    def _printed(self) -> int:
        return self.position(self.printed) if self.printed else len(self.columns)

    @property
    def _widths(self) -> tuple[float, ...]:
        return tuple(accumulate(column.width for column in self.columns[: self._printed]))

    @property
    def _pages(self) -> int:
        """打印时分几页宽。"""
        return ceil(self._widths[-1] / _PAGE)

    @property
    def _titled(self) -> int:
        """标题占头几栏：分几页宽的，印在头一页。"""
        return bisect_right(self._widths, self._widths[-1] / self._pages)

    def with_extra(
        self, *, above: tuple[Cell, ...], extra: Mapping[int, tuple[Cell, ...]]
    ) -> Register[T]:
        """加上表头上面一行和表右边的格（按行给出）。"""
        return replace(self, above=above, extra=extra)

    def plan(
        self,
        *,
        validations: tuple[Validation, ...] = (),
        highlights: tuple[Highlight, ...] = (),
        chart: Chart | None = None,
    ) -> SheetPlan:
        """成为工作表。"""
        headings = ((column.heading, column.width) for column in self.columns)
        heights = {TITLE_ROW: 34.0, HEADER_ROW: row_height(headings, 32.0)}
        if self.above:
            heights[ABOVE_ROW] = _LINE + _PADDING
        last = At(FIRST_ROW + max(self.count, 1) - 1, len(self.columns))
        return SheetPlan(
            name=self.name,
            cells=self._cells(),
            widths=tuple(column.width for column in self.columns),
            heights=heights,
            validations=validations,
            highlights=highlights,
            chart=chart,
            freeze=At(FIRST_ROW, self.frozen + 1),
            filter=Area(At(HEADER_ROW, 1), last),
            printing=Print(
                title_rows=(HEADER_ROW, HEADER_ROW),
                title_columns=self.frozen if self._pages > 1 else 0,
                pages=self._pages,
                area=Area(At(TITLE_ROW, 1), At(last.row, self._printed)),
                footer_left=self.version,
            ),
        )

    def _cells(self) -> Iterator[Cell | Line]:
        yield Cell(BACK_AT, Link(BACK_TEXT, self.home, At(1, 1)), Role.LINK)
        for number in range(1, self._titled + 1):
            title = self.title if number == 1 else None
            yield Cell(At(TITLE_ROW, number), title, Role.TITLE)
        yield Cell(At(NOTE_ROW, 1), self.note, Role.INFO)
        yield from self.above
        for number, column in enumerate(self.columns, 1):
            yield Cell(At(HEADER_ROW, number), column.heading, Role.HEADER)
        yield from self.extra.get(HEADER_ROW, ())
        contents = [_content(column, self) for column in self.columns]
        looks = _Looks(self.columns)
        rooms = [(n, _room(column)) for n, column in enumerate(self.columns) if column.tall]
        for row, value in enumerate(self.items, FIRST_ROW):
            item = Item(value, row)
            line = tuple([content(item) for content in contents])
            yield Line(row, line, looks.of(item), _height(line, rooms))
            yield from self.extra.get(row, ())
        for row in sorted(self.extra):
            if row >= FIRST_ROW + self.count:
                yield from self.extra[row]


class _Looks(Generic[T]):
    """各行的样子：隔行两种，个别栏随内容变；同样的只造一次，几万行共用。"""

    def __init__(self, columns: tuple[Column[T], ...]) -> None:
        self._rows = tuple(
            LineLook(
                tuple((_roles(column)[parity], column.number, column.review) for column in columns)
            )
            for parity in (0, 1)
        )
        self._special = [(n, column) for n, column in enumerate(columns) if column.role is not None]
        self._known: dict[tuple[object, ...], LineLook] = {}

    def of(self, item: Item[T]) -> LineLook:
        """这一行各格的样子。"""
        row = self._rows[item.row % 2]
        if not self._special:
            return row
        roles = tuple(column.role(item.value) for _, column in self._special if column.role)
        key = (item.row % 2, *roles)
        known = self._known.get(key)
        if known is None:
            changed = list(row.cells)
            for (number, column), role in zip(self._special, roles, strict=True):
                changed[number] = (role, column.number, column.review)
            known = self._known[key] = LineLook(tuple(changed))
        return known


def _room(column: Column[T]) -> int:
    """一行能写几个全角字。"""
    return max(1, int(column.width - 1.5) // 2)


def _roles(spec: Column[T]) -> tuple[Role, Role]:
    """偶数行、奇数行的样子。"""
    if spec.review:
        return Role.REVIEW, Role.REVIEW
    if spec.link:
        return Role.LINK, Role.LINK
    if spec.centered:
        return Role.BODY_BAND_CENTER, Role.BODY_CENTER
    return Role.BODY_BAND, Role.BODY


def _content(spec: Column[T], register: Register[T]) -> Callable[[Item[T]], Content]:
    if not isinstance(spec.content, Difference):
        return spec.content
    left, right = register.letter(spec.content.left), register.letter(spec.content.right)
    gap = spec.content.result

    def content(item: Item[T]) -> Content:
        one, other, result = f"{left}{item.row}", f"{right}{item.row}", gap(item.value)
        text = f'IF(AND(ISNUMBER({one}),ISNUMBER({other})),{one}-{other},"")'
        return Formula(text, "" if result is None else result)

    return content


def _lines(text: str, room: int) -> int:
    """一段要几行：夹着汉字的全按全角算，宁高勿截；全是半角的（如内容指纹）两个合一个。"""
    full = -(-len(text) // 2) if text.isascii() else len(text)
    return -(-full // room) or 1


def _height(line: tuple[Content, ...], rooms: list[tuple[int, int]]) -> float:
    """行高由长文字的栏估出。"""
    lines = 1
    for number, room in rooms:
        content = line[number]
        text = content.text if isinstance(content, Link) else content
        if isinstance(text, str) and (len(text) > room or "\n" in text):
            wrapped = sum([_lines(part, room) for part in text.split("\n")])
            lines = max(lines, wrapped)
    return min(_TALLEST, lines * _LINE + _PADDING)
