"""共享公式：同一栏往下填的公式只写一遍，别的格照与第一格的距离移动相对引用。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from xltool.address import MAX_COL, MAX_ROW, column_letters, column_number

# 依次是：原样不动的（文字、带引号的和不带引号的表名、方括号里的）；整行；整列；一格
_PIECES: Final = re.compile(
    r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!?|[^\s!(),+\-*/<>=&;:"{}\[\]^%']+(?::[^\s!(),+\-*/<>=&;:"{}\[\]^%']+)?!|\[[^\]]*\])"""
    r"|(?<![\w.\\?$:])\$?[1-9][0-9]{0,6}:\$?[1-9][0-9]{0,6}(?![\w.(:])"
    r"|(?<![\w.\\?$:])\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(:])"
    r"|(?<![\w.\\?$])\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(?![\w.\\?(])"
)
_PLACE: Final = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)([0-9]{0,7})")
_LINE: Final = re.compile(r"(?<![$0-9])[0-9]+")  # 引用里会动的行号
_OUTSIDE: Final = "#REF!"
UNWRITTEN: Final = "共享公式"  # 文件里没有写出公式原文的


class Shift(NamedTuple):
    """离写着公式的那一格往下几行、往右几列。"""

    rows: int = 0
    cols: int = 0


HERE: Final = Shift()


def translated(text: str, shift: Shift) -> str:
    """公式移到别的格以后怎样写；移出工作表的引用是 #REF!。"""
    if shift == HERE:
        return text
    pieces = None if shift.cols else _moved_down(text, shift.rows)
    if pieces is None:
        pieces = list(_cut(text))
        moved = {reference: _moved(reference, shift) for reference in set(pieces[1::2])}
        pieces[1::2] = [moved[reference] for reference in pieces[1::2]]
    return "".join(pieces)


def _moved_down(text: str, rows: int) -> list[str] | None:
    """只往下移的，多半都是：只换行号；有移出工作表的为空。"""
    pieces, lines = _lines(text)
    moved = [line + rows for line in lines]
    if moved and not 1 <= min(moved) <= max(moved) <= MAX_ROW:
        return None
    filled = list(pieces)
    filled[1::2] = map(str, moved)
    return filled


@lru_cache(maxsize=128)
def _lines(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """一段不动的、一个会动的行号，轮着来；另是那些行号。"""
    pieces, lines = [""], []
    for number, piece in enumerate(_cut(text)):
        last = 0
        for found in _LINE.finditer(piece) if number % 2 else ():
            pieces[-1] += piece[last : found.start()]
            lines.append(int(found[0]))
            pieces += found[0], ""
            last = found.end()
        pieces[-1] += piece[last:]
    return tuple(pieces), tuple(lines)


@lru_cache(maxsize=128)
def _cut(text: str) -> tuple[str, ...]:
    """一段别的、一个引用，轮着来。"""
    pieces: list[str] = []
    last = 0
    for found in _PIECES.finditer(text):
        if found[1] is None:
            pieces += text[last : found.start()], found[0]
            last = found.end()
    return (*pieces, text[last:])


def _moved(reference: str, shift: Shift) -> str:
    ends = [_end(end, shift) for end in reference.split(":")]
    return _OUTSIDE if "" in ends else ":".join(ends)


def _end(place: str, shift: Shift) -> str:
    """一格，或者整行、整列的一头；移出工作表的为空。"""
    found = _PLACE.fullmatch(place)
    if found is None:
        raise ValueError(place)
    fixed_column, letters, fixed_row, digits = found.groups()
    if not letters:  # 整行：第一个 $ 是行的
        fixed_column, fixed_row = "", fixed_column
    column, row = column_number(letters.upper()), int(digits or 0)
    column += 0 if fixed_column or not letters else shift.cols
    row += 0 if fixed_row or not digits else shift.rows
    if (letters and not 1 <= column <= MAX_COL) or (digits and not 1 <= row <= MAX_ROW):
        return ""
    kept = letters if fixed_column or not shift.cols else column_letters(column)
    return f"{fixed_column}{kept}{fixed_row}{row if digits else ''}"


First = tuple[str, int, int]
"""一组共享公式写着公式的那一格：公式、行、列。"""


class Groups:
    """一张表里的各组共享公式；`known` 是写着公式的那一格在哪里，写的什么。"""

    __slots__ = ("known",)

    def __init__(self) -> None:
        self.known: dict[str, First] = {}

    def formula(self, group: str, text: str, row: int, column: int) -> tuple[str, Shift]:
        """一格的公式照组里的第一格，和离它多远；`text` 是这一格写着的，多半没有写。"""
        if text:
            first = self.known.setdefault(group, (text, row, column))
        else:
            first = self.known.get(group, (UNWRITTEN, row, column))
        return first[0], Shift(row - first[1], column - first[2])
