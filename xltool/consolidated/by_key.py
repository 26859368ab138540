"""在登记表里凭内容找一行：登记表可以排序、插行，公式从不写死在第几行。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xltool.address import quoted
from xltool.consolidated.columns import FIRST_ROW
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.consolidated.columns import Item
    from xltool.consolidated.register import Register


def value_by(register: Register[Any], key: tuple[str, str], column: str) -> str:
    """公式里引用一行一栏的写法；`key` 是凭哪一栏、等于哪一格来找。"""
    return f"INDEX({register.far(column)},{_nth(register, key)})"


def shown_by(
    register: Register[Any], key: tuple[str, str], column: str, result: Decimal | int | str
) -> Formula:
    """照抄那一行的一栏；那一格空着的，也空着。"""
    found = value_by(register, key, column)
    return Formula(f'IF({found}="","",{found})', result)


def link_by(
    register: Register[Any], key: tuple[str, str], item: Item[Any], column: str, text: str = ""
) -> Formula:
    """到那一行一栏的链接，现在是 `item` 那一行；文字空着的，写它现在在哪一格。"""
    name, letters = register.name, register.places.letters[column]
    row = f"({FIRST_ROW - 1}+{_nth(register, key)})"
    shown = f'"{text}"' if text else f'"{name}!{letters}"&{row}'
    target = f'"#{quoted(name)}!{letters}"&{row}'
    return Formula(f"HYPERLINK({target},{shown})", text or f"{name}!{letters}{item.row}")


def _nth(register: Register[Any], key: tuple[str, str]) -> str:
    """是数据的第几行。"""
    column, wanted = key
    return f"MATCH({wanted},{register.far(column)},0)"
