"""逐项表（如收支与资产、管理情况）的登记表：一行一个单位，一栏一项。"""

from __future__ import annotations

from decimal import Decimal
from itertools import starmap
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SheetSlice
from xltool.consolidated.columns import Column, Kind, count
from xltool.consolidated.fields import (
    PROSE,
    field_column,
    file_column,
    original_column,
    width_of,
)
from xltool.consolidated.ratios import ratios_of
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.consolidated.whose import with_whose
from xltool.scheme.key import VALUE, CellKey
from xltool.sheets.plan import Formula, NumberFormat

if TYPE_CHECKING:
    from xltool.consolidated.columns import Item
    from xltool.consolidated.ratios import Ratio
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Field, Sheet
    from xltool.sheets.plan import Link


class Line(NamedTuple):
    """一个单位的这张表。"""

    scored: Scored
    part: SheetSlice


def finance(source: Source, sheet: Sheet, name: str, title: str) -> Register[Line]:
    """某张逐项表的登记表。"""

    def link(item: Item[Line]) -> Link | str:
        key = CellKey(sheet.key, sheet.fields[0].key)
        return source.link(item.value.scored, key, "看原表")

    columns: list[Column[Line]] = [
        count("no", "单位序号", 6, lambda i: i.value.scored.number),
        Column("name", "单位名称", source.name_width, lambda i: i.value.scored.name, tall=True),
    ]
    columns += [_column(sheet, field) for field in sheet.fields]
    columns += [_ratio(one) for one in ratios_of(source.scheme, sheet) if one.added]
    columns += [
        original_column(sheet.fields, lambda line, field: line.part.original(field.key, VALUE)),
        Column("link", "位置", 8, link, link=True),
        file_column(lambda line: line.scored),
    ]
    return Register(
        name=name,
        title=title,
        note=f"{sheet.note}按{source.who}次序排列；比率由程序按所填的数算出。",
        columns=with_whose(tuple(columns), lambda line: line.scored.unit),
        items=starmap(Line, source.slices(sheet.key, SheetSlice)),
        count=len(source.scored),
        home=ABOUT,
        version=source.version,
        frozen="name",
        printed="original",
    )


def _column(sheet: Sheet, field: Field) -> Column[Line]:
    width = PROSE if sheet.prose else width_of(field)
    return field_column(field, width, lambda line: line.part.value(field.key, VALUE))


def _ratio(ratio: Ratio) -> Column[Line]:
    """表上没有的比率：按比例计分的指标由本行两项相除。"""

    def content(item: Item[Line]) -> Formula:
        above, below = (item.at(f"field.{one}") for one in (ratio.above, ratio.below))
        over, under = (item.value.part.value(one, VALUE) for one in (ratio.above, ratio.below))
        result: Decimal | str = ""
        if isinstance(over, Decimal) and isinstance(under, Decimal) and under:
            result = over / under
        text = f'IF(AND(ISNUMBER({above}),N({below})<>0),{above}/{below},"")'
        return Formula(text, result)

    return Column(
        ratio.key,
        ratio.title,
        12,
        content,
        NumberFormat.PERCENT,
        kind=Kind.NUMBER,
    )
