"""列标与列号：读表时每格都要换算，记下算过的。"""

from __future__ import annotations

from typing import Final

from xltool.address import MAX_COL, column_number

_LETTERS: Final = 3


class Columns(dict[str, int]):
    """列标 → 第几列，大小写不论；不是列标的为 0。最多一万六千项。"""

    def __missing__(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha()):
            return 0
        if not letters.isupper():  # 有的程序写小写，Excel 照样打开
            return self[letters.upper()]
        number = column_number(letters) if len(letters) <= _LETTERS else 0
        if number > MAX_COL:
            return 0
        self[letters] = number
        return number


COLUMNS: Final = Columns()
