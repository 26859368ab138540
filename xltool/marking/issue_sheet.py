"""退回件的第一张表：问题清单，一行一条，重的在前，点“位置”到那一格，旁边由单位写说明。"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.hyperlink import Hyperlink

from xltool.address import Area, At, Place, column_letters, quoted
from xltool.assessment.stated import note_keys
from xltool.excel.looks import STYLES
from xltool.excel.text import without_controls
from xltool.finding import DUTIES, Severity, tally
from xltool.form.common import MARKS
from xltool.intake.statements import HEADINGS, NAME, TITLE
from xltool.marking.sanitised import escaped, put_plain_text
from xltool.season.letter import GAP
from xltool.sheets.paper import FOOT, HEAD, SIDE
from xltool.sheets.plan import Role
from xltool.sheets.text import row_height

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.assessment.noted import Noted
    from xltool.finding import Finding
    from xltool.marking.live_words import Said
    from xltool.season.letter import Letter

_WIDTHS: Final[Mapping[str, int]] = {
    "number": 5,
    "severity": 7,
    "code": 6,
    "where": 16,
    "message": 35,
    "remedy": 26,
    "statement": 22,
    "key": 4,
}
_COLUMNS: Final = {key: column for column, key in enumerate(HEADINGS, 1)}
_TITLE_ROW, _TALLY_ROW, _LETTER_ROW, _GUIDE_ROW, HEADER_ROW = 1, 2, 3, 4, 5
_GUIDE: Final = (
    "有颜色的格是有问题的格，批注里写着问题和办法，改了的颜色就没有了；单位原有的内容没有改动。"
    "属实不用改的，在“单位说明”里写明原因：“填报说明”不再数它。“填报说明”照各表的“自查”一句一处数，"
    "自查看不出的只列在本表。改好后直接报送本文件即可，再次检查时本表自动更新。"
)
_SELF_CHECK: Final = "自查"
_UNLISTED: Final = "另有{count}行只有表上的“自查”说，标着“自查”。"
_FOLLOW: Final = (
    "多半是写成了文字：程序读得出，表上的公式读不出，得分、能不能报送都照它算。"
    "请照说的改，或由列表里重选。"
)
_PROMPT: Final = "属实、不用改的，写明原因；改好了的不用写。写的随本文件报送，复核人员看得到。"
_GREY: Final = "FF7F7F7F"
_MM: Final = 25.4
_MARGINS: Final = {"left": SIDE, "right": SIDE, "top": HEAD, "bottom": FOOT}
_FOOT_MARGIN: Final = 8  # 页脚离纸边，毫米


class Listed(NamedTuple):
    """清单的一行：一条问题，和单位已经写了的说明。"""

    note: Noted
    statement: str = ""


def add_issue_sheet(
    workbook: Workbook,
    listed: Sequence[Listed],
    letter: Letter,
    unlisted: Mapping[tuple[str, int], Sequence[Said]] = MappingProxyType({}),
) -> list[tuple[int, Listed]]:
    """加在最前面，返回各条在第几行；单位自己有同名的表就另取一个名字。

    `unlisted` 是只有表上的自查说的，一行一组，列在须改正、须说明的后面。
    """
    taken = {name.casefold() for name in workbook.sheetnames}
    names = (NAME, *(f"{NAME}（{number}）" for number in range(2, len(taken) + 3)))
    sheet = workbook.create_sheet(next(name for name in names if name not in taken), 0)
    _show_first(workbook, sheet)
    ordered = sorted(listed, key=lambda one: one.note.due.standing.order)
    counted = tally(one.note.due for one in ordered).words
    _put(sheet, At(_TITLE_ROW, 1), TITLE, Role.TITLE, centered=False)
    more = _UNLISTED.format(count=len(unlisted)) if unlisted else ""
    _across(sheet, _TALLY_ROW, f"共 {len(ordered)} 处：{counted}。{more}{DUTIES}。")
    _across(sheet, _LETTER_ROW, letter.sentence)
    _across(sheet, _GUIDE_ROW, _GUIDE)
    if GAP in letter.sentence:  # 空着的由退回的人补上，印出来的也可以手写
        _cell(sheet, At(_LETTER_ROW, 1)).protection = Protection(locked=False)
    for key, col in _COLUMNS.items():
        _put(sheet, At(HEADER_ROW, col), HEADINGS[key], Role.HEADER)
        sheet.column_dimensions[column_letters(col)].width = _WIDTHS[key]
    due = sum(one.note.due.standing is not Severity.NOTICE for one in ordered)
    rows = [
        HEADER_ROW + 1 + number + (len(unlisted) if number >= due else 0)
        for number in range(len(ordered))
    ]
    keys = note_keys(one.note for one in ordered)
    for row, one, key in zip(rows, ordered, keys, strict=True):
        _line(sheet, row, one, key)
    for row, said in enumerate(unlisted.values(), HEADER_ROW + 1 + due):
        _self_check_line(sheet, row, said)
    last = HEADER_ROW + len(ordered) + len(unlisted)
    _page(sheet, last)
    _guard(sheet, last)
    return list(zip(rows, ordered, strict=True))


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


def _line(sheet: Worksheet, row: int, one: Listed, key: str) -> None:
    """一行；行高存盘时只作初值（见 patched_results），说明写长了，行自己长高。"""
    finding, at = one.note.due, _numbered(sheet, row)
    _put(sheet, at["severity"], finding.label, MARKS[finding.standing], centered=True)
    _put(sheet, at["code"], finding.code, Role.BODY_CENTER)
    link = _target(sheet, finding)
    _put(sheet, at["where"], finding.where, Role.LINK if link else Role.BODY)
    if link:
        _cell(sheet, at["where"]).hyperlink = Hyperlink(ref="", location=link)
    for name, text in (("message", finding.message), ("remedy", finding.remedy), ("key", key)):
        _put(sheet, at[name], text, Role.BODY)
    written = _cell(sheet, at["statement"])
    _put(sheet, at["statement"], one.statement, Role.INPUT)
    if not one.statement:
        written.value = None
    written.protection = Protection(locked=False)
    texts = (finding.where, finding.message, finding.remedy, one.statement)
    widths = (float(_WIDTHS[name]) for name in ("where", "message", "remedy", "statement"))
    sheet.row_dimensions[row].height = row_height(zip(texts, widths, strict=True))


def _self_check_line(sheet: Worksheet, row: int, said: Sequence[Said]) -> None:
    """只有表上的自查说的一行：照它改，不用写说明。"""
    at, first = _numbered(sheet, row), said[0]
    wrong = not all(one.words.startswith(Severity.WARNING.duty) for one in said)
    role = MARKS[Severity.ERROR if wrong else Severity.WARNING]
    _put(sheet, at["severity"], _SELF_CHECK, role, centered=True)
    place = Place(first.sheet, At(first.row, first.column))
    texts = {
        "code": "",
        "where": f"{first.sheet} 第{first.row}行",
        "message": "".join(one.words for one in said),
        "remedy": _FOLLOW,
        "statement": "",
    }
    for name, text in texts.items():
        _put(sheet, at[name], text, Role.LINK if name == "where" else Role.BODY)
    _cell(sheet, at["where"]).hyperlink = Hyperlink(ref="", location=place.reference)
    sheet.row_dimensions[row].height = row_height(
        (text, float(_WIDTHS[name])) for name, text in texts.items()
    )


def _numbered(sheet: Worksheet, row: int) -> dict[str, At]:
    """一行的序号写好，各格在哪里。"""
    at = {name: At(row, col) for name, col in _COLUMNS.items()}
    counted = _cell(sheet, at["number"])
    counted.value = row - HEADER_ROW
    _dress(counted, Role.BODY_CENTER)
    return at


def _target(sheet: Worksheet, finding: Finding) -> str:
    """链接到哪里；表不在或隐藏着就没有链接。"""
    workbook = sheet.parent
    if workbook is None or finding.sheet not in workbook.sheetnames:
        return ""
    if workbook[finding.sheet].sheet_state != "visible":
        return ""
    return f"{quoted(finding.sheet)}!{(finding.at or At(1, 1)).a1}"


def _across(sheet: Worksheet, row: int, text: str) -> None:
    """表头上面的一段：横跨各栏，写不下的换行，印出来也是全的。"""
    _put(sheet, At(row, 1), text, Role.INFO)
    first = _cell(sheet, At(row, 1))
    first.alignment = Alignment(horizontal="left", vertical="center", wrap_text=True)
    sheet.merge_cells(Area(At(row, 1), At(row, _COLUMNS["statement"])).a1)
    width = float(sum(wide for key, wide in _WIDTHS.items() if key != "key"))
    sheet.row_dimensions[row].height = row_height([(text, width)])


def _put(sheet: Worksheet, at: At, text: str, role: Role, *, centered: bool | None = None) -> None:
    """一格文字；外来的字一律当文字写。"""
    cell = _cell(sheet, at)
    put_plain_text(cell, escaped(without_controls(text)))
    _dress(cell, role, centered=centered)


def say_now(sheet: Worksheet, formula: str) -> At:
    """标题的右边：说明页现在说什么，写了说明就看得到；返回写在哪一格。"""
    first, last = At(_TITLE_ROW, _COLUMNS["message"]), At(_TITLE_ROW, _COLUMNS["statement"])
    cell = _cell(sheet, first)
    cell.value = formula
    _dress(cell, Role.INFO)
    cell.alignment = Alignment(horizontal="right", vertical="center", wrap_text=True)
    sheet.merge_cells(Area(first, last).a1)
    return first


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
    """冻结表头，打开时停在第一条的说明；横向打印，宽度一页，正文不小于九磅，有页码。"""
    sheet.row_dimensions[_TITLE_ROW].height = 34
    sheet.freeze_panes = f"A{HEADER_ROW + 1}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_area = Area(At(1, 1), At(last, _COLUMNS["statement"])).a1
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    for side, size in _MARGINS.items():
        setattr(sheet.page_margins, side, size / _MM)
    sheet.page_margins.footer = _FOOT_MARGIN / _MM
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter = HeaderFooterItem()
    footer = sheet.oddFooter.center
    footer.text, footer.font, footer.size = "— &P —", "宋体,常规", 14
    first = At(HEADER_ROW + 1, _COLUMNS["statement"]).a1
    for selection in sheet.sheet_view.selection:
        selection.activeCell = selection.sqref = first
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "FF" + STYLES[Role.ERROR].color[1:]


def _guard(sheet: Worksheet, last: int) -> None:
    """能写的只有“单位说明”：别的改了不起作用，改了标识说明会放错地方。没有密码，行高列宽可以调。"""
    sheet.column_dimensions[column_letters(_COLUMNS["key"])].hidden = True
    prompt = DataValidation(allow_blank=True, showInputMessage=True)
    prompt.promptTitle, prompt.prompt = HEADINGS["statement"], _PROMPT
    column = _COLUMNS["statement"]
    prompt.add(Area(At(HEADER_ROW + 1, column), At(max(last, HEADER_ROW + 1), column)).a1)
    sheet.add_data_validation(prompt)
    sheet.protection.sheet = sheet.protection.objects = True  # 与各表相同：说明写字，不放图片
    sheet.protection.formatRows = False
    sheet.protection.formatColumns = False
    sheet.protection.formatCells = False
