"""这是哪个方案、哪个版本的表：先看隐藏的标识表，再看表名。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.layout.layout import IDENTITY, IDENTITY_KEYS
from xltool.messages import form as say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.finding import Finding
    from xltool.intake.grid import Book, Grid
    from xltool.scheme.model import Scheme

FORMAT = "xltool/1"


@dataclass(frozen=True, slots=True)
class Identified:
    """认出的方案；`recorded` 说明有没有标识表。"""

    scheme: Scheme
    recorded: bool
    findings: tuple[Finding, ...] = ()


def read_identity(grid: Grid) -> dict[str, str]:
    """标识表里的键和值。"""
    found: dict[str, str] = {}
    for (row, column), cell in grid.cells.items():
        if column == 1 and cell.text in IDENTITY_KEYS:
            value = grid.cells.get((row, 2))
            found[cell.text] = value.text if value else ""
    return found


def identify_scheme(book: Book, schemes: Sequence[Scheme]) -> Identified | Finding:
    """认出方案；认不出的给出退回的理由。"""
    grid = next((grid for grid in book.grids if grid.name == IDENTITY), None)
    if grid is None:
        return _by_names(book, schemes)
    record = read_identity(grid)
    if record.get("format") != FORMAT:
        return _by_names(book, schemes)
    scheme = next((scheme for scheme in schemes if scheme.id == record.get("scheme")), None)
    if scheme is None:
        known = "、".join(scheme.id for scheme in schemes)
        return say.UNKNOWN_SCHEME.finding(found=record.get("scheme", ""), expected=known)
    found = (record.get("version", ""), record.get("year", ""))
    if found != (scheme.version, str(scheme.year)):
        return say.OTHER_VERSION.finding(
            found=f"{scheme.id} {found[0]}（{found[1]}年度）",
            expected=f"{scheme.version}（{scheme.year}年度）",
        )
    return Identified(scheme, recorded=True)


def _by_names(book: Book, schemes: Sequence[Scheme]) -> Identified | Finding:
    """没有标识表时，大半表名对得上、而且只有一个方案对得上的，才认。"""
    names = {grid.name for grid in book.grids}
    matched = [scheme for scheme in schemes if _share(scheme, names)]
    if len(matched) != 1:
        return say.NOT_OURS.finding()
    lost = say.IDENTITY_LOST.finding(sheet=IDENTITY, scheme=matched[0].title)
    return Identified(matched[0], recorded=False, findings=(lost,))


def _share(scheme: Scheme, names: set[str]) -> bool:
    ours = [sheet.name for sheet in scheme.sheets]
    return 2 * sum(name in names for name in ours) > len(ours)
