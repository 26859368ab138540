"""一份报送表的工作簿：空白的就是模板，填了内容的就是评分后的表。"""

from __future__ import annotations

from dataclasses import replace
from itertools import starmap
from typing import TYPE_CHECKING

from xltool.address import quoted
from xltool.form.continued_places import tabs_of
from xltool.form.continued_sheet import continued_sheet
from xltool.form.explanation_sheet import explanation_sheet
from xltool.form.far_names import FarNames
from xltool.form.fields_sheet import fields_sheet
from xltool.form.guide_sheet import guide_sheet
from xltool.form.lists_sheets import identity_sheet, option_sheet
from xltool.form.page_sheet import page_sheet
from xltool.form.parameter_sheet import parameter_sheet
from xltool.form.records_sheet import records_sheet
from xltool.form.score_sheet import score_sheet
from xltool.form.validations import list_name
from xltool.layout.layout import OPTIONS, option_area
from xltool.layout.place_names import named_places
from xltool.scheme.grid import page_sheets
from xltool.scheme.model import SheetKind
from xltool.sheets.plan import Formula, Name, WorkbookPlan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.form.form import Form
    from xltool.scheme.model import Scheme
    from xltool.sheets.plan import SheetPlan

_MAKERS = {
    SheetKind.FIELDS: fields_sheet,
    SheetKind.RECORDS: records_sheet,
    SheetKind.SCORE: score_sheet,
}


def form_plan(form: Form) -> WorkbookPlan:
    """报送表的全部工作表；有计分说明的，排在评分表之后。"""
    scheme = form.scheme
    sheets = [guide_sheet(form)]
    for sheet in scheme.sheets:
        if not sheet.page:
            sheets.append(_MAKERS[sheet.kind](form, sheet))
        elif sheet is page_sheets(scheme, sheet.page)[0]:
            sheets.append(page_sheet(form, sheet.page))
        if sheet.kind is SheetKind.SCORE and form.lines is not None:
            sheets.append(explanation_sheet(form))
    if tabs_of(form.layout):
        sheets.append(continued_sheet(form))
    sheets[1:] = map(_opened_at_first_input, sheets[1:])
    sheets += [parameter_sheet(form), option_sheet(form), identity_sheet(form)]
    far = FarNames()
    return WorkbookPlan(
        sheets=tuple(map(far.named, sheets)),
        names=_names(scheme, far, sheets),
        title=scheme.title,
        subject=f"{scheme.year}年度{scheme.work}",
        company=scheme.issued_by,
        keywords=form.version,
    )


def _opened_at_first_input(sheet: SheetPlan) -> SheetPlan:
    """点到这张表就停在第一个要填的格；没有要填的，停在左上角。"""
    inputs = (cell.at for cell in sheet.every_cell() if cell.unlocked)
    return replace(sheet, opens_at=next(inputs, None))


def _names(scheme: Scheme, far: FarNames, sheets: Iterable[SheetPlan]) -> tuple[Name, ...]:
    """选项的名称，公式、条件格式和校验里称呼别的表的格用的名称。"""
    contents = (cell.content for sheet in sheets for cell in sheet.every_cell())
    texts = (content.text for content in contents if isinstance(content, Formula))
    places = named_places(texts) | far.names
    return (*option_names(scheme, OPTIONS), *starmap(Name, sorted(places.items())))


def option_names(scheme: Scheme, sheet: str) -> tuple[Name, ...]:
    """各选项表的名称，供下拉列表引用；选项在 `sheet` 这张表上。"""
    return tuple(
        Name(list_name(key), f"{quoted(sheet)}!{option_area(scheme, key).absolute}")
        for key in scheme.printed_options
    )
