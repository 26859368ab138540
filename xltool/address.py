"""单元格位置：整个程序只在这里把行列号换算成 A1 写法。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COL = 16_384
TEXT_LIMIT = 32_767  # 一格最多几个字，按 UTF-16 计
RESERVED_NAME = "history"  # 不能作工作表名，Excel 留着自己用；大小写不论
SHEET_NAME_LIMIT = 31  # 工作表名最多几个字，按 UTF-16 计

_A1 = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_LETTERS = 26
_BAD_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]|^'|'$")


@lru_cache(maxsize=512)
def column_letters(col: int) -> str:
    """第几列（从 1 起）的列标，如 28 → AB。"""
    letters = ""
    while col:
        col, rest = divmod(col - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=512)
def column_number(letters: str) -> int:
    """列标对应第几列（从 1 起），如 AB → 28。"""
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number


class At(NamedTuple):
    """一个单元格在工作表里的行号和列号，都从 1 起。

    是具名元组：汇总一次要造上百万个，元组造得快、比得快、传得快。
    """

    row: int
    col: int

    @property
    def a1(self) -> str:
        """给人看的写法，如 D4。"""
        return f"{column_letters(self.col)}{self.row}"

    @property
    def absolute(self) -> str:
        """公式里的绝对引用，如 $D$4。"""
        return f"${column_letters(self.col)}${self.row}"

    def moved(self, rows: int = 0, cols: int = 0) -> At:
        """向下、向右移动后的位置。"""
        return At(self.row + rows, self.col + cols)

    @classmethod
    def parse(cls, text: str) -> At:
        """读 A1 写法。

        Raises:
            ValueError: 不是 A1 写法，或超出工作表的范围。
        """
        match = _A1.fullmatch(text)
        if not match:
            raise ValueError(text)
        at = cls(int(match[2]), column_number(match[1]))
        if at.row > MAX_ROW or at.col > MAX_COL:
            raise ValueError(text)
        return at


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """一块矩形区域，含两角。"""

    first: At
    last: At

    @property
    def a1(self) -> str:
        """给人看的写法，如 D4:F9；只有一格时写 D4。"""
        return self.first.a1 if self.first == self.last else f"{self.first.a1}:{self.last.a1}"

    @property
    def absolute(self) -> str:
        """公式里的绝对引用，如 $D$4:$F$9。"""
        return f"{self.first.absolute}:{self.last.absolute}"

    def __contains__(self, at: object) -> bool:
        return (
            isinstance(at, At)
            and self.first.row <= at.row <= self.last.row
            and self.first.col <= at.col <= self.last.col
        )


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """某张工作表里的一个单元格。"""

    sheet: str
    at: At

    @property
    def label(self) -> str:
        """给人看的写法，如 评分表!D4。"""
        return f"{self.sheet}!{self.at.a1}"

    @property
    def reference(self) -> str:
        """公式里从别的表引用本格的写法，如 '评分表'!$D$4。"""
        return f"{quoted(self.sheet)}!{self.at.absolute}"


def is_sheet_name(name: str) -> bool:
    """能不能作工作表名：不空、不太长、没有不许用的字。"""
    length = len(name) + sum(char > "\uffff" for char in name)
    reserved = not name.strip() or name.casefold() == RESERVED_NAME
    return not (reserved or length > SHEET_NAME_LIMIT or _BAD_NAME.search(name))


def literal(text: str) -> str:
    """公式里的一段字；字里可以有引号。"""
    return '"' + text.replace('"', '""') + '"'


def quoted(sheet: str) -> str:
    """公式里工作表名的写法。"""
    return "'" + sheet.replace("'", "''") + "'"
