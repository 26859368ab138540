"""几个方案合在一本汇总里时，各表表名后面接的字：怎样起，怎样由表名找回是哪个方案。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.scheme.model import Scheme

_LENGTH: Final = 12  # 接在“绩效指标明细”之后，连同版本不超过表名的上限
NOT_IN_NAMES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))  # 表名里不许有的字


def labels_of(schemes: Sequence[Scheme]) -> list[str]:
    """各方案接的字：表种；同一表种的几版，再接版本；版本也相同的，接序号。只有一个方案的不接。"""
    if len(schemes) == 1:
        return [""]
    possible = [_possible(scheme, number) for number, scheme in enumerate(schemes, 1)]
    alike = list(zip(*possible, strict=True))
    return [
        next(label for label, others in zip(own, alike, strict=True) if others.count(label) == 1)
        for own in possible
    ]


def sheet_name(name: str, label: str) -> str:
    """一个方案的一张表叫什么。"""
    return f"{name}_{label}" if label else name


def name_and_label(sheet: str) -> tuple[str, str]:
    """表名里表的名称，和它后面接的字。"""
    name, _, label = sheet.partition("_")
    return name, label


def scheme_of(label: str, schemes: Sequence[Scheme | None]) -> Scheme | None:
    """接着这几个字的是哪个方案；`schemes` 是这一本用的，次序与写的时候相同，这里没有的一个写 None。

    逐字比，不比开头：“项目支出”也是“项目支出101号”的开头。一个也不是的为空。
    """
    if not label and len(schemes) == 1:
        return schemes[0]
    numbered = enumerate(schemes, 1)
    return next((one for n, one in numbered if one and label in _possible(one, n)), None)


def _possible(scheme: Scheme, number: int) -> tuple[str, str, str]:
    """一个方案可能接的字，短的在前；`number` 是它在这一本里的次序。"""
    variant = scheme.variant.translate(NOT_IN_NAMES)[:_LENGTH]
    return variant, f"{variant}{scheme.version}", f"{variant}（{number}）"
