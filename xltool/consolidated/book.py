"""汇总工作簿：由清点的结果排出全部工作表。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.inbox import OUTPUT_FORMAT, REVIEWED
from xltool.consolidated.about import about
from xltool.consolidated.blank_cells import with_blanks
from xltool.consolidated.contents import contents
from xltool.consolidated.delivery import delivery_sheets, units
from xltool.consolidated.details import NAME as DETAILS
from xltool.consolidated.findings import findings, readings
from xltool.consolidated.findings_sheet import findings_plan, status
from xltool.consolidated.front import front
from xltool.consolidated.left_over import left_over
from xltool.consolidated.lower import lower_sheets
from xltool.consolidated.overview import Overview
from xltool.consolidated.part import Part
from xltool.consolidated.source import footer_of, heading, in_order, versions, works
from xltool.consolidated.unit_sheet import unit_sheet
from xltool.consolidated.unjudged import unjudged_sheets
from xltool.form.book import option_names
from xltool.layout.layout import OPTIONS
from xltool.scheme.family import family_of
from xltool.sheets.plan import WorkbookPlan

if TYPE_CHECKING:
    from xltool.collection.model import Unit
    from xltool.consolidated.columns import Item
    from xltool.consolidated.source import Source
    from xltool.sheets.plan import Content, SheetPlan


def consolidated_plan(sources: tuple[Source, ...]) -> WorkbookPlan:
    """汇总的全部工作表；几个方案的报送合在一起时，各方案有各自的汇总、明细和参数。"""
    first = sources[0]
    parts = parts_of(sources)
    shared = shared_sheets(sources, parts)
    details = {part.details.name: part.details for part in parts}
    unit_sheets = (  # 依单位次序；另存的不在这里
        unit_sheet(source, scored, scored.unit.report(), details[source.sheet(DETAILS)])
        for source, scored in in_order(sources)
        if scored.sheet
    )
    mark = f" {REVIEWED}" if first.reviews.any else ""
    return WorkbookPlan(
        sheets=(*shared.before, *unit_sheets, *shared.after),
        names=option_names(first.scheme, first.sheet(OPTIONS)),
        title=heading(sources),
        subject=works(sources),
        company=first.scheme.issued_by,
        marked=True,
        keywords=f"{OUTPUT_FORMAT} {versions(sources)}{mark}",  # 下次汇总时据此认出自己的输出
    )


def parts_of(sources: tuple[Source, ...]) -> list[Part]:
    """各方案自己的各张表。"""
    found, read = findings(sources), readings(sources)
    families: dict[object, list[Part]] = {}
    parts = []
    for source in sources:
        family = families.setdefault(family_of(source.scheme), [])
        family.append(Part(source, found, read, family))
        parts.append(family[-1])
    return parts


class Shared(NamedTuple):
    """各单位的评分表之前的各表，和排在最后的规则、参数、选项。"""

    before: tuple[SheetPlan, ...]
    after: tuple[SheetPlan, ...]


def shared_sheets(sources: tuple[Source, ...], parts: list[Part]) -> Shared:
    """说明与核对，和各单位的评分表以外的各表。"""
    sheets = _listed(sources, parts)
    after = tuple(sheet for part in parts for sheet in part.references())
    listed = contents((sheet.name for sheet in (*sheets, *after)), sources)
    about_it = about(sources, [part.summed for part in parts], listed)
    before = (sheets[0], about_it, *sheets[1:])
    return Shared(*(tuple(map(with_blanks, some)) for some in (before, after)))


def _listed(sources: tuple[Source, ...], parts: list[Part]) -> list[SheetPlan]:
    """依复核的先后：先看疑点，再改分；填报的各表供查。"""
    found, read = parts[0].found, parts[0].read
    footer, reviews = footer_of(sources), sources[0].reviews

    def state(item: Item[tuple[int, Unit]]) -> Content:
        return status(found, item.at("number"), item.value[1], reviews)

    overview = Overview(parts) if len(parts) > 1 else None
    delivery = units(sources[0].collection, footer, state)
    return [
        front(parts, delivery, overview),
        *([overview.plan()] if overview else ()),
        *(sheet for part in parts for sheet in (part.summary.plan(), part.statistics.plan())),
        findings_plan(found),
        *left_over(reviews, footer),
        *(sheet for part in parts for sheet in part.scores()),
        *unjudged_sheets(sources),
        *([read.plan()] if read.count else ()),
        *delivery_sheets(sources[0].collection, footer, delivery),
        *lower_sheets(sources[0].collection, parts, footer),
        *(sheet for part in parts for sheet in part.registers()),
    ]
