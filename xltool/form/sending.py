"""填报说明最上面的一句：什么时候以前、报到哪里、有疑问找谁；照这一季的设置，没有设置的不印。"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from xltool.address import At
from xltool.form.common import in_order
from xltool.form.guide_places import CHECK_HEADER
from xltool.layout.layout import GUIDE
from xltool.sheets.plan import Cell, Role

if TYPE_CHECKING:
    from xltool.sheets.plan import SheetPlan, WorkbookPlan

_AT = At(CHECK_HEADER - 1, 1)  # 填报检查之下、各表未填之上，空着的一行


def with_sending(plan: WorkbookPlan, sending: str) -> WorkbookPlan:
    """印上怎样报送的一句。"""
    if not sending:
        return plan
    sheets = (_sent(one, sending) if one.name == GUIDE else one for one in plan.sheets)
    return replace(plan, sheets=tuple(sheets))


def _sent(sheet: SheetPlan, sending: str) -> SheetPlan:
    cells = (*sheet.every_cell(), Cell(_AT, sending, Role.INFO))
    return replace(sheet, cells=in_order(cells))
