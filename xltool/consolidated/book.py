"""汇总工作簿：由清点的结果排出全部工作表。"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from xltool.collection.inbox import OUTPUT_FORMAT, REVIEWED
from xltool.collection.saved_review import Known
from xltool.collection.verdicts import GONE_HEADINGS, OTHER_HEADINGS
from xltool.consolidated.about import about
from xltool.consolidated.columns import HEADER_ROW
from xltool.consolidated.contents import contents
from xltool.consolidated.delivery import delivery_sheets, differences, units, waivers
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.findings import findings, readings
from xltool.consolidated.findings_sheet import findings_plan, status
from xltool.consolidated.front import Front
from xltool.consolidated.left_over import GONE, OTHERS, left_over
from xltool.consolidated.lower import lower_sheets
from xltool.consolidated.overview import Overview
from xltool.consolidated.part import Part
from xltool.consolidated.source import ABOUT, footer_of, heading, in_order, versions, works
from xltool.consolidated.unit_sheet import unit_sheet
from xltool.consolidated.unjudged import unjudged_sheets
from xltool.form.book import option_names
from xltool.layout.layout import OPTIONS
from xltool.sheets.plan import WorkbookPlan

if TYPE_CHECKING:
    from xltool.collection.model import Unit
    from xltool.consolidated.columns import Item
    from xltool.consolidated.source import Source
    from xltool.sheets.plan import Content, SheetPlan


# 先前各版印在汇总表右边的等级分布：存过的旧书里有，不是人添的
_ONCE_BESIDE = frozenset(
    {"等级", *(f"{who}数（{what}）" for who in ("单位", "项目") for what in ("系统", "复核"))}
)


def consolidated_plan(sources: tuple[Source, ...]) -> WorkbookPlan:
    """汇总的全部工作表；几个方案的报送合在一起时，各方案有各自的汇总、明细和参数。"""
    first = sources[0]
    parts = _parts(sources)
    sheets = _listed(sources, parts)
    details = {part.details.name: part.details for part in parts}
    listed = contents((sheet.name for sheet in sheets), sources)
    unit_sheets = (  # 依单位次序；另存的不在这里
        unit_sheet(source, scored, scored.unit.report(), details[source.sheet(DETAILS)])
        for source, scored in in_order(sources)
        if scored.sheet
    )
    about_it = about(sources, [part.summed for part in parts], listed)
    mark = f" {REVIEWED}" if first.reviews.any else ""
    return WorkbookPlan(
        sheets=(sheets[0], about_it, *sheets[1:], *unit_sheets),
        names=option_names(first.scheme, first.sheet(OPTIONS)),
        title=heading(sources),
        subject=works(sources),
        company=first.scheme.issued_by,
        marked=True,
        keywords=f"{OUTPUT_FORMAT} {versions(sources)}{mark}",  # 下次汇总时据此认出自己的输出
    )


def known_sheets(sources: tuple[Source, ...]) -> dict[str, Known]:
    """各表的表头，读存过的那一份时据此认出哪些是人添的；不是登记表的，没有表头。"""
    known = {ABOUT: Known(frozenset())}
    parts, collection = _parts(sources), sources[0].collection
    known |= {sheet.name: _headings(sheet) for sheet in _listed(sources, parts)}
    for part in parts:
        known[part.summed.name] = known[part.summed.name]._replace(beside=_ONCE_BESIDE)
    # 这一次没有内容而不列的，上一份里可能有，人也可能在上面写过
    for one in (parts[0].read, differences(collection, ""), waivers(collection, "")):
        known.setdefault(one.name, Known(frozenset(column.heading for column in one.columns)))
    for name, wanted in ((GONE, GONE_HEADINGS), (OTHERS, OTHER_HEADINGS)):
        known[name] = Known(frozenset(names[0] for names in wanted.values()))
    return known


def _parts(sources: tuple[Source, ...]) -> list[Part]:
    found, read = findings(sources), readings(sources)
    return [Part(source, found, read) for source in sources]


def _listed(sources: tuple[Source, ...], parts: list[Part]) -> list[SheetPlan]:
    """说明之后、各单位的评分表之前的各表。"""
    found, read = parts[0].found, parts[0].read
    footer, reviews = footer_of(sources), sources[0].reviews

    def state(item: Item[tuple[int, Unit]]) -> Content:
        return status(found, item.at("number"), item.value[1], reviews)

    overview = Overview(parts) if len(parts) > 1 else None
    delivery = units(sources[0].collection, footer, state)
    return [
        Front(parts, delivery, overview).plan(),
        *([overview.plan()] if overview else ()),
        *(sheet for part in parts for sheet in (part.summary.plan(), part.statistics.plan())),
        *(sheet for part in parts for sheet in part.scores()),
        findings_plan(found),
        *left_over(reviews, footer),
        *unjudged_sheets(sources),
        *([read.plan()] if read.count else ()),
        *(sheet for part in parts for sheet in part.registers()),
        *delivery_sheets(sources[0].collection, footer, state),
        *lower_sheets(sources[0].collection, parts, footer),
        *(sheet for part in parts for sheet in part.references()),
    ]


def _headings(sheet: SheetPlan) -> Known:
    """一张登记表的表头，和表右边另印的；只走到表头那一行。"""
    if sheet.filter is None:
        return Known(frozenset())
    last = sheet.filter.last.col
    own: set[str] = set()
    beside: set[str] = set()
    for cell in takewhile(lambda one: one.row <= HEADER_ROW, sheet.every_cell()):
        if cell.row == HEADER_ROW:
            (own if cell.at.col <= last else beside).add(str(cell.content))
    return Known(frozenset(own), frozenset(beside))
