"""下发时印了什么：每格一个指纹，按栏记在标识表里。

读回时与现行的模板不同的格，指纹记着的是早先这样下发的，没有记着的才是填报时改过的。
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from xltool.address import Place
from xltool.form.form import make_form
from xltool.form.sheet_cells import placed_cells
from xltool.layout.columns import LIVE
from xltool.layout.parameters import form_parameters
from xltool.scheme.model import SheetKind
from xltool.sheets.formula_match import Names, named_formula, normal_formula, shape
from xltool.sheets.plan import Formula, Link, Role
from xltool.values import fold, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.form.sheet_cells import PlacedCell
    from xltool.layout.layout import Layout
    from xltool.scheme.model import Scheme, Sheet

ISSUED: Final = "issued "  # 标识表里记指纹的各行，键的开头
TOP: Final = "#top"  # 抬头、签章各格，不在哪一栏
PARAMETERS_MARKED, OPTIONS_MARKED = "#parameters", "#options"
_ANCHORS: Final = frozenset({Role.CODE, Role.IDENTITY})  # 编码、标识供认行认栏，不比字
_LENGTH: Final = 8


def group_of(sheet: str, column: str) -> str:
    """一栏的指纹记在一起。"""
    return f"{sheet}.{column}"


def row_of(sheet: Sheet, row: str) -> str:
    """指纹里写的行：记录表各条都一样，不分第几条。"""
    return "" if sheet.kind is SheetKind.RECORDS and row.isdecimal() else row


@lru_cache(maxsize=16)
def issued_marks(scheme: Scheme) -> Mapping[str, tuple[str, ...]]:
    """一个方案现在下发的表，各栏印着的内容的指纹。"""
    form = make_form(scheme, {})
    names = names_of(form.layout)
    groups: dict[str, set[str]] = {}
    for key, block in form.layout.blocks.items():
        for placed in placed_cells(form, block):
            if placed.column and placed.column.key in LIVE:  # 自查不核对
                continue
            group = group_of(key, placed.column.key if placed.column else TOP)
            row = row_of(block.sheet, placed.row) if placed.column else placed.cell.at.a1
            groups.setdefault(group, set()).update(_marks(placed, row, names))
    groups[PARAMETERS_MARKED] = {
        mark
        for one in form_parameters(scheme).values()
        for mark in (text_mark("", one.key), number_mark(one.key, one.value))
    }
    for key, options in scheme.printed_options.items():
        group = group_of(OPTIONS_MARKED, key)
        groups[group] = {text_mark("", one.value) for one in options.options}
    return {group: tuple(sorted(marks)) for group, marks in groups.items() if marks}


def _marks(placed: PlacedCell, row: str, names: Names) -> Iterator[str]:
    cell = placed.cell
    content = cell.content.text if isinstance(cell.content, Link) else cell.content
    if cell.unlocked or content is None or cell.role in _ANCHORS:
        return
    if isinstance(content, str):
        yield text_mark(row, content)
        return
    yield computed_mark(row)
    if isinstance(content, Formula):
        yield formula_mark(row, content.text, cell.at.row, names)
        yield shape_mark(row, content.text)
    elif isinstance(content, Decimal):
        yield number_mark(row, content)


def names_of(layout: Layout) -> Names:
    """版面上参数、选项各格的名字。"""
    listed = [(Place(layout.parameter_sheet, at), key) for key, at in layout.parameters.items()]
    listed += [
        (Place(layout.option_sheet, at), layout.scheme.options[key].value(option))
        for (key, option), at in layout.options.items()
    ]
    return Names((normal_formula(place.reference), f"[{name}]") for place, name in listed)


# ---------------------------------------------------------------- 指纹


def text_mark(row: str, text: str) -> str:
    """印好的字。"""
    return _mark("text", row, fold(text))


def number_mark(row: str, number: Decimal) -> str:
    """印好的数。"""
    return _mark("number", row, plain(number))


def formula_mark(row: str, text: str, line: int, names: Names) -> str:
    """公式；所在的第 `line` 行写作 #，记录表同一栏的公式就是同一个。"""
    own = re.compile(rf"(?<=[A-Z]){line}(?![0-9])")
    return _mark("formula", row, own.sub("#", named_formula(text, names)))


def shape_mark(row: str, text: str) -> str:
    """公式的骨架：插了行、移了列，引用会变。"""
    return _mark("shape", row, shape(text))


def computed_mark(row: str) -> str:
    """这一格有公式或分值，不是填的。"""
    return _mark("computed", row, "")


@lru_cache(maxsize=4096)
def _mark(kind: str, row: str, text: str) -> str:
    return sha256(f"{kind}\n{row}\n{text}".encode()).hexdigest()[:_LENGTH]
