"""印好的格被改过：公式没了、分值变了、文字换了、财政部门的格填了，逐处说出来。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.intake.formula_match import normal_formula, same_formula
from xltool.intake.template_cells import HEADER, IDENTITY_LINE, Kind
from xltool.messages import form as say
from xltool.scheme.model import SheetKind
from xltool.values import excel_number, fold
from xltool.values.excerpt import excerpt
from xltool.xlsx.grid import GridCell, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.finding import Finding
    from xltool.intake.classify_cells import Filled, Spot
    from xltool.intake.locate import Found
    from xltool.intake.template_cells import Printed, Slot
    from xltool.layout.block import Block

_UNWRITTEN = frozenset({"公式", "共享公式", "模拟运算表"})  # 文件里没有写出公式原文
_SUM = "SUM("
_BLANK = GridCell("")


@dataclass(frozen=True, slots=True)
class Sheet:
    """一张读好位置的表。"""

    block: Block
    printed: Printed
    found: Found


def changed_cells(sheet: Sheet, changed: Iterable[Filled], *, moved: bool) -> Iterator[Finding]:
    """改过的格。`moved` 说明有表移动过或改了名。"""
    planned = _Planned(sheet, moved=moved)
    for slot, at, cell in changed:
        if slot.kind in (Kind.FORMULA, Kind.TOTAL):
            yield from planned.check(slot, at, cell)
        else:
            yield from _printed(sheet, slot, at, cell)


def missing_cells(
    sheet: Sheet, cells: Iterable[Spot], spots: Iterable[tuple[Spot, Slot]], used: frozenset[str]
) -> Iterator[Finding]:
    """应有公式或分值而空着的格；记录表里没有填的行（不在 `used` 里）不说。"""
    present = set(cells)
    records = sheet.block.sheet.kind is SheetKind.RECORDS
    for at, slot in spots:
        if at in present or (records and slot.key.row not in used):
            continue
        if slot.kind in (Kind.FORMULA, Kind.TOTAL):
            yield _lost(sheet, slot, at, _BLANK)
        elif slot.kind is Kind.POINTS:
            yield from _printed(sheet, slot, at, _BLANK)


class _Planned:
    """公式与模板的核对。"""

    def __init__(self, sheet: Sheet, *, moved: bool) -> None:
        self.sheet = sheet
        self.moved = moved
        self.columns: dict[str, frozenset[str]] = {}

    def check(self, slot: Slot, at: Spot, cell: GridCell) -> Iterator[Finding]:
        """不是公式、或与模板的公式不同的。"""
        if not self._right(slot, cell):
            yield _lost(self.sheet, slot, at, cell)

    def _right(self, slot: Slot, cell: GridCell) -> bool:
        if not cell.formula:
            return False
        if cell.formula in _UNWRITTEN:
            return True
        if slot.kind is Kind.TOTAL:
            return _SUM in cell.formula.upper()
        if same_formula(cell.formula, slot.expected, moved=self.moved):
            return True
        # 共享公式各格都写着第一格的公式：同一栏别的行的公式也算对
        return normal_formula(cell.formula) in self._column(slot.key.column)

    def _column(self, column: str) -> frozenset[str]:
        if column not in self.columns:
            slots = self.sheet.printed.slots.values()
            self.columns[column] = frozenset(
                normal_formula(slot.expected)
                for slot in slots
                if slot.kind is Kind.FORMULA and slot.key.column == column
            )
        return self.columns[column]


def _lost(sheet: Sheet, slot: Slot, at: Spot, cell: GridCell) -> Finding:
    found = f"={cell.formula}" if cell.formula else cell.text
    return say.LOST_FORMULA.finding(
        _place(sheet, at), label=_heading(sheet, slot), found=excerpt(found)
    )


def _printed(sheet: Sheet, slot: Slot, at: Spot, cell: GridCell) -> Iterator[Finding]:
    text = cell.text if cell.state is not State.NO_RESULT else f"={cell.formula}"
    if slot.kind is Kind.REVIEW:
        if text.strip():
            heading = _heading(sheet, slot)
            yield say.REVIEW_FILLED.finding(_place(sheet, at), heading=heading, found=excerpt(text))
    elif slot.kind is Kind.POINTS:
        if not _same_number(cell, slot.expected):
            label = sheet.block.titles[slot.key.row]
            yield say.POINTS_CHANGED.finding(
                _place(sheet, at), label=label, expected=slot.expected, found=excerpt(text)
            )
    elif slot.kind is Kind.LOOSE:
        if text.strip() and not cell.formula and not fold(text).startswith(fold(slot.expected)):
            yield say.OUTSIDE.finding(_place(sheet, at), found=excerpt(text), far="")
    elif fold(text) != fold(slot.expected) and not _already_reported(sheet, slot):
        yield _reworded(sheet, slot, at, text)


def _reworded(sheet: Sheet, slot: Slot, at: Spot, text: str) -> Finding:
    if not slot.expected:
        return say.OUTSIDE.finding(_place(sheet, at), found=excerpt(text), far="")
    return say.PRINTED_CHANGED.finding(
        _place(sheet, at), expected=excerpt(slot.expected), found=excerpt(text)
    )


def _already_reported(sheet: Sheet, slot: Slot) -> bool:
    """认行认栏时已经说过的：项目文字、填报栏的表头；标识没有内容可丢。"""
    if slot.key.row == IDENTITY_LINE:
        return True
    if slot.key.row == HEADER:
        column = next(c for c in sheet.block.listed if c.key == slot.key.column)
        return not column.printed or column.key == "code"
    return slot.kind is Kind.ANCHOR and slot.key.column in {"label", "title"}


def _same_number(cell: GridCell, expected: str) -> bool:
    if cell.formula or not cell.numeric:
        return False
    return cell.text == expected or f"{excel_number(cell.text).normalize():f}" == expected


def _heading(sheet: Sheet, slot: Slot) -> str:
    if slot.field is not None:
        return slot.field.label
    column = next(c for c in sheet.block.listed if c.key == slot.key.column)
    return column.heading.removesuffix("（自动计算）")


def _place(sheet: Sheet, at: Spot) -> Place:
    return Place(sheet.found.block.sheet, At(*at))
