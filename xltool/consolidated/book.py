"""汇总工作簿：由清点的结果排出全部工作表。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.inbox import OUTPUT_FORMAT
from xltool.consolidated.about import about
from xltool.consolidated.contents import contents
from xltool.consolidated.delivery import delivery_sheets
from xltool.consolidated.findings import findings, findings_plan
from xltool.consolidated.lower import lower_sheets
from xltool.consolidated.part import Part
from xltool.consolidated.source import footer_of, heading, in_order, versions, works
from xltool.consolidated.unit_sheet import unit_sheet
from xltool.consolidated.unjudged import unjudged_sheets
from xltool.form.book import option_names
from xltool.layout.layout import OPTIONS
from xltool.sheets.plan import WorkbookPlan

if TYPE_CHECKING:
    from xltool.consolidated.source import Source


def consolidated_plan(sources: tuple[Source, ...]) -> WorkbookPlan:
    """汇总的全部工作表；几个方案的报送合在一起时，各方案有各自的汇总、明细和参数。"""
    first = sources[0]
    found = findings(sources)
    parts = [Part(source, found) for source in sources]
    sheets = [
        *(part.summary.plan() for part in parts),
        *(sheet for part in parts for sheet in part.scores()),
        findings_plan(found),
        *unjudged_sheets(sources),
        *(sheet for part in parts for sheet in part.registers()),
        *delivery_sheets(first.collection, footer_of(sources)),
        *lower_sheets(first.collection, parts, footer_of(sources)),
        *(sheet for part in parts for sheet in part.references()),
    ]
    listed = contents((sheet.name for sheet in sheets), sources)
    unit_sheets = (  # 依单位次序；另存的不在这里
        unit_sheet(source, scored, scored.unit.report())
        for source, scored in in_order(sources)
        if scored.sheet
    )
    front = about(sources, [part.summary.register() for part in parts], listed)
    return WorkbookPlan(
        sheets=(front, *sheets, *unit_sheets),
        names=option_names(first.scheme, first.sheet(OPTIONS)),
        title=heading(sources),
        subject=works(sources),
        company=first.scheme.issued_by,
        marked=True,
        keywords=f"{OUTPUT_FORMAT} {versions(sources)}",  # 下次汇总时据此认出自己的输出
    )
