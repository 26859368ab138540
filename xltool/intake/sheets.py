"""各张表在工作簿里是哪一个工作表：表名、标识、表头，三者取二。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.address import At, Place
from xltool.intake.index import Index, tags
from xltool.layout.explained import EXPLANATION
from xltool.layout.layout import CARRIED, CONTINUED, GUIDE, IDENTITY, OPTIONS, PARAMETERS
from xltool.layout.wording import sheet_tag
from xltool.messages import form as say
from xltool.scheme.model import SheetKind
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from xltool.finding import Finding
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout
    from xltool.xlsx.grid import Book, Grid

OWN = (GUIDE, CARRIED, EXPLANATION, CONTINUED, PARAMETERS, OPTIONS, IDENTITY)
_NEEDED = 2


def match_sheets(
    book: Book, layout: Layout, lists: Collection[Grid] = ()
) -> tuple[dict[str, Grid], tuple[Finding, ...]]:
    """每张表对应的工作表，以及改名、重复、隐藏、缺少的说明；`lists` 是退回时加的问题清单。"""
    found: dict[str, Grid] = {}
    findings: list[Finding] = []
    candidates = _candidates(book, layout)
    for key, block in layout.blocks.items():
        grids = candidates.get(key)
        if not grids:
            findings.append(say.NO_SHEET.finding(sheet=block.name, name=block.name))
            continue
        chosen = grids[0] if len(grids) == 1 else max(grids, key=_Claim(key, block.name))
        found[key] = chosen
        name = chosen.name
        if name != block.name:
            findings.append(say.RENAMED_SHEET.finding(sheet=name, name=block.name, found=name))
        if chosen.hidden:
            findings.append(say.HIDDEN_SHEET.finding(sheet=name, name=name))
        findings += [_copied(block, chosen, grid) for grid in grids if grid is not chosen]
    reported = {finding.sheet for finding in findings} | {grid.name for grid in found.values()}
    reported |= {grid.name for grid in lists}
    findings += _others(book, reported)
    return found, tuple(findings)


@dataclass(frozen=True, slots=True)
class _Claim:
    """几个工作表都像时先取有标识的，再取名字没有改的。"""

    key: str
    name: str

    def __call__(self, grid: Grid) -> tuple[bool, bool]:
        return any(tag == self.key for tag, _ in tags(grid)), grid.name == self.name


def _candidates(book: Book, layout: Layout) -> dict[str, list[Grid]]:
    """每张表可能是哪几个工作表；表名和标识都在原处的不必细看。"""
    names: dict[str, list[str]] = {}
    for key, block in layout.blocks.items():
        names.setdefault(block.name, []).append(key)
    found: dict[str, list[Grid]] = {}
    for grid in book.grids:
        placed = next((k for k in names.get(grid.name, ()) if _tagged(grid, layout.blocks[k])), "")
        if placed:
            found.setdefault(placed, []).append(grid)
        elif grid.name not in OWN and grid.cells:
            for other in _voted(grid, layout):
                found.setdefault(other, []).append(grid)
    taken = {grid.name for grids in found.values() for grid in grids}
    left = [grid for grid in book.grids if grid.cells and grid.name not in (*taken, *OWN)]
    lost = [key for key in layout.blocks if key not in found]
    indexes = {grid.name: Index(grid) for grid in left} if lost else {}
    for key in lost:
        found[key] = [grid for grid in left if _alike(indexes[grid.name], layout.blocks[key])]
    return found


def _tagged(grid: Grid, block: Block) -> bool:
    """标识就在原处。"""
    tag = grid.cells.get((block.lines.identity, 1))
    return tag is not None and tag.text == sheet_tag(block.sheet)


def _voted(grid: Grid, layout: Layout) -> Iterator[str]:
    """这个工作表凑得够两票的表。"""
    tagged = {key for key, _ in tags(grid)}
    index = Index(grid)
    for key, block in layout.blocks.items():
        if tagged and key not in tagged:  # 标识说是别的表
            continue
        votes = int(same_name(grid.name, block.name)) + int(key in tagged)
        if votes < _NEEDED:
            votes += int(index.heading_row(block) is not None)
        if votes >= _NEEDED:
            yield key


def _alike(index: Index, block: Block) -> bool:
    """名字、标识、表头都凑不够两票的：名字里含着表名的、印着标题的也各算一票。"""
    tagged = {key for key, _ in tags(index.grid)}
    if tagged and block.sheet.key not in tagged:
        return False
    votes = (
        bool(tagged),
        fold(block.name) in fold(index.grid.name),
        index.titled(block.sheet.title),
        index.heading_row(block) is not None,
    )
    return sum(votes) >= _NEEDED


def same_name(found: str, name: str) -> bool:
    """同名，或是软件给副本起的名字：评分表 (2)、评分表_2。"""
    rest = fold(found).removeprefix(fold(name))
    return fold(found).startswith(fold(name)) and not rest.strip("()_-0123456789副本")


def _copied(block: Block, chosen: Grid, copy: Grid) -> Finding:
    """同一张表的另一份：内容相同的只提醒，不同的不能替填报人选；公式的结果会随之变，不比。"""
    ours, theirs = (
        {at: cell.text for at, cell in grid.cells.items() if not cell.formula}
        for grid in (chosen, copy)
    )
    different = [at for at in {*ours, *theirs} if ours.get(at) != theirs.get(at)]
    if not different:
        return say.COPIED_SHEET.finding(sheet=copy.name, name=block.name, found=copy.name)
    at = At(*min(different))
    if block.sheet.kind is SheetKind.SCORE:
        return say.TWO_FORMS.finding(
            Place(copy.name, at),
            name=block.name,
            chosen=chosen.name,
            found=copy.name,
            address=at.a1,
        )
    return say.COPY_DIFFERS.finding(
        Place(copy.name, at), name=chosen.name, found=copy.name, address=at.a1
    )


def _others(book: Book, reported: set[str]) -> Iterator[Finding]:
    """模板里没有的工作表；空的不说。"""
    own: set[str] = set()
    names = {grid.name for grid in book.grids}
    for grid in book.grids:
        if not grid.cells or grid.name in reported:
            continue
        known = grid.name if grid.name in OWN else _own_name(grid.name, names)
        if known:
            own.add(known)
        else:
            yield say.EXTRA_SHEET.finding(sheet=grid.name, name=grid.name)
    for name in (PARAMETERS, OPTIONS):
        if name not in own:
            yield say.NO_OWN_SHEET.finding(sheet=name, name=name)


def _own_name(name: str, names: Collection[str]) -> str:
    """说明、参数、选项的副本名：评分参数 (2)；原来的不在了，名字里含着它的也是。都不是的为空。"""
    renamed = (own for own in OWN if own not in names and fold(own) in fold(name))
    return next((own for own in OWN if same_name(name, own)), "") or next(renamed, "")
