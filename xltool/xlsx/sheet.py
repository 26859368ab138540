"""一张工作表：有内容的格、合并、隐藏的行列。<dimension> 不可信，不看。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.address import MAX_COL, MAX_ROW, At, Place, column_letters
from xltool.messages import files
from xltool.xlsx.areas import Spill, area, spread
from xltool.xlsx.cells import BadCell
from xltool.xlsx.columns import COLUMNS
from xltool.xlsx.fast_rows import FastRows
from xltool.xlsx.fast_text import Unusual
from xltool.xlsx.grid import PLAIN, Grid, State
from xltool.xlsx.limits import FIRST_ROWS
from xltool.xlsx.refusal import Refused, shown
from xltool.xlsx.shared_formulas import HERE, Groups
from xltool.xlsx.sheet_skeleton import (
    DATA,
    IN_CELL,
    IN_FORMULA,
    IN_ROW,
    IN_VALUE,
    SheetSkeletonWalker,
)
from xltool.xlsx.strings import RICH
from xltool.xlsx.workbook import TRUE
from xltool.xlsx.xml_names import CELL, FORMULA, INLINE, ROW, VALUE
from xltool.xlsx.xml_walker import FEW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from xltool.xlsx.cells import CellMaker
    from xltool.xlsx.grid import GridCell, SheetEntry
    from xltool.xlsx.row_memory import Formats

_ROW_DIGITS: Final = 7
_PICTURE: Final = "#VALUE!"  # 图片的格里存的
_TABLE: Final = "模拟运算表"
_NO_TEXT: Final = "公式"


class _Sheet(SheetSkeletonWalker):
    """读一张表。行和格都须由小到大，各出现一次：有两个的，先后哪个算数各程序不一。"""

    __slots__ = (
        "_column", "_formats", "_formula", "_formula_attributes", "_hidden", "_imaged", "_kind",
        "_maker", "_row", "_row_text", "_shared", "_shift", "_spills", "_stored", "_style",
        "_value", "cells", "hidden_rows",
    )  # fmt: skip

    def __init__(self, part: str, name: str, maker: CellMaker, formats: Formats) -> None:
        super().__init__(part, name, maker.budget)
        self._maker = maker
        self._formats = formats
        self.cells: dict[tuple[int, int], GridCell] = {}
        self.hidden_rows: set[int] = set()
        self._shared = Groups()
        self._shift = HERE
        self._spills: list[Spill] = []
        self._row = self._column = self._stored = 0
        self._row_text = self._formula = ""
        self._hidden = self._imaged = False
        self._kind: str | None = None
        self._style: str | None = None
        self._value: str | None = None
        self._formula_attributes: Mapping[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """一个元素开始；最常见的（格和值）放在最前。"""
        level = self.level
        if level == IN_ROW and name == CELL:
            if len(attributes) > FEW:
                self.check(attributes)
            self._column = self._place(attributes.get("r"))
            self._kind = kind = attributes.get("t")
            self._imaged = kind == "e" and "vm" in attributes
            self._style = attributes.get("s")
            self._value = None
            self._formula = ""
            self._shift = HERE
            self.level = IN_CELL
        elif level == IN_CELL and name == VALUE:
            self._open_value(attributes)
            self.level = IN_VALUE
        elif level == DATA and name == ROW:
            text = str(self._row + 1)
            if attributes.get("r") != text or "hidden" in attributes or len(attributes) > FEW:
                self._open_row(attributes)
            else:  # 百万个空行也要读得快
                self._row += 1
                self._row_text = text
            self._column = 0
            self.level = IN_ROW
        elif level >= RICH:
            self.rich_start(name, attributes)
        elif DATA <= level <= IN_FORMULA:
            self._open_other(name, attributes)
        else:
            self.skeleton_start(name, attributes)

    def end(self, name: str) -> None:
        """一个元素结束。"""
        del name
        level = self.level
        if level == IN_VALUE:
            self._value = "".join(self.pieces)
            self.level = IN_CELL
        elif level == IN_CELL:
            if self._value is not None or self._formula:
                self._store()
            self.level = IN_ROW
        elif level == IN_ROW:
            if self._hidden or len(self.cells) != self._stored:
                self._close_row()
            self.level = DATA
        elif level == IN_FORMULA:
            self._close_formula()
        elif level >= RICH:
            text = self.rich_end()
            if text is not None:
                self._value = text
                self.level = IN_CELL
        else:
            self.skeleton_end()

    def aside(self, *_: str) -> None:
        """夹在值、公式、文字中间的拒收：有的程序读成 95，有的读成 9。"""
        if self.level in {IN_VALUE, IN_FORMULA}:
            self.broken(f"单元格 {self._address} 的值里夹着注释")
        super().aside()

    def read_fast(self, blocks: Iterable[bytes]) -> bool:
        """走快路读完；走不通的，本对象作废。

        快路上的拒收也不算数：说的行号、个数可能与从头读的不同。
        """
        spent = self.budget.spent
        rows = FastRows(self._maker, self._formats)
        try:
            self.read(rows.frame(blocks, self.subject))
        except (Unusual, Refused):
            self.budget.spent = spent
            return False
        self.cells, self.hidden_rows = rows.cells, rows.hidden
        return True

    def finish(self) -> None:
        """读完之后：该有的都有，数组公式的各格都标上。"""
        if not self.complete:
            self.broken("没有 sheetData")
        self.budget.spend("cells", len(self.cells), self.subject)
        work = sum(spill.work(self.cells) for spill in self._spills)
        if work > self.budget.limits.array_cells:
            self.over("array_cells", work)
        for spill in self._spills:
            spread(spill, self.cells)

    def _place(self, text: str | None) -> int:
        """格在第几列；没写地址的接着上一格。"""
        if text is None:
            text, column, good = "", self._column + 1, self._column < MAX_COL
        else:
            cut = -len(self._row_text)
            column = COLUMNS[text[:cut]]
            good = column > 0 and text[cut:] == self._row_text
        if not good:
            self.refuse(files.BAD_ADDRESS, address=shown(text), row=self._row)
        if column <= self._column:
            self.refuse(files.DUPLICATE_CELL, address=shown(text))
        return column

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        self.check(attributes)
        number = self._row + 1
        text = attributes.get("r") or str(number)
        if text != str(number):
            good = text.isascii() and text.isdecimal() and len(text) <= _ROW_DIGITS
            number = int(text) if good and text[0] != "0" else 0
        if not self._row < number <= MAX_ROW:
            self.refuse(files.DUPLICATE_ROW, row=shown(text))
        self._row = number
        self._row_text = text
        self._hidden = attributes.get("hidden", "0") in TRUE

    def _close_row(self) -> None:
        stored = len(self.cells)
        if self._hidden and (self._row <= FIRST_ROWS or stored > self._stored):
            self.hidden_rows.add(self._row)
        total = self.budget.cells + stored
        if total > self.budget.limits.cells:
            self.over("cells", total)
        self._hidden = False
        self._stored = stored

    def _open_value(self, attributes: Mapping[str, str]) -> None:
        if self._value is not None:
            self.broken(f"单元格 {self._address} 有两个值")
        if attributes:
            self.check(attributes)
        self.pieces.clear()

    def _open_other(self, name: str, attributes: Mapping[str, str]) -> None:
        """格里的公式、格内文字；别处不认识的略过。"""
        if self.level in {IN_VALUE, IN_FORMULA}:
            self.broken(f"单元格 {self._address} 的值里还有元素")
        if self.level == IN_CELL and name == FORMULA:
            if self._formula:
                self.broken(f"单元格 {self._address} 有两个公式")
            self.check(attributes)
            self._formula_attributes = attributes
            self.pieces.clear()
            self.level = IN_FORMULA
        elif self.level == IN_CELL and name == INLINE:
            self._open_value(attributes)
            if self._kind != "inlineStr":
                self.refuse(
                    files.BAD_KIND, address=self._address, kind=shown(self._kind or ""), value="is"
                )
            self.rich_open()
        else:
            self.skip(name, attributes, self.level + 1)

    def _close_formula(self) -> None:
        text = "".join(self.pieces)
        self.budget.spend("characters", len(text))
        attributes = self._formula_attributes
        kind = attributes.get("t")
        if kind == "shared":
            group = attributes.get("si", "")
            text, self._shift = self._shared.formula(group, text, self._row, self._column)
        elif kind == "dataTable":
            text = text or _TABLE
        self._formula = text or _NO_TEXT
        if kind in {"array", "dataTable"}:
            ref = attributes.get("ref", self._address)
            try:
                self._spills.append(Spill(area(ref), self._formula))
            except ValueError:
                self.refuse(files.BAD_RANGE, what="数组公式", value=shown(ref))
        self.level = IN_CELL

    def _store(self) -> None:
        style = PLAIN if self._style is None else self._formats.looks.get(self._style, PLAIN)
        if self.marks:
            style, self.marks = style._replace(runs=self.marks), ()
        try:
            cell = self._maker.make(self._kind, self._value, self._formula, style)
        except BadCell as bad:
            place = Place(shown(self.name, 31), At(self._row, self._column))
            finding = bad.message.finding(
                place, sheet="", part=self.part, address=self._address, **bad.values
            )
            raise Refused(finding) from bad
        if cell is not None and self._imaged and cell.text == _PICTURE:
            self._maker.looked_up = True  # 是不是图片，要看工作簿里有没有
            if self._maker.pictures:
                cell = cell._replace(state=State.PICTURE)
        if cell is not None:
            if self._shift is not HERE:
                cell = cell._replace(shift=self._shift)
            self.cells[self._row, self._column] = cell

    @property
    def _address(self) -> str:
        return f"{column_letters(self._column)}{self._row}"


def read_sheet(
    entry: SheetEntry,
    part: str,
    blocks: Callable[[], Iterable[bytes]],
    maker: CellMaker,
    formats: Formats,
) -> Grid:
    """读一张表：常见写法走快路，走不通的从头由 expat 读。"""
    source = blocks()
    sheet = _Sheet(part, entry.name, maker, formats)
    if not sheet.read_fast(source):
        sheet = _Sheet(part, entry.name, maker, formats)
        sheet.read(source if isinstance(source, tuple) else blocks())
    sheet.finish()
    return Grid(
        name=entry.name,
        cells=sheet.cells,
        merges=tuple(sheet.merges),
        hidden=entry.hidden,
        hidden_rows=frozenset(sheet.hidden_rows),
        hidden_columns=frozenset(sheet.hidden_columns),
    )
