"""一条问题在方案里的位置和它看到的数：不随行号、表名、栏的先后而变，下一次汇总凭它认出同一条。"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from xltool.finding import MATTER_IN
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Finding
    from xltool.scheme.model import Scheme

_BYTES: Final = 5
# 指纹里不用数字：一串数字会被当成号码遮去，也会被表格软件读成数
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"
_PAIRS: Final = tuple(one + other for one in _LETTERS for other in _LETTERS)  # 两个字母十位
_MOVING: Final = re.compile(r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}(?![0-9])|第[0-9]+[行条段句]")
"""随插行插列、加一段话而变的写法：格的地址、第几行、第几段第几句。"""

_FIGURE: Final = re.compile(
    r"(?<![0-9.])(?!(?:19|20)[0-9]{2}年|0[0-9](?![0-9.]))[0-9]+(?:[.,][0-9]+)*"
)
"""一句话里的数；年份、两位的编号（02）不是数据。"""

SECTION: Final = "."  # 自评报告里的一处，位置的指纹后面接着在哪一节的指纹

_STATEMENTS: Final = ("reason", "note")  # 各表写原因、说明的栏


def digest(*parts: str) -> str:
    """一段话的短指纹，全是字母。"""
    code = blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=_BYTES).digest()
    bits = int.from_bytes(code, "big")
    return "".join([_PAIRS[bits >> shift & 0x3FF] for shift in (30, 20, 10, 0)])


def place_of(
    scheme: Scheme, key: CellKey | None, anchor: str, finding: Finding, sheet: str = ""
) -> str:
    """问题在方案里的位置。

    记录表的行凭它的名称（`anchor`）认，不凭序号；名称空着的凭序号。不指某一格的，凭在哪张表
    （`sheet` 是表的标识）、说的是什么认，其中的数不论；自评报告里的，凭说的是哪件事、在哪一节。
    """
    if key is None and finding.matter:
        matter, _, section = finding.matter.rpartition(MATTER_IN)
        return f"?{digest(_unfigured(matter))}{MATTER_IN}{settled(section)}"
    if key is None:
        return f"{sheet}?{digest(_unfigured(finding.message))}"
    if scheme.sheet(key.sheet).kind is not SheetKind.RECORDS:
        return str(key)
    row = f"={digest(fold(anchor))}" if fold(anchor) else key.row
    return f"{key.sheet}[{row}].{key.column}"


def place_mark(place: str) -> str:
    """位置的指纹，不知道位置的空着；自评报告里的，后面接着在哪一节的。"""
    if not place:
        return ""
    spot, _, section = place.partition(MATTER_IN)
    return digest(spot) + (f"{SECTION}{digest(section)}" if section else "")


def _unfigured(message: str) -> str:
    return _FIGURE.sub("#", settled(message))


def anchor_of(scheme: Scheme, key: CellKey) -> CellKey | None:
    """记录表的一行叫什么，写在哪一格；别的表没有。"""
    anchor = scheme.sheet(key.sheet).anchor
    return CellKey(key.sheet, key.row, anchor) if anchor else None


def statement_keys(scheme: Scheme, key: CellKey) -> Iterator[CellKey]:
    """单位在这一行的哪几格写说明。"""
    for name in _STATEMENTS:
        if scheme.has(f"{key.sheet}.{name}"):
            yield CellKey(key.sheet, key.row, name)


def seen_by(finding: Finding, raw: str) -> str:
    """问题看到的：说的话和那一格的原文；其中随行号而变的不算。"""
    return digest(settled(finding.message), raw)


def settled(message: str) -> str:
    """去掉随插行插列而变的写法。"""
    return _MOVING.sub("", message)
