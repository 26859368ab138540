"""用 XlsxWriter 造壳：列宽、校验、条件格式、打印、保护、图表，唯独没有格。"""

from __future__ import annotations

import re
import warnings
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from xltool.address import is_sheet_name
from xltool.excel.archive import pack
from xltool.excel.cells import RowSizes
from xltool.excel.charts import planned_charts
from xltool.excel.errors import LayoutDroppedError, NoVisibleSheetError, SheetNameError
from xltool.excel.features import apply_features, planned_rules
from xltool.excel.probe import WORKBOOK_OPTIONS, highlight_section, style_table
from xltool.excel.render import PROPERTIES_PART, STYLES_PART, SheetSkeleton, Skeleton
from xltool.excel.stamp import WRITTEN_AT
from xltool.excel.text import without_controls

if TYPE_CHECKING:
    from xltool.sheets.plan import SheetPlan, WorkbookPlan

_SHEET_DATA = re.compile(r"<sheetData/>|<sheetData>.*</sheetData>", re.DOTALL)
_DIMENSION = re.compile(r'<dimension ref="[^"]*"/>')
_AFTER_LINKS = re.compile(r"<printOptions|<pageMargins")
_RELATION = re.compile(r"<Relationship [^>]*/>")
_CALLED = re.compile(r"[A-Z][A-Z0-9.]*(?=\()")
# 从来就有的函数，写在文件里不用加前缀
_CLASSIC = frozenset(
    {"ABS", "AND", "CHAR", "CLEAN", "COUNTA", "COUNTIF", "IF", "ISNUMBER", "LEFT", "LEN", "MAX"}
    | {"NOT", "OR", "ROUNDUP", "SUBSTITUTE", "SUMPRODUCT", "TRIM"}
)


class PlainSheet(Worksheet):
    """XlsxWriter 把每条公式替换一百五十多遍，找要加前缀的新函数，占造壳的一半；没有的不找。"""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - as it is called
        if "}" in formula or not _CLASSIC.issuperset(_CALLED.findall(formula)):
            prepared: str = super()._prepare_formula(formula, expand_future_functions)  # type: ignore[no-untyped-call]
            return prepared
        return formula.removeprefix("=")


class _Parts(Packager):
    """XlsxWriter 写好的各个部件留作文字：壳要拆开来用，不必先压成一个包再解开。"""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, str] = {}

    def _create_package(self) -> list[tuple[object, str, bool]]:
        written = super()._create_package()  # type: ignore[no-untyped-call]
        self.texts = {name: content.getvalue() for content, name, _ in written}
        return []


class _Shell(xlsxwriter.Workbook):
    """写在 `parts` 里的一本。"""

    def __init__(self) -> None:
        super().__init__(BytesIO(), WORKBOOK_OPTIONS)
        self.parts = _Parts()

    def _get_packager(self) -> Packager:
        return self.parts


def empty_skeleton(plan: WorkbookPlan) -> Skeleton:
    """只造壳，不走格。"""
    texts = _skeleton(plan)
    sheets = tuple(
        _sheet_skeleton(sheet, number, texts) for number, sheet in enumerate(plan.sheets, start=1)
    )
    properties = texts.pop(PROPERTIES_PART) if plan.marked else ""
    styles = replace(style_table(), highlights=highlight_section(texts.pop(STYLES_PART)))
    return Skeleton(
        sheets=sheets,
        parts=tuple(pack(name, (text.encode(),)) for name, text in texts.items()),
        styles=styles,
        rules=tuple(planned_rules(sheet) for sheet in plan.sheets),
        charts=tuple(formula for sheet in plan.sheets for formula in planned_charts(sheet)),
        names=tuple((name.name, name.reference) for name in plan.names),
        properties=properties,
    )


def _skeleton(plan: WorkbookPlan) -> dict[str, str]:
    """XlsxWriter 丢东西时只给警告；一律当作差错，免得悄悄少了。"""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            return _written_skeleton(plan)
    except UserWarning as dropped:
        raise LayoutDroppedError(str(dropped)) from dropped


def _written_skeleton(plan: WorkbookPlan) -> dict[str, str]:
    workbook = _Shell()
    workbook.set_properties(
        {
            "title": without_controls(plan.title),
            "subject": without_controls(plan.subject),
            "company": without_controls(plan.company),
            "keywords": without_controls(plan.keywords),
            "created": WRITTEN_AT,
        }
    )
    for sheet in plan.sheets:
        if not is_sheet_name(sheet.name):
            raise SheetNameError(sheet.name)
        apply_features(workbook, workbook.add_worksheet(sheet.name, PlainSheet), sheet)
    _show_first(workbook, plan.sheets)
    for name in plan.names:
        workbook.define_name(name.name, f"={name.reference}")
    workbook.close()
    return workbook.parts.texts


def _show_first(workbook: xlsxwriter.Workbook, sheets: tuple[SheetPlan, ...]) -> None:
    """打开时停在第一张看得见的表上；隐藏之前须先定下它。"""
    written = workbook.worksheets()
    first = next((number for number, sheet in enumerate(sheets) if not sheet.hidden), None)
    if first is None:
        raise NoVisibleSheetError
    written[first].activate()
    written[first].set_first_sheet()
    for target, sheet in zip(written, sheets, strict=True):
        if sheet.hidden:
            target.hide()


def _sheet_skeleton(sheet: SheetPlan, number: int, texts: dict[str, str]) -> SheetSkeleton:
    part = f"xl/worksheets/sheet{number}.xml"
    head, tail = _SHEET_DATA.split(_DIMENSION.sub("", texts.pop(part), count=1))
    split = _AFTER_LINKS.search(tail)
    if split is None:
        raise RuntimeError(tail[:200])
    relations = texts.pop(f"xl/worksheets/_rels/sheet{number}.xml.rels", "")
    return SheetSkeleton(
        name=sheet.name,
        part=part,
        head=head,
        before_links=tail[: split.start()],
        after_links=tail[split.start() :],
        relations="".join(_RELATION.findall(relations)),
        sizes=RowSizes(sheet.heights, frozenset(sheet.hidden_rows), frozenset(sheet.growing_rows)),
    )
