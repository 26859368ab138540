"""随程序带的方案里换了地方的项：早先拆成几张表的，到印成一页的。

标识没有变的不用写在这里；填在哪里方案自己说得出的（归拢的自评得分）也不用。
"""

from __future__ import annotations

from typing import Final

from xltool.scheme.key import CellKey

_NOTE: Final = CellKey("finance", "note")
_EXPLAINED: Final = ("total", "adjusted", "initial", "total_fiscal", "total_carried", "total_other")
_TO_ONE_PAGE: Final = {
    CellKey("form", "01", "reason"): _NOTE,
    **{CellKey("finance", row, "note"): _NOTE for row in _EXPLAINED},
}
MOVES: Final = {
    "mof-project-2020-1": _TO_ONE_PAGE,
    "mof-project-101-2021-1": _TO_ONE_PAGE,
}
"""按旧表的方案查：旧表的一格填到新表的哪一格。"""
