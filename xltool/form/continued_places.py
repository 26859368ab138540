"""续页上有什么：由哪几张工作表的哪几种格来，各段在哪里，印的是哪一段；公式在 continued_sheet。"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.address import Area, At, quoted
from xltool.form.from_cover import written
from xltool.form.text_room import ENOUGH, Room, cells_in
from xltool.layout.columns import LONG, LONG_LINE
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.sheets.text import characters_across, most_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.form import Form
    from xltool.form.text_room import TextCell
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout

PIECE: Final = ENOUGH  # 一格印几个字，再多的接着印在下一格
BLOCKS: Final = 16  # 几格，一页两格
A_PAGE: Final = 2
FIRST: Final = 5  # 第一格从第几行起：一行说是哪一段，一行是全文
WIDTH, HEIGHT = 82.0, 360.0  # 竖放的 A4 上缩到九磅多，一页两格
NAMED_BY: Final = 20  # 说是哪一段的，太长的只写开头
ROOM: Final = Room(
    most_lines(HEIGHT, tight=True) * characters_across(WIDTH), characters_across(WIDTH)
)
"""一格印得下多少；换行多得印不下的，换行印成空格。"""
CARRIED_ON: Final = ("（续，由第", "字起）")


class Held(IntEnum):
    """一格的各个公式在哪一列；`SHOWN`、`HEAD` 印出来，都在第一列，别的隐藏。"""

    SHOWN = 0  # 全文，在下一行
    HEAD = 1  # 是哪一段
    TURN = 2  # 印的是第几行印不下的字里的
    TAB = 3  # 在第几张工作表
    LINE = 4  # 在它的第几行
    CODES = 5  # 这一行还没有印完的字母，头一个是这一段
    START = 6  # 由第几个字印起
    TEXT = 7  # 全文，没有分开的
    SOURCE = 8  # 是第几种格


class Listed(IntEnum):
    """供各格查的，在哪一列，都隐藏：一张工作表一行的，一共印几页、还有几处，一种格一行的。"""

    BEFORE = 10  # 前面的工作表共几行有印不下的字
    COUNT = 11  # 这一张几处
    TOLD = 12  # 印几页，下一行是还有几处排不下
    KEY = 14
    COLUMN = 15
    CALLED = 16
    NAMED = 17
    AFTER = 18


class Source(NamedTuple):
    """一种格：在第几张工作表上、是哪个字母、在哪一栏，怎样说是哪一段。

    一段叫作 `before`、`named` 栏里的字、`after` 接起来；`named` 空着的，前后已经说清。
    """

    tab: int
    code: str
    at: At
    before: str
    named: At | None
    after: str

    @property
    def key(self) -> str:
        """第几张工作表和字母。"""
        return f"{self.tab}{self.code}"


class Piece(NamedTuple):
    """一格印的：第几行印不下的字里的，在第几张工作表第几行，连同这一行还没有印的各个字母；全文，由第几个字印起。"""

    turn: int
    tab: int
    line: int
    codes: str
    text: str
    start: int
    head: str

    @property
    def shown(self) -> str:
        """印出来的字。"""
        said = self.text[self.start - 1 : self.start - 1 + PIECE]
        return said if ROOM.taken(said) <= ROOM.characters else said.replace("\n", "　")

    @property
    def unfinished(self) -> bool:
        """后面还有。"""
        return len(self.text) >= self.start + PIECE


def tabs_of(layout: Layout) -> dict[str, tuple[Block, ...]]:
    """有由人写字的格的各张工作表，连同上面的各张表。"""
    found: dict[str, tuple[Block, ...]] = {}
    for block in layout.blocks.values():
        if LONG.key in block.columns and any(
            cells_in(layout.scheme, block, row) for row in block.entry_rows
        ):
            found[block.name] = (*found.get(block.name, ()), block)
    return found


def head_row(number: int) -> int:
    """第几格（由零数）说是哪一段的一行。"""
    return FIRST + 2 * number


def column_of(column: Listed, count: int) -> Area:
    """供各格查的一列的头几行。"""
    return Area(At(FIRST, column), At(FIRST + count - 1, column))


def lines_area(name: str, blocks: tuple[Block, ...]) -> str:
    """一张工作表上记着第几行印不下的一栏。"""
    areas = [block.area(LONG_LINE.key) for block in blocks]
    first = min(area.first for area in areas)
    return f"{quoted(name)}!{Area(first, max(area.last for area in areas)).absolute}"


def unfinished_text(row: int) -> str:
    """公式：一格印不完。"""
    text, start = At(row, Held.TEXT).a1, At(row, Held.START).a1
    return f"LEN({text})>=N({start})+{PIECE}"


@lru_cache(maxsize=16)
def sources(layout: Layout) -> tuple[Source, ...]:
    """各种格。"""
    return tuple(
        one
        for tab, blocks in enumerate(tabs_of(layout).values(), 1)
        for block in blocks
        for one in dict.fromkeys(_sources(layout, block, tab))
    )


def _sources(layout: Layout, block: Block, tab: int) -> Iterator[Source]:
    for row in block.entry_rows if block.sheet.kind is SheetKind.FIELDS else block.entry_rows[:1]:
        for key, cell in cells_in(layout.scheme, block, row):
            at = block.at(key.row, key.column)._replace(row=block.lines.header)
            before, named, after = _called(block, key, cell)
            column = None if named is None else At(at.row, block.columns[named][0])
            yield Source(tab, cell.code, at, before, column, after)


def _called(block: Block, key: CellKey, cell: TextCell) -> tuple[str, str | None, str]:
    """怎样说是哪一段：表、哪一行、哪一栏。"""
    sheet, label = block.sheet, f"　{cell.label}"
    if sheet.kind is SheetKind.RECORDS:
        if sheet.page:  # 序号不印，说是哪一个
            return f"{block.name}　“", sheet.anchor, f"”{label}"
        return f"{block.name}　第", "code", f"条{label}"
    if sheet.kind is SheetKind.SCORE:
        return f"{block.name}　", "title", label
    if sheet.page:
        return f"{block.name}{label}", None, ""
    return f"{block.name}　", "label", "" if key.column == VALUE else label


# ---------------------------------------------------------------- 一份表里有哪几段


def pieces(form: Form) -> tuple[Piece, ...]:
    """依表、行的次序，各段分成几格；排不下的也在内。"""
    return tuple(_pieces(form)) if form.beyond else ()


def _pieces(form: Form) -> Iterator[Piece]:
    turn = 0
    known = {one.key: one for one in sources(form.layout)}
    for tab, blocks in enumerate(tabs_of(form.layout).values(), 1):
        for line, block, row in _lines(form, blocks):
            turn += 1
            cells = [one for one in cells_in(form.scheme, block, row) if one[0] in form.beyond]
            for number, (key, cell) in enumerate(cells):
                codes = "".join(other.code for _, other in cells[number:])
                text, source = str(form.contents[key]), known[f"{tab}{cell.code}"]
                for start in range(1, len(text) + 1, PIECE):
                    head = _head(form, block, source, key, start)
                    yield Piece(turn, tab, line, codes, text, start, head)


def _lines(form: Form, blocks: tuple[Block, ...]) -> list[tuple[int, Block, str]]:
    """有印不下的字的各行，由上到下。"""
    names = {
        (key.sheet, block.slot(key.row, key.column)[0]): block
        for key in form.beyond
        for block in blocks
        if block.sheet.key == key.sheet
    }
    return sorted(
        ((block.rows[row], block, row) for (_, row), block in names.items()), key=lambda one: one[0]
    )


def _head(form: Form, block: Block, source: Source, key: CellKey, start: int) -> str:
    named = "" if source.named is None else _name(form, block, key)[:NAMED_BY]
    more = str(start).join(CARRIED_ON) if start > 1 else ""
    return f"{source.before}{named}{source.after}　{len(str(form.contents[key]))}字{more}"


def _name(form: Form, block: Block, key: CellKey) -> str:
    """一行叫什么。"""
    sheet = block.sheet
    if sheet.kind is SheetKind.SCORE:
        return form.scheme.indicator(key.row).title
    if sheet.kind is SheetKind.FIELDS:
        return form.scheme.field(CellKey(sheet.key, key.row)).heading
    if not sheet.page:
        return key.row
    return written(form.contents.get(key._replace(column=sheet.anchor)))
