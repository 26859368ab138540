"""移好的一份写成工作簿：新表照样，多一张移表清单；起了头的在标识表里记下指纹。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xltool.address import At
from xltool.facts.answers import started_mark
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.layout.layout import IDENTITY, STARTED
from xltool.migrating.list_sheet import list_sheet
from xltool.migrating.prompts import prompted
from xltool.sheets.plan import Cell, Role

if TYPE_CHECKING:
    from xltool.migrating.model import Migrated
    from xltool.sheets.plan import SheetPlan, WorkbookPlan

_FIRST: Final = 1  # 清单排在填报说明之后


def migrated_plan(migrated: Migrated) -> WorkbookPlan:
    """移好的一份的全部工作表。"""
    form = make_form(migrated.scheme, migrated.contents)
    plan = form_plan(form)
    prompts: dict[str, dict[At, str]] = {}
    for key, text in migrated.beside.items():
        place = form.layout.place(key)
        prompts.setdefault(place.sheet, {})[place.at] = text
    sheets = [prompted(sheet, prompts.get(sheet.name, {})) for sheet in plan.sheets]
    if migrated.lines:
        sheets.insert(_FIRST, list_sheet(migrated))
    mark = started_mark(migrated.scheme, migrated.contents) if migrated.started else ""
    if mark:
        sheets = [_marked(one, mark) if one.name == IDENTITY else one for one in sheets]
    return replace(plan, sheets=tuple(sheets))


def _marked(sheet: SheetPlan, mark: str) -> SheetPlan:
    """标识表末尾加一行：还没有填的一份，凭它认得出来。"""
    cells = tuple(sheet.every_cell())
    row = max(cell.row for cell in cells) + 1
    added = [Cell(At(row, n), text, Role.IDENTITY) for n, text in enumerate((STARTED, mark), 1)]
    return replace(sheet, cells=(*cells, *added))
