"""绩效指标明细：一行一个单位的一个绩效指标。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SheetSlice
from xltool.consolidated.register import Column, Register
from xltool.consolidated.source import ABOUT
from xltool.form.common import CENTERED, FORMATS
from xltool.scheme.key import CellKey
from xltool.sheets.plan import NumberFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xltool.consolidated.register import Item
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Field, Sheet
    from xltool.sheets.plan import Content, Link

_PROSE, _ROOMY = 30, 1.4  # 写成段的话的栏放宽：一格最高 409 磅，太窄写不下


class Record(NamedTuple):
    """某单位某张记录表的一行。"""

    scored: Scored
    part: SheetSlice
    row: str


def records(source: Source, sheet: Sheet, name: str, title: str) -> Register[Record]:
    """某张记录表的登记表：各单位的各行接在一起。"""

    def link(item: Item[Record]) -> Link | str:
        record = item.value
        key = CellKey(sheet.key, record.row, sheet.anchor)
        return source.link(record.scored, key, "看原表")

    columns: list[Column[Record]] = [
        Column("no", "单位序号", 7, lambda i: i.value.scored.number, centered=True),
        Column("name", "单位名称", source.name_width, lambda i: i.value.scored.name, tall=True),
        Column("row", "序号", 7, lambda i: i.value.row, centered=True),
    ]
    columns += [_column(field) for field in sheet.fields]
    columns.append(Column("link", "位置", 9, link, link=True))
    return Register(
        name=name,
        title=title,
        note=f"按{source.who}次序、原表序号排列；数已换算到同一计量单位，原文见报送文件。",
        columns=tuple(columns),
        items=_items(source, sheet),
        count=sum(len(scored.records[sheet.key]) for scored in source.scored),
        home=ABOUT,
        version=source.version,
        frozen=3,
    )


def _column(field: Field) -> Column[Record]:
    centered = field.kind in CENTERED
    number = FORMATS.get(field.kind, NumberFormat.GENERAL)
    width = field.width * _ROOMY if field.width >= _PROSE else field.width
    return Column(field.key, field.heading, width, _content(field.key), number, centered, tall=True)


def _content(key: str) -> Callable[[Item[Record]], Content]:
    return lambda item: item.value.part.value(item.value.row, key)


def _items(source: Source, sheet: Sheet) -> Iterator[Record]:
    for scored, part in source.slices(sheet.key, SheetSlice):
        for row in scored.records[sheet.key]:
            yield Record(scored, part, row)
