"""读一份工作簿：要么读出全部内容，要么说明为什么不读；任何文件都不会使程序出错。"""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING

from xltool.address import TEXT_LIMIT, At
from xltool.messages import files
from xltool.xlsx.archive import Archive
from xltool.xlsx.cells import CellMaker
from xltool.xlsx.disk import file_bytes
from xltool.xlsx.file_kinds import identify, identify_zip
from xltool.xlsx.grid import Book
from xltool.xlsx.limits import Limits
from xltool.xlsx.package import CONTENT_TYPES, content_types, relations, workbook_part
from xltool.xlsx.parse_cache import SheetCache
from xltool.xlsx.refusal import Refused
from xltool.xlsx.row_memory import Formats, RowMemory
from xltool.xlsx.sheet import read_sheet
from xltool.xlsx.strings import SharedStrings, read_strings
from xltool.xlsx.styles import read_styles
from xltool.xlsx.workbook import read_workbook
from xltool.xlsx.xml_walker import Budget

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from xltool.finding import Finding
    from xltool.xlsx.grid import Grid, SheetEntry
    from xltool.xlsx.package import Relation
    from xltool.xlsx.workbook import Workbook

_DEFAULT = Limits()
_text_of = attrgetter("text")


def read_book(path: Path, limits: Limits = _DEFAULT) -> Book | Finding:
    """读一份 .xlsx；不能读的给出拒收说明（文件名由调用方补上）。"""
    collecting = gc.isenabled()
    gc.disable()  # 读出的全是不成环的小对象，回收器每次白查一遍，占三成时间
    try:
        return read_bytes(file_bytes(path, limits), path.name, limits)
    except Refused as refused:
        return refused.finding
    except MemoryError:
        return files.OUT_OF_MEMORY.finding()
    finally:
        if collecting:
            gc.enable()


def read_bytes(data: bytes, name: str = "", limits: Limits = _DEFAULT) -> Book:
    """读内存里的一份 .xlsx。

    Raises:
        Refused: 不能读，`finding` 说明为什么。
    """
    other = identify(data, name)
    if other is not None:
        raise Refused(other)
    archive = Archive(data, limits)
    if CONTENT_TYPES not in archive:
        raise Refused(identify_zip(archive.names))
    # 先留下哪些部件的内容：留错了只是多解压一次
    archive.verify(lambda part: part.endswith((".xml", ".rels")) and "/drawings/" not in part)
    return _Reader(archive, limits).book(sha256(data).hexdigest())


class _Reader:
    """由压缩包读出工作簿。"""

    __slots__ = ("_archive", "_budget", "_kind", "_part", "_relations")

    def __init__(self, archive: Archive, limits: Limits) -> None:
        self._archive = archive
        self._budget = Budget(limits)
        types = content_types(archive, self._budget)
        self._part, self._kind = workbook_part(archive, types, self._budget)
        self._relations: Mapping[str, Relation] = {}

    def book(self, digest: str) -> Book:
        workbook = read_workbook(self._part, self._archive.blocks(self._part), self._budget)
        self._relations = relations(self._archive, self._part, self._budget)
        part = self._only("sharedStrings")
        strings = SharedStrings([], {})
        if part:
            strings = read_strings(part, self._archive.blocks(part), self._budget)
        pictures = self._has("richValueRel", "/richdata/richvaluerel.xml")
        maker = CellMaker(strings.texts, self._budget, strings.marks, pictures=pictures)
        part = self._only("styles")
        styles = self._archive.blocks(part) if part else ()
        memory = SheetCache(styles, self._budget)
        formats = Formats({}, RowMemory())
        if part:
            formats = memory.formats(
                lambda: read_styles(part, self._again(part, styles), self._budget)
            )
        grids = self._grids(workbook, maker, formats, memory)
        return Book(
            sha256=digest,
            grids=grids,
            date_1904=workbook.date_1904,
            external_links=workbook.external_links or self._has("externalLink", "/externallinks/"),
            macros="macroEnabled" in self._kind
            or self._has("xlMacrosheet", "/macrosheets/")
            or self._has("vbaProject", "vbaproject.bin"),
            names=workbook.names,
        )

    def _grids(
        self,
        workbook: Workbook,
        maker: CellMaker,
        formats: Formats,
        memory: SheetCache,
    ) -> tuple[Grid, ...]:
        grids: list[Grid] = []
        used: set[str] = set()
        for entry in workbook.sheets:
            relation = self._sheet_relation(entry)
            if relation.kind != "worksheet":
                continue  # 图表工作表、宏表：没有要读的格
            key = relation.target.lower()
            if key in used:
                raise Refused(
                    files.BAD_STRUCTURE.finding(part=self._part, reason="两张工作表指向同一个部件")
                )
            used.add(key)
            whole = self._archive.blocks(relation.target)
            blocks = partial(self._again, relation.target, whole)
            read = partial(read_sheet, entry, relation.target, blocks, maker, formats)
            grid = memory.sheet(whole, maker, read)
            _require_fit(entry.name, grid)
            grids.append(replace(grid, name=entry.name, hidden=entry.hidden))
        if not grids:
            raise Refused(files.NO_SHEETS.finding())
        return tuple(grids)

    def _sheet_relation(self, entry: SheetEntry) -> Relation:
        relation = self._relations.get(entry.relation)
        if relation is None or relation.outside:
            raise Refused(files.MISSING_PART.finding(part=f"（工作表 {entry.name[:31]}）"))
        return relation

    def _again(self, part: str, whole: Iterable[bytes]) -> Iterable[bytes]:
        """一段就是全部的，直接再给；分段解压的，重新解压。"""
        return whole if isinstance(whole, tuple) else self._archive.blocks(part)

    def _only(self, kind: str) -> str:
        """某类关系唯一的目标；没有则为空。"""
        targets = [
            item.target
            for item in self._relations.values()
            if item.kind == kind and not item.outside
        ]
        if len(targets) > 1:
            raise Refused(files.DUPLICATE_PART.finding(part=kind))
        return targets[0] if targets else ""

    def _has(self, kind: str, mark: str) -> bool:
        """有没有某类关系或某种名字的部件。"""
        return any(item.kind == kind for item in self._relations.values()) or any(
            mark in f"/{name}" for name in self._archive.names
        )


def _require_fit(name: str, grid: Grid) -> None:
    """每格的文字都是 Excel 装得下的：装不下的打开时就被截断，原样写进汇总也不行。

    Raises:
        Refused: 有一格的文字太长。
    """
    cells = grid.cells
    if max(map(len, map(_text_of, cells.values())), default=0) * 2 <= TEXT_LIMIT:
        return
    for at, cell in cells.items():
        if len(cell.text) * 2 > TEXT_LIMIT:
            count = len(cell.text.encode("utf-16-le", "surrogatepass")) // 2
            if count > TEXT_LIMIT:
                raise Refused(
                    files.LONG_TEXT.finding(
                        name=name[:31], address=At(*at).a1, count=count, limit=TEXT_LIMIT
                    )
                )
