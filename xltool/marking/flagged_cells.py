"""给有问题的格上颜色、加批注；不动单位自己的样式、批注和条件格式。

颜色用条件格式叠在上面：单位自己的底色还在；改了哪一格，哪一格的颜色就没有了，几格对不上的，改对了
哪一格都没有了（凭表上的自查）；再次标注时旧的颜色也去得掉。
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle

from xltool.address import Area, At
from xltool.excel.looks import STYLES
from xltool.excel.text import without_controls
from xltool.finding import Severity, rule_word
from xltool.form.common import MARKS
from xltool.marking.live_words import SelfCheck
from xltool.marking.loaded_copy import cells_of
from xltool.marking.sent_values import AT, ROW, still
from xltool.sheets.text import lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from xltool.finding import Finding
    from xltool.marking.live_words import Told
    from xltool.xlsx.grid import Grid

HEADING: Final = "【退回修改】"
_AUTHOR: Final = "xltool"
_MARK: Final = f'"{_AUTHOR}"="{_AUTHOR}"'  # 恒真；再次标注时凭它认出旧的颜色
_GROUPED: Final = re.compile(
    r"（([A-Z]{1,3}\d+(?:[:、][A-Z]{1,3}\d+)*)(?: 等?|，)共\d+格）$"
)  # 并成一条的，各格写在句末
_LONGEST: Final = 1_500
_MOST_COMMENTS: Final = 200
_MOST_COLORED: Final = 20_000  # 一条问题最多给几格上色
_WIDTH, _LINE = 320, 19  # 批注框，像素
_LETTERS_ACROSS: Final = 44


def flag_cells(sheet: Worksheet, grid: Grid, findings: Mapping[Finding, Told]) -> None:
    """标一张表，一格只有一种颜色（最重的）；先去掉上一次标的。

    `grid` 是退回时的内容，`findings` 是各条和它在“自查”里的说法。
    """
    _unflag(sheet)
    merged = _Merged(sheet)
    worst: dict[At, Severity] = {}
    every: dict[At, list[Finding]] = {}
    notes: dict[At, list[Finding]] = {}
    for finding in sorted(findings, key=lambda one: one.standing.order):
        cells = (
            merged.corner(At(row, col))
            for area in areas_of(finding)
            for row in range(area.first.row, area.last.row + 1)
            for col in range(area.first.col, area.last.col + 1)
        )
        for number, at in enumerate(islice(cells, _MOST_COLORED)):
            worst.setdefault(at, finding.standing)
            every.setdefault(at, []).append(finding)
            if number < _MOST_COMMENTS:  # 一大片都一样的，不必格格有批注
                notes.setdefault(at, []).append(finding)
    live = SelfCheck(grid)
    marks = {
        at: _Mark(severity, _condition(grid, live, at, [findings[one] for one in every[at]]))
        for at, severity in worst.items()
    }
    _color(sheet, marks)
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
    return any(_MARK in str(formula).replace(" ", "") for formula in rule.formula)


class _Mark(NamedTuple):
    """一格的颜色，和它什么时候还在。"""

    severity: Severity
    condition: str


class _Run(NamedTuple):
    """一列里连着的几格，颜色和条件都一样。"""

    mark: _Mark
    first: At
    last: At

    def joined(self, at: At, mark: _Mark) -> bool:
        """下一格接不接得上。"""
        below = at.col == self.last.col and at.row == self.last.row + 1
        return below and mark == self.mark


def _condition(grid: Grid, live: SelfCheck, at: At, said: Sequence[Told]) -> str:
    """这一格还是退回时的内容；表上的自查也说着的，它还在说。"""
    sent = still(grid.cells.get((at.row, at.col)))
    told = live.still_said(at, said)
    return f"{sent},{told}" if told else sent


def _color(sheet: Worksheet, marks: Mapping[At, _Mark]) -> None:
    """改好了，颜色就没有了；重的在前，都压过单位自己的条件格式。"""
    runs = sorted(_runs(marks), key=lambda run: run.mark.severity.order)
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            rule.priority += len(runs)
    looks = {severity: _look(severity) for severity in Severity}
    for priority, (mark, first, last) in enumerate(runs, 1):
        condition = mark.condition.replace(AT, first.a1).replace(ROW, str(first.row))
        formula = f"AND({_MARK},{condition})"
        rule = Rule("expression", dxf=looks[mark.severity], formula=[formula], priority=priority)
        sheet.conditional_formatting.add(Area(first, last).a1, rule)


def _runs(marks: Mapping[At, _Mark]) -> list[_Run]:
    """上下连着的并成一段，规则少些。"""
    runs: list[_Run] = []
    for at in sorted(marks, key=lambda at: (at.col, at.row)):
        if runs and runs[-1].joined(at, marks[at]):
            runs[-1] = runs[-1]._replace(last=at)
        else:
            runs.append(_Run(marks[at], at, at))
    return runs


def _look(severity: Severity) -> DifferentialStyle:
    style = STYLES[MARKS[severity]]
    return DifferentialStyle(
        font=Font(color=_argb(style.color)),
        fill=PatternFill(bgColor=_argb(style.fill), fill_type="solid"),
    )


def _comment(sheet: Worksheet, at: At, said: list[Finding]) -> None:
    """单位自己的批注留在前面。"""
    cell = sheet.cell(*at)
    if not isinstance(cell, Cell):
        return
    sentences = (
        f"{one.label} {rule_word(one.code)}：{one.message}\n办法：{one.remedy}"
        for one in dict.fromkeys(said)
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


class _Merged:
    """合并区里看得见的、能有批注的只有左上角。"""

    def __init__(self, sheet: Worksheet) -> None:
        self._areas = [
            Area(At(one.min_row, one.min_col), At(one.max_row, one.max_col))
            for one in sheet.merged_cells.ranges
        ]

    def corner(self, at: At) -> At:
        """它所在的合并区的左上角；不在合并区里的是它自己。"""
        for area in self._areas:
            if at in area:
                return area.first
        return at


def _argb(color: str) -> str:
    return "FF" + color.removeprefix("#")
