"""事实里的行：记录表的一行，和它是绩效指标时合在一起看的样子。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, Protocol

from xltool.facts.entry import BLANK
from xltool.scheme.key import CellKey
from xltool.values import Kind, Measure

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from xltool.address import Place
    from xltool.facts.entry import Entry
    from xltool.values import MeasureUnit, Operator

BLANK_MEASURE: Final = Measure(raw="", kind=Kind.NA)


class CellSource(Protocol):
    """一行要问的：某格的数（自动计算的也算）、日期和位置。"""

    def number(self, key: CellKey | str) -> Decimal | None:
        """某格的数。"""
        ...

    def day(self, key: CellKey | str) -> date | None:
        """某格的日期。"""
        ...

    def place(self, key: CellKey | str) -> Place | None:
        """某格在报送文件里的位置。"""
        ...


class Record:
    """记录表里的一行（或评分表里一个三级指标的一行）。"""

    __slots__ = ("_cells", "_entries", "row", "sheet")

    def __init__(
        self, cells: CellSource, sheet: str, row: str, entries: Mapping[str, Entry]
    ) -> None:
        self._cells = cells
        self._entries = entries
        self.sheet = sheet
        self.row = row

    def key(self, column: str) -> CellKey:
        """本行某栏的格名。"""
        return CellKey(self.sheet, self.row, column)

    def entry(self, column: str) -> Entry:
        """本行某栏的填报值。"""
        return self._entries.get(column, BLANK)

    def number(self, column: str) -> Decimal | None:
        """本行某栏的数；没填或读不成数时为空。"""
        entry = self._entries.get(column)
        if entry is None:  # 没有填，或是自动计算的
            return self._cells.number(self.key(column))
        return entry.value if isinstance(entry.value, Decimal) else None

    def text(self, column: str) -> str:
        """本行某栏的文字；没填时为空串。"""
        entry = self._entries.get(column)
        return entry.value if entry is not None and isinstance(entry.value, str) else ""

    def day(self, column: str) -> date | None:
        """本行某栏的日期。"""
        return self._cells.day(self.key(column))

    def measure(self, column: str) -> Measure:
        """本行某栏的指标值；没填时是空白的指标值。"""
        value = self.entry(column).value
        return value if isinstance(value, Measure) else BLANK_MEASURE

    def place(self, column: str) -> Place | None:
        """本行某栏在报送文件里的位置。"""
        return self._cells.place(self.key(column))


@dataclass(frozen=True, slots=True)
class Target:
    """一个绩效指标。

    `operator` 为空表示哪里都没有写；`target`、`result` 是换到同一单位、可以相除的数，
    不能比时为空。`unit` 依次取计量单位栏、预期值、指标名称末尾括号。`points`、`self_score` 是这一行
    自己的分值和自评得分，没有这两栏的表为空；`noted` 是写了偏差原因；`admitted` 是报告的
    “存在问题”里点到了它，只在方案要看时才查。`expected` 是作数的预期值：`adjusted` 的是调整过的；
    `part` 是上一条的一部分（其中……）；`waived` 是写明不适用、方案也认的。
    """

    record: Record
    level1: str
    level2: str
    title: str
    expected: Measure
    actual: Measure
    operator: Operator | None
    unit: MeasureUnit | None
    target: Decimal | None
    result: Decimal | None
    tier: str
    special: str
    points: Decimal | None
    self_score: Decimal | None
    noted: bool
    admitted: bool
    adjusted: bool
    part: bool
    waived: bool

    @property
    def reverse(self) -> bool:
        """是否越小越好。没有运算符时由方案所定的成本指标决定，见 completion。"""
        return self.operator is not None and self.operator.reverse
