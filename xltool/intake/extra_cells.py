"""模板里没有的格：多出来的行和栏、表格之下、表格旁边、远处；有内容的都要说出来。"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from xltool.address import At, Place, column_letters
from xltool.messages import form as say
from xltool.scheme.model import SheetKind
from xltool.values import fold
from xltool.values.excerpt import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Finding
    from xltool.intake.changed_cells import LocatedSheet
    from xltool.intake.template_cells import Coordinate
    from xltool.xlsx.grid import GridCell

    ExtraCells = list[tuple[Coordinate, GridCell]]

_FAR_ROWS, _FAR_COLUMNS = 200, 30  # 离表这么远的，多半是误输入
_MOST = 40  # 一张表的行和栏各说这么多处，再多的并成一条
_LONGEST = 200  # 只看开头这么多字
_FAR = "，远离表格，可能是误输入"


def extra_cells(sheet: LocatedSheet, extras: ExtraCells) -> Iterator[Finding]:
    """各处多出来的内容，一处（一行或一栏）一条。"""
    if extras:
        yield from _ExtraCells(sheet).findings(extras)


def extra_contents(sheet: LocatedSheet, extras: ExtraCells) -> ExtraCells:
    """多出来的各格里有内容的，一格一格。"""
    holds = _ExtraCells(sheet).holds
    return [(at, cell) for at, cell in extras if holds(at, cell)]


class _ExtraCells:
    """一张表里多出来的内容。"""

    def __init__(self, sheet: LocatedSheet) -> None:
        self.sheet = sheet
        self.found = sheet.found
        self.heads = tuple(map(fold, sheet.template.heads))
        self.signed = tuple(map(fold, sheet.template.signed))
        self.headings = {fold(column.heading) for column in sheet.block.listed}
        columns = self.found.block.columns
        self.known = set(columns.values())
        printed = {column.key for column in sheet.block.listed if column.printed}
        self.inputs = {number for key, number in columns.items() if key not in printed}
        self.last = max(self.known, default=1)

    def findings(self, extras: ExtraCells) -> Iterator[Finding]:
        """逐处说出来。"""
        columns: dict[int, ExtraCells] = {}
        rows: dict[tuple[int, bool], ExtraCells] = {}
        header, end = self.found.header, self.found.end
        for at, cell in extras:
            if self.holds(at, cell):
                far = at[0] > end + _FAR_ROWS or at[1] > self.last + _FAR_COLUMNS
                if header <= at[0] < end and at[1] not in self.known and not far:
                    columns.setdefault(at[1], []).append((at, cell))
                else:
                    rows.setdefault((at[0], far), []).append((at, cell))
        yield from map(self._column, islice(columns.values(), _MOST))
        yield from (self._row(far, cells) for (_, far), cells in islice(rows.items(), _MOST))
        rest = [*columns.values()][_MOST:] + [*rows.values()][_MOST:]
        if rest:
            at, cell = rest[0][0]
            more = f"等共 {len(rest)} 处"
            yield say.OUTSIDE.finding(self._place(at), found=_shown(cell), far=more)

    def holds(self, at: Coordinate, cell: GridCell) -> bool:
        """有没有内容；抬头、签章、重复的表头和说过的行列不算。"""
        if not (cell.text.strip() or cell.formula):
            return False
        if at[0] in self.found.reported_rows or at[1] in self.found.reported_columns:
            return False
        short = fold(cell.text[:_LONGEST])
        if at[0] < self.found.header:
            key = self.sheet.block.sheet.key
            before = self.sheet.issued.top(key, at, cell.text)  # 早先的抬头在别的列
            return not (cell.formula or short.startswith(self.heads) or before)
        if at[0] >= self.found.end and self.sheet.block.sheet.kind is SheetKind.SCORE:
            said = short or fold(cell.formula[:_LONGEST]).lstrip('"')
            return not said.startswith(self.signed)
        return short not in self.headings

    def _column(self, cells: ExtraCells) -> Finding:
        header = self.found.header
        heading = next((cell.text for at, cell in cells if at[0] == header), "")
        body = [(at, cell) for at, cell in cells if at[0] != header] or cells
        at, cell = min(body, key=lambda item: item[0])
        return say.EXTRA_COLUMN.finding(
            self._place(at),
            column=column_letters(at[1]),
            heading=excerpt(heading),
            count=f"有 {len(body)} 格（如 {At(*at).a1}）" if len(body) > 1 else "",
            found=_shown(cell),
        )

    def _row(self, far: bool, cells: ExtraCells) -> Finding:  # noqa: FBT001 - half of the row's key
        at, cell = min(cells, key=lambda item: item[0])
        if far:
            return say.OUTSIDE.finding(self._place(at), found=_shown(cell), far=_FAR)
        inputs = [(at, cell) for at, cell in cells if at[1] in self.inputs]
        if inputs and self.found.header < at[0] < self.found.end:
            at, cell = min(inputs, key=lambda item: item[0])
            return say.EXTRA_ROW.finding(self._place(at), found=_shown(cell))
        if at[0] >= self.found.end and self.sheet.block.sheet.kind is SheetKind.RECORDS:
            return say.BELOW_END.finding(self._place(at), found=_shown(cell))
        return say.OUTSIDE.finding(self._place(at), found=_shown(cell), far="")

    def _place(self, at: Coordinate) -> Place:
        return Place(self.found.block.sheet, At(*at))


def _shown(cell: GridCell) -> str:
    return excerpt(cell.text or f"={cell.formula}")
