"""各张表在工作簿里是哪一个工作表：表名、标识、表头，三者取二。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.layout.layout import GUIDE, IDENTITY, OPTIONS, PARAMETERS
from xltool.messages import form as say
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Finding
    from xltool.intake.grid import Book, Grid
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout

_OWN = (GUIDE, PARAMETERS, OPTIONS, IDENTITY)
_NEEDED = 2
_TAG = "xltool:"


def tag(key: str) -> str:
    """某张表的标识，印在标识行的第一格。"""
    return f"{_TAG}{key}"


def match_sheets(book: Book, layout: Layout) -> tuple[dict[str, Grid], tuple[Finding, ...]]:
    """每张表对应的工作表，以及改名、重复、隐藏、缺少的说明。"""
    found: dict[str, Grid] = {}
    findings: list[Finding] = []
    tags = {grid.name: _tags(grid) for grid in book.grids}
    for key, block in layout.blocks.items():
        candidates = [
            grid for grid in book.grids if _sure(grid, block, tagged=tag(key) in tags[grid.name])
        ]
        if not candidates:
            findings.append(say.NO_SHEET.finding(sheet=block.name, name=block.name))
            continue
        chosen = next((grid for grid in candidates if grid.name == block.name), candidates[0])
        found[key] = chosen
        findings += _notes(block, chosen, candidates)
    used = {grid.name for grid in found.values()}
    findings += _extra(book, used, findings)
    return found, tuple(findings)


def _tags(grid: Grid) -> frozenset[str]:
    """工作表里写着的全部表标识。"""
    return frozenset(cell.text for cell in grid.cells.values() if cell.text.startswith(_TAG))


def _sure(grid: Grid, block: Block, *, tagged: bool) -> bool:
    """三者取二；前两样已见分晓的，不必再找表头。"""
    votes = int(grid.name == block.name) + int(tagged)
    if votes == _NEEDED - 1:
        votes += int(heading_row(grid, block) is not None)
    return votes >= _NEEDED


def tag_row(grid: Grid, key: str) -> int | None:
    """标识行在第几行。"""
    wanted = tag(key)
    return next((row for (row, _), cell in grid.cells.items() if cell.text == wanted), None)


def heading_row(grid: Grid, block: Block) -> int | None:
    """表头在第几行：半数以上的表头在同一行里。"""
    wanted = {fold(column.heading) for column in block.listed}
    counts: dict[int, set[str]] = {}
    for (row, _), cell in grid.cells.items():
        if cell.numeric or len(cell.text) > _LONGEST:
            continue
        text = fold(cell.text)
        if text in wanted:
            counts.setdefault(row, set()).add(text)
    best = max(counts, key=lambda row: (len(counts[row]), -row), default=None)
    return best if best is not None and 2 * len(counts[best]) > len(wanted) else None


_LONGEST = 60  # 表头没有这么长，长文字不必比


def _notes(block: Block, chosen: Grid, candidates: list[Grid]) -> Iterator[Finding]:
    if chosen.name != block.name:
        yield say.RENAMED_SHEET.finding(sheet=chosen.name, name=block.name, found=chosen.name)
    if chosen.hidden:
        yield say.HIDDEN_SHEET.finding(sheet=chosen.name, name=chosen.name)
    for grid in candidates:
        if grid is not chosen:
            yield say.COPIED_SHEET.finding(sheet=grid.name, name=block.name, found=grid.name)


def _extra(book: Book, used: set[str], findings: list[Finding]) -> Iterator[Finding]:
    told = {finding.sheet for finding in findings}
    for grid in book.grids:
        if grid.name not in used and grid.name not in _OWN and grid.name not in told:
            yield say.EXTRA_SHEET.finding(sheet=grid.name, name=grid.name)
