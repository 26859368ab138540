"""退回件的由来：它是由哪一份、填着什么的报送标注出来的，一代一代记在标识表里。

文件属性别的程序存盘时会改写，隐藏的标识表里的格不会，所以记在格里。
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

RETURNED: Final = "returned "  # 标识表里记由来的各行，键的开头，后面是第几代
_KEY: Final = re.compile(rf"{RETURNED}([0-9]{{1,9}})")
_VALUE: Final = re.compile(r"([0-9a-f]{64}) ([0-9a-f]{32})")


class Ancestor(NamedTuple):
    """先前的一份：文件的指纹，和所填内容的指纹。"""

    sha256: str
    answers: str


Lineage = tuple[Ancestor, ...]


def lineage_row(number: int, ancestor: Ancestor) -> tuple[str, str]:
    """第几代的一行：键和值。"""
    return f"{RETURNED}{number}", f"{ancestor.sha256} {ancestor.answers}"


def lineage_in(record: Mapping[str, str]) -> Lineage:
    """标识表里记着的由来，最早的在前；写法不对的不算。"""
    found: dict[int, Ancestor] = {}
    for key, value in record.items():
        number, written = _KEY.fullmatch(key), _VALUE.fullmatch(value)
        if number and written:
            found[int(number[1])] = Ancestor(*written.groups())
    return tuple(found[number] for number in sorted(found))
