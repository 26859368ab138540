"""试着照方案写一份空白的评分表：写不出的、Excel 打不开的，在下发以前就说。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.excel.errors import UnwritableError
from xltool.excel.write import render_book
from xltool.form.book import form_plan
from xltool.form.fitting import oversized
from xltool.form.form import make_form

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

_FORM: Final = "（评分表）"


def trial_problems(scheme: Scheme) -> tuple[tuple[str, str], ...]:
    """写不出的：键的路径（说不准哪个键的是整张评分表）和说法；写得出的为空。"""
    try:
        found = tuple(oversized(scheme))
        if not found:
            render_book(form_plan(make_form(scheme, {}, derive=True)))
    except UnwritableError as error:
        return ((_FORM, str(error)),)
    except Exception as error:  # noqa: BLE001 - whatever it is, it would stop the form later
        told = f"程序出错（{type(error).__name__}：{error}），请把方案文件交给维护人员"
        return ((_FORM, told),)
    return found
