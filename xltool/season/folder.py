"""一季的工作文件夹：里面有 名单.xlsx，名单里有“设置”一张表；只看这一个文件夹，不往上找。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xltool.finding import Finding
from xltool.season.names import ROSTER_FILE
from xltool.season.settings import SHEET, read_settings
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.season.settings import Settings


@dataclass(frozen=True, slots=True)
class Season:
    """一季：在哪个文件夹、各项设置、读设置时发现的问题。"""

    folder: Path
    settings: Settings
    findings: tuple[Finding, ...]

    @property
    def roster(self) -> Path:
        """名单。"""
        return self.folder / ROSTER_FILE


def find_season(folder: Path) -> Season | Finding | None:
    """这个文件夹里的一季；没有的为空，名单读不了的给出原因。"""
    path = folder / ROSTER_FILE
    if not path.is_file():
        return None
    book = read_book(path)
    if isinstance(book, Finding):
        return book.in_file(ROSTER_FILE)
    grid = next((grid for grid in book.grids if grid.name.strip() == SHEET), None)
    if grid is None:
        return None
    settings, findings = read_settings(grid, folder, date_1904=book.date_1904)
    return Season(folder, settings, tuple(one.in_file(ROSTER_FILE) for one in findings))
