"""预填的空白评分表：一个方案刻一次版，各单位的只换预填的格和随之而变的格。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.excel.atomic import atomic_save
from xltool.excel.prerendered import prerender_book
from xltool.excel.skeleton import empty_skeleton
from xltool.excel.text import put_text
from xltool.excel.write import write_book
from xltool.facts.derived import derived_keys
from xltool.form.book import form_plan
from xltool.form.changing_cells import changing_cells, changing_rows
from xltool.form.form import make_form
from xltool.form.sending import with_sending

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xltool.excel.prerendered import PrerenderedBook
    from xltool.facts.typed import Typed
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


def write_blank(
    scheme: Scheme, contents: Mapping[CellKey, Typed], target: Path, sending: str = ""
) -> Path:
    """写一份，`contents` 是封面上预填的；返回真正保存的位置。各部件与从头写的一个字节也不差。

    `sending` 是印在填报说明上的一句：什么时候以前、报到哪里。

    像公式的名称要用带引号前缀的样式，版上没有，各样式的编号都会变；这样的从头写。

    Raises:
        UnwritableError: 预填的有 Excel 装不下的。
    """
    form = make_form(scheme, contents, derive=True)
    texts = (content for content in contents.values() if isinstance(content, str))
    typed = contents.keys() & derived_keys(scheme)  # 版上是公式
    if not contents or typed or any(put_text(text).quoted for text in texts):
        return write_book(with_sending(form_plan(form), sending), target)
    book, changes, rows = (
        _prerendered(scheme, sending),
        changing_cells(form),
        changing_rows(form),
    )
    return atomic_save(target, lambda file: book.print(file, changes, rows))


@lru_cache(maxsize=16)
def _prerendered(scheme: Scheme, sending: str) -> PrerenderedBook:
    blank = with_sending(form_plan(make_form(scheme, {}, derive=True)), sending)
    return prerender_book(empty_skeleton(blank), blank)
