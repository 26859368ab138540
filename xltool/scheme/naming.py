"""记录表的一行叫什么：看同一样东西列了几次，比的是哪一栏。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme.categories import SHEET
from xltool.scheme.fields import FieldKind, SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.fields import Sheet
    from xltool.scheme.model import Scheme

_MAY_REPEAT: Final = frozenset({"rectification", "claims"})  # 一个问题、一个事项可以写几行
_TITLE: Final = "title"


def name_column(sheet: Sheet) -> str:
    """哪一栏是名称，列两次要问；不是记录表的、名称不是写的字的、可以重复的为空。

    绩效指标看三级指标，别的记录表看判断填没填的那一栏。
    """
    if sheet.kind is not SheetKind.RECORDS or sheet.key in _MAY_REPEAT:
        return ""
    name = _TITLE if sheet.key == SHEET else sheet.anchor
    written = (one.key for one in sheet.columns if one.kind is FieldKind.TEXT)
    return name if name in written else ""


def named_sheets(scheme: Scheme) -> Iterator[tuple[Sheet, str]]:
    """绩效指标以外，列两次要问的各张记录表和它的名称一栏。"""
    found = ((sheet, name_column(sheet)) for sheet in scheme.sheets if sheet.key != SHEET)
    yield from ((sheet, name) for sheet, name in found if name)
