"""给有问题的格上颜色、加批注；不动单位自己的样式、批注和条件格式。

颜色用条件格式叠在上面：单位自己的底色还在，再次标注时旧的颜色也去得掉。
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from xltool.address import Area, At
from xltool.excel.looks import STYLES
from xltool.excel.text import without_controls
from xltool.finding import Severity
from xltool.form.common import MARKS
from xltool.marking.loaded_copy import cells_of
from xltool.sheets.text import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.finding import Finding

HEADING: Final = "【退回修改】"
_AUTHOR: Final = "xltool"
_ALWAYS: Final = f'"{_AUTHOR}"="{_AUTHOR}"'  # 恒真；再次标注时凭它认出旧的颜色
_GROUPED: Final = re.compile(
    r"（([A-Z]{1,3}\d+(?:[:、][A-Z]{1,3}\d+)*)(?: 等?|，)共\d+格）$"
)  # 并成一条的，各格写在句末
_LONGEST: Final = 1_500
_MOST_COMMENTS: Final = 200
_WIDTH, _LINE = 320, 19  # 批注框，像素
_LETTERS_ACROSS: Final = 44


def flag_cells(sheet: Worksheet, findings: Iterable[Finding]) -> None:
    """标一张表；先去掉上一次标的。"""
    _unflag(sheet)
    colored: dict[Severity, list[Area]] = {}
    notes: dict[At, list[Finding]] = {}
    for finding in findings:
        areas = areas_of(finding)
        colored.setdefault(finding.standing, []).extend(areas)
        cells = (
            At(row, col)
            for area in areas
            for row in range(area.first.row, area.last.row + 1)
            for col in range(area.first.col, area.last.col + 1)
        )
        for at in islice(cells, _MOST_COMMENTS):  # 一大片都一样的，不必格格有批注
            notes.setdefault(at, []).append(finding)
    _color(sheet, colored)
    for at, said in notes.items():
        _comment(sheet, at, said)


def areas_of(finding: Finding) -> list[Area]:
    """一条问题指的各格；几格并成一条的，全部算上。"""
    if finding.at is None:
        return []
    grouped = _GROUPED.search(finding.message)
    if grouped is None:
        return [Area(finding.at, finding.at)]
    parts = (part.split(":") for part in grouped[1].split("、"))
    return [Area(At.parse(part[0]), At.parse(part[-1])) for part in parts]


def _unflag(sheet: Worksheet) -> None:
    for area in list(sheet.conditional_formatting):
        if any(_ours(rule) for rule in area.rules):
            kept = [rule for rule in area.rules if not _ours(rule)]
            sheet.conditional_formatting._cf_rules[area] = kept  # type: ignore[attr-defined] # noqa: SLF001 - no public way to drop a rule
    for _, cell in cells_of(sheet):
        comment = cell.comment
        if comment is not None and HEADING in comment.text:
            own = comment.text.partition(HEADING)[0].rstrip()
            cell.comment = Comment(own, comment.author) if own else None


def _ours(rule: Rule) -> bool:
    return list(rule.formula) == [_ALWAYS]


def _color(sheet: Worksheet, areas: dict[Severity, list[Area]]) -> None:
    """重的压过轻的，都压过单位自己的条件格式。"""
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.priority += len(Severity)
    for severity, found in areas.items():
        if not found:
            continue
        style = STYLES[MARKS[severity]]
        look = DifferentialStyle(
            font=Font(color=_argb(style.color)),
            fill=PatternFill(bgColor=_argb(style.fill), fill_type="solid"),
        )
        rule = Rule("expression", dxf=look, formula=[_ALWAYS], priority=severity.order + 1)
        places = " ".join(dict.fromkeys(area.a1 for area in found))
        sheet.conditional_formatting.add(places, rule)


def _comment(sheet: Worksheet, at: At, said: list[Finding]) -> None:
    """单位自己的批注留在前面。"""
    cell = sheet.cell(*_anchor(sheet, at))
    if not isinstance(cell, Cell):
        return
    sentences = (
        f"{one.label} {one.code}：{one.message}\n办法：{one.remedy}" for one in dict.fromkeys(said)
    )
    text = without_controls("\n".join((HEADING, *sentences)))
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "……其余见“问题清单”"
    old = cell.comment
    if old is not None:
        text = f"{without_controls(old.text)}\n{text}"
    height = _LINE * (lines_of(text, _LETTERS_ACROSS) + 1)
    author = old.author if old is not None else _AUTHOR
    cell.comment = Comment(text, without_controls(author or _AUTHOR), height=height, width=_WIDTH)


def _anchor(sheet: Worksheet, at: At) -> At:
    """合并区里只有左上角能有批注。"""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= at.row <= area.max_row and area.min_col <= at.col <= area.max_col:
            return At(area.min_row, area.min_col)
    return at


def _argb(color: str) -> str:
    return "FF" + color.removeprefix("#")
