"""填报值：读出的值、原文、状态和出处。"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from xltool.address import At, Place
from xltool.scheme.key import VALUE, CellKey
from xltool.values import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.facts.lineage import Lineage
    from xltool.facts.statements import Statement

EntryValue = Decimal | date | str | Measure | None


class EntryState(StrEnum):
    """填报格的状态：空白、有值、读不成要求的类型、错误值、公式没有结果。"""

    BLANK = "blank"
    VALUE = "value"
    UNREADABLE = "unreadable"
    ERROR = "error"
    NO_RESULT = "no_result"


class Entry(NamedTuple):
    """一格的填报值；一份表有几百个，所以是具名元组。

    `raw` 是原文；`percent`、`day` 说明原格是按百分数、日期存放的数，`formula` 说明原格是公式。
    """

    value: EntryValue
    raw: str
    state: EntryState = EntryState.VALUE
    percent: bool = False
    formula: bool = False
    day: bool = False


BLANK = Entry(None, "", EntryState.BLANK)


@dataclass(frozen=True, slots=True)
class LocatedBlock:
    """一张表在报送文件里的实际位置：工作表名、各栏的列、各行的行。

    `slots` 是排在页上的逐项表各项在哪一行、哪一栏。
    """

    sheet: str
    columns: Mapping[str, int]
    rows: Mapping[str, int]
    slots: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def place(self, row: str, column: str) -> Place | None:
        """某格的实际位置；找不到行或列时为空。"""
        at = self.at(row, column)
        return Place(self.sheet, At(*at)) if at else None

    def at(self, row: str, column: str) -> tuple[int, int] | None:
        """某格在第几行、第几列；找不到行或列时为空。"""
        if column == VALUE:
            row, column = self.slots.get(row, (row, column))
        if row in self.rows and column in self.columns:
            return self.rows[row], self.columns[column]
        return None

    def keys(self, sheet: str) -> Mapping[tuple[str, str], CellKey]:
        """排在页上的各处是哪一项；一行一项的没有。"""
        return {slot: CellKey(sheet, name) for name, slot in self.slots.items()}


@dataclass(frozen=True, slots=True)
class Told:
    """自评报告说的，接在“关键数据核对”后面的各行：`places` 是哪个文件的哪一句，`quotes` 是原句。"""

    places: Mapping[str, str]
    quotes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """一份报送：只记有内容的格；`records` 是各记录表里填了的行，依文件里的次序。

    `lineage` 是退回件由哪几份标注而来，`statements` 是单位在退回件的问题清单里写的说明；
    不是退回件的都空着。`started` 是下发时起了头的内容的指纹，见 answers.py。
    `told` 是接上了的自评报告，没有接的为空。
    """

    file: str
    sha256: str
    scheme: str
    version: str
    entries: Mapping[CellKey, Entry]
    blocks: Mapping[str, LocatedBlock] = field(default_factory=dict)
    records: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lineage: Lineage = ()
    statements: tuple[Statement, ...] = ()
    started: str = ""
    told: Told | None = None

    def place(self, key: CellKey) -> Place | None:
        """某格的实际位置。"""
        block = self.blocks.get(key.sheet)
        return block.place(key.row, key.column) if block else None
