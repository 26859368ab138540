"""移好的一份写成工作簿：新表照样，多一张移表清单；起了头的在标识表里记下指纹。"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from xltool.address import At
from xltool.facts.answers import started_mark
from xltool.facts.entry import BLANK, Entry
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.context import Context
from xltool.intake.options import options_of
from xltool.intake.understand import understand
from xltool.layout.layout import IDENTITY, STARTED
from xltool.migrating.list_sheet import list_sheet
from xltool.migrating.prompts import prompted
from xltool.sheets.plan import Cell, Role
from xltool.values import plain
from xltool.xlsx.grid import GridCell

if TYPE_CHECKING:
    from xltool.facts.typed import Typed
    from xltool.migrating.model import Migrated
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme
    from xltool.sheets.plan import SheetPlan, WorkbookPlan

_FIRST: Final = 1  # 清单排在填报说明之后


def migrated_plan(migrated: Migrated) -> WorkbookPlan:
    """移好的一份的全部工作表。"""
    form = make_form(migrated.scheme, migrated.contents, derive=True)
    plan = form_plan(form)
    prompts: dict[str, dict[At, str]] = {}
    for key, text in migrated.beside.items():
        place = form.layout.place(key)
        prompts.setdefault(place.sheet, {})[place.at] = text
    sheets = [prompted(sheet, prompts.get(sheet.name, {})) for sheet in plan.sheets]
    if migrated.lines:
        sheets.insert(_FIRST, list_sheet(migrated))
    mark = _mark(migrated) if migrated.started else ""
    if mark:
        sheets = [_marked(one, mark) if one.name == IDENTITY else one for one in sheets]
    return replace(plan, sheets=tuple(sheets))


def _mark(migrated: Migrated) -> str:
    """起了头的内容的指纹：照读的时候那样读一遍，与收上来时算的相同。"""
    scheme = migrated.scheme
    entries = {key: _read(scheme, key, value) for key, value in migrated.contents.items()}
    return started_mark(scheme, {key: one for key, one in entries.items() if one is not BLANK})


def _read(scheme: Scheme, key: CellKey, value: Typed) -> Entry:
    field = scheme.field(key)
    if isinstance(value, date):
        return Entry(value, value.isoformat())
    if isinstance(value, Decimal):
        return Entry(value, plain(value))
    context = Context(scheme, False, field, "", (1, 1), options_of(scheme, field))  # noqa: FBT003
    return understand(GridCell(value), context)[0]


def _marked(sheet: SheetPlan, mark: str) -> SheetPlan:
    """标识表末尾加一行：还没有填的一份，凭它认得出来。"""
    cells = tuple(sheet.every_cell())
    row = max(cell.row for cell in cells) + 1
    added = [Cell(At(row, n), text, Role.IDENTITY) for n, text in enumerate((STARTED, mark), 1)]
    return replace(sheet, cells=(*cells, *added))
