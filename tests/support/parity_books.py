"""测试用：一种表的许多份，各成一份与计算有关的（Book）：版面的各格只排一次，每份换上有变的格。

有变的格与一版多印的相同（`changing_cells`）；换成的与整份的计划一格不差（test_form）。
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from parity_cells import bare, book_of, frozen, wanted_of, written

from xltool.form.book import form_plan
from xltool.form.changing_cells import changing_cells
from xltool.form.form import make_form
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parity_cells import Book, Spot

    from xltool.form.form import Form
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Scheme


class _Blank(NamedTuple):
    """空白的一份，和公式格在哪里。"""

    book: Book
    spots: Mapping[tuple[str, int, int], Spot]


@lru_cache(maxsize=32)
def _blank(scheme: Scheme, layout: Layout) -> _Blank:
    """一个版面的空白的一份；记录多过备好的行数的，版面多几行。"""
    book = book_of(bare(frozen(form_plan(replace(make_form(scheme, {}), layout=layout)))))
    formulas = (place for place, content in book.contents.items() if isinstance(content, Formula))
    return _Blank(book, dict(zip(formulas, book.wanted, strict=True)))


def form_book(form: Form) -> Book:
    """一份表与计算有关的。"""
    (book, spots), computed = _blank(form.scheme, form.layout), form.scheme.computation
    typed = {key: one for key, one in form.contents.items() if computed(key) is None}
    contents, wanted = dict(book.contents), dict(book.wanted)
    # 自动计算的项，填了也不算
    for name, cells in changing_cells(replace(form, contents=typed)).items():
        for cell in cells:
            place = (name, *cell.at)
            assert isinstance(cell.content, Formula) == (place in spots), place
            contents[place] = written(cell.content)
            if isinstance(cell.content, Formula):
                wanted[spots[place]] = wanted_of(cell, cell.content)
    return replace(book, contents=contents, wanted=wanted)
