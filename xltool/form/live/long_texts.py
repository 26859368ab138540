"""自查：一行里哪几格的字印不下，写了多少、印得下多少；不算须改正、须说明，不拦报送。

隐藏的两栏记着是哪几格、在哪一行，“续页”照着去取全文。
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from xltool.address import column_letters, literal
from xltool.finding import Severity
from xltool.form.text_room import cells_in
from xltool.layout.columns import LONG, LONG_LINE
from xltool.layout.layout import CONTINUED
from xltool.messages import entries as say
from xltool.scheme.key import CellKey
from xltool.sheets.plan import Cell, Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.address import Place
    from xltool.facts.refs import Refs
    from xltool.finding import Finding
    from xltool.form.form import Form
    from xltool.form.text_room import TextCell
    from xltool.layout.block import Block

_START, _END = f"{Severity.NOTICE.duty}：", f"，全文印在“{CONTINUED}”。"
_HOLES: Final = ("{count}", "{breaks}")
_BROKEN: Final = ("（换行", "处，一处照{}字算）")


def long_cells(form: Form, block: Block, row: str, refs: Refs) -> Iterator[Cell]:
    """一行里隐藏的两栏；没有由人写字的格的行没有。"""
    if not cells_in(form.scheme, block, row):
        return
    key, said = CellKey(block.sheet.key, row), form.layout.row_text
    codes = said(LONG.key, key, partial(_codes_text, form, block, refs))
    own, line = block.at(row, LONG.key), block.at(row, LONG_LINE.key)
    found = long_codes(form, block, row)
    yield Cell(own, Formula(codes, found), Role.AUTO_TEXT)
    first = f"{column_letters(own.col)}$1"  # 上面插了行，也由第一格数起
    text = f'IF({own.a1}="","",ROW()-ROW({first})+1)'
    yield Cell(line, Formula(text, line.row if found else ""), Role.AUTO, NumberFormat.INTEGER)


def _codes_text(form: Form, block: Block, refs: Refs, model: CellKey) -> str:
    tests = (
        f'IF({cell.room.exceeded(refs.cell(key))},"{cell.code}","")'
        for key, cell in cells_in(form.scheme, block, model.row)
    )
    return f'IFERROR({"&".join(tests)},"")'  # 有错误值的，自查说着


def long_codes(form: Form, block: Block, row: str) -> str:
    """哪几格印不下，各是什么字母。"""
    if not form.beyond:
        return ""
    cells = cells_in(form.scheme, block, row)
    return "".join(cell.code for key, cell in cells if key in form.beyond)


def long_words_text(form: Form, block: Block, row: str, refs: Refs) -> str:
    """接在自查后面的话；没有由人写字的格的行是空串。"""
    cells = cells_in(form.scheme, block, row)
    if not cells:
        return '""'
    own = block.at(row, LONG.key).a1
    told = (
        f'IF(ISNUMBER(FIND("{cell.code}",{own})),{_told(cell, refs.cell(key))},"")'
        for key, cell in cells
    )
    return f'IF({own}="","",{"&".join(told)})'


def _told(cell: TextCell, at: str) -> str:
    """一格的一句；换行占的地方，有换行的才说。"""
    sentence = _START + _finding(cell, *_HOLES).message + _END
    breaks = f'LEN({at})-LEN(SUBSTITUTE({at},CHAR(10),""))'
    told = f'IF({breaks}=0,"","{_BROKEN[0]}"&{breaks}&"{_BROKEN[1].format(cell.room.across)}")'
    written = dict(zip(_HOLES, (f"LEN({at})", told), strict=True))
    text = literal(sentence)
    for hole, formula in written.items():
        text = text.replace(hole, f'"&{formula}&"')
    return text


def long_words(form: Form, block: Block, row: str) -> str:
    """与 long_words_text 同义。"""
    if not form.beyond:
        return ""
    cells = cells_in(form.scheme, block, row)
    return "".join(
        _START + too_long(cell, str(form.contents[key])).message + _END
        for key, cell in cells
        if key in form.beyond
    )


def too_long(cell: TextCell, text: str, place: Place | None = None) -> Finding:
    """一格写了多少字，印得下多少字；自查、检查说的是同一句。"""
    breaks = text.count("\n")
    told = str(breaks).join(_BROKEN).format(cell.room.across) if breaks else ""
    return _finding(cell, str(len(text)), told, place)


def _finding(cell: TextCell, count: str, breaks: str, place: Place | None = None) -> Finding:
    room = cell.room.characters
    return say.TOO_LONG.finding(
        place, label=cell.label, count=count, breaks=breaks, room=room, page=CONTINUED
    )
