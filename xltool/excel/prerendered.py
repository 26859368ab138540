"""一版多印：一个工作簿的版只刻一次，每份只换有变的格；其余各格、各部件原样再用。

只依赖标准库：工作进程收到版就能印，不必载入写表格的库。
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from xltool.excel.archive import QUICK, Archive, pack
from xltool.excel.cells import RowWriter
from xltool.excel.check import check_output, formulas_in, require
from xltool.excel.expected import ExpectedBook
from xltool.excel.render import STYLES_PART, relations_xml, sheet_closing, sheet_opening
from xltool.excel.shared import shared_cells
from xltool.excel.stylesheet import StyleIndex
from xltool.sheets.plan import ChangedRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from xltool.address import At
    from xltool.excel.archive import Part
    from xltool.excel.render import SheetSkeleton, Skeleton
    from xltool.excel.shared import Shared
    from xltool.excel.stylesheet import LookKey
    from xltool.sheets.plan import Cell, WorkbookPlan


@dataclass(frozen=True, slots=True)
class PrerenderedSheet:
    """一张表的版。

    `pieces` 依次是起头、各行的起头和各格、收尾的 XML；`cells` 是某格、`rows` 是某行的起头在其中
    第几个；`part`、`relations` 是照印时用的部件，`formulas` 是全部公式，`shared` 是合写的各格。
    """

    skeleton: SheetSkeleton
    pieces: tuple[str, ...]
    cells: Mapping[At, int]
    rows: Mapping[int, int]
    part: Part
    relations: Part | None
    formulas: tuple[bytes, ...]
    shared: Mapping[str, Shared]

    def print(self, writer: RowWriter, changes: Iterable[Cell], changed: ChangedRows) -> bytes:
        """这张表的 XML：换上有变的格和行，其余照旧。"""
        sizes, shown = self.skeleton.sizes, changed.shown
        pieces = list(self.pieces)
        for cell in changes:
            pieces[self.cells[cell.at]] = writer.cell(cell)
        for row in {*changed.heights, *(shown & sizes.hidden)}:
            height = max(changed.heights.get(row, 0), sizes.heights.get(row, 0))
            pieces[self.rows[row]] = sizes.start(row, height, shown=row in shown)
        return "".join(pieces).encode()


@dataclass(frozen=True, eq=False)
class PrerenderedBook:
    """一个工作簿的版。换的格只许换内容和样子：公式要与版上的相同，也不许有链接。"""

    skeleton: Skeleton
    sheets: tuple[PrerenderedSheet, ...]
    looks: tuple[LookKey, ...]
    styles: dict[tuple[LookKey, ...], Part] = field(default_factory=dict)

    def print(
        self,
        handle: BinaryIO,
        changes: Mapping[str, Iterable[Cell]],
        rows: Mapping[str, ChangedRows],
        *,
        level: int = QUICK,
    ) -> None:
        """印一份：`changes` 是各表换的格，都在版上；`rows` 是各表变了的行，不到版上的高度的照旧。

        版已经整个核对过；换过的表再核对一遍公式，收尾的链接和校验都出自版上。
        部件的次序与从头写的相同；`level` 也与它相同（LEVEL）、各格样子又没有变的，一个字节也不差。

        Raises:
            KeyError: 换的格不在版上。
            OutputNotAsPlannedError: 换的格里有版上没有的公式或链接。
        """
        archive = Archive(handle)
        for part in self.skeleton.parts:
            archive.add(part)
        styles = StyleIndex(self.looks)
        for sheet in self.sheets:
            name = sheet.skeleton.name
            part = sheet.part
            if name in changes:
                writer = RowWriter(styles, self.skeleton.sheet_names, shared=sheet.shared)
                data = sheet.print(writer, changes[name], rows.get(name, ChangedRows()))
                require(formulas_in(data) == sheet.formulas, f"{name} 的公式与版上不同")
                require(not writer.links, "换的格里有链接")
                part = pack(part.name, (data,), level)
            archive.add(part)
        for sheet in self.sheets:
            if sheet.relations:
                archive.add(sheet.relations)
        archive.add(self._styles(tuple(styles)))
        archive.close()

    def _styles(self, looks: tuple[LookKey, ...]) -> Part:
        """样式表：各份用到的样式大多相同，只写一次。"""
        known = self.styles.get(looks)
        if known is None:
            data = self.skeleton.styles.xml(looks).encode()
            known = self.styles[looks] = pack(STYLES_PART, (data,))
        return known


def prerender_book(skeleton: Skeleton, plan: WorkbookPlan) -> PrerenderedBook:
    """刻版，并整个核对一遍。

    Raises:
        OutputNotAsPlannedError: 版与计划不符。
    """
    styles = StyleIndex()
    cells = [tuple(sheet.every_cell()) for sheet in plan.sheets]
    shared = [shared_cells(each) for each in cells]
    writers = [RowWriter(styles, skeleton.sheet_names, shared=one) for one in shared]
    sheets = tuple(
        _prerender_sheet(*each)
        for each in zip(skeleton.sheets, writers, cells, shared, strict=True)
    )
    prerendered = PrerenderedBook(skeleton, sheets, tuple(styles))
    pairs = zip(writers, skeleton.sheets, strict=True)
    facts = tuple(writer.facts(sheet.name, sheet.part) for writer, sheet in pairs)
    proof = BytesIO()
    prerendered.print(proof, {}, {})
    check_output(proof, ExpectedBook(facts, skeleton.rules, skeleton.charts, skeleton.names))
    return prerendered


def _prerender_sheet(
    skeleton: SheetSkeleton,
    writer: RowWriter,
    source: Iterable[Cell],
    shared: Mapping[str, Shared],
) -> PrerenderedSheet:
    places: dict[At, int] = {}
    rows: dict[int, int] = {}
    pieces = list(sheet_opening(skeleton))
    bare = (*skeleton.sizes.heights, *skeleton.sizes.hidden)  # 没有格但定了行高或隐藏的行也写出来
    drawn: dict[int, list[tuple[At, str]]] = {row: [] for row in bare}
    for cell in source:
        drawn.setdefault(cell.at.row, []).append((cell.at, writer.cell(cell)))
    for row, cells in sorted(drawn.items()):
        rows[row] = len(pieces)
        pieces.append(skeleton.sizes.start(row))
        for at, text in sorted(cells):
            places[at] = len(pieces)
            pieces.append(text)
        pieces.append("</row>")
    pieces += sheet_closing(skeleton, writer.links)
    data = "".join(pieces).encode()
    part = pack(skeleton.part, (data,))
    xml = relations_xml(skeleton, writer)
    relations = pack(skeleton.relations_part, (xml.encode(),)) if xml else None
    return PrerenderedSheet(
        skeleton, tuple(pieces), places, rows, part, relations, formulas_in(data), shared
    )
