"""一版多印：一个工作簿的版只刻一次，每份只换有变的格；其余各格、各部件原样再用。

只依赖标准库：工作进程收到版就能印，不必载入写表格的库。
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from xltool.excel.archive import Archive, Segmenter, joined, kept_segment, pack
from xltool.excel.cells import RowWriter
from xltool.excel.check import check_output, formulas_in, require
from xltool.excel.expected import ExpectedBook
from xltool.excel.render import STYLES_PART, relations_xml, sheet_closing, sheet_opening
from xltool.excel.shared import shared_cells
from xltool.excel.stylesheet import StyleIndex
from xltool.sheets.plan import ChangedRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.address import At
    from xltool.excel.archive import Part, Segment
    from xltool.excel.render import SheetSkeleton, Skeleton
    from xltool.excel.shared import Shared
    from xltool.excel.stylesheet import LookKey
    from xltool.sheets.plan import Cell, WorkbookPlan


_BLOCK = 4_096  # 再短的，压好的各块就大；再长的，变了一格要重压的就多


class Block(NamedTuple):
    """连着的几行：起头、各行的起头和各格、收尾的 XML，里面的公式。

    合起来压好的两段，`alone` 接在什么后面都行，`following` 紧接在前一块没有变的后面，小些。
    """

    pieces: tuple[str, ...]
    formulas: tuple[bytes, ...]
    alone: Segment
    following: Segment

    def changed(self, edits: Mapping[int, str]) -> bytes:
        """换上有变的几处。

        Raises:
            OutputNotAsPlannedError: 公式与版上不同。
        """
        pieces = list(self.pieces)
        for number, text in edits.items():
            pieces[number] = text
        data = "".join(pieces).encode()
        require(formulas_in(data) == self.formulas, "换的格里的公式与版上不同")
        return data


@dataclass(frozen=True, slots=True)
class PrerenderedSheet:
    """一张表的版。

    `blocks` 是各块；`cells` 是某格、`rows` 是某行的起头在哪一块的第几个；`part`、`relations` 是照印
    时用的部件，`shared` 是合写的各格。
    """

    skeleton: SheetSkeleton
    blocks: tuple[Block, ...]
    cells: Mapping[At, tuple[int, int]]
    rows: Mapping[int, tuple[int, int]]
    part: Part
    relations: Part | None
    shared: Mapping[str, Shared]

    def print(
        self,
        writer: RowWriter,
        segmenter: Segmenter,
        changes: Iterable[Cell],
        changed: ChangedRows,
    ) -> Part:
        """这张表：换上有变的格和行；一处也没有变的块照压好的用。"""
        sizes, shown = self.skeleton.sizes, changed.shown
        edits: list[dict[int, str]] = [{} for _ in self.blocks]
        for cell in changes:
            block, number = self.cells[cell.at]
            edits[block][number] = writer.cell(cell)
        for row in {*changed.heights, *(shown & sizes.hidden)}:
            height = max(changed.heights.get(row, 0), sizes.heights.get(row, 0))
            block, number = self.rows[row]
            edits[block][number] = sizes.start(row, height, shown=row in shown)
        return joined(self.part.name, self._segments(edits, segmenter))

    def _segments(
        self, edits: Iterable[Mapping[int, str]], segmenter: Segmenter
    ) -> Iterator[Segment]:
        """各段；连着变了的几块合成一段压。"""
        held: list[bytes] = []
        for block, own in zip(self.blocks, edits, strict=True):
            if own:
                held.append(block.changed(own))
            elif held:
                yield segmenter.segment(b"".join(held))
                held.clear()
                yield block.alone
            else:
                yield block.following
        if held:
            yield segmenter.segment(b"".join(held))


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
    ) -> None:
        """印一份：`changes` 是各表换的格，都在版上；`rows` 是各表变了的行，不到版上的高度的照旧。

        版已经整个核对过；换过的各块再核对一遍公式，收尾的链接和校验都出自版上。
        部件的次序、各部件的内容与从头写的相同（各格样子又没有变的），只是压法不同。

        Raises:
            KeyError: 换的格不在版上。
            OutputNotAsPlannedError: 换的格里有版上没有的公式或链接。
        """
        archive = Archive(handle)
        for part in self.skeleton.parts:
            archive.add(part)
        styles, segmenter = StyleIndex(self.looks), Segmenter()
        for sheet in self.sheets:
            name = sheet.skeleton.name
            part = sheet.part
            if name in changes:
                writer = RowWriter(styles, self.skeleton.sheet_names, shared=sheet.shared)
                part = sheet.print(writer, segmenter, changes[name], rows.get(name, ChangedRows()))
                require(not writer.links, "换的格里有链接")
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
    lines: dict[int, list[tuple[At, str]]] = {
        row: []
        for row in (*skeleton.sizes.heights, *skeleton.sizes.hidden)  # 没有格的也写出来
    }
    for cell in source:
        lines.setdefault(cell.at.row, []).append((cell.at, writer.cell(cell)))
    places: dict[At, tuple[int, int]] = {}
    rows: dict[int, tuple[int, int]] = {}
    blocks: list[list[str]] = [list(sheet_opening(skeleton))]
    for row, cells in sorted(lines.items()):
        if sum(map(len, blocks[-1])) >= _BLOCK:
            blocks.append([])
        pieces = blocks[-1]
        rows[row] = len(blocks) - 1, len(pieces)
        pieces.append(skeleton.sizes.start(row))
        for at, text in sorted(cells):
            places[at] = len(blocks) - 1, len(pieces)
            pieces.append(text)
        pieces.append("</row>")
    blocks[-1] += sheet_closing(skeleton, writer.links)
    kept = tuple(_blocks(blocks))
    part = joined(skeleton.part, (block.following for block in kept))
    xml = relations_xml(skeleton, writer)
    relations = pack(skeleton.relations_part, (xml.encode(),)) if xml else None
    return PrerenderedSheet(skeleton, kept, places, rows, part, relations, shared)


def _blocks(listed: Iterable[list[str]]) -> Iterator[Block]:
    before = b""
    for pieces in listed:
        data = "".join(pieces).encode()
        alone, following = kept_segment(data), kept_segment(data, before)
        yield Block(tuple(pieces), formulas_in(data), alone, following)
        before = data
