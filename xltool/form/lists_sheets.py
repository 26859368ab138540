"""选项表和隐藏的标识表。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.address import At
from xltool.form.common import TITLE_HEIGHT, aside, back_link, in_order, title_cells, titled
from xltool.form.issue import ISSUED, issued_marks
from xltool.layout.layout import BACK, FORMAT, IDENTITY, OPTION_HEADER, OPTIONS
from xltool.sheets.paper import fitted
from xltool.sheets.plan import Cell, Role, SheetPlan
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from xltool.form.form import Form

_WIDTH = 22.0


def option_sheet(form: Form, *, label: str = "") -> SheetPlan:
    """选项：各下拉列表的内容，一列一个；`label` 是标题里注明的表种。"""
    lists = list(form.scheme.printed_options.items())
    cells = [
        Cell(BACK, back_link(form), Role.LINK),
        *title_cells(2, titled(OPTIONS, label), len(lists)),
    ]
    heights, widths = {2: TITLE_HEIGHT}, (_WIDTH,) * len(lists)
    for column, (key, options) in enumerate(lists, 1):
        cells.append(Cell(At(OPTION_HEADER, column), options.title, Role.HEADER))
        for option in options.options:
            at = form.layout.options[key, option.key]
            cells.append(Cell(at, option.value, Role.FIXED_CENTER))
            needed = row_height([(option.value, _WIDTH)])
            heights[at.row] = max(heights.get(at.row, 0.0), needed)
    return SheetPlan(
        name=form.layout.option_sheet,
        cells=in_order(cells),
        widths=widths,
        heights=heights,
        freeze=At(OPTION_HEADER + 1, 1),
        printing=replace(aside(form, None), pages=fitted(widths).pages),
        protected=True,
    )


def identity_sheet(form: Form) -> SheetPlan:
    """标识：读回时据此认出方案、版本，分清印好的内容是改过还是早先下发的。"""
    scheme = form.scheme
    values = {
        "format": FORMAT,
        "scheme": scheme.id,
        "version": scheme.version,
        "variant": scheme.variant,
        "year": str(scheme.year),
    }
    values |= {f"{ISSUED}{group}": " ".join(marks) for group, marks in issued_marks(scheme).items()}
    cells = [
        Cell(At(row, column), text, Role.IDENTITY)
        for row, pair in enumerate(values.items(), 1)
        for column, text in enumerate(pair, 1)
    ]
    return SheetPlan(
        name=IDENTITY, cells=tuple(cells), widths=(14.0, 40.0), protected=True, hidden=True
    )
