"""印好的格被改过：公式没了、分值变了、文字换了、财政部门的格填了，逐处说出来。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.form.live.check import DUTIES, duty_of
from xltool.form.sheet_cells import HEADER, IDENTITY_LINE
from xltool.intake.template_cells import NEEDED, Kind, is_self_check
from xltool.layout.columns import SAID, SELF_CHECK, SHOWN
from xltool.layout.wording import IN_BOOK, NOT_HERE
from xltool.messages import form as say
from xltool.scheme.model import SheetKind
from xltool.values import excel_number, fold
from xltool.values.excerpt import excerpt
from xltool.xlsx.grid import GridCell, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.intake.classify_cells import ClassifiedCells
    from xltool.intake.issued import Issued
    from xltool.intake.locate import Found
    from xltool.intake.template_cells import Coordinate, SheetTemplate, TemplateCell, TemplateCells
    from xltool.layout.block import Block

_UNWRITTEN = frozenset({"公式", "共享公式", "模拟运算表"})  # 文件里没有写出公式原文
_SUM = "SUM("
_DUTIES = tuple(f"{duty_of(one)}：" for one in DUTIES)  # 自查的话这样起头
_BLANK = GridCell("")


@dataclass(frozen=True, slots=True)
class LocatedSheet:
    """一张读好位置的表；`issued` 是它照什么样子下发的，`hidden` 是隐藏的各列。"""

    block: Block
    template: SheetTemplate
    found: Found
    issued: Issued
    hidden: frozenset[int] = frozenset()


def changed_cells(
    sheet: LocatedSheet,
    cells: Mapping[Coordinate, GridCell],
    expected: TemplateCells,
    classified: ClassifiedCells,
    *,
    moved: bool,
) -> Iterator[Finding]:
    """改过的格。`moved` 说明有表移动过或改了名。

    早先就是这样下发的不是改过：字不说，公式和分值合说一句。
    """
    formulas = _Formulas(sheet, moved=moved)
    for planned, at, cell in classified.changed:
        if planned.kind in (Kind.FORMULA, Kind.TOTAL):
            yield from formulas.check(planned, at, cell)
            continue
        if planned.kind is Kind.LIVE:
            seen = planned.key.column == SELF_CHECK.key or not cell.numeric  # 隐藏的数没有人写
            if seen and cell.text.strip() and not _is_dead(planned.key.column, cell):
                yield say.OUTSIDE.finding(_place(sheet, at), found=excerpt(cell.text), far="")
            continue
        if planned.kind is Kind.LOOSE:
            printed_before = sheet.issued.top(planned.key.sheet, at, cell.text)
        else:
            printed_before = sheet.issued.text(planned.key, cell.text)
        if not printed_before:
            yield from _overwritten(sheet, planned, at, cell)
    yield from _dead_self_checks(sheet, cells, expected, classified)


def _dead_self_checks(
    sheet: LocatedSheet,
    cells: Mapping[Coordinate, GridCell],
    expected: TemplateCells,
    classified: ClassifiedCells,
) -> Iterator[Finding]:
    """一张表说一句；记录表没有填的行、插入的行本来没有，不算。"""
    dead = [
        (at, planned.key.row)
        for planned, at, cell in classified.changed
        if planned.kind is Kind.LIVE and _is_dead(planned.key.column, cell)
    ]
    watched: Iterable[Coordinate] = sheet.template.watched
    if sheet.found.moved:
        watched = (at for at, planned in expected.items() if is_self_check(planned))
    dead += [(at, expected[at].key.row) for at in watched if at not in cells]
    printed = sheet.block.sheet
    if dead and printed.kind is SheetKind.RECORDS:
        filled = classified.filled
        dead = [(at, row) for at, row in dead if row in filled and int(row) <= printed.capacity]
    if dead:
        place = Place(sheet.found.block.sheet, At(*min(dead)[0]))
        yield say.DEAD_SELF_CHECK.finding(place, count=len({row for _, row in dead}))


def _is_dead(column: str, cell: GridCell) -> bool:
    """自查算不出来，或照印着的粘贴成了数值；写了别的字的，另说。"""
    if column not in (SELF_CHECK.key, SAID.key):
        return False
    if cell.state is State.ERROR:
        return True
    text = cell.text.strip()
    return not cell.formula and (not text or text.startswith(_DUTIES))


def missing_cells(
    sheet: LocatedSheet,
    cells: Iterable[Coordinate],
    expected: TemplateCells,
    used: frozenset[str],
) -> Iterator[Finding]:
    """应有公式或分值而空着的格；记录表里没有填的行（不在 `used` 里）不说。"""
    present = set(cells)
    records, capacity = sheet.block.sheet.kind is SheetKind.RECORDS, sheet.block.sheet.capacity
    inserted: dict[str, Coordinate] = {}
    needed = ((at, one) for at, one in expected.items() if one.kind in NEEDED)
    for at, planned in needed:
        row = planned.key.row
        if at in present or (records and row not in used):
            continue
        if records and int(row) > capacity:  # 插入的行没有公式，不是谁删掉的
            inserted.setdefault(row, at)
            continue
        if sheet.issued.computed(planned.key, at, _BLANK):
            yield say.ISSUED_EARLIER.finding()
        elif planned.kind in (Kind.FORMULA, Kind.TOTAL):
            yield _lost(sheet, planned, at, _BLANK)
        elif planned.kind is Kind.POINTS:
            yield from _overwritten(sheet, planned, at, _BLANK)
    if inserted:
        place = _place(sheet, min(inserted.values()))
        yield say.BEYOND_CAPACITY.finding(place, capacity=capacity, count=len(inserted))


class _Formulas:
    """公式与模板的核对。"""

    def __init__(self, sheet: LocatedSheet, *, moved: bool) -> None:
        self.sheet = sheet
        self.moved = moved
        self.columns: dict[str, frozenset[str]] = {}

    def check(self, planned: TemplateCell, at: Coordinate, cell: GridCell) -> Iterator[Finding]:
        """不是公式、或与模板的公式不同的。"""
        if self._right(planned, cell):
            return
        if self.sheet.issued.computed(planned.key, at, cell, moved=self.moved):
            yield say.ISSUED_EARLIER.finding()
        else:
            yield _lost(self.sheet, planned, at, cell)

    def _right(self, planned: TemplateCell, cell: GridCell) -> bool:
        if not cell.formula:
            return False
        if cell.formula in _UNWRITTEN:
            return True
        if planned.kind is Kind.TOTAL:
            return _SUM in cell.formula.upper()
        found, issued = cell.own_formula, self.sheet.issued
        if issued.same_formula(found, planned.expected, moved=self.moved):
            return True
        # 行挪了位置的，是同一栏别的行的公式
        return self.moved and issued.named(found) in self._column(planned.key.column)

    def _column(self, column: str) -> frozenset[str]:
        if column not in self.columns:
            self.columns[column] = frozenset(
                self.sheet.issued.planned(planned.expected)
                for planned in self.sheet.template.by_key.values()
                if planned.kind is Kind.FORMULA and planned.key.column == column
            )
        return self.columns[column]


def _lost(sheet: LocatedSheet, planned: TemplateCell, at: Coordinate, cell: GridCell) -> Finding:
    found = f"={cell.own_formula}" if cell.formula else cell.text
    twin = SHOWN.get(planned.key.column)
    if twin is not None and at[1] in sheet.hidden:  # 隐藏的，说在看得见的那一份上
        at = (at[0], sheet.found.block.columns.get(twin.key, at[1]))
    return say.LOST_FORMULA.finding(
        _place(sheet, at), label=_heading(sheet, planned), found=excerpt(found)
    )


def _overwritten(
    sheet: LocatedSheet, planned: TemplateCell, at: Coordinate, cell: GridCell
) -> Iterator[Finding]:
    text = cell.text if cell.state is not State.NO_RESULT else f"={cell.own_formula}"
    if planned.kind is Kind.REVIEW:
        if text.strip() not in ("", NOT_HERE, IN_BOOK):  # 评分后的表，照印着的
            heading = _heading(sheet, planned)
            yield say.REVIEW_FILLED.finding(_place(sheet, at), heading=heading, found=excerpt(text))
    elif planned.kind is Kind.POINTS:
        number = cell.text if cell.numeric and not cell.formula else ""
        if number and planned.expected in (number, f"{excel_number(number).normalize():f}"):
            return
        if sheet.issued.computed(planned.key, at, cell):
            yield say.ISSUED_EARLIER.finding()
        else:
            label = sheet.template.label(planned.key.row)
            yield say.POINTS_CHANGED.finding(
                _place(sheet, at), label=label, expected=planned.expected, found=excerpt(text)
            )
    elif planned.kind is Kind.LOOSE:
        if text.strip() and not cell.formula and not fold(text).startswith(fold(planned.expected)):
            yield say.OUTSIDE.finding(_place(sheet, at), found=excerpt(text), far="")
    elif fold(text) == fold(planned.expected) or _already_reported(sheet, planned):
        return
    elif planned.expected:
        yield say.PRINTED_CHANGED.finding(
            _place(sheet, at), expected=excerpt(planned.expected), found=excerpt(text)
        )
    else:
        yield say.OUTSIDE.finding(_place(sheet, at), found=excerpt(text), far="")


def _already_reported(sheet: LocatedSheet, planned: TemplateCell) -> bool:
    """认行认栏时已经说过的：项目文字、填报栏的表头；标识没有内容可丢。"""
    if planned.key.row == IDENTITY_LINE:
        return True
    if planned.key.row == HEADER:
        return not sheet.block.column(planned.key.column).printed or planned.key.column == "code"
    return planned.kind is Kind.ANCHOR and planned.key.column != "code"


def _heading(sheet: LocatedSheet, planned: TemplateCell) -> str:
    if planned.field is not None:
        return planned.field.label
    return sheet.block.column(planned.key.column).heading.removesuffix("（自动计算）")


def _place(sheet: LocatedSheet, at: Coordinate) -> Place:
    return Place(sheet.found.block.sheet, At(*at))
