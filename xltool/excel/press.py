"""一版多印：一个工作簿的版只刻一次，每份只换有变的格；其余各行、各部件原样再用。

只依赖标准库：工作进程收到版就能印，不必载入写表格的库。
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO

from xltool.excel.archive import QUICK, Archive, pack
from xltool.excel.cells import RowWriter, row_start
from xltool.excel.check import check_output, formulas_in, require
from xltool.excel.facts import Facts
from xltool.excel.render import STYLES_PART, relations_xml, sheet_closing, sheet_opening
from xltool.excel.stylesheet import StyleIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.excel.archive import Part
    from xltool.excel.render import SheetShell, Shell
    from xltool.excel.stylesheet import LookKey
    from xltool.sheets.plan import Cell, WorkbookPlan

_row_of = attrgetter("at.row")


@dataclass(frozen=True, slots=True)
class Plate:
    """一张表的版。

    `cells` 是各行各格的 XML；`lines` 依次是起头、各行、收尾的 XML，`places` 是某行在其中第几个；
    `parts` 是照印时用的部件，`formulas` 是全部公式。
    """

    shell: SheetShell
    cells: Mapping[int, Mapping[int, str]]
    lines: tuple[str, ...]
    places: Mapping[int, int]
    parts: tuple[Part, ...]
    formulas: tuple[bytes, ...]


@dataclass(frozen=True, eq=False)
class Press:
    """一个工作簿的版。换的格只许换内容和样子：公式要与版上的相同，也不许有链接。"""

    shell: Shell
    plates: tuple[Plate, ...]
    looks: tuple[LookKey, ...]
    styles: dict[tuple[LookKey, ...], Part] = field(default_factory=dict)

    def print(
        self,
        handle: BinaryIO,
        changes: Mapping[str, Iterable[Cell]],
        heights: Mapping[str, Mapping[int, float]],
    ) -> None:
        """印一份。版已经整个核对过；换过的表再核对一遍公式，收尾的链接和校验都出自版上。

        Raises:
            OutputNotAsPlannedError: 换的格里有版上没有的公式或链接。
        """
        archive = Archive(handle)
        for part in self.shell.parts:
            archive.add(part)
        styles = StyleIndex(self.looks)
        writer = RowWriter(styles, self.shell.sheet_names)
        for plate in self.plates:
            name = plate.shell.name
            kept = plate.parts
            if name in changes:
                text = _text(plate, writer, changes[name], heights.get(name, {}))
                require(formulas_in(text) == plate.formulas, f"{name} 的公式与版上不同")
                archive.add(pack(plate.shell.part, (text,), QUICK))
                kept = kept[1:]  # 表本身已换，关系照旧
            for part in kept:
                archive.add(part)
        require(not writer.links.xml, "换的格里有链接")
        archive.add(self._styles(tuple(styles)))
        archive.close()

    def _styles(self, looks: tuple[LookKey, ...]) -> Part:
        """样式表：各份用到的样式大多相同，只写一次。"""
        known = self.styles.get(looks)
        if known is None:
            data = self.shell.styles.xml(looks).encode()
            known = self.styles[looks] = pack(STYLES_PART, (data,))
        return known


def make_press(shell: Shell, plan: WorkbookPlan) -> Press:
    """刻版，并整个核对一遍。

    Raises:
        OutputNotAsPlannedError: 版与计划不符。
    """
    styles = StyleIndex()
    writers = [RowWriter(styles, shell.sheet_names) for _ in shell.sheets]
    plates = tuple(
        _plate(sheet, writer, source.every_cell())
        for sheet, writer, source in zip(shell.sheets, writers, plan.sheets, strict=True)
    )
    press = Press(shell, plates, tuple(styles))
    pairs = zip(writers, shell.sheets, strict=True)
    sheets = tuple(writer.facts(sheet.name, sheet.part) for writer, sheet in pairs)
    proof = BytesIO()
    press.print(proof, {}, {})
    check_output(proof, Facts(sheets, shell.rules, shell.charts, shell.names))
    return press


def _plate(shell: SheetShell, writer: RowWriter, source: Iterable[Cell]) -> Plate:
    cells: dict[int, dict[int, str]] = {
        row: {cell.at.col: writer.cell(cell) for cell in group}
        for row, group in groupby(source, _row_of)
    }
    for row in (*shell.heights, *shell.hidden_rows):
        cells.setdefault(row, {})
    rows = sorted(cells)
    opening = "".join(sheet_opening(shell))
    closing = "".join(sheet_closing(shell, writer.links.xml))
    lines = (opening, *(_line(shell, row, cells[row], shell.heights) for row in rows), closing)
    data = "".join(lines).encode()
    parts = [pack(shell.part, (data,))]
    if relations := relations_xml(shell, writer):
        parts.append(pack(shell.relations_part, (relations.encode(),)))
    places = {row: number for number, row in enumerate(rows, 1)}
    return Plate(shell, cells, lines, places, tuple(parts), formulas_in(data))


def _text(
    plate: Plate, writer: RowWriter, changes: Iterable[Cell], heights: Mapping[int, float]
) -> bytes:
    """一张表的 XML：有变的格或行高有变的行重拼，其余照旧。"""
    changed: dict[int, dict[int, str]] = {}
    for cell in changes:
        changed.setdefault(cell.at.row, {})[cell.at.col] = writer.cell(cell)
    lines = list(plate.lines)
    for row in changed.keys() | heights.keys():
        height = heights.get(row, plate.shell.heights.get(row))
        cells = {**plate.cells[row], **changed.get(row, {})}
        sizes = {} if height is None else {row: height}
        lines[plate.places[row]] = _line(plate.shell, row, cells, sizes)
    return "".join(lines).encode()


def _line(
    shell: SheetShell, row: int, cells: Mapping[int, str], heights: Mapping[int, float]
) -> str:
    joined = "".join(cells[column] for column in sorted(cells))
    return f"{row_start(row, heights, shell.hidden_rows)}{joined}</row>"
