"""填好的评分表的文件：一个方案刻一次版，各份只换有变的格；与从头写的一个字节也不差（test_prerendered）。"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from xltool.excel.archive import LEVEL
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
    from xltool.scheme.model import Scheme


def form_file(form: Form) -> bytes:
    """一份的 .xlsx；有像公式的字的从头写。"""
    if any(isinstance(one, str) and put_text(one).quoted for one in form.contents.values()):
        return render_book(form_plan(form))
    buffer = BytesIO()
    _prerendered(form.scheme).print(buffer, changing_cells(form), changing_rows(form), level=LEVEL)
    return buffer.getvalue()


@lru_cache(maxsize=8)
def _prerendered(scheme: Scheme) -> PrerenderedBook:
    blank = form_plan(make_form(scheme, {}))
    return prerender_book(empty_skeleton(blank), blank)
