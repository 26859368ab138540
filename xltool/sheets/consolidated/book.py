"""汇总工作簿：由清点的结果排出全部工作表。"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from xltool import __version__
from xltool.collection.inbox import OUTPUT_FORMAT
from xltool.collection.packing import HEAD, Head
from xltool.layout.layout import OPTIONS, PARAMETERS, form_layout
from xltool.layout.unit import unit_layout
from xltool.sheets.consolidated import delivery
from xltool.sheets.consolidated.about import about
from xltool.sheets.consolidated.details import NAME as DETAILS
from xltool.sheets.consolidated.details import details
from xltool.sheets.consolidated.finance import NAME as FINANCE
from xltool.sheets.consolidated.finance import finance
from xltool.sheets.consolidated.findings import NAME as FINDINGS
from xltool.sheets.consolidated.findings import findings, findings_plan
from xltool.sheets.consolidated.records import records
from xltool.sheets.consolidated.rules import NAME as RULES
from xltool.sheets.consolidated.rules import rule_register, tally
from xltool.sheets.consolidated.source import ABOUT, MOST_IN_BOOK, Scored, Source
from xltool.sheets.consolidated.summary import NAME as SUMMARY
from xltool.sheets.consolidated.summary import Line, Summary
from xltool.sheets.consolidated.unit_sheet import unit_sheet
from xltool.sheets.form.book import option_names
from xltool.sheets.form.form import make_form
from xltool.sheets.form.lists_sheets import option_sheet
from xltool.sheets.form.parameter_sheet import parameter_sheet
from xltool.sheets.plan import WorkbookPlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.collection.model import Collection, Unit
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Scheme
    from xltool.scoring.method import Method
    from xltool.sheets.consolidated.rules import Tally
    from xltool.sheets.plan import SheetPlan

INDICATORS, RECTIFICATION = "绩效指标明细", "整改台账"
_NAME_LENGTH = 31
_BANNED = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))


def make_source(
    scheme: Scheme, methods: tuple[Method, ...], collection: Collection, folder: str
) -> Source:
    """备好汇总要写的东西；单位太多时各单位的评分表放到 `folder` 里。"""
    adopted = [(n, unit) for n, unit in enumerate(collection.units, 1) if unit.adopted]
    in_book = len(adopted) <= MOST_IN_BOOK
    scored: list[Scored] = []
    layouts: dict[int, Layout] = {}
    for number, unit in adopted:
        head = unit.slice(HEAD)
        if not isinstance(head, Head):
            raise TypeError(HEAD)
        counts = {sheet.key: head.records.get(sheet.key, 0) for sheet in scheme.sheets}
        sheet = _sheet_name(number, unit) if in_book else ""
        file = "" if in_book else f"{folder}/{file_name(number, unit)}"
        scored.append(Scored(number, unit, sheet, file, counts, head.codes, head.outcomes))
        layouts[number] = (
            unit_layout(scheme, sheet, counts) if in_book else _form_layout(scheme, counts)
        )
    return Source(scheme, methods, collection, tuple(scored), layouts, __version__)


def _form_layout(scheme: Scheme, counts: dict[str, int]) -> Layout:
    rows = {key: tuple(str(n) for n in range(1, count + 1)) for key, count in counts.items()}
    return form_layout(scheme, rows)


def _sheet_name(number: int, unit: Unit) -> str:
    """工作表名：序号加单位名称，不超过 31 个字。"""
    return f"{number:02d}_{_safe(unit)}"[:_NAME_LENGTH].rstrip()


def file_name(number: int, unit: Unit) -> str:
    """另存的文件名：名单上的单位用名单的名称，名单外的只用序号。"""
    name = f"_{_safe(unit)[:20]}" if unit.listed else ""
    return f"{number:04d}{name}.xlsx"


def _safe(unit: Unit) -> str:
    """能作表名、文件名的单位名称。

    表名会写进公式，所以名单外的单位（名称是报送里填的）只留汉字；名单上的只去掉不许用的字。
    """
    kept = (c for c in unit.name.translate(_BANNED) if unicodedata.category(c)[0] not in "CZ")
    if not unit.listed:
        kept = (c for c in kept if "\u4e00" <= c <= "\u9fff")
    return "".join(kept) or "名单外"


def consolidated_plan(source: Source) -> WorkbookPlan:
    """汇总的全部工作表。"""
    scheme = source.scheme
    form = replace(make_form(scheme, {}), home=ABOUT)
    found, counted, scores = findings(source), tally(source), details(source)
    summary = Summary(source, scores, found, tuple(_lines(source, counted)))
    sheets = [
        summary.plan(),
        scores.plan(),
        records(source, scheme.sheet("indicators"), INDICATORS, "各单位绩效指标明细").plan(),
        findings_plan(found),
        finance(source, scheme.sheet("finance")).plan(),
        records(source, scheme.sheet("rectification"), RECTIFICATION, "上年度问题整改台账").plan(),
        delivery.units(source).plan(),
        delivery.files(source).plan(),
        delivery.problems(source).plan(),
    ]
    if source.collection.differences:
        sheets.append(delivery.differences(source).plan())
    sheets += [
        rule_register(source, found, counted).plan(),
        parameter_sheet(form, linked=False),
        option_sheet(form),
    ]
    uses = tuple((sheet.name, _USES.get(sheet.name, "")) for sheet in sheets)
    front = about(source, summary.register(), uses)
    return WorkbookPlan(
        sheets=(front, *sheets, *_unit_sheets(source)),
        names=option_names(scheme),
        title=f"{scheme.year}年度部门整体支出绩效自评汇总",
        subject="部门整体支出绩效自评",
        company=scheme.issued_by,
        keywords=f"{OUTPUT_FORMAT} {source.version}",  # 下次汇总时据此认出自己的输出
    )


_USES = {
    SUMMARY: "一行一个单位：名次、总分、各级得分、问题数、复核得分",
    DETAILS: "一行一个单位的一个三级指标：自评、系统得分和计算过程",
    INDICATORS: "各单位的绩效指标：预期值、实现值、完成率、得分率",
    FINDINGS: "一行一处，点“位置”看那一格；复核意见填在这里",
    FINANCE: "各单位的收支、“三公”、采购、资产",
    RECTIFICATION: "各单位上年度问题的整改情况",
    delivery.UNITS: "名单上的单位：已报、退回、未报、重复",
    delivery.FILES: "找到的每个文件的去向",
    delivery.PROBLEMS: "退回的文件为什么退回、怎么改",
    delivery.DIFFERENCES: "同一单位几份报送的不同之处",
    RULES: "每条疑点规则的道理、门槛、依据和这次触发几处",
    PARAMETERS: "公式用到的每个数和它的来源",
    OPTIONS: "下拉列表的内容",
}


def _lines(source: Source, counted: Tally) -> Iterator[Line]:
    scored = {item.number: item for item in source.scored}
    for number, unit in enumerate(source.collection.units, 1):
        yield Line(number, unit, scored.get(number), counted.by_unit.get(number, 0))


def _unit_sheets(source: Source) -> Iterator[SheetPlan]:
    """各单位的评分表；另存的不在这里。"""
    for scored in source.scored:
        if scored.sheet:
            yield unit_sheet(source, scored, scored.unit.report())
