"""一份表是照什么样子下发的：与现行模板不同的格，分清是早先这样印的，还是填报时改的。"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.form.issue import (
    OPTIONS_MARKED,
    PARAMETERS_MARKED,
    TOP,
    computed_mark,
    formula_mark,
    group_of,
    names_of,
    number_mark,
    row_of,
    shape_mark,
    text_mark,
)
from xltool.layout.layout import (
    OPTION_HEADER,
    OPTIONS,
    PARAMETER_HEADER,
    PARAMETER_VALUE,
    PARAMETERS,
    template_layout,
)
from xltool.sheets.formula_match import Names, named_formula, normal_formula, same_formula
from xltool.values import excel_number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from decimal import Decimal

    from xltool.intake.template_cells import Coordinate
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book, Grid, GridCell


class Issued:
    """下发时的样子。`marks` 是标识表里记的各栏的指纹，更早下发的表没有记，空着。"""

    def __init__(self, book: Book, scheme: Scheme, marks: Mapping[str, frozenset[str]]) -> None:
        self._book = book
        self.scheme = scheme
        self._marks = marks

    # ------------------------------------------------------------ 公式

    def same_formula(self, found: str, planned: str, *, moved: bool) -> bool:
        """是不是模板的公式；参数、选项在各自的表里挪了行不要紧。"""
        if same_formula(found, planned, moved=moved):
            return True
        return self.named(found) == self.planned(planned)

    def named(self, found: str) -> str:
        """文件里的公式，参数、选项都称名字。"""
        return named_formula(found, self._names)

    def planned(self, formula: str) -> str:
        """模板的公式，参数、选项都称名字。"""
        return named_formula(formula, _planned_names(self.scheme))

    def computed(
        self, key: CellKey, at: Coordinate, cell: GridCell, *, moved: bool = False
    ) -> bool:
        """一格公式或分值是不是早先这样下发的；那时没有这一格、或是填报的，也算。"""
        marks, row = self._column(key), self._row(key)
        if computed_mark(row) not in marks:
            return bool(self._marks)
        if cell.formula:
            known = formula_mark(row, cell.own_formula, at[0], self._names) in marks
            return known or (moved and shape_mark(row, cell.formula) in marks)
        return cell.numeric and number_mark(row, excel_number(cell.text)) in marks

    # ------------------------------------------------------------ 字、参数、选项

    def text(self, key: CellKey, text: str) -> bool:
        """一格印好的字是不是早先这样印的。"""
        return bool(self._marks) and text_mark(self._row(key), text) in self._column(key)

    def top(self, sheet: str, at: Coordinate, text: str) -> bool:
        """表头以上、签章的一格是不是早先这样印的。"""
        marks = self._marks.get(group_of(sheet, TOP), ())
        return bool(marks) and text_mark(At(*at).a1, text) in marks

    def _column(self, key: CellKey) -> Collection[str]:
        return self._marks.get(group_of(key.sheet, key.column), ())

    def _row(self, key: CellKey) -> str:
        return row_of(self.scheme.sheet(key.sheet), key.row)

    def parameter(self, key: str, value: Decimal | None) -> bool:
        """一个参数是不是早先下发时就是这个值；没有值的，是不是那时还没有它。"""
        if value is None:
            return bool(self._marks) and not self.listed(key)
        return number_mark(key, value) in self._marks.get(PARAMETERS_MARKED, ())

    def listed(self, key: str) -> bool:
        """早先有没有这个参数。"""
        return text_mark("", key) in self._marks.get(PARAMETERS_MARKED, ())

    def option(self, text: str) -> bool:
        """早先有没有这个选项。"""
        mark, start = text_mark("", text), group_of(OPTIONS_MARKED, "")
        return any(mark in marks for group, marks in self._marks.items() if group.startswith(start))

    def before(self, options: str, text: str) -> bool:
        """下发的时候，选项表里是不是还没有这个选项。"""
        marks = self._marks.get(group_of(OPTIONS_MARKED, options), ())
        return bool(self._marks) and text_mark("", text) not in marks

    # ------------------------------------------------------------ 文件里的参数、选项叫什么

    @cached_property
    def _names(self) -> Names:
        return _interned(tuple(_names(self._book)))


@lru_cache(maxsize=16)
def _planned_names(scheme: Scheme) -> Names:
    return names_of(template_layout(scheme))


@lru_cache(maxsize=16)
def _interned(known: tuple[tuple[str, str], ...]) -> Names:
    return Names(known)


def _names(book: Book) -> Iterator[tuple[str, str]]:
    for grid in book.grids:
        if grid.name == PARAMETERS:
            yield from _named(grid, PARAMETER_HEADER, PARAMETER_VALUE)
        elif grid.name == OPTIONS:
            yield from _named(grid, OPTION_HEADER, 0)


def _named(grid: Grid, header: int, value: int) -> Iterator[tuple[str, str]]:
    """`value` 是值在第几列，名字在第一列；为零的，一格就是自己的名字。"""
    for (row, column), cell in grid.cells.items():
        if row > header and (column == 1 or not value) and cell.text:
            reference = Place(grid.name, At(row, value or column)).reference
            yield normal_formula(reference), f"[{cell.text}]"
