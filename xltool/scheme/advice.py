"""方案里不妨碍用、多半是忘了改的：标题里的年度，沿用来的页上印的分值。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xltool.scheme.grid import Content, grid_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme

_YEAR: Final = re.compile("(?<![0-9])(20[0-9]{2})年度")


def other_year(text: str, year: int) -> str:
    """标题里写着的别的年度，如 2024年度；没有的是空串。"""
    found = _YEAR.search(text)
    return found[0] if found and int(found[1]) != year else ""


def advice(scheme: Scheme, base: Scheme | None) -> Iterator[tuple[str, str]]:
    """值得看一眼的：键的路径和说法；`base` 是所沿用的方案。"""
    titles = {"scheme.title": scheme.title}
    titles |= {f"sheets.{sheet.key}.title": sheet.title for sheet in scheme.sheets}
    for path, title in titles.items():
        found = other_year(title, scheme.year)
        if found:
            yield path, f"写着“{found}”，而评价年度是 {scheme.year}，请核对"
    if base is not None:
        yield from _renumbered(scheme, base)


def _renumbered(scheme: Scheme, base: Scheme) -> Iterator[tuple[str, str]]:
    """照编码印的分值，编码如今是另一个指标。"""
    titles = {one.code: one.title for one in scheme.indicators}
    before = {one.code: one.title for one in base.indicators}
    grids = {sheet.key: sheet.grid for sheet in base.sheets}
    for sheet in scheme.sheets:
        if not sheet.grid or sheet.grid != grids.get(sheet.key):
            continue
        for piece in (one for line in grid_lines(sheet) for one in line.pieces):
            code = piece.name
            known = piece.content is Content.POINTS and code in titles and code in before
            if known and titles[code] != before[code]:
                said = f"“={code}”原来印“{before[code]}”的分值，现在印“{titles[code]}”的"
                yield f"sheets.{sheet.key}.grid", f"{said}，不对的在这里另写 grid"
