"""方案工作簿的全部表，依排列的次序：由方案怎样填，读回怎样成为方案。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme_book.tables import (
    allocation,
    basics,
    checks,
    computing,
    fields,
    grades,
    indicators,
    levels,
    methods,
    options,
    parameters,
    sheets,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from xltool.scheme.model import Scheme
    from xltool.scheme_book.draft import Draft
    from xltool.scheme_book.table import Row, Table


class Part(NamedTuple):
    """一张表，和由方案填它的办法。"""

    table: Table
    rows: Callable[[Scheme], Iterator[Row]]


PARTS: Final = (
    Part(basics.TABLE, basics.rows),
    Part(levels.TABLE, levels.rows),
    Part(indicators.TABLE, indicators.rows),
    Part(methods.WAY_TABLE, methods.way_rows),
    Part(methods.INPUT_TABLE, methods.input_rows),
    Part(methods.PARAMETER_TABLE, methods.parameter_rows),
    Part(grades.TABLE, grades.rows),
    Part(allocation.TABLE, allocation.rows),
    Part(parameters.SHARED, parameters.shared_rows),
    Part(parameters.FLAGS, parameters.flag_rows),
    Part(options.TABLE, options.rows),
    Part(sheets.TABLE, sheets.rows),
    Part(fields.TABLE, fields.rows),
    Part(computing.COMPUTED, computing.computed_rows),
    Part(computing.DROPDOWNS, computing.dropdown_rows),
    Part(checks.TABLE, checks.rows),
    Part(basics.GUIDE, basics.guide_rows),
)
TABLES: Final[Mapping[str, Table]] = {part.table.key: part.table for part in PARTS}
# 先有方案的身份，字段才能往里添关键项；其余互不相干
_FILLS: Final = (
    basics.fill,
    levels.fill,
    indicators.fill,
    grades.fill,
    allocation.fill,
    parameters.fill,
    options.fill,
    sheets.fill,
    fields.fill,
    checks.fill,
)


def fill(draft: Draft) -> None:
    """把各表的各行拼成方案文件的内容。"""
    for part in _FILLS:
        part(draft)


def rows_of(scheme: Scheme) -> dict[str, tuple[Row, ...]]:
    """一个方案写成的各表的各行。"""
    return {part.table.key: tuple(part.rows(scheme)) for part in PARTS}
