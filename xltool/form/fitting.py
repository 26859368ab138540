"""报送表的公式写不写得下：方案添了公式要看的字眼，公式随之变长、套得更深。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.sheets.formula_limits import BEYOND, fits
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme
    from xltool.sheets.plan import SheetPlan


def oversized(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """写不下的：键的路径和说法，一张表一处。"""
    for sheet in form_plan(make_form(scheme, {})).sheets:
        found = next(_beyond(sheet), None)
        if found:
            message = f"“{sheet.name}”表 {found} 的公式{BEYOND}"
            yield "options", f"{message}；公式要看的字眼表（方案参考的“选项”）少写几个字眼"


def _beyond(sheet: SheetPlan) -> Iterator[str]:
    for cell in sheet.every_cell():
        if isinstance(cell.content, Formula) and not fits(cell.content.text):
            yield cell.at.a1
