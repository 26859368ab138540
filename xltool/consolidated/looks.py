"""登记表各行的样子和行高。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from xltool.sheets.plan import LineLook, Link, Role

if TYPE_CHECKING:
    from xltool.consolidated.columns import Column, Item
    from xltool.sheets.plan import Content

T = TypeVar("T")
LINE, PADDING = 15.0, 6.0  # 磅：一行字、上下留空
_TALLEST = 400.0  # 磅；Excel 一行最高 409.5


class Looks(Generic[T]):
    """各行的样子：隔行两种，个别栏随内容变；同样的只造一次，几万行共用。"""

    def __init__(self, columns: tuple[Column[T], ...]) -> None:
        self._rows = tuple(
            LineLook(
                tuple((_roles(column)[parity], column.number, column.review) for column in columns)
            )
            for parity in (0, 1)
        )
        self._special = [(n, column) for n, column in enumerate(columns) if column.role is not None]
        self._known: dict[tuple[object, ...], LineLook] = {}

    def of(self, item: Item[T]) -> LineLook:
        """这一行各格的样子。"""
        row = self._rows[item.row % 2]
        if not self._special:
            return row
        roles = tuple(column.role(item.value) for _, column in self._special if column.role)
        key = (item.row % 2, *roles)
        known = self._known.get(key)
        if known is None:
            changed = list(row.cells)
            for (number, column), role in zip(self._special, roles, strict=True):
                changed[number] = (role, column.number, column.review)
            known = self._known[key] = LineLook(tuple(changed))
        return known


def room_of(column: Column[T]) -> int:
    """一行能写几个全角字。"""
    return max(1, int(column.width - 1.5) // 2)


def _roles(spec: Column[T]) -> tuple[Role, Role]:
    """偶数行、奇数行的样子。"""
    if spec.review:
        return Role.REVIEW, Role.REVIEW
    if spec.link:
        return Role.LINK, Role.LINK
    if spec.centered:
        return Role.BODY_BAND_CENTER, Role.BODY_CENTER
    return Role.BODY_BAND, Role.BODY


def _lines(text: str, room: int) -> int:
    """一段要几行：夹着汉字的全按全角算，宁高勿截；全是半角的（如内容指纹）两个合一个。"""
    full = -(-len(text) // 2) if text.isascii() else len(text)
    return -(-full // room) or 1


def height_of(line: tuple[Content, ...], rooms: list[tuple[int, int]]) -> float:
    """行高由长文字的栏估出。"""
    lines = 1
    for number, room in rooms:
        content = line[number]
        text = content.text if isinstance(content, Link) else content
        if not isinstance(text, str):
            continue
        if "\n" in text:
            lines = max(lines, sum([_lines(part, room) for part in text.split("\n")]))
        elif len(text) > room:
            lines = max(lines, _lines(text, room))
    return min(_TALLEST, lines * LINE + PADDING)
