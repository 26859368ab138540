"""再算一遍应印成什么样：复核意见取自书里，其余由报送文件得出；与书逐表比。"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from xltool.collection.carrying import carried_over
from xltool.collection.saved_review import read_saved
from xltool.collection.verdicts import Gone, Opinion, Other
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.known import known_sheets
from xltool.consolidated.left_over import GONE, OTHERS
from xltool.consolidated.source import in_order
from xltool.consolidated.sources import make_sources
from xltool.excel.contents_mark import stored
from xltool.excel.earlier import linked_forms
from xltool.excel.output_set import forms_folder
from xltool.messages import verify as say
from xltool.verifying.cells import added_cells, compare_cells, found_text, shown
from xltool.verifying.comparison import RegisterComparison
from xltool.verifying.model import Difference
from xltool.xlsx.grid import Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from xltool.collection.model import Collection
    from xltool.collection.saved_rows import Saved
    from xltool.collection.verdicts import Reviews
    from xltool.consolidated.source import Source
    from xltool.sheets.plan import SheetPlan
    from xltool.verifying.record import ListedUnit
    from xltool.xlsx.comments import Comment
    from xltool.xlsx.grid import Book

_CARRIED = (GONE, OTHERS)  # 由更早的一份带来的话，报送文件里没有
_ALIKE = 0.5  # 改了名的表，一半以上的格相同才是它


class Expected:
    """应有的样子。"""

    def __init__(
        self, path: Path, book: Book, collection: Collection, comments: Sequence[Comment]
    ) -> None:
        self._book = book
        self._grids = {grid.name: grid for grid in book.grids}
        # 汇总改了名的，评分表里的链接还是原来的名字
        folder = next((one.parent.name for one in linked_forms(path)), forms_folder(path).name)
        plain = make_sources(collection, folder)
        own = {scored.sheet for _, scored in in_order(plain)}  # 没有意见，不必找表头
        registers = replace(book, grids=tuple(one for one in book.grids if one.name not in own))
        self.saved: Saved = read_saved(registers, known_sheets(plain), comments)
        reviews = self._as_written(carried_over(self.saved, collection.units))
        self.sources: tuple[Source, ...] = make_sources(collection, folder, reviews)
        self._lower = [one.file for one in collection.lower]
        self._units = {
            scored.sheet: str(scored.number) for _, scored in in_order(self.sources) if scored.sheet
        }

    def _as_written(self, reviews: Reviews) -> Reviews:
        """带来的话那两张表，书里有就有，没有就没有。"""
        kept = Gone("", "", "", "", "", Opinion(), "", "")
        return replace(
            reviews,
            gone=(kept,) if GONE in self._grids else (),
            others=(Other("", "", "", "", ""),) if OTHERS in self._grids else (),
        )

    @cached_property
    def _sheets(self) -> tuple[SheetPlan, ...]:
        """各表；登记表的格只走一遍，所以先排成一列。"""
        plan = consolidated_plan(self.sources)
        return tuple(
            replace(sheet, cells=tuple(sheet.cells))
            for sheet in plan.sheets
            if sheet.name not in _CARRIED
        )

    @cached_property
    def _matched(self) -> Mapping[str, Grid]:
        """计划的各表是书里的哪一张；改了名的凭内容认。"""
        found = {one.name: self._grids[one.name] for one in self._sheets if one.name in self._grids}
        free = [grid for name, grid in self._grids.items() if name not in found]
        for sheet in self._sheets:
            if sheet.name not in found and free:
                best = max(free, key=partial(_alike, sheet))
                if _alike(sheet, best) > _ALIKE:
                    found[sheet.name] = best
                    free.remove(best)
        return found

    def placed(self, units: Sequence[ListedUnit]) -> bool:
        """各单位的序号还是书里的那样。"""
        now = {str(number): unit.file for source in self.sources for number, unit in source.units}
        return all(now.get(one.number) == one.file for one in units)

    def differences(self, chosen: Mapping[str, str] | None) -> Iterator[Difference]:
        """各处不同；给了 `chosen`（单位序号和文件）就只比这些单位的。"""

        def asked(number: str, file: str) -> bool:
            return chosen is not None and (number in chosen if number else file in files)

        files = set(chosen.values()) | set(self._lower) if chosen is not None else set()
        for sheet in self._sheets:
            number = self._units.get(sheet.name, "")
            grid = self._matched.get(sheet.name)
            if sheet.filter is not None:
                own = grid or Grid(sheet.name, {})  # 没有的，要比的行一行也没有
                some = None if chosen is None else asked
                others = (one for one in self.saved.others if one.sheet == own.name)
                noted = frozenset((one.heading, one.text) for one in others)
                yield from RegisterComparison(sheet, own, some, noted).differences()
            elif chosen is not None and number not in chosen:
                continue
            elif grid is None:
                yield Difference(say.SHEET_MISSING.finding(name=sheet.name), number)
            else:
                yield from (Difference(one, number) for one in compare_cells(sheet, grid))

    def added(self, chosen: Mapping[str, str] | None) -> tuple[Other, ...]:
        """人另写的：添的栏、行、字、批注、表，和不是登记表的表上没有印字的格里的字。

        给了 `chosen` 的，别的单位的评分表没有东西可比，不看。
        """
        matched = {grid.name for grid in self._matched.values()}
        own = [one for one in self.saved.others if one.sheet in matched or self._strange(one.sheet)]
        for sheet in self._sheets:
            grid = self._matched.get(sheet.name)
            number = self._units.get(sheet.name, "")
            unknown = chosen is not None and number not in chosen
            if grid is not None and sheet.filter is None and not unknown:
                for at in added_cells(sheet, grid):
                    text = found_text(grid.cells[(at.row, at.col)])
                    own += [Other(grid.name, "", "", at.a1, text)] if text else []
        return tuple(dict.fromkeys(own))

    def _strange(self, name: str) -> bool:
        """人添的一张表。"""
        return name not in _CARRIED and name in self._grids


def _alike(sheet: SheetPlan, grid: Grid) -> float:
    """一张表有几成的格与计划相同。"""
    cells = [
        (cell.at, shown(cell.content).text)
        for cell in sheet.every_cell()
        if cell.content is not None
    ]
    same = sum(
        stored(found) == text
        for at, text in cells
        if (found := grid.cells.get((at.row, at.col))) is not None
    )
    return same / len(cells) if cells else 0.0
