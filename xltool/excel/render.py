"""壳：一个工作簿除了格以外的一切；只依赖标准库。"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

from xltool.excel.archive import Archive, batched
from xltool.excel.cells import RowWriter
from xltool.excel.contents_mark import Contents, with_mark
from xltool.excel.expected import ExpectedBook
from xltool.excel.shared import shared_cells
from xltool.excel.stylesheet import StyleIndex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from xltool.excel.archive import Part
    from xltool.excel.cells import RowSizes
    from xltool.excel.expected import ExpectedSheet
    from xltool.excel.links import Links
    from xltool.excel.stylesheet import StyleTable
    from xltool.sheets.plan import Cell, Line
    from xltool.workers.run import Progress

STYLES_PART = "xl/styles.xml"
PROPERTIES_PART = "docProps/core.xml"
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)


@dataclass(frozen=True, slots=True)
class SheetSkeleton:
    """一张表在格之前、格之后、链接之后的各段 XML，以及各行的高。"""

    name: str
    part: str
    head: str
    before_links: str
    after_links: str
    relations: str
    sizes: RowSizes

    @property
    def relations_part(self) -> str:
        """关系文件的名称。"""
        folder, _, name = self.part.rpartition("/")
        return f"{folder}/_rels/{name}.rels"


@dataclass(frozen=True, slots=True)
class Skeleton:
    """一个工作簿的壳；`properties` 是要记下内容指纹的文件属性，不记的在 `parts` 里。"""

    sheets: tuple[SheetSkeleton, ...]
    parts: tuple[Part, ...]
    styles: StyleTable
    rules: tuple[tuple[str, ...], ...]
    charts: tuple[str, ...]
    names: tuple[tuple[str, str], ...]
    properties: str = ""

    @property
    def sheet_names(self) -> frozenset[str]:
        """壳里有哪些表。"""
        return frozenset(sheet.name for sheet in self.sheets)

    def pour(
        self,
        sheets: Mapping[str, Iterable[Cell | Line]],
        handle: BinaryIO,
        *,
        with_results: bool = True,
        generation: Callable[[], str] = str,
        progress: Progress | None = None,
    ) -> ExpectedBook:
        """边走格边写进 `handle`，返回应有的公式和链接。

        `generation` 在各表都写完以后才问，见 links.placed；
        `progress` 每写完一张表得到（几张，共几张）。
        """
        archive = Archive(handle)
        for part in self.parts:
            archive.add(part)
        styles = StyleIndex()
        facts: list[ExpectedSheet] = []
        writers: list[RowWriter] = []
        contents = Contents() if self.properties else None
        for sheet in self.sheets:
            cells = sheets[sheet.name]
            writer = RowWriter(
                styles,
                self.sheet_names,
                with_results=with_results,
                contents=contents,
                # 边造边写的只走一遍，看不到后面；登记表的公式本来也各不相同
                shared=shared_cells(cells) if isinstance(cells, tuple) else None,
            )
            if contents is not None:
                contents.sheet(sheet.name)
            rows = writer.rows(cells, sheet.sizes)
            texts = chain(sheet_opening(sheet), rows, sheet_closing(sheet, writer.links))
            archive.stream(sheet.part, batched(texts))
            facts.append(writer.facts(sheet.name, sheet.part))
            writers.append(writer)
            if progress is not None:
                progress(len(writers), len(self.sheets))
        place = generation()
        for sheet, writer in zip(self.sheets, writers, strict=True):
            if relations := relations_xml(sheet, writer, place):
                archive.stream(sheet.relations_part, (relations.encode(),))
        if contents is not None:
            marked = with_mark(self.properties, contents.mark)
            archive.stream(PROPERTIES_PART, (marked.encode(),))
        archive.stream(STYLES_PART, (self.styles.xml(styles).encode(),))
        archive.close()
        return ExpectedBook(tuple(facts), self.rules, self.charts, self.names, place)


def relations_xml(sheet: SheetSkeleton, writer: RowWriter, generation: str = "") -> str:
    """一张表的关系；没有关系就是空串。"""
    relations = sheet.relations + writer.links.relations(generation)
    return _RELATIONS.format(relations) if relations else ""


def sheet_opening(sheet: SheetSkeleton) -> Iterator[str]:
    """各行之前的 XML。"""
    yield f"{sheet.head}<sheetData>"


def sheet_closing(sheet: SheetSkeleton, links: Links) -> Iterator[str]:
    """各行之后的 XML。"""
    yield f"</sheetData>{sheet.before_links}"
    yield from links.xml()
    yield sheet.after_links
