"""空白模板上每一格是什么、印着什么，照写表用的各格得出；读报送时逐格对照。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.form.common import unchanging_start
from xltool.form.form import make_form
from xltool.form.sheet_cells import HEADER, IDENTITY_LINE, placed_cells
from xltool.layout.block import END, TOTAL
from xltool.layout.columns import LIVE, SELF_CHECK
from xltool.scheme.key import VALUE, CellKey
from xltool.sheets.plan import Formula, Role
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.form.form import Form
    from xltool.form.sheet_cells import PlacedCell
    from xltool.layout.block import Block
    from xltool.layout.columns import Column
    from xltool.scheme.model import Field, Scheme
    from xltool.sheets.plan import Cell


class Kind(Enum):
    """一格是什么。"""

    INPUT = "input"
    ANCHOR = "anchor"  # 标识、表头、编码、项目：据此认行认栏
    TEXT = "text"  # 其余印好的字
    POINTS = "points"  # 分值
    FORMULA = "formula"
    TOTAL = "total"  # 合计行的公式
    REVIEW = "review"  # 财政部门填的格
    LIVE = "live"  # 自查：只给填表的人看，不读，没有、改了都无妨
    LOOSE = "loose"  # 抬头各行：开头的字对得上就行


class TemplateCell(NamedTuple):
    """模板的一格：种类、名字、应有的字或公式、填报项。"""

    kind: Kind
    key: CellKey
    expected: str = ""
    field: Field | None = None


Coordinate = tuple[int, int]
TemplateCells = dict[Coordinate, TemplateCell]
NEEDED = frozenset({Kind.FORMULA, Kind.TOTAL, Kind.POINTS})
_TOP = "#top"


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """一张表的模板：`cells` 按位置取，`by_key` 按（行、栏）取。

    `anchors` 是各锚点和它的字，全在原处才算没有移动过；`needed` 是必有公式或分值的格；
    `watched` 是自查；`heads` 是抬头各格开头的字，`signed` 是签章各格开头的字；
    `codes` 是各行的编码；`label_column` 是和编码一起用来认行的栏，记录表没有，空着。
    """

    cells: TemplateCells
    by_key: Mapping[tuple[str, str], TemplateCell]
    anchors: tuple[tuple[Coordinate, str], ...]
    needed: frozenset[Coordinate]
    watched: frozenset[Coordinate]
    heads: tuple[str, ...]
    signed: tuple[str, ...]
    codes: frozenset[str]
    label_column: str

    def code(self, row: str) -> str:
        """某一行印的编码。"""
        return self.by_key[row, "code"].expected

    def label(self, row: str) -> str:
        """某一行印的项目文字。"""
        return self.by_key[row, self.label_column].expected


@lru_cache(maxsize=16)
def sheet_templates(scheme: Scheme) -> Mapping[str, SheetTemplate]:
    """方案里各张填报表的模板。"""
    form = make_form(scheme, {}, derive=True)
    return {key: _template(form, block) for key, block in form.layout.blocks.items()}


def _template(form: Form, block: Block) -> SheetTemplate:
    cells: TemplateCells = {}
    by_key: dict[tuple[str, str], TemplateCell] = {}
    signed: list[str] = []
    items = {field.key: field for field in block.sheet.fields}
    for placed in placed_cells(form, block):
        at = placed.cell.at
        if placed.column is not None:
            key = block.key_at(placed.row, placed.column.key)
            field = items.get(key.row) if key.column == VALUE else placed.column.field
            if cell := _in_table(key, placed, field):
                cells[at] = by_key[placed.row, placed.column.key] = cell
        elif placed.cell.role is Role.AUTO and isinstance(placed.cell.content, Formula):
            text = placed.cell.content.text  # 照抄的整份表填了多少
            cells[at] = TemplateCell(Kind.LIVE, CellKey(block.sheet.key, _TOP), text)
        elif start := unchanging_start(placed.cell.content):
            if at.row > block.last_row:
                signed.append(start)
            else:
                cells[at] = TemplateCell(Kind.LOOSE, CellKey(block.sheet.key, _TOP), start)
    return SheetTemplate(
        cells=cells,
        by_key=by_key,
        anchors=tuple((at, c.expected) for at, c in cells.items() if c.kind is Kind.ANCHOR),
        needed=frozenset(at for at, cell in cells.items() if cell.kind in NEEDED),
        watched=frozenset(at for at, cell in cells.items() if is_self_check(cell)),
        heads=tuple(cell.expected for cell in cells.values() if cell.kind is Kind.LOOSE),
        signed=tuple(signed),
        codes=frozenset(cells[block.at(row, "code")].expected for row in block.entry_rows),
        label_column=next((c.key for c in block.listed if c.anchor and c.key != "code"), ""),
    )


def is_self_check(cell: TemplateCell) -> bool:
    """看得见的那一份自查。"""
    return cell.kind is Kind.LIVE and cell.key.column == SELF_CHECK.key


def _in_table(own: CellKey, placed: PlacedCell, field: Field | None) -> TemplateCell | None:
    """表里的一格；合计行、“表格结束”行没有印东西的格不算，写了字的当作多出来的。"""
    cell, row, column = placed
    if column is None or (cell.content is None and row in (TOTAL, END)):
        return None
    if cell.unlocked:
        written = cell.content.text if isinstance(cell.content, Formula) else ""
        return TemplateCell(Kind.INPUT, own, written, field)
    key = CellKey(own.sheet, row, column.key)
    expected = str(cell.content or "")
    if isinstance(cell.content, Formula):
        expected = cell.content.text  # 不带等号
    elif isinstance(cell.content, Decimal):
        expected = plain(cell.content)
    return TemplateCell(_kind(cell, row, column), key, expected, field)


def _kind(cell: Cell, row: str, column: Column) -> Kind:
    """一个印好的格是什么。"""
    if row in (HEADER, IDENTITY_LINE) or column.anchor:
        return Kind.ANCHOR
    if column.review:
        return Kind.REVIEW
    if column.key in LIVE:
        return Kind.LIVE
    if isinstance(cell.content, Formula):
        return Kind.TOTAL if row == TOTAL else Kind.FORMULA
    return Kind.POINTS if isinstance(cell.content, Decimal) else Kind.TEXT
