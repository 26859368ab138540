"""填报说明：填报检查在最上面，接着是勾稽、怎么填、颜色、版本和来源。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.address import Area, At
from xltool.finding import rule_word
from xltool.form.common import aside
from xltool.form.continued_places import BLOCKS
from xltool.form.guide_cells import (
    balance_area,
    balance_cells,
    count_cells,
    first_cells,
    ready_cell,
    score_cells,
)
from xltool.form.guide_places import (
    CHECK_HEADER,
    CODE_COLUMN,
    HIDDEN_COLUMNS,
    NOTE_COLUMN,
    OPEN_COLUMN,
    READY_ROW,
    lines_of,
)
from xltool.form.guide_prose import LAST_COLUMN, printing_said, prose
from xltool.form.live.check import DUTIES, duty_of
from xltool.form.status import MATCH, MISMATCH, READY
from xltool.form.stuck_cells import STUCK
from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import GUIDE
from xltool.messages import entries as say
from xltool.scheme.grid import page_sheets
from xltool.sheets.plan import Cell, Formula, Highlight, Link, Merge, Role, SheetPlan
from xltool.sheets.text import row_height
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.form.guide_places import Lines
    from xltool.scheme.model import Sheet

_WIDTHS = (5.0, 33.0, 10.5, 10.5, 10.5, 12.0, 35.0, *(4.0 for _ in HIDDEN_COLUMNS))
_TITLE = 1
_SAID = 51.0  # 第一处的自查，三行放得下
_SPANNED = (4, 5, 6)  # 结果、链接右边空着的格，补上边框


def guide_sheet(form: Form) -> SheetPlan:
    """填报说明。"""
    lines = lines_of(form.scheme)
    cells = [
        *_head(form),
        *_check_table(form, lines),
        *_score_table(form, lines),
        *_balance_table(form, lines),
        *prose(form, lines.guide),
    ]
    ordered = tuple(sorted(cells, key=lambda cell: cell.at))
    ready = Area(At(READY_ROW, 1), At(READY_ROW, LAST_COLUMN))  # 字长过一格，底色铺满一行
    highlights = [
        Highlight(ready, f'LEFT({ready.first.absolute},{len(READY)})="{READY}"', Role.GOOD),
        Highlight(ready, f'LEFT({ready.first.absolute},{len(READY)})<>"{READY}"', Role.WARNING),
    ]
    if lines.checks:
        area = balance_area(lines)
        highlights.append(Highlight(area, f'{area.first.a1}="{MISMATCH}"', Role.ERROR))
        highlights.append(Highlight(area, f'{area.first.a1}="{MATCH}"', Role.GOOD))
    return SheetPlan(
        name=GUIDE,
        cells=ordered,
        widths=_WIDTHS,
        heights=_heights(form, ordered, lines),
        merges=tuple(_merges(ordered)),
        highlights=tuple(highlights),
        printing=aside(form, Area(At(1, 1), At(ordered[-1].at.row, LAST_COLUMN))),
        protected=True,
        tab=Role.GOOD,
        hidden_columns=HIDDEN_COLUMNS,
    )


def _head(form: Form) -> Iterator[Cell]:
    yield Cell(At(_TITLE, 1), form.scheme.title, Role.TITLE)
    for column in range(2, LAST_COLUMN + 1):
        yield Cell(At(_TITLE, column), None, Role.TITLE)
    basis = f"依据：{form.scheme.basis}　版本：{form.edition}"
    yield Cell(At(_TITLE + 1, 1), basis, Role.INFO)
    yield ready_cell(form)


def _header(row: int, texts: tuple[str, ...]) -> Iterator[Cell]:
    for column, text in enumerate(texts, 1):
        yield Cell(At(row, column), text, Role.HEADER)


def _check_table(form: Form, lines: Lines) -> Iterator[Cell]:
    yield from _header(CHECK_HEADER, ("序号", "要填的表", *map(duty_of, DUTIES), "打开", "填什么"))
    for number, sheet in enumerate(form.scheme.sheets, 1):
        row = lines.sheet(sheet.key)
        yield Cell(At(row, 1), number, Role.CODE)
        name = f"{sheet.tab}：{sheet.name}" if sheet.page else sheet.name  # 几张表印在一页上
        yield Cell(At(row, 2), name, Role.FIXED)
        asked = any(one.computation is None for one in (*sheet.fields, *sheet.columns))
        link = Link("去填报" if asked else "查看", sheet.tab, At(1, 1))
        yield Cell(At(row, OPEN_COLUMN), link, Role.LINK)
        yield Cell(At(row, NOTE_COLUMN), _note(form, sheet), Role.FIXED)
    yield Cell(At(lines.total, 1), None, Role.TOTAL)
    yield Cell(At(lines.total, 2), "合计（处）", Role.TOTAL)
    yield Cell(At(lines.total, OPEN_COLUMN), None, Role.TOTAL)
    yield Cell(At(lines.total, NOTE_COLUMN), None, Role.TOTAL)
    yield from count_cells(form, lines)
    labels = (*(f"{duty_of(severity)}的第一处" for severity in DUTIES), STUCK)
    for row, label in enumerate(labels, lines.first):
        yield Cell(At(row, 1), None, Role.CODE)
        yield Cell(At(row, 2), label, Role.FIXED)
        yield from (Cell(At(row, column), None, Role.LINK) for column in _SPANNED)
    yield from first_cells(form, lines)


def _note(form: Form, sheet: Sheet) -> str:
    """填什么；印在一页上的，别的表也说了的不重说。"""
    others = page_sheets(form.scheme, sheet.page) if sheet.page else ()
    return "" if any(sheet.note in one.note for one in others if one != sheet) else sheet.note


def _score_table(form: Form, lines: Lines) -> Iterator[Cell]:
    yield from _header(lines.scores, ("序号", "得分", "结果", "", "", "打开", "说明"))
    sheet, grades = form.scheme.score_sheet.name, form.scheme.grades
    # 评分后的表，系统得分一行到计分说明
    explained = EXPLANATION if form.lines is not None else sheet
    rows = (
        ("系统得分", explained, "财政部门按同样的公式计算"),
        ("系统等级", sheet, "，".join(f"{plain(one.minimum)}分以上{one.name}" for one in grades)),
        ("自评得分合计", sheet, f"{sheet}各行自评得分之和"),
    )
    for number, (label, target, note) in enumerate(rows, 1):
        row = lines.scores + number
        yield Cell(At(row, 1), number, Role.CODE)
        yield Cell(At(row, 2), label, Role.FIXED)
        yield from (Cell(At(row, column), None, Role.AUTO) for column in _SPANNED[:2])
        yield Cell(At(row, OPEN_COLUMN), Link(f"看{target}", target, At(1, 1)), Role.LINK)
        yield Cell(At(row, NOTE_COLUMN), note, Role.FIXED)
    yield from score_cells(form, lines)


def _balance_table(form: Form, lines: Lines) -> Iterator[Cell]:
    if not lines.checks:
        return
    yield from _header(lines.balance, ("序号", "勾稽关系", "是否相符", "规则", "", "", "不符时"))
    rows = [(check.label, check.rule) for check in form.scheme.checks]
    if form.scheme.free_weights:
        fixed = "、".join(one.title for one in form.scheme.settled)
        full = plain(form.scheme.full_marks)
        rows.append((f"各指标分值连同{fixed}合计 = {full}分", say.WEIGHTS.code))
    if form.scheme.states_total:
        form_name, cover = form.scheme.score_sheet.name, form.scheme.sheet("cover").name
        rows.append((f"{form_name}自评得分合计 = {cover}自评分数", "S01"))
    for number, (label, code) in enumerate(rows, 1):
        row = lines.balance + number
        yield Cell(At(row, 1), number, Role.CODE)
        yield Cell(At(row, 2), label, Role.FIXED)
        yield Cell(At(row, CODE_COLUMN), rule_word(code), Role.FIXED_CENTER)
        yield from (Cell(At(row, column), None, Role.FIXED_CENTER) for column in _SPANNED[1:])
        yield Cell(At(row, NOTE_COLUMN), "核对各数，改正填错的一项。", Role.FIXED)
    yield from balance_cells(form, lines)


def _merges(cells: tuple[Cell, ...]) -> Iterator[Merge]:
    """成段的文字横跨第二列到最后一列。"""
    starts = {cell.at for cell in cells if cell.role is Role.FIXED and cell.content is None}
    for row in sorted({at.row for at in starts}):
        if At(row, LAST_COLUMN) in starts:
            yield Merge(Area(At(row, 2), At(row, LAST_COLUMN)))


def _heights(form: Form, cells: tuple[Cell, ...], lines: Lines) -> dict[int, float]:
    heights: dict[int, float] = {_TITLE: 36.0, READY_ROW: 30.0}
    heights |= {lines.first + number: _SAID for number in range(len(DUTIES) + 1)}
    merged = {merge.area.first.row for merge in _merges(cells)}
    room = sum(_WIDTHS[1:LAST_COLUMN])
    for cell in cells:
        shown = cell.content
        if isinstance(shown, Formula):  # 打印一段，照最长的留：填了什么，行高都一样
            shown = printing_said(form.scheme, BLOCKS)
        if isinstance(shown, str) and cell.role in (Role.FIXED, Role.HEADER):
            row = cell.at.row
            width = room if row in merged and cell.at.col > 1 else _WIDTHS[cell.at.col - 1]
            needed = row_height([(shown, width)], 22.0)
            heights[row] = max(heights.get(row, 0.0), needed)
    return heights
