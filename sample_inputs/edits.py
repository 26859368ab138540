# ruff: noqa: INP001 - a script and its part, no package
"""单位拿到模板后常做的改动：插行、插列、换列、改表名；公式随之改写，与 Excel 里做的一样。"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from xltool.address import Area, At, quoted
from xltool.sheets.plan import Cell, Formula, Link, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from xltool.layout.block import Block
    from xltool.sheets.plan import Content, SheetPlan, WorkbookPlan

_CELL = r"\$?[A-Z]{1,3}\$?[0-9]+"
_REFERENCE = re.compile(
    rf"(?:'(?P<sheet>(?:[^']|'')+)'!)?(?<![A-Za-z0-9_.$])(?P<first>{_CELL})(?::(?P<last>{_CELL}))?"
    r"(?![A-Za-z0-9_(])"
)
_STRING = re.compile(r'("(?:[^"]|"")*")')


class Edit(Protocol):
    """一处改动：在哪张工作表，各格和区域搬到哪里。"""

    @property
    def sheet(self) -> str:
        """工作表名。"""
        ...

    def cell(self, at: At) -> At:
        """一格搬到哪里。"""
        ...

    def area(self, area: Area) -> Area:
        """一块区域变成哪一块。"""
        ...


@dataclass(frozen=True, slots=True)
class Insert:
    """插入一整行或一整列：`row`、`col` 之上（之左），不插的写 0。"""

    sheet: str
    row: int = 0
    col: int = 0

    def cell(self, at: At) -> At:
        """下方（右方）的格移一格。"""
        return at.moved(int(0 < self.row <= at.row), int(0 < self.col <= at.col))

    def area(self, area: Area) -> Area:
        """两角各自移动，插在当中的区域变大。"""
        return Area(self.cell(area.first), self.cell(area.last))


@dataclass(frozen=True, slots=True)
class Swap:
    """两列对调。"""

    sheet: str
    left: int
    right: int

    def cell(self, at: At) -> At:
        """对调的两列互换。"""
        pair = {self.left: self.right, self.right: self.left}
        return At(at.row, pair.get(at.col, at.col))

    def area(self, area: Area) -> Area:
        """只占一列的区域跟着走，跨几列的不变。"""
        if area.first.col != area.last.col:
            return area
        return Area(self.cell(area.first), self.cell(area.last))


def edited(plan: WorkbookPlan, edit: Edit) -> WorkbookPlan:
    """改动之后的工作簿：各表的公式、名称、校验都跟着改。"""
    sheets = tuple(_edited_sheet(sheet, edit) for sheet in plan.sheets)
    names = tuple(
        replace(name, reference=_rewritten(name.reference, "", edit)) for name in plan.names
    )
    return replace(plan, sheets=sheets, names=names)


def _edited_sheet(sheet: SheetPlan, edit: Edit) -> SheetPlan:
    def text(formula: str) -> str:
        return _rewritten(formula, sheet.name, edit)

    own = sheet.name == edit.sheet
    sheet = replace(
        sheet,
        cells=tuple(cell._replace(content=_content(cell.content, text)) for cell in sheet.cells),
        validations=tuple(
            replace(
                item,
                source=text(item.source),
                minimum=text(item.minimum) if isinstance(item.minimum, str) else item.minimum,
                maximum=text(item.maximum) if isinstance(item.maximum, str) else item.maximum,
            )
            for item in sheet.validations
        ),
        highlights=tuple(replace(item, formula=text(item.formula)) for item in sheet.highlights),
    )
    return _moved(sheet, edit) if own else sheet


def _content(content: Content, text: Callable[[str], str]) -> Content:
    return content._replace(text=text(content.text)) if isinstance(content, Formula) else content


def _moved(sheet: SheetPlan, edit: Edit) -> SheetPlan:
    """改动所在的表：各格各区域搬到新的位置；改过结构的表必先撤销了保护。"""
    area, printing = edit.area, sheet.printing
    if printing.area:
        printing = replace(printing, area=area(printing.area))
    cells = (cell._replace(at=edit.cell(cell.at)) for cell in sheet.cells)
    widths = {edit.cell(At(1, n)).col: width for n, width in enumerate(sheet.widths, 1)}
    return replace(
        sheet,
        cells=tuple(sorted(cells, key=lambda cell: cell.at)),
        widths=tuple(widths.get(n, _NEW_WIDTH) for n in range(1, max(widths) + 1)),
        heights={edit.cell(At(row, 1)).row: high for row, high in sheet.heights.items()},
        validations=tuple(replace(item, area=area(item.area)) for item in sheet.validations),
        highlights=tuple(replace(item, area=area(item.area)) for item in sheet.highlights),
        printing=printing,
        protected=False,
    )


_NEW_WIDTH = 12.0


def _rewritten(formula: str, home: str, edit: Edit) -> str:
    """公式里指到改动所在那张表的，都换成新的地址；引号里的文字不动。"""

    def one(found: re.Match[str]) -> str:
        if (found["sheet"] or home) != edit.sheet:
            return found[0]
        prefix = f"{quoted(found['sheet'])}!" if found["sheet"] else ""
        first, last = found["first"], found["last"] or found["first"]
        area = edit.area(Area(_at(first), _at(last)))
        start = _like(first, area.first)
        return f"{prefix}{start}:{_like(last, area.last)}" if found["last"] else prefix + start

    parts = _STRING.split(formula)
    return "".join(part if n % 2 else _REFERENCE.sub(one, part) for n, part in enumerate(parts))


def _at(reference: str) -> At:
    return At.parse(reference.replace("$", ""))


def _like(reference: str, at: At) -> str:
    return at.absolute if reference.startswith("$") else at.a1


def renamed(plan: WorkbookPlan, sheet: str, name: str) -> WorkbookPlan:
    """一张工作表改名；公式、名称和链接都跟着改。"""
    old, new = quoted(sheet), quoted(name)

    def text(formula: str) -> str:
        return formula.replace(f"{old}!", f"{new}!")

    def content(value: Content) -> Content:
        if isinstance(value, Link):
            return value._replace(sheet=name if value.sheet == sheet else value.sheet)
        return _content(value, text)

    sheets = tuple(
        replace(
            item,
            name=name if item.name == sheet else item.name,
            cells=tuple(cell._replace(content=content(cell.content)) for cell in item.cells),
        )
        for item in plan.sheets
    )
    names = tuple(replace(item, reference=text(item.reference)) for item in plan.names)
    return replace(plan, sheets=sheets, names=names)


def with_texts(plan: WorkbookPlan, sheet: str, texts: Mapping[At, str]) -> WorkbookPlan:
    """在新插的行列里写上字。"""
    added = tuple(Cell(at, text, Role.INPUT, unlocked=True) for at, text in texts.items())
    sheets = tuple(
        replace(item, cells=tuple(sorted((*item.cells, *added), key=lambda cell: cell.at)))
        if item.name == sheet
        else item
        for item in plan.sheets
    )
    return replace(plan, sheets=sheets)


def insert_record(plan: WorkbookPlan, block: Block, record: str) -> WorkbookPlan:
    """记录表里第 `record` 条是插入的一行：没有序号，以下各行的序号顺延，末尾多出一行。"""
    last = block.rows[block.entry_rows[-1]]
    plan = edited(plan, Insert(block.name, row=last + 1))
    first = block.rows[record]
    column = block.columns["code"][0]

    def code(cell: Cell) -> Cell:
        number = block.entry_rows[cell.at.row - block.rows[block.entry_rows[0]]]
        return cell._replace(content=None if cell.at.row == first else str(int(number) - 1))

    def grown(sheet: SheetPlan) -> SheetPlan:
        cells = [
            code(cell) if cell.at.col == column and first <= cell.at.row <= last else cell
            for cell in sheet.cells
        ]
        copies = (_next_row(cell) for cell in sheet.cells if cell.at.row == last)
        heights = {**sheet.heights, last + 1: sheet.heights[last]}
        ordered = sorted((*cells, *copies), key=lambda cell: cell.at)
        return replace(sheet, cells=tuple(ordered), heights=heights)

    sheets = tuple(grown(item) if item.name == block.name else item for item in plan.sheets)
    return replace(plan, sheets=sheets)


def _next_row(cell: Cell) -> Cell:
    """向下复制一格：序号不变，公式里同一行的引用下移一行。"""
    row = cell.at.row
    content = cell.content
    if isinstance(content, Formula):
        same = rf"(?<![A-Z$0-9'!])([A-Z]{{1,3}}){row}(?![0-9(])"
        content = content._replace(text=re.sub(same, rf"\g<1>{row + 1}", content.text))
    return cell._replace(at=cell.at.moved(rows=1), content=content)
