"""人在另存的评分表里写的：复核得分、复核意见两栏，各表右边、下面的字，批注；抄给要写的这一份。

复核得分只在汇总的得分明细里填，这两栏是到那里去的链接；解了保护写在这里的不当作得分，也不丢。
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import At
from xltool.collection.saved_review import BESIDE, NOTE
from xltool.collection.table import find_table
from xltool.collection.verdicts import Other
from xltool.excel.earlier import linked_forms
from xltool.excel.pristine import form_untouched
from xltool.finding import Finding
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.intake.identity import identify_old
from xltool.layout.block import END_MARK
from xltool.layout.columns import CODE, REVIEW
from xltool.layout.wording import IN_BOOK, NOT_HERE
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.comments import read_comments
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from xltool.scheme.model import Scheme
    from xltool.xlsx.grid import Grid

_HEADINGS: Final = {column.key: (column.heading,) for column in (CODE, *REVIEW)}
_PRINTED: Final = frozenset({"", NOT_HERE, IN_BOOK})


def written_in_forms(book: Path) -> tuple[Other, ...]:
    """一本汇总链接到的各份评分表里人写的；没有人存过的不打开，读不了的当作没有写。"""
    forms = chain.from_iterable(sorted(one.glob("*.xlsx")) for one in linked_forms(book))
    return tuple(one for form in forms if not form_untouched(form) for one in _written(form))


class _Printed(NamedTuple):
    """一张表印到第几列、第几行，“表格结束”在第几行（没有的是 0）。"""

    width: int
    last: int
    end: int

    def outside(self, at: tuple[int, int], end: int) -> bool:
        """在不在印的以外；加长了的表，“表格结束”在 `end`，以下各行跟着往下。"""
        longer = end - self.end if self.end and end else 0
        return at[1] > self.width or at[0] > self.last + longer


@lru_cache(maxsize=8)
def _printed(scheme: Scheme) -> dict[str, _Printed]:
    """一种评分表的各张表。"""
    found = {}
    for sheet in form_plan(replace(make_form(scheme, {}), lines={})).sheets:
        cells = tuple(sheet.every_cell())
        ends = [cell.at.row for cell in cells if cell.content == END_MARK]
        last = max(cell.at.row for cell in cells)
        found[sheet.name] = _Printed(len(sheet.widths), last, max(ends, default=0))
    return found


def _written(form: Path) -> Iterator[Other]:
    book = read_book(form)
    if isinstance(book, Finding):
        return
    unit, known = form.stem.partition("_")[2], identify_old(book, ready_schemes())
    # 认不出是哪一种的，不知道印到哪里：只看复核两栏和批注
    printed = {} if isinstance(known, Finding) else _printed(known.scheme)
    for grid in book.grids:
        where = f"{form.name} {grid.name}"
        yield from _reviews(grid, where, unit)
        if grid.name not in printed:
            continue
        end = max((at[0] for at, cell in grid.cells.items() if cell.text == END_MARK), default=0)
        for at, cell in sorted(grid.cells.items()):
            if cell.text.strip() and printed[grid.name].outside(at, end):
                yield Other(where, unit, At(*at).a1, BESIDE, cell.text.strip())
    for note in read_comments(form):
        yield Other(f"{form.name} {note.sheet}", unit, note.at.a1, NOTE, note.text)


def _reviews(grid: Grid, where: str, unit: str) -> Iterator[Other]:
    """写在复核得分、复核意见两栏的，哪个指标的。"""
    table = find_table(grid, _HEADINGS, _HEADINGS)
    for row in table.rows() if table else ():
        for column in REVIEW:
            text = table.text(row, column.key) if table else ""
            if text not in _PRINTED and table:
                yield Other(where, unit, table.text(row, CODE.key), column.heading, text)
