"""工作表里格子以外的部分：合并、隐藏的列；其余一概略过。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

from xltool.address import MAX_COL
from xltool.messages import files
from xltool.xlsx.areas import area
from xltool.xlsx.refusal import Refused, shown
from xltool.xlsx.strings import TextWalker
from xltool.xlsx.workbook import TRUE
from xltool.xlsx.xml_names import (
    CELL,
    COLUMN,
    COLUMNS,
    MERGE,
    MERGES,
    ROW,
    SHEET_DATA,
    VALUE,
    WORKSHEET,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.address import Area
    from xltool.finding import Message
    from xltool.xlsx.xml_walker import Budget

# 层次：在哪个元素里面
OUTSIDE: Final = 0
TOP: Final = 1
DATA: Final = 2
IN_ROW: Final = 3
IN_CELL: Final = 4
IN_VALUE: Final = 5
IN_FORMULA: Final = 6
_IN_LIST: Final = 7  # mergeCells 或 cols
_IN_ITEM: Final = 8

_GUARDED: Final = frozenset({SHEET_DATA, ROW, CELL, VALUE, MERGES, COLUMNS})
_COLUMN_DIGITS: Final = 5


class SheetSkeletonWalker(TextWalker):
    """认得 worksheet 的直接下级。"""

    __slots__ = ("_columns_seen", "complete", "hidden_columns", "merges", "name")

    def __init__(self, part: str, name: str, budget: Budget) -> None:
        super().__init__(part, budget)
        self.name = name
        self.merges: list[Area] = []
        self.hidden_columns: set[int] = set()
        self.complete = False
        self.guarded = _GUARDED  # 放在扩展里的，各程序读法不一
        self._columns_seen = 0

    def skeleton_start(self, name: str, attributes: Mapping[str, str]) -> None:
        """格子以外的元素开始。"""
        level = self.level
        self.check(attributes)
        if level == TOP:
            self._top(name, attributes)
        elif level == _IN_LIST and name == MERGE:
            self._add_merge(attributes)
        elif level == _IN_LIST and name == COLUMN:
            self._add_column(attributes)
        elif level == OUTSIDE:
            if name != WORKSHEET:
                self.broken("不是工作表")
            self.level = TOP
        else:
            self.skip(name, attributes, TOP + 2)

    def skeleton_end(self) -> None:
        """格子以外的元素结束。"""
        self.level = TOP if self.level in {DATA, _IN_LIST} else self.level - 1

    def refuse(self, message: Message, **values: object) -> NoReturn:
        """拒收，说明是哪个部件、哪张表。"""
        sheet = shown(self.name, 31)
        raise Refused(message.finding(None, sheet=sheet, part=self.part, **values))

    def _top(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == SHEET_DATA:
            if self.complete:
                self.broken("有两个 sheetData")
            self.complete = True
            self.level = DATA
        elif name in {MERGES, COLUMNS}:
            self.level = _IN_LIST
        else:
            self.skip(name, attributes, TOP + 1)

    def _add_merge(self, attributes: Mapping[str, str]) -> None:
        self.budget.spend("merges", 1)
        text = attributes.get("ref", "")
        try:
            self.merges.append(area(text))
        except ValueError:
            self.refuse(files.BAD_RANGE, what="合并单元格", value=shown(text))
        self.level = _IN_ITEM

    def _add_column(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden", "0") in TRUE:
            first, last = _position(attributes, "min"), _position(attributes, "max")
            # 各段不会重叠，合计超过全表列数的是伪造；不设限要数几百亿次
            self._columns_seen += max(last - first + 1, 0)
            if not 1 <= first <= last or self._columns_seen > MAX_COL:
                value = f"{attributes.get('min', '')}–{attributes.get('max', '')}"
                self.refuse(files.BAD_RANGE, what="隐藏列", value=shown(value))
            self.hidden_columns.update(range(first, last + 1))
        self.level = _IN_ITEM


def _position(attributes: Mapping[str, str], name: str) -> int:
    """列号；写得不对的为 0。"""
    text = attributes.get(name, "")
    good = text.isascii() and text.isdecimal() and len(text) <= _COLUMN_DIGITS
    return int(text) if good and int(text) <= MAX_COL else 0
