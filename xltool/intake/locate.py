"""一张表的各栏各行实际在哪里：在原处的一眼认定，移动过的逐栏、逐行由锚点认定。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import At, Place, column_letters
from xltool.facts.entry import LocatedBlock
from xltool.form.sheet_cells import IDENTITY_LINE
from xltool.intake.anchors import Anchored, Trust, decide, listed
from xltool.intake.index import Index
from xltool.intake.rows import find_rows
from xltool.layout.wording import sheet_tag
from xltool.messages import form as say
from xltool.scheme.model import SheetKind
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Finding
    from xltool.intake.template_cells import SheetTemplate
    from xltool.layout.block import Block
    from xltool.layout.columns import Column
    from xltool.xlsx.grid import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """认定的位置：标识行（没有为 0）、表头行、表末行（不含）。

    `moved` 说明与模板的位置不同；`reported` 是已经说过认不出的行和列，其中的内容不再重复说。
    """

    block: LocatedBlock
    identity: int
    header: int
    end: int
    moved: bool = False
    findings: tuple[Finding, ...] = ()
    reported_rows: frozenset[int] = frozenset()
    reported_columns: frozenset[int] = frozenset()


def in_place(grid: Grid, block: Block, template: SheetTemplate) -> Found | None:
    """各锚点全在模板的原处时，位置就是模板的位置。"""
    cells = grid.cells
    for at, text in template.anchors:
        cell = cells.get(at)
        if cell is None or cell.text != text:
            return None
    columns = {key: first for key, (first, _) in block.columns.items()}
    rows = {row: block.rows[row] for row in block.entry_rows}
    return Found(
        block=LocatedBlock(grid.name, columns, rows, block.slots),
        identity=block.lines.identity,
        header=block.lines.header,
        end=block.last_row if block.sheet.capacity else block.last_row + 1,
    )


def locate(grid: Grid, block: Block, template: SheetTemplate) -> Found | Finding:
    """认定一张移动过的表的各栏各行。"""
    index = Index(grid)
    identity, header = index.find(sheet_tag(block.sheet)), index.heading_row(block)
    if identity is None and header is None:
        return say.NO_SHEET.finding(sheet=grid.name, name=block.name)
    if header is None:
        header = (identity or 0) + block.lines.header - block.lines.identity
    columns = _Columns(index, block, template, identity or 0, header)
    located = columns.located()
    lines = find_rows(index, block, template, located, header)
    return Found(
        block=LocatedBlock(grid.name, located, lines.rows, block.slots),
        identity=identity or 0,
        header=header,
        end=lines.end,
        moved=True,
        findings=(*columns.findings, *lines.findings),
        reported_rows=lines.reported,
        reported_columns=frozenset(columns.reported),
    )


class _Columns:
    """各栏：标识、表头、原来的列，三者取二。"""

    def __init__(
        self, index: Index, block: Block, template: SheetTemplate, identity: int, header: int
    ) -> None:
        self.block = block
        self.template = template
        self.index = index
        self.header = header
        self.tags = index.row_texts(identity, folded=False)
        self.headings = index.row_texts(header)
        self.nearest = index.nearest_headings(header, block)
        self.findings: list[Finding] = []
        self.reported: set[int] = set()

    def located(self) -> dict[str, int]:
        """认定的各栏。"""
        found: dict[str, int] = {}
        for column in self.block.listed:
            anchored = self._decide(column)
            if anchored.number:
                found[column.key] = anchored.number
            self.findings += self._say(column, anchored)
        return found

    def _decide(self, column: Column) -> Anchored:
        tagged = self.tags.get(self.template.by_key[IDENTITY_LINE, column.key].expected, ())
        titled = self.headings.get(fold(column.heading), ())
        origin = self.block.columns[column.key][0]
        if not (tagged or titled):  # 标识没了，表头也改写了：取意思最近的
            titled = self.nearest.get(column.heading, ())
            origin = origin if len(titled) == 1 else 0  # 几栏一样近的，不凭位置选
        anchored = decide(tagged, titled, origin)
        if anchored.trust is not Trust.REPEATED:
            return anchored
        filled = [
            number
            for number in sorted({*tagged, *titled})
            if any(
                row > self.header and number in cells and cells[number].text.strip()
                for row, cells in self.index.rows.items()
            )
        ]
        if len(filled) <= 1:  # 多出来的是空栏，不影响
            return Anchored((filled or titled or tagged)[0], Trust.MOVED)
        return anchored

    def _say(self, column: Column, anchored: Anchored) -> Iterator[Finding]:
        if anchored.trust is Trust.SURE or (column.printed and column.key != "code"):
            return
        origin = self.block.columns[column.key][0]
        number = anchored.number or origin
        place = Place(self.index.grid.name, At(self.header, number))
        if anchored.trust is Trust.MOVED:
            where = column_letters(number)
            if number != origin:
                yield say.MOVED_COLUMN.finding(place, heading=column.heading, column=where)
        elif anchored.trust is Trust.CHANGED:
            found = self.index.text(self.header, number)
            if fold(found) != fold(column.heading):  # 标识没了而表头还在的，位置可信
                yield say.CHANGED_HEADING.finding(
                    place, heading=column.heading, found=quote(found) or "空白"
                )
        elif anchored.trust is Trust.LOST:
            missing = say.NO_CODES if column.key == "code" else say.NO_COLUMN
            yield missing.finding(place, heading=column.heading)
        else:
            places = {*self.headings.get(fold(column.heading), ()), *self.tags.get(column.key, ())}
            places |= {*(self.nearest.get(column.heading, ()) if not places else ())}
            self.reported |= places
            shown = listed(f"{column_letters(number)}列" for number in sorted(places))
            place = Place(place.sheet, At(place.at.row, min(places)))
            yield say.AMBIGUOUS_COLUMN.finding(place, heading=column.heading, found=shown)


def find_cells(grid: Grid, block: Block, template: SheetTemplate) -> Found | Finding:
    """没有移动过的一眼认定，其余的逐栏逐行认；原处以外又有同样的编码的，也要细看。"""
    found = in_place(grid, block, template)
    if found is None:
        return locate(grid, block, template)
    if block.sheet.kind is SheetKind.RECORDS:
        return found
    codes, places, column = template.codes, template.cells, block.columns["code"][0]
    repeated = any(
        at[1] == column and at not in places and cell.text in codes
        for at, cell in grid.cells.items()
    )
    return locate(grid, block, template) if repeated else found
