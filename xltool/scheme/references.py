"""方案里用“表.项”指到的：是不是逐项表里的一项，一项只有一格；记录表、评分表的栏一行一个，指不到。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.fields import SheetKind

if TYPE_CHECKING:
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme


def reference_problem(scheme: Scheme, key: CellKey) -> str:
    """指得不对的说法；指得对的是空串。"""
    dotted = f"{key.sheet}.{key.row}"
    if not scheme.has(dotted):
        return f"没有填报项“{dotted}”"
    sheet = scheme.sheet(key.sheet)
    single = sheet.kind is SheetKind.FIELDS and any(one.key == key.row for one in sheet.fields)
    return "" if single else f"“{dotted}”一行一个，这里要写逐项表里的一项"
