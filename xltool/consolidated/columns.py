"""登记表的栏：标识、表头、宽度、取值写在一处；公式里的格凭栏的标识取，从不数是第几列。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from xltool.address import Area, At, column_letters
from xltool.sheets.plan import Formula, Link, NumberFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from xltool.sheets.plan import Content, Role

T = TypeVar("T")
Value = str | Decimal | int | date | None

LEFT = 1  # 最左一列：返回、标题、说明从这里写起
TOP = At(1, LEFT)
TITLE_ROW, NOTE_ROW, ABOVE_ROW, HEADER_ROW = 2, 3, 4, 5
FIRST_ROW = HEADER_ROW + 1


class Kind(Enum):
    """一栏的值是哪一类，供作分析的表定类型。"""

    TEXT = auto()
    NUMBER = auto()
    COUNT = auto()


@dataclass(frozen=True)
class Places:
    """各栏在第几列、数据在哪几行；没有数据时是表头下的一行。"""

    keys: tuple[str, ...]
    count: int

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.keys, LEFT)}

    @cached_property
    def letters(self) -> dict[str, str]:
        """各栏的列标。"""
        return {key: column_letters(number) for key, number in self._positions.items()}

    def position(self, key: str) -> int:
        """某栏在第几列。

        Raises:
            KeyError: 表上没有这一栏。
        """
        return self._positions[key]

    def at(self, row: int, key: str) -> At:
        """某行某栏的格。"""
        return At(row, self._positions[key])

    def area(self, key: str) -> Area:
        """某栏的数据区域。"""
        last = FIRST_ROW + max(self.count, 1) - 1
        return Area(self.at(FIRST_ROW, key), self.at(last, key))


class Item(NamedTuple, Generic[T]):
    """登记表的一行：写什么、写在第几行、各栏在哪里。"""

    value: T
    row: int
    places: Places

    def at(self, key: str) -> str:
        """公式里引用本行某栏的写法，如 H6。"""
        return f"{self.places.letters[key]}{self.row}"

    def heading(self, key: str) -> str:
        """公式里引用某栏表头的写法，如 H$5。"""
        return f"{self.places.letters[key]}${HEADER_ROW}"

    def every(self, key: str) -> str:
        """公式里引用某栏全部数据的写法，如 $H$6:$H$20。"""
        return self.places.area(key).absolute


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """一栏：标识、表头、宽度和取值；`role` 空着时是正文，`tall` 的栏决定行高。

    `above` 写在表头上面一格（如满分）。`on_sheet` 为假的只供分析，工作表上不列；
    `hidden` 的在工作表上，整列隐藏，如一行的标识。
    `formerly` 是早先的表头：存过的汇总照它也认，供分析的表里照它另有一栏，用惯了的不落空。
    `averaged`、`summed` 的在小计里求平均、合计，都不写的小计里空着。
    `kind` 是值的类别；`value` 是供分析的值，格里写的就是值（或公式的结果、链接的文字）时空着。
    """

    key: str
    heading: str
    width: float
    content: Callable[[Item[T]], Content]
    number: NumberFormat = NumberFormat.GENERAL
    centered: bool = False
    tall: bool = False
    role: Callable[[T], Role] | None = None
    review: bool = False
    hidden: bool = False
    link: bool = False
    above: Content = None
    kind: Kind = Kind.TEXT
    value: Callable[[T], Value] | None = None
    on_sheet: bool = True
    formerly: str = ""
    averaged: bool = False
    summed: bool = False

    def data(self, item: Item[T]) -> Value:
        """供分析的值。"""
        if self.value is not None:
            return self.value(item.value)
        content = self.content(item)
        if isinstance(content, Formula):
            return content.result
        return content.text if isinstance(content, Link) else content


def with_former(
    columns: Sequence[Column[Any]], rows: Iterable[tuple[Value, ...]]
) -> tuple[list[Column[Any]], Iterator[tuple[Value, ...]]]:
    """供分析的表：改了表头的栏，照早先的表头再列一遍。"""
    every = [(n, name) for n, one in enumerate(columns) for name in (one.key, one.formerly) if name]
    shown = [
        columns[n] if name == columns[n].key else replace(columns[n], key=name, heading=name)
        for n, name in every
    ]
    return shown, (tuple(values[n] for n, _ in every) for values in rows)


def points(
    key: str,
    heading: str,
    content: Callable[[Item[T]], Content],
    above: Content = None,
    *,
    averaged: bool = True,
) -> Column[T]:
    """分数栏；小计里求平均，没有意义的写 `averaged=False`。"""
    return Column(
        key,
        heading,
        8,
        content,
        NumberFormat.POINTS,
        centered=True,
        above=above,
        kind=Kind.NUMBER,
        averaged=averaged,
    )


def count(
    key: str,
    heading: str,
    width: float,
    content: Callable[[Item[T]], Content],
    *,
    summed: bool = False,
) -> Column[T]:
    """个数、序号栏；小计里要合计的写 `summed=True`。"""
    return Column(key, heading, width, content, centered=True, kind=Kind.COUNT, summed=summed)


def difference(
    left: str, right: str, numbers: Callable[[T], tuple[Decimal | None, Decimal | None]]
) -> Callable[[Item[T]], Content]:
    """两栏相减：公式引用本行的两格，结果由程序从两个数另算。"""

    def content(item: Item[T]) -> Content:
        one, other = item.at(left), item.at(right)
        text = f'IF(AND(ISNUMBER({one}),ISNUMBER({other})),{one}-{other},"")'
        minuend, subtrahend = numbers(item.value)
        if minuend is None or subtrahend is None:
            return Formula(text, "")
        return Formula(text, minuend - subtrahend)

    return content
