"""一版多印：一个工作簿的版只刻一次，每份只换有变的格；其余各行、各部件原样再用。

只依赖标准库：工作进程收到版就能印，不必载入写表格的库。
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO

from xltool.excel.archive import Archive, batched, pack
from xltool.excel.cells import RowWriter, row_start
from xltool.excel.check import check_output
from xltool.excel.facts import Facts
from xltool.excel.render import STYLES_PART, relations_xml, sheet_closing, sheet_opening
from xltool.excel.stylesheet import StyleIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.excel.archive import Part
    from xltool.excel.facts import SheetFacts
    from xltool.excel.render import SheetShell, Shell
    from xltool.excel.stylesheet import LookKey
    from xltool.sheets.plan import Cell, WorkbookPlan

_row_of = attrgetter("at.row")


@dataclass(frozen=True, slots=True)
class Plate:
    """一张表的版：各行各格的 XML（按行、列），整行的 XML，以及照印时用的部件。"""

    shell: SheetShell
    cells: Mapping[int, Mapping[int, str]]
    lines: Mapping[int, str]
    links: str
    parts: tuple[Part, ...]
    facts: SheetFacts


@dataclass(frozen=True, eq=False)
class Press:
    """一个工作簿的版。换的格只许换内容和样子：公式要与版上的相同，也不许有链接。"""

    shell: Shell
    plates: tuple[Plate, ...]
    looks: tuple[LookKey, ...]

    def print(
        self,
        handle: BinaryIO,
        changes: Mapping[str, Iterable[Cell]],
        heights: Mapping[str, Mapping[int, float]],
    ) -> None:
        """印一份，核对无误。

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
                lines = _lines(plate, writer, changes[name], heights.get(name, {}))
                archive.stream(plate.shell.part, batched(lines))
                kept = kept[1:]  # 表本身已换，关系照旧
            for part in kept:
                archive.add(part)
        archive.stream(STYLES_PART, (self.shell.styles.xml(styles).encode(),))
        archive.close()
        facts = tuple(plate.facts for plate in self.plates)
        check_output(handle, Facts(facts, self.shell.rules, self.shell.charts, self.shell.names))


def make_press(shell: Shell, plan: WorkbookPlan) -> Press:
    """刻版。"""
    styles = StyleIndex()
    plates = tuple(
        _plate(sheet, RowWriter(styles, shell.sheet_names), source.cells)
        for sheet, source in zip(shell.sheets, plan.sheets, strict=True)
    )
    return Press(shell, plates, tuple(styles))


def _plate(shell: SheetShell, writer: RowWriter, source: Iterable[Cell]) -> Plate:
    cells = {
        row: {cell.at.col: writer.cell(cell) for cell in group}
        for row, group in groupby(source, _row_of)
    }
    for row in (*shell.heights, *shell.hidden_rows):
        cells.setdefault(row, {})
    lines = {row: _line(shell, row, cells[row], shell.heights) for row in sorted(cells)}
    texts = chain(sheet_opening(shell), lines.values(), sheet_closing(shell, writer.links.xml))
    parts = [pack(shell.part, batched(texts))]
    if relations := relations_xml(shell, writer):
        parts.append(pack(shell.relations_part, (relations.encode(),)))
    facts = writer.facts(shell.name, shell.part)
    return Plate(shell, cells, lines, writer.links.xml, tuple(parts), facts)


def _lines(
    plate: Plate, writer: RowWriter, changes: Iterable[Cell], heights: Mapping[int, float]
) -> Iterator[str]:
    """各行：有变的格或行高有变的重拼，其余照旧。"""
    changed: dict[int, dict[int, str]] = {}
    for cell in changes:
        changed.setdefault(cell.at.row, {})[cell.at.col] = writer.cell(cell)
    yield from sheet_opening(plate.shell)
    for row, line in plate.lines.items():
        if row in changed or row in heights:
            cells = {**plate.cells[row], **changed.get(row, {})}
            yield _line(
                plate.shell, row, cells, {row: heights.get(row, plate.shell.heights.get(row, 0.0))}
            )
        else:
            yield line
    yield from sheet_closing(plate.shell, plate.links)


def _line(
    shell: SheetShell, row: int, cells: Mapping[int, str], heights: Mapping[int, float]
) -> str:
    joined = "".join(cells[column] for column in sorted(cells))
    return f"{row_start(row, heights, shell.hidden_rows)}{joined}</row>"
