"""汇总工作簿：由清点的结果排出全部工作表。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.inbox import OUTPUT_FORMAT
from xltool.layout.layout import OPTIONS, PARAMETERS
from xltool.scheme.model import SheetKind
from xltool.sheets.consolidated import delivery
from xltool.sheets.consolidated.about import about
from xltool.sheets.consolidated.delivery import delivery_sheets
from xltool.sheets.consolidated.details import NAME as DETAILS
from xltool.sheets.consolidated.findings import NAME as FINDINGS
from xltool.sheets.consolidated.findings import findings, findings_plan
from xltool.sheets.consolidated.part import Part
from xltool.sheets.consolidated.rules import NAME as RULES
from xltool.sheets.consolidated.source import in_order, version_of
from xltool.sheets.consolidated.summary import NAME as SUMMARY
from xltool.sheets.consolidated.unit_sheet import unit_sheet
from xltool.sheets.form.book import option_names
from xltool.sheets.plan import WorkbookPlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.sheets.consolidated.source import Source
    from xltool.sheets.plan import SheetPlan


def consolidated_plan(sources: tuple[Source, ...]) -> WorkbookPlan:
    """汇总的全部工作表；几个方案的报送合在一起时，各方案有各自的汇总、明细和参数。"""
    first = sources[0]
    found = findings(sources)
    parts = [Part(source, found) for source in sources]
    sheets = [
        *(part.summary.plan() for part in parts),
        *(sheet for part in parts for sheet in part.scores()),
        findings_plan(found),
        *(sheet for part in parts for sheet in part.registers()),
        *delivery_sheets(first.collection, version_of(sources)),
        *(sheet for part in parts for sheet in part.references()),
    ]
    uses = tuple((sheet.name, use_of(sheet.name, sources)) for sheet in sheets)
    front = about(sources, [part.summary.register() for part in parts], uses)
    works = "、".join(dict.fromkeys(source.scheme.work for source in sources))
    return WorkbookPlan(
        sheets=(front, *sheets, *_unit_sheets(sources)),
        names=option_names(first.scheme, first.sheet(OPTIONS)),
        title=f"{first.scheme.year}年度{works}汇总",
        subject=works,
        company=first.scheme.issued_by,
        keywords=f"{OUTPUT_FORMAT} {version_of(sources)}",  # 下次汇总时据此认出自己的输出
    )


def use_of(name: str, sources: tuple[Source, ...]) -> str:
    """一张表是看什么的。"""
    for source in sources:
        for sheet in source.scheme.sheets:
            if sheet.register and source.sheet(sheet.register) == name:
                return f"各单位的“{sheet.name}”表接在一起，一行一个单位的一{_PER[sheet.kind]}"
        for known, use in _USES.items():
            if name in (known, source.sheet(known)):
                return use
    raise KeyError(name)


_PER = {SheetKind.RECORDS: "条", SheetKind.FIELDS: "份"}
_USES = {
    SUMMARY: "一行一个单位：名次、总分、各级得分、问题数、复核得分",
    DETAILS: "一行一个单位的一个三级指标：自评、系统得分、计算过程、取数的格和扣分说明",
    FINDINGS: "一行一处，点“位置”看那一格；复核意见填在这里",
    delivery.UNITS: "名单上的单位：已报、退回、未报、重复",
    delivery.FILES: "找到的每个文件的去向",
    delivery.PROBLEMS: "退回的文件为什么退回、怎么改",
    delivery.WAIVERS: "财政部门认可的例外，和这次用到没有",
    delivery.DIFFERENCES: "同一单位几份报送的不同之处",
    RULES: "每条疑点规则的道理、门槛、依据和这次触发几处",
    PARAMETERS: "公式用到的每个数和它的来源",
    OPTIONS: "下拉列表的内容",
}


def _unit_sheets(sources: tuple[Source, ...]) -> Iterator[SheetPlan]:
    """各单位的评分表，依单位次序；另存的不在这里。"""
    for source, scored in in_order(sources):
        if scored.sheet:
            yield unit_sheet(source, scored, scored.unit.report())
