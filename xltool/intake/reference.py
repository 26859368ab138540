"""评分参数和选项两张表只供查看和引用：改了不采用，但要说出来。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.form.form import make_form
from xltool.form.lists_sheets import option_sheet
from xltool.layout.layout import (
    OPTION_HEADER,
    OPTIONS,
    PARAMETER_HEADER,
    PARAMETER_VALUE,
    PARAMETERS,
    template_layout,
)
from xltool.layout.parameters import form_parameters
from xltool.messages import form as say
from xltool.scheme.contract.lists import ALWAYS, REVIEW
from xltool.values import excel_number, fold
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.finding import Finding
    from xltool.intake.issued import Issued
    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Book, Grid

_CODE, _LAST = 1, 6  # 编号在第一列，共六列
_THRESHOLD = re.compile(r"[A-Z][0-9]{2}\.\w+")  # 疑点的界限，改了不关报送表的事
_POINTS_ROW = re.compile(r"\w+\.分值")


def reference_sheets(book: Book, issued: Issued) -> Iterator[Finding]:
    """两张表里改过的值和多写的内容。"""
    for grid in book.grids:
        if grid.name == PARAMETERS:
            yield from _parameters(grid, issued)
        elif grid.name == OPTIONS:
            yield from _options(grid, issued)


# ---------------------------------------------------------------- 评分参数


def _parameters(grid: Grid, issued: Issued) -> Iterator[Finding]:
    """各参数按编号找；早先下发的表上别的参数不看。"""
    rows = {cell.text: row for (row, column), cell in grid.cells.items() if column == _CODE}
    places = template_layout(issued.scheme).parameters
    for key, parameter in form_parameters(issued.scheme).items():
        row = rows.get(key, 0)
        cell = grid.cells.get((row, PARAMETER_VALUE))
        text = cell.text if cell and cell.numeric else ""
        value = excel_number(text) if text else None
        if value == parameter.value or text == str(parameter.value):
            continue
        if issued.parameter(key, value):
            if not _THRESHOLD.fullmatch(key):
                yield say.ISSUED_EARLIER.finding()
            continue
        place = Place(grid.name, At(row or places[key].row, PARAMETER_VALUE))
        found = excerpt(cell.text) if cell else "空白"
        yield say.PARAMETER_CHANGED.finding(
            place, label=parameter.label, expected=f"{parameter.value:f}", found=found
        )
    # 参数表上的一行：现在有的，或早先下发的表上有过的
    known = issued.scheme.parameters
    listed = {
        row
        for key, row in rows.items()
        if key in known
        or _THRESHOLD.fullmatch(key)
        or _POINTS_ROW.fullmatch(key)
        or issued.listed(key)
    }
    beside = (at for at in grid.cells if at[0] not in listed or at[1] > _LAST)
    yield from _outside(grid, (at for at in beside if at[0] > PARAMETER_HEADER))


# ---------------------------------------------------------------- 选项


@lru_cache(maxsize=16)
def _option_texts(scheme: Scheme) -> Mapping[tuple[int, int], str]:
    """选项表各格应有的字，连同表头。"""
    cells = option_sheet(make_form(scheme, {})).every_cell()
    return {cell.at: str(cell.content) for cell in cells if cell.row >= OPTION_HEADER}


@lru_cache(maxsize=16)
def _unprinted(scheme: Scheme) -> frozenset[str]:
    """只有规则看的字眼表：早先下发的表上印过，连同表头。"""
    lists = (one for key, one in scheme.options.items() if key not in scheme.printed_options)
    return frozenset(text for one in lists for text in (one.title, *one.values))


def _options(grid: Grid, issued: Issued) -> Iterator[Finding]:
    scheme, texts = issued.scheme, _option_texts(issued.scheme)
    cells = grid.cells
    if all(at in cells and cells[at].text == text for at, text in texts.items()):
        others = (at for at in cells if at not in texts)
        known = _unprinted(scheme)
        strange = (at for at in others if cells[at].text not in known)
        yield from _outside(grid, (at for at in strange if not issued.option(cells[at].text)))
        return
    columns = {fold(cell.text): column for (_, column), cell in cells.items()}
    for column, options in enumerate(scheme.printed_options.values(), 1):
        found = columns.get(fold(options.title), column)
        late = options.key in ALWAYS and fold(options.title) not in columns
        if late or options.key == REVIEW:
            continue  # 下发的时候还没有这个表；复核的人才用的，表上没有一格从它选
        present = {fold(cell.text) for (_, number), cell in cells.items() if number == found}
        for row, option in enumerate(options.options, OPTION_HEADER + 1):
            if fold(option.value) not in present and not issued.before(options.key, option.value):
                cell = cells.get((row, found))
                yield say.OPTION_CHANGED.finding(
                    Place(grid.name, At(row, found)),
                    expected=option.value,
                    found=excerpt(cell.text) if cell else "空白",
                )


def _outside(grid: Grid, beside: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """表头以下多写的内容，说第一处。"""
    for at in beside:
        text = grid.cells[at].text
        if at[0] >= OPTION_HEADER and text.strip():
            yield say.OUTSIDE.finding(Place(grid.name, At(*at)), found=excerpt(text), far="")
            return
