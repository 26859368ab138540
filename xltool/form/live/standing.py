"""自查自己还在不在：公式没有了的、整片粘贴成数值的、另存成 .xls 算不出来的，数不出要改的。

各行隐藏的一栏数这一行填了几格、各个数加起来多少；说明页上另由填报格数一遍，不同的，那张表没有再算。
自己撤消保护插入的行没有这一栏，不比。各表第一行隐藏的一格又照抄整份表填了多少：整张表粘贴成数值的，
别的表再改，它也不跟着变。
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING

from xltool.address import Area, At, Place, quoted
from xltool.facts.typed import number_of
from xltool.form.guide_places import whole_filled
from xltool.form.inputs import inputs_in
from xltool.layout.columns import FILLED, SAID
from xltool.layout.layout import BACK
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.sheets.plan import Cell, Formula, NumberFormat, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block

_DIGITS = 4  # 两处相加的次序不同，尾数会差一点


def filled_cell(form: Form, block: Block, row: str) -> Cell:
    """一行填了几格，连同各个数。"""
    key = CellKey(block.sheet.key, row)
    text = form.layout.row_text(FILLED.key, key, lambda model: _filled_text(block, model.row))
    result = sum((_filled(form, one) for one in inputs_in(block, row)), Decimal(0))
    at = block.at(row, FILLED.key)
    return Cell(at, Formula(text, result), Role.AUTO, NumberFormat.MONEY)


def whole_cell(form: Form, block: Block) -> Iterator[Cell]:
    """照抄的整份表填了多少；汇总里单位的表没有。"""
    if FILLED.key in block.columns:
        whole = Formula(whole_filled(form.scheme).reference, filled_in_all(form))
        yield Cell(_copied_at(block), whole, Role.AUTO, NumberFormat.MONEY)


def _copied_at(block: Block) -> At:
    return At(BACK.row, block.columns[FILLED.key][0])


def filled_in_all(form: Form) -> Decimal:
    """整份表填了多少。"""
    return sum((filled_in(form, block) for block in form.layout.blocks.values()), Decimal(0))


def filled_in(form: Form, block: Block) -> Decimal:
    """一张表填了多少。"""
    keys = (key for row in block.entry_rows for key in inputs_in(block, row))
    return sum((_filled(form, key) for key in keys), Decimal(0))


def dead_text(form: Form, block: Block, counted: str) -> str:
    """一张表的自查还作不作数：1 不作数；`counted` 是说明页上由填报格另数的一格。"""
    said = (_far(block, area) for area in block.stretches(SAID.key))
    broken = ",".join(f'ISERROR(SUMPRODUCT(({area}="")*1))' for area in said)
    told = ",".join(_far(block, area) for area in block.stretches(FILLED.key))
    stale = f"ROUND({counted}-SUM({told}),{_DIGITS})<>0"
    copied = Place(block.name, _copied_at(block)).reference
    moved = f"ROUND({copied}-{whole_filled(form.scheme).at.a1},{_DIGITS})<>0"
    # 填的有错误值的，自查说着
    return f"IF(OR({broken},IFERROR({stale},FALSE),IFERROR({moved},FALSE)),1,0)"


def _filled(form: Form, key: CellKey) -> Decimal:
    """与 _filled_text 里的一格同义。"""
    content = form.derived.get(key) if key in form.derived else form.contents.get(key)
    if content is None or content == "":
        return Decimal(0)
    number = number_of(content)
    return 1 + (number if isinstance(number, Decimal) else Decimal(0))


def _filled_text(block: Block, row: str) -> str:
    line = [block.at(key.row, key.column) for key in inputs_in(block, row)]
    areas = [Area(run[0], run[-1]) for run in _runs(line)]
    counted = "+".join(f'SUMPRODUCT(({area.a1}<>"")*1)' for area in areas)
    return f"IFERROR({counted}+SUM({','.join(area.a1 for area in areas)}),0)"


def counted_text(block: Block) -> str:
    """由填报格另数的；记录表只数有那一栏的行。没有由人填的格的，是 0。"""
    parts = []
    for area in _areas(block):
        cells = _far(block, area)
        if block.sheet.kind is not SheetKind.RECORDS:
            parts.append(f'SUMPRODUCT(({cells}<>"")*1)+SUM({cells})')
            continue
        column = block.columns[FILLED.key][0]
        told = _far(block, Area(At(area.first.row, column), At(area.last.row, column)))
        parts.append(f'SUMPRODUCT(({cells}<>"")*({told}<>""))')
        for number in range(area.first.col, area.last.col + 1):
            one = _far(block, Area(At(area.first.row, number), At(area.last.row, number)))
            parts.append(f'SUMIF({told},"<>",{one})')
    return "+".join(parts) or "0"


# ---------------------------------------------------------------- 填报格


def _areas(block: Block) -> Iterator[Area]:
    """一张表的填报格：左右、上下相连的并成一块。"""
    rows: dict[tuple[int, int], list[At]] = {}
    for row in block.entry_rows:
        for run in _runs([block.at(key.row, key.column) for key in inputs_in(block, row)]):
            rows.setdefault((run[0].col, run[-1].col), []).append(run[0])
    for (_, last), firsts in rows.items():
        for _, block_rows in groupby(enumerate(firsts), lambda one: one[1].row - one[0]):
            listed = [at for _, at in block_rows]
            yield Area(listed[0], At(listed[-1].row, last))


def _runs(line: Iterable[At]) -> Iterator[list[At]]:
    """一行里左右相连的各段。"""
    listed = sorted(line, key=lambda at: at.col)
    for _, run in groupby(enumerate(listed), lambda one: one[1].col - one[0]):
        yield [at for _, at in run]


def _far(block: Block, area: Area) -> str:
    return f"{quoted(block.name)}!{area.absolute}"
