"""清单：写着 {{清单.栏}} 的一行表格、相连的几段话，一条一份；一条也没有的，整张表、那几段不要。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from xltool.papers.runs import PLACEHOLDER, Edit, edited, is_merged, joined, plain_text, run_edits

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from xltool.papers.paragraphs import Grid, Paragraph

    Texts = Mapping[str, str | tuple[str, ...]]

# 一格的样子里，上下合并写在宽和跨几列之后
_PLACE: Final = re.compile(
    rb"<(\w+:)tc(?:\s[^>]*)?>(<\w+:tcPr>(?:<\w+:(?:cnfStyle|tcW|gridSpan|hMerge)\s[^>]*/>)*)?"
    rb"(<\w+:vMerge[^>]*/>)?"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """一张清单：各条各栏的内容。"""

    items: tuple[Mapping[str, str], ...]


@dataclass(slots=True)
class Block:
    """要一条一份的一块：一行表格，或相连的几段。"""

    name: str
    start: int
    end: int
    table: Grid | None
    paragraphs: list[Paragraph] = field(default_factory=list)


def list_of(name: str) -> str:
    """一个名称是哪张清单的；不是清单的栏，为空串。"""
    head, dot, _ = name.partition(".")
    return head if dot else ""


def blocks_of(
    data: bytes, paragraphs: Sequence[Paragraph], lists: Collection[str]
) -> tuple[Block, ...]:
    """各块，由上而下。"""
    found: list[Block] = []
    rows = {
        one.row.start: name
        for one in paragraphs
        if one.row is not None and (name := _named(one, lists))
    }
    for one in sorted(paragraphs, key=lambda paragraph: paragraph.start):
        if one.row is not None:
            block = Block(rows.get(one.row.start, ""), one.row.start, one.row.end, one.table)
        else:
            block = Block("" if one.nested else _named(one, lists), one.start, one.end, None)
        if not block.name:
            continue
        last = found[-1] if found else block
        same_row = last.start == block.start
        adjoining = block.table is None and not data[last.end : block.start].strip()
        if last is not block and last.name == block.name and (same_row or adjoining):
            last.end = block.end
        else:
            found.append(block)
        found[-1].paragraphs.append(one)
    return tuple(found)


def _named(paragraph: Paragraph, lists: Collection[str]) -> str:
    names = map(list_of, PLACEHOLDER.findall(paragraph.text))
    return next((name for name in names if name in lists), "")


def repeated(data: bytes, block: Block, listed: Listed, values: Texts) -> Edit:
    """一块换成几份。"""
    if not listed.items:
        place = block.table or block
        movable = block.table is not None or not any(one.lone for one in block.paragraphs)
        return Edit(place.start, place.end, b"") if movable else Edit(block.start, block.start, b"")
    cells = _merged_cells(block)
    copies: list[bytes] = []
    above: list[str] = []
    for item in listed.items:
        own = {**values, **{f"{block.name}.{key}": text for key, text in item.items()}}
        texts = [plain_text(text, own) for text in cells.values()]
        same = {cell: texts[: n + 1] == above[: n + 1] for n, cell in enumerate(cells)}
        copies.append(_copy(data, block, own, same))
        above = texts
    return Edit(block.start, block.end, joined(copies))


def _merged_cells(block: Block) -> dict[int, str]:
    """写着“/合并”的各格，由左而右：在哪里，写的什么。"""
    cells: dict[int, str] = {}
    for one in block.paragraphs:
        if one.cell is not None and any(map(is_merged, PLACEHOLDER.findall(one.text))):
            cells[one.cell.start] = cells.get(one.cell.start, "") + one.text
    return dict(sorted(cells.items()))


def _copy(data: bytes, block: Block, values: Texts, same: Mapping[int, bool]) -> bytes:
    """一条的一份；写着“/合并”、与上一条相同的格并到上面。"""
    edits: list[Edit] = []
    joined: set[int] = set()
    for one in block.paragraphs:
        cell = one.cell.start if one.cell is not None else -1
        if cell in same and cell not in joined:
            joined.add(cell)
            edits.append(_merging(data, cell, first=not same[cell]))
        if same.get(cell):
            edits += [Edit(run.start, run.end, b"") for run in one.runs]
        else:
            edits += run_edits(one.runs, values, breaks=True)
    return edited(data, edits, block.start, block.end)


def _merging(data: bytes, cell: int, *, first: bool) -> Edit:
    """一格设为上下合并的头一格，或并到上一格。"""
    found = _PLACE.match(data, cell)
    if found is None:
        return Edit(cell, cell, b"")
    prefix, look, old = found.groups()
    merge = b"<%bvMerge%b/>" % (prefix, b' %bval="restart"' % prefix if first else b"")
    if look is None:
        new = b"<%btcPr>%b</%btcPr>" % (prefix, merge, prefix)
        return Edit(found.end(), found.end(), new)
    start = found.start(3) if old else found.end()
    return Edit(start, found.end(), merge)
