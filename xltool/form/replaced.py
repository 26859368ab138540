"""灰格的公式还在不在：隐藏的一栏照原来的公式再算一遍，与格里的比，不同的是删了、改成了数。

ISFORMULA 是 Excel 2013 才有的。写死的数恰好与公式算的相同的，眼下看不出，印的也没有错；填的一改，
就不同了。
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import formula
from xltool.layout.columns import REPLACED
from xltool.scheme.key import CellKey
from xltool.sheets.plan import Cell, Formula, Role
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from xltool.form.form import Form
    from xltool.layout.block import Block

Written = tuple[str, str]  # 哪一格，原来的公式


def replaced_cell(form: Form, block: Block, row: str, cells: Iterable[Cell]) -> Iterator[Cell]:
    """一行里印着公式、分值的各格（`cells` 里锁着的）；不会因填报而变，结果总是零。"""
    if REPLACED.key not in block.columns:
        return
    written = tuple(_written(cells))
    if written:
        key = (REPLACED.key, block.sheet.key, row)
        text = form.layout.text(key, lambda: _text(written))
        yield Cell(block.at(row, REPLACED.key), Formula(text, 0), Role.AUTO)


def _written(cells: Iterable[Cell]) -> Iterator[Written]:
    for at, content, *_, unlocked in cells:
        if unlocked:
            continue
        if isinstance(content, Formula):
            yield at.a1, content.text
        elif isinstance(content, Decimal):
            yield at.a1, plain(content)


def replaced_in_record(form: Form, block: Block, row: str) -> Iterator[Cell]:
    """一条记录；没有填的行不看。各行相同，合写才不占地方。"""
    if REPLACED.key not in block.columns:
        return
    refs = form.refs(block.name, named=True)

    def text(model: CellKey) -> str:
        name = refs.cell(model._replace(column=block.sheet.anchor))
        return f'IFERROR(IF({name}="",0,{_text(tuple(each(model)))}),0)'

    def each(model: CellKey) -> Iterator[Written]:
        for field in block.sheet.fields:
            if field.computation is not None:
                own = model._replace(column=field.key)
                yield refs.cell(own), formula(form.scheme, field.computation, own, refs)

    said = form.layout.row_text(REPLACED.key, CellKey(block.sheet.key, row), text)
    yield Cell(block.at(row, REPLACED.key), Formula(said, 0), Role.AUTO)


def _text(written: Iterable[Written]) -> str:
    """几格没有了、不同；是错误值的不算，别处说。"""
    cells = dict(written)
    empty = f"OR({','.join(f'ISBLANK({at})' for at in cells)})"
    return "+".join(
        (empty, *(f"IFERROR({at}<>({original}),FALSE)" for at, original in cells.items()))
    )
