"""逐项表（如收支与资产）的登记表：一行一个单位，一栏一项。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SheetSlice
from xltool.consolidated.register import Column, Register
from xltool.consolidated.source import ABOUT
from xltool.form.common import FORMATS
from xltool.scheme.key import VALUE, CellKey
from xltool.sheets.plan import NumberFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.consolidated.register import Item
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Sheet
    from xltool.sheets.plan import Content, Link


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
        Column("no", "单位序号", 7, lambda i: i.value.scored.number, centered=True),
        Column("name", "单位名称", source.name_width, lambda i: i.value.scored.name, tall=True),
    ]
    columns += [
        Column(
            field.key,
            field.heading,
            15,
            _content(field.key),
            FORMATS.get(field.kind, NumberFormat.GENERAL),
        )
        for field in sheet.fields
    ]
    columns.append(Column("link", "位置", 9, link, link=True))
    return Register(
        name=name,
        title=title,
        note=f"{sheet.note}按{source.who}次序排列；比率由程序按所填的数算出。",
        columns=tuple(columns),
        items=_items(source, sheet),
        count=len(source.scored),
        home=ABOUT,
        version=source.version,
    )


def _content(key: str) -> Callable[[Item[Line]], Content]:
    return lambda item: item.value.part.value(key, VALUE)


def _items(source: Source, sheet: Sheet) -> Iterator[Line]:
    for scored, part in source.slices(sheet.key, SheetSlice):
        yield Line(scored, part)
