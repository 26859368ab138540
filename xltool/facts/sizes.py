"""一笔钱大到多少，就要问是不是把元填进了万元的格。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme.model import FieldKind

if TYPE_CHECKING:
    from xltool.scheme.model import Field, Scheme


class Size(NamedTuple):
    """到了多少万元，和为什么要问。"""

    number: Decimal
    why: str


_OF_PROJECT: Final = Size(Decimal(100_000), "一个项目少有这样大的")  # 十亿元；假设
# 五百亿元；假设。五百万元以上的部门，全表按元填的，都到得了这个数
_OF_DEPARTMENT: Final = Size(Decimal(5_000_000), "一个部门少有这样大的")


def huge(scheme: Scheme) -> Size:
    """这种表的一格到了多少要问。"""
    return _OF_PROJECT if scheme.has("cover.project") else _OF_DEPARTMENT


def in_ten_thousands(field: Field) -> bool:
    """是不是以万元计的一项。"""
    return field.kind is FieldKind.MONEY and field.unit == "万元"
