"""续页：各表的格里印不下的字，依表的次序印全文；没有的，这一张是空的，不用打印。

一段印一格，一页两格；一格印不完的接着印在下一格，排不下的说还有几处。公式照各表隐藏的两栏
（form/live/long_texts）一行一行地找，插了行、删了行也跟着走。
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from xltool.address import Area, At, quoted
from xltool.form.common import back_link, in_order
from xltool.form.continued_blocks import block_cells
from xltool.form.continued_places import (
    A_PAGE,
    BLOCKS,
    FIRST,
    HEIGHT,
    WIDTH,
    Held,
    Listed,
    column_of,
    head_row,
    lines_area,
    pieces,
    sources,
    tabs_of,
    unfinished_text,
)
from xltool.form.from_cover import annex_heading
from xltool.form.text_room import cells_in
from xltool.layout.columns import LONG
from xltool.layout.layout import BACK, CONTINUED
from xltool.sheets.paper import LEAST_SCALE
from xltool.sheets.plan import Cell, Formula, Print, Role, SheetPlan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.form.continued_places import Piece
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.sheets.plan import Content

_STATUS, _TITLE, _UNIT = At(2, 1), At(3, 1), At(4, 1)
_TITLE_TEXT: Final = f"{CONTINUED}：格里印不下的文字"
_TITLE_HEIGHT, _HEAD = 30.0, 22.0
_LAST_ROW = head_row(BLOCKS) - 1


def continued_sheet(form: Form) -> SheetPlan:
    """续页。"""
    blocks = [head_row(number) for number in range(BLOCKS)]
    heights = dict.fromkeys(blocks, _HEAD) | {row + 1: HEIGHT for row in blocks}
    printing = Print(
        title_rows=(_TITLE.row, _UNIT.row),
        area=Area(_TITLE, At(_LAST_ROW, 1)),
        landscape=False,
        dense=True,
        footer_left=form.edition,
        dated=False,
        starts=tuple(blocks[A_PAGE::A_PAGE]),
        first_page=1,
        mono=True,
        scale=LEAST_SCALE,
    )
    widths = (WIDTH, *(6.0 for _ in range(Held.TURN, Listed.AFTER + 1)))
    cells = (*_fixed(form), *continued_cells(form))
    return SheetPlan(
        name=CONTINUED,
        cells=in_order(cells),
        widths=widths,
        heights=heights | {_TITLE.row: _TITLE_HEIGHT},
        printing=printing,
        protected=True,
        hidden_columns=tuple(range(Held.TURN, Listed.AFTER + 1)),
    )


def _fixed(form: Form) -> Iterator[Cell]:
    """不随填报而变的格。"""
    yield Cell(BACK, back_link(form), Role.LINK)
    yield Cell(_TITLE, _TITLE_TEXT, Role.TITLE)
    yield _auto(FIRST, Held.TURN, 1)
    yield _auto(FIRST, Listed.BEFORE, 0)
    names = list(tabs_of(form.layout))
    for row, one in enumerate(sources(form.layout), FIRST):
        tab = quoted(names[one.tab - 1])
        yield _auto(row, Listed.KEY, one.key)
        yield _auto(row, Listed.COLUMN, Formula(f"COLUMN({tab}!{one.at.absolute})", one.at.col))
        yield _auto(row, Listed.CALLED, one.before)
        named = one.named and Formula(f"COLUMN({tab}!{one.named.absolute})", one.named.col)
        yield _auto(row, Listed.NAMED, named or 0)
        yield _auto(row, Listed.AFTER, one.after)


def continued_cells(form: Form) -> Iterator[Cell]:
    """随填报而变的格。"""
    found = pieces(form)
    shown = found[:BLOCKS]
    yield from _counted(form)
    pages, left = _told(found)
    told, count = form.layout.text, At(FIRST + len(tabs_of(form.layout)), Listed.COUNT).absolute
    yield _auto(FIRST, Listed.TOLD, Formula(told(("continued", "pages"), _pages_text), pages))
    text = told(("continued", "left"), partial(_left_text, count))
    yield _auto(FIRST + 1, Listed.TOLD, Formula(text, left))
    text = told(("continued", "status"), partial(_status_text, count))
    status = _status(len(form.beyond), pages, left)
    yield Cell(_STATUS, Formula(text, status), Role.INFO)
    unit = annex_heading(form, CONTINUED)
    text = f'IF({count}=0,"",{unit.text})'
    yield Cell(_UNIT, Formula(text, unit.result if form.beyond else ""), Role.INFO)
    for number in range(BLOCKS):
        yield from block_cells(form, number, shown)


def _auto(row: int, column: int, content: Content) -> Cell:
    return Cell(At(row, column), content, Role.AUTO)


def _counted(form: Form) -> Iterator[Cell]:
    """各张工作表印不下的：前面共几行，共几处。"""
    lines = places = 0
    for row, (name, blocks) in enumerate(tabs_of(form.layout).items(), FIRST):
        own = [one for one in form.beyond if form.layout.blocks[one.sheet].name == name]
        places += len(own)
        lines += len({form.layout.blocks[one.sheet].at(one.row, one.column).row for one in own})
        text = f"{At(row, Listed.BEFORE).a1}+COUNT({lines_area(name, blocks)})"
        yield _auto(row + 1, Listed.BEFORE, Formula(text, lines))
        counted = form.layout.text(("continued", name), partial(_count_text, form, blocks))
        yield _auto(row, Listed.COUNT, Formula(counted, len(own)))
    tabs = len(tabs_of(form.layout))
    total = Formula(f"SUM({column_of(Listed.COUNT, tabs).a1})", places)
    yield _auto(FIRST + tabs, Listed.COUNT, total)


def _count_text(form: Form, blocks: tuple[Block, ...]) -> str:
    """一张工作表几处：一行有一处、两处……的行数相加。"""
    return "+".join(
        f'COUNTIF({quoted(block.name)}!{area.absolute},"{"?" * n}*")'
        for block in blocks
        for area in block.stretches(LONG.key)
        for n in range(1, 1 + max(len(cells_in(form.scheme, block, r)) for r in block.entry_rows))
    )


# ---------------------------------------------------------------- 印几页，还有几处


def _spread(column: int) -> str:
    return Area(At(FIRST, column), At(_LAST_ROW, column)).absolute


def _pages_text() -> str:
    return f"ROUNDUP(COUNT({_spread(Held.TAB)})/{A_PAGE},0)"


def _left_text(count: str) -> str:
    return (
        f"{count}-COUNTIF({_spread(Held.START)},1)+IF({unfinished_text(head_row(BLOCKS - 1))},1,0)"
    )


def _told(found: tuple[Piece, ...]) -> tuple[int, int]:
    """印几页，还有几处排不下。"""
    shown, left = found[:BLOCKS], sum(one.start == 1 for one in found[BLOCKS:])
    left += bool(found[BLOCKS:] and shown[-1].unfinished)
    return -(-len(shown) // A_PAGE), left


def pages_text() -> tuple[str, str]:
    """别的表上问印几页的一格，和“第1至3页”的公式。"""
    cell = f"{quoted(CONTINUED)}!{At(FIRST, Listed.TOLD).absolute}"
    return cell, _span_text(cell)


def pages_of(form: Form) -> int:
    """印几页。"""
    return _told(pieces(form))[0]


def _span_text(pages: str) -> str:
    return f'"第1"&IF({pages}>1,"至"&{pages},"")&"页"'


def span(pages: int) -> str:
    """印第几页到第几页。"""
    return f"第1至{pages}页" if pages > 1 else "第1页"


_NONE: Final = "没有印不下的文字，这一张不用打印。"
_SAYS: Final = ("处文字格里印不下，全文在下面：打印这一张的", "，附在各表后面。")
_MORE: Final = ("还有", "处排不下，没有印全，请另附页。")


def _status_text(count: str) -> str:
    pages, left = (At(FIRST + number, Listed.TOLD).absolute for number in range(2))
    more = f'IF({left}>0,"{_MORE[0]}"&{left}&"{_MORE[1]}","")'
    said = f'{count}&"{_SAYS[0]}"&{_span_text(pages)}&"{_SAYS[1]}"&{more}'
    return f'IF({count}=0,"{_NONE}",{said})'


def _status(count: int, pages: int, left: int) -> str:
    if not count:
        return _NONE
    return f"{count}{_SAYS[0]}{span(pages)}{_SAYS[1]}" + (f"{left}".join(_MORE) if left else "")
