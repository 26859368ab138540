"""续页上的一格：说是哪一段，全文，和找到它的隐藏的各列。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import Area, At, quoted
from xltool.form.continued_places import (
    CARRIED_ON,
    FIRST,
    NAMED_BY,
    PIECE,
    ROOM,
    Held,
    Listed,
    column_of,
    head_row,
    lines_area,
    sources,
    tabs_of,
    unfinished_text,
)
from xltool.layout.columns import LONG
from xltool.sheets.plan import Cell, Formula, Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.form.continued_places import Piece
    from xltool.form.form import Form
    from xltool.layout.block import Block
    from xltool.layout.layout import Layout


def block_cells(form: Form, number: int, shown: tuple[Piece, ...]) -> Iterator[Cell]:
    """第几格（由零数）：说是哪一段的一行和隐藏的各列，全文。`shown` 是印出来的各段。"""
    row, texts = head_row(number), _block_texts(form.layout, number)
    results: dict[Held, int | str] = dict.fromkeys(texts, "")
    if number < len(shown):
        results = _results(form.layout, shown[number])
    elif 0 < number == len(shown):  # 数到了下一行，没有这一行
        results[Held.TURN] = shown[-1].turn + 1
    for one, text in texts.items():
        at = At(row + 1, 1) if one is Held.SHOWN else At(row, one)
        yield Cell(at, Formula(text, results[one]), _ROLES.get(one, Role.AUTO))


_ROLES = {Held.SHOWN: Role.PASSAGE, Held.HEAD: Role.SECTION}


def _results(layout: Layout, piece: Piece) -> dict[Held, int | str]:
    kinds = [one.key for one in sources(layout)]
    return {
        Held.SHOWN: piece.shown,
        Held.HEAD: piece.head,
        Held.TURN: piece.turn,
        Held.TAB: piece.tab,
        Held.LINE: piece.line,
        Held.CODES: piece.codes,
        Held.START: piece.start,
        Held.TEXT: piece.text,
        Held.SOURCE: kinds.index(f"{piece.tab}{piece.codes[0]}") + 1,
    }


@lru_cache(maxsize=256)
def _block_texts(layout: Layout, number: int) -> dict[Held, str]:
    """一格的各个公式；没有这一段的，都是空串。"""
    row, tabs = head_row(number), tabs_of(layout)
    turn, tab, line, codes, start, text, source = (
        At(row, column).a1 for column in (*Held,)[Held.TURN :]
    )
    before = column_of(Listed.BEFORE, len(tabs)).absolute
    total = At(FIRST + len(tabs), Listed.BEFORE).absolute
    keys = column_of(Listed.KEY, len(sources(layout))).absolute

    def listed(column: Listed) -> str:
        return f"INDEX({column_of(column, len(sources(layout))).absolute},{source})"

    def chosen(make: Callable[[str, tuple[Block, ...]], str]) -> str:
        return f"CHOOSE({tab},{','.join(make(name, own) for name, own in tabs.items())})"

    def cell_in(column: Listed) -> str:
        return chosen(lambda name, own: f"INDEX({_whole(name, own)},{line},{listed(column)})")

    named = f'IF({listed(Listed.NAMED)}>0,LEFT({cell_in(Listed.NAMED)},{NAMED_BY}),"")'
    more = f'IF({start}>1,"{CARRIED_ON[0]}"&{start}&"{CARRIED_ON[1]}","")'
    told = {
        Held.TAB: f'IF({turn}>{total},"",COUNTIF({before},"<"&{turn}))',
        Held.LINE: chosen(
            lambda name, own: f"SMALL({lines_area(name, own)},{turn}-INDEX({before},{tab}))"
        ),
        Held.CODES: chosen(lambda name, own: f"INDEX({_long(name, own)},{line})"),
        Held.START: "1",
        Held.TEXT: f'{cell_in(Listed.COLUMN)}&""',
        Held.SOURCE: f"MATCH({tab}&LEFT({codes},1),{keys},0)",
        Held.HEAD: f"{listed(Listed.CALLED)}&{named}&{listed(Listed.AFTER)}"
        f'&"　"&LEN({text})&"字"&{more}',
        Held.SHOWN: _shown(f"MID({text},{start},{PIECE})"),
    }
    if not number:  # 头一格总由第一行起
        return {one: f'IF({tab}="","",{said})' for one, said in told.items() if one != Held.TAB} | {
            Held.TAB: told[Held.TAB]
        }
    told |= _following(row, told[Held.CODES])
    asked = {Held.TURN: At(head_row(number - 1), Held.TAB).a1, Held.TAB: turn}
    return {one: f'IF({asked.get(one, tab)}="","",{said})' for one, said in told.items()}


def _following(row: int, fresh: str) -> dict[Held, str]:
    """不是第一格的：上一格没有印完的接着印，这一行还有别的就印别的，都没有的找下一行。"""
    turn, start = At(row, Held.TURN).a1, At(row, Held.START).a1
    above = row - 2
    last_turn, codes, last = (At(above, one).a1 for one in (Held.TURN, Held.CODES, Held.START))
    more = unfinished_text(above)
    return {
        Held.TURN: f"IF(OR({more},LEN({codes})>1),{last_turn},{last_turn}+1)",
        Held.CODES: f"IF({turn}={last_turn},IF({start}>1,{codes},MID({codes},2,99)),{fresh})",
        Held.START: f"IF({more},{last}+{PIECE},1)",
    }


def _shown(piece: str) -> str:
    """印出来的字；换行多得印不下的，换行印成空格。"""
    spaced = f'SUBSTITUTE({piece},CHAR(10),"　")'
    return f"IF({ROOM.exceeded(piece)},{spaced},{piece})"


def _whole(name: str, blocks: tuple[Block, ...]) -> str:
    """一张工作表由左上角起的各格。"""
    last = max(block.area(LONG.key).last for block in blocks)
    return f"{quoted(name)}!{Area(At(1, 1), last).absolute}"


def _long(name: str, blocks: tuple[Block, ...]) -> str:
    """一张工作表上记着字母的一栏，由第一行起。"""
    last = max(block.area(LONG.key).last for block in blocks)
    return f"{quoted(name)}!{Area(last._replace(row=1), last).absolute}"
