"""填好的评分表的文件：一个方案刻一次版，各份只换有变的格；与从头写的一个字节也不差（test_prerendered）。"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from xltool.excel.archive import LEVEL, QUICK
from xltool.excel.prerendered import prerender_book
from xltool.excel.skeleton import empty_skeleton
from xltool.excel.text import put_text
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.changing_cells import changing_cells, changing_rows
from xltool.form.form import make_form

if TYPE_CHECKING:
    from xltool.excel.prerendered import PrerenderedBook
    from xltool.form.form import Form
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Scheme


def form_file(form: Form) -> bytes:
    """一份的 .xlsx；有像公式的字的从头写。"""
    if any(isinstance(one, str) and put_text(one).quoted for one in form.contents.values()):
        return render_book(form_plan(form))
    return _printed(form, LEVEL)


def quick_file(form: Form) -> bytes:
    """读起来与 `form_file` 相同的一份：压得松，像公式的字的样式排在最后，字节不必相同。"""
    return _printed(form, QUICK)


def _printed(form: Form, level: int) -> bytes:
    buffer = BytesIO()
    book = _prerendered(form.scheme, form.layout)
    book.print(buffer, changing_cells(form), changing_rows(form), level=level)
    return buffer.getvalue()


@lru_cache(maxsize=8)
def _prerendered(scheme: Scheme, layout: Layout) -> PrerenderedBook:
    """版面照一份的：记录多过备好的行数，就多几行。"""
    blank = form_plan(replace(make_form(scheme, {}), layout=layout))
    return prerender_book(empty_skeleton(blank), blank)
