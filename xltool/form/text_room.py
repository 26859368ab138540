"""文字的格印得下多少字：提示、自查、检查、续页都照这里的一个数；再多的，行高到了头，印不全。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.form.inputs import inputs_in
from xltool.layout.columns import LONG
from xltool.layout.layout import template_layout
from xltool.scheme.key import VALUE
from xltool.scheme.model import SheetKind
from xltool.sheets.text import characters_across, most_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.facts.typed import Typed
    from xltool.layout.block import Block
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field, Scheme

ENOUGH: Final = 1000
"""印得下这么多字的，不用先说；续页的一格印这么多。"""

_BREAK: Final = "\n"


class Room(NamedTuple):
    """一格印得下几个字；换行一处，最多空出一行，照一行的字数算。"""

    characters: int
    across: int

    def taken(self, text: str) -> int:
        """一段字占几个字的地方。"""
        return len(text) + (self.across - 1) * text.count(_BREAK)

    def holds(self, text: str) -> bool:
        """印不印得全。"""
        short = len(text) <= self.characters
        return short and (_BREAK not in text or self.taken(text) <= self.characters)

    def exceeded(self, cell: str) -> str:
        """公式：一格印不全。"""
        unbroken = f'LEN(SUBSTITUTE({cell},CHAR(10),""))'
        return f"{self.across}*LEN({cell})-{self.across - 1}*{unbroken}>{self.characters}"


class TextCell(NamedTuple):
    """一种由人写字的格：一栏里各行的算一种；`code` 是它在所在的工作表上的字母。"""

    code: str
    label: str
    room: Room


def text_room(block: Block, field: Field, row: str) -> Room:
    """一个文字的格印得下几个汉字；零头不算。"""
    item = block.sheet.kind is SheetKind.FIELDS and field not in block.sheet.extras
    width, tight = block.width(row, VALUE) if item else block.widths[field.key], bool(block.edge)
    across = characters_across(width, tight=tight)
    return Room(most_lines(tight=tight) * across // 10 * 10, across)


@lru_cache(maxsize=16)
def text_cells(scheme: Scheme) -> Mapping[CellKey, TextCell]:
    """一个方案各种由人写字的格；除逐项表外，不分第几行。"""
    codes: dict[tuple[str, str, str], str] = {}
    used: dict[str, int] = {}
    cells: dict[CellKey, TextCell] = {}
    for block in template_layout(scheme).blocks.values():
        if LONG.key not in block.columns:
            continue
        for key in dict.fromkeys(_kind(scheme, one) for one in _written(scheme, block)):
            row = key.row or block.entry_rows[0]
            field = scheme.field(key._replace(row=row))
            # 逐项表各项的填报内容同在一栏，算一种；排在页上的，一项一处
            name = (key.sheet, key.row if block.sheet.page else "", key.column)
            if name not in codes:
                number = used[block.name] = used.get(block.name, 0) + 1
                codes[name] = _letter(number)
            cells[key] = TextCell(codes[name], field.label, text_room(block, field, row))
    return cells


def _letter(number: int) -> str:
    """第几种的字母；英文字母不够用的，接着用汉字。"""
    return chr((0x40 if number <= 26 else 0x4E00) + number)  # noqa: PLR2004 - the letters there are


def _written(scheme: Scheme, block: Block) -> Iterator[CellKey]:
    for row in block.entry_rows:
        yield from (key for key in inputs_in(block, row) if scheme.field(key).kind.free)


def _kind(scheme: Scheme, key: CellKey) -> CellKey:
    return key if scheme.sheet(key.sheet).kind is SheetKind.FIELDS else key._replace(row="")


def text_cell(scheme: Scheme, key: CellKey) -> TextCell | None:
    """一格是哪一种；不由人写字的为空。"""
    return text_cells(scheme).get(_kind(scheme, key))


def cells_in(scheme: Scheme, block: Block, row: str) -> tuple[tuple[CellKey, TextCell], ...]:
    """一行里由人写字的各格，由左到右。"""
    records = block.sheet.kind is SheetKind.RECORDS
    listed = _cells_in(scheme, block.sheet.key, "1" if records else row)
    return tuple((key._replace(row=row), one) for key, one in listed) if records else listed


@lru_cache(maxsize=4096)
def _cells_in(scheme: Scheme, sheet: str, row: str) -> tuple[tuple[CellKey, TextCell], ...]:
    block = template_layout(scheme).blocks[sheet]
    if LONG.key not in block.columns:
        return ()
    found = ((key, text_cell(scheme, key)) for key in inputs_in(block, row))
    return tuple((key, one) for key, one in found if one)


def beyond(scheme: Scheme, written: Iterable[tuple[CellKey, Typed]]) -> Mapping[CellKey, TextCell]:
    """各格写的里，印不全的。"""
    found: dict[CellKey, TextCell] = {}
    for key, text in written:
        if isinstance(text, str) and (len(text) > _LEAST or _BREAK in text):
            cell = text_cell(scheme, key)
            if cell and not cell.room.holds(text):
                found[key] = cell
    return found


_LEAST: Final = 20  # 最窄的一格也印得下这么多
