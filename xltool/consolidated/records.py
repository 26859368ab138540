"""绩效指标明细：一行一个单位的一个绩效指标。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SheetSlice
from xltool.consolidated.columns import Column, count
from xltool.consolidated.fields import field_column
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.consolidated.whose import with_whose
from xltool.form.common import CENTERED
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from xltool.consolidated.columns import Item
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
        count("no", "单位序号", 7, lambda i: i.value.scored.number),
        Column("name", "单位名称", source.name_width, lambda i: i.value.scored.name, tall=True),
        count("row", "序号", 7, lambda i: i.value.row),
    ]
    columns += [_column(field) for field in sheet.fields]
    columns.append(Column("link", "位置", 9, link, link=True))
    return Register(
        name=name,
        title=title,
        note=f"按{source.who}次序、原表序号排列；数已换算到同一计量单位，原文见报送文件。",
        columns=with_whose(tuple(columns), lambda record: record.scored.unit),
        items=(
            Record(scored, part, row)
            for scored, part in source.slices(sheet.key, SheetSlice)
            for row in scored.records[sheet.key]
        ),
        count=sum(len(scored.records[sheet.key]) for scored in source.scored),
        home=ABOUT,
        version=source.version,
        frozen="row",
    )


def _column(field: Field) -> Column[Record]:
    width = field.width * _ROOMY if field.width >= _PROSE else field.width
    centered = field.kind in CENTERED

    def value(record: Record) -> Content:
        return record.part.value(record.row, field.key)

    return field_column(field, width, value, centered=centered, tall=True)
