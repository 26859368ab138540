"""退回件的第一张表：问题清单，一行一条，点“位置”到那一格。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink

from xltool.address import At, column_letters, quoted
from xltool.excel.looks import STYLES
from xltool.excel.text import without_controls
from xltool.finding import DUTIES, tally
from xltool.form.common import MARKS
from xltool.marking.sanitised import escaped, put_plain_text
from xltool.sheets.plan import Role
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.finding import Finding

NAME: Final = "问题清单"
TITLE: Final = "问题清单（退回修改）"
_COLUMNS: Final = (("序号", 6), ("级别", 8), ("规则", 8), ("位置", 28), ("事实", 64), ("办法", 48))
_HEADER_ROW: Final = 4
_GUIDE: Final = (
    "有颜色的格是有问题的格，批注里写着问题和办法；单位原有的内容没有改动。"
    "改好后直接报送本文件即可，本表和颜色不影响报送，再次检查时自动更新。"
)
_GREY: Final = "FF7F7F7F"


def add_issue_sheet(workbook: Workbook, findings: Sequence[Finding]) -> str:
    """加在最前面，返回表名；单位自己有同名的表就另取一个名字。"""
    taken = {name.casefold() for name in workbook.sheetnames}
    names = (NAME, *(f"{NAME}（{number}）" for number in range(2, len(taken) + 3)))
    name = next(name for name in names if name not in taken)
    sheet = workbook.create_sheet(name, 0)
    _show_first(workbook, sheet)
    _put(sheet, At(1, 1), TITLE, Role.TITLE, centered=False)
    counted = f"共 {len(findings)} 处：{tally(findings).words}。{DUTIES}。"
    _put(sheet, At(2, 1), counted, Role.INFO)
    _put(sheet, At(3, 1), _GUIDE, Role.INFO)
    for col, (heading, width) in enumerate(_COLUMNS, 1):
        _put(sheet, At(_HEADER_ROW, col), heading, Role.HEADER)
        sheet.column_dimensions[column_letters(col)].width = width
    for number, finding in enumerate(findings, 1):
        _line(sheet, number, finding)
    _page(sheet, _HEADER_ROW + len(findings))
    return name


def remove_issue_sheets(workbook: Workbook) -> set[str]:
    """去掉上一次标注的问题清单，返回表名。"""
    old = [
        sheet
        for sheet in workbook.worksheets
        if sheet.title.startswith(NAME) and str(sheet["A1"].value) == TITLE
    ]
    for sheet in old:
        workbook.remove(sheet)
    return {sheet.title for sheet in old}


def _show_first(workbook: Workbook, sheet: Worksheet) -> None:
    """打开时看到本表；几张表同时选中会一起被改，所以只选一张。"""
    for other in workbook.worksheets:
        for view in other.views.sheetView:
            view.tabSelected = other is sheet
    workbook.active = 0
    for window in workbook.views:
        window.firstSheet = 0


def _line(sheet: Worksheet, number: int, finding: Finding) -> None:
    row = _HEADER_ROW + number
    mark = MARKS[finding.standing]
    counted = _cell(sheet, At(row, 1))
    counted.value = number
    _dress(counted, Role.BODY_CENTER)
    _put(sheet, At(row, 2), finding.label, mark, centered=True)
    _put(sheet, At(row, 3), finding.code, Role.BODY_CENTER)
    link = _target(sheet, finding)
    _put(sheet, At(row, 4), finding.where, Role.LINK if link else Role.BODY)
    if link:
        _cell(sheet, At(row, 4)).hyperlink = Hyperlink(ref="", location=link)
    _put(sheet, At(row, 5), finding.message, Role.BODY)
    _put(sheet, At(row, 6), finding.remedy, Role.BODY)
    texts = (finding.where, finding.message, finding.remedy)
    widths = (float(width) for _, width in _COLUMNS[3:])
    sheet.row_dimensions[row].height = row_height(zip(texts, widths, strict=True))


def _target(sheet: Worksheet, finding: Finding) -> str:
    """链接到哪里；表不在或隐藏着就没有链接。"""
    workbook = sheet.parent
    if workbook is None or finding.sheet not in workbook.sheetnames:
        return ""
    if workbook[finding.sheet].sheet_state != "visible":
        return ""
    return f"{quoted(finding.sheet)}!{(finding.at or At(1, 1)).a1}"


def _put(sheet: Worksheet, at: At, text: str, role: Role, *, centered: bool | None = None) -> None:
    """一格文字；外来的字一律当文字写。"""
    cell = _cell(sheet, at)
    put_plain_text(cell, escaped(without_controls(text)))
    _dress(cell, role, centered=centered)


def _cell(sheet: Worksheet, at: At) -> Cell:
    return cast("Cell", sheet.cell(at.row, at.col))  # 新的表没有合并的格


def _dress(cell: Cell, role: Role, *, centered: bool | None = None) -> None:
    style = STYLES[role]
    across = style.align == "center" if centered is None else centered
    cell.font = Font(
        name=style.font,
        size=style.size,
        color="FF" + style.color[1:],
        underline="single" if style.underline else None,
    )
    cell.alignment = Alignment(
        horizontal="center" if across else "left", vertical="center", wrap_text=style.wrap
    )
    if style.fill:
        cell.fill = PatternFill("solid", fgColor="FF" + style.fill[1:])
    if style.border:
        side = Side("thin", color=_GREY)
        cell.border = Border(side, side, side, side)


def _page(sheet: Worksheet, last: int) -> None:
    """冻结表头；横向打印，宽度一页。"""
    sheet.row_dimensions[1].height = 34
    sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
    sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
    sheet.print_area = f"A1:F{last}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "FF" + STYLES[Role.ERROR].color[1:]
