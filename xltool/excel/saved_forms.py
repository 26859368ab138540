"""人在另存的评分表里写的：复核得分、复核意见两栏，各表右边的字，批注；抄给要写的这一份。

复核得分只在汇总的得分明细里填，这两栏是到那里去的链接；解了保护写在这里的不当作得分，也不丢。
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Final

from xltool.address import At
from xltool.collection.saved_review import BESIDE, NOTE
from xltool.collection.table import find_table
from xltool.collection.verdicts import Other
from xltool.excel.earlier import linked_forms
from xltool.excel.pristine import form_untouched
from xltool.finding import Finding
from xltool.form.book import form_plan
from xltool.form.form import make_form
from xltool.layout.columns import CODE, REVIEW
from xltool.layout.wording import IN_BOOK, NOT_HERE
from xltool.scoring.catalogue import ready_schemes
from xltool.xlsx.comments import read_comments
from xltool.xlsx.read import read_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from xltool.xlsx.grid import Grid

_HEADINGS: Final = {column.key: (column.heading,) for column in (CODE, *REVIEW)}
_PRINTED: Final = frozenset({"", NOT_HERE, IN_BOOK})


def written_in_forms(book: Path) -> tuple[Other, ...]:
    """一本汇总链接到的各份评分表里人写的；没有人存过的不打开，读不了的当作没有写。"""
    forms = chain.from_iterable(sorted(one.glob("*.xlsx")) for one in linked_forms(book))
    saved = [form for form in forms if not form_untouched(form)]
    widths = _widths() if saved else {}
    return tuple(one for form in saved for one in _written(form, widths))


def _widths() -> dict[str, int]:
    """各张表最宽印到第几列；同名的表各方案不同，取最宽的。"""
    widths: dict[str, int] = {}
    for scheme in ready_schemes():
        for sheet in form_plan(replace(make_form(scheme, {}), lines={})).sheets:
            widths[sheet.name] = max(len(sheet.widths), widths.get(sheet.name, 0))
    return widths


def _written(form: Path, widths: Mapping[str, int]) -> Iterator[Other]:
    book = read_book(form)
    if isinstance(book, Finding):
        return
    unit = form.stem.partition("_")[2]
    for grid in book.grids:
        where = f"{form.name} {grid.name}"
        yield from _reviews(grid, where, unit)
        for at, cell in sorted(grid.cells.items()):
            if at[1] > widths.get(grid.name, 0) and cell.text.strip():
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
