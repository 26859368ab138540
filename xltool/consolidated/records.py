"""记录表（如绩效指标、专项资金、重点任务）的登记表：一行一个单位的一条。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SheetSlice
from xltool.consolidated.columns import Column, count
from xltool.consolidated.fields import field_column, file_column, original_column, width_of
from xltool.consolidated.register import Register
from xltool.consolidated.source import ABOUT
from xltool.consolidated.whose import with_whose
from xltool.scheme.key import CellKey
from xltool.sheets.paper import HALF_SCREEN, pixels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xltool.consolidated.columns import Item
    from xltool.consolidated.source import Scored, Source
    from xltool.scheme.model import Field, Sheet
    from xltool.sheets.plan import Link

_PROSE, _ROOMY = 30, 1.1  # 写成段的话的栏放宽：一格最高 409 磅，太窄写不下
_ANCHOR = 24.0  # 认得出是哪一条的一栏要冻结，不宜太宽


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
        count("no", "单位序号", 6, lambda i: i.value.scored.number),
        Column("name", "单位名称", source.name_width, lambda i: i.value.scored.name, tall=True),
        count("row", "序号", 6, lambda i: i.value.row),
    ]
    columns += [_column(sheet, field) for field in sheet.fields]
    columns += [
        original_column(sheet.fields, lambda one, field: one.part.original(one.row, field.key)),
        Column("link", "位置", 8, link, link=True),
        file_column(lambda record: record.scored),
    ]
    return Register(
        name=name,
        title=title,
        note=f"按{source.who}次序、原表序号排列；数已换算到同一计量单位，填的字与数不同的，原文在右边。",
        columns=with_whose(tuple(columns), lambda record: record.scored.unit),
        items=(
            Record(scored, part, row)
            for scored, part in source.slices(sheet.key, SheetSlice)
            for row in scored.records[sheet.key]
        ),
        count=sum(len(scored.records[sheet.key]) for scored in source.scored),
        home=ABOUT,
        version=source.version,
        frozen=_frozen(columns, sheet),
        printed="original",
    )


def _column(sheet: Sheet, field: Field) -> Column[Record]:
    width = field.width * _ROOMY if field.width >= _PROSE else field.width
    if field.key == sheet.anchor:
        width = min(field.width, _ANCHOR)
    elif field.kind.numeric or field.kind.dated:
        width = min(width, width_of(field))
    return field_column(field, width, lambda record: record.part.value(record.row, field.key))


def _frozen(columns: Sequence[Column[Record]], sheet: Sheet) -> str:
    """冻结到认得出是哪一条的那一栏；那一栏太靠右，冻结了要过半屏的，只到序号。"""
    anchor = f"field.{sheet.anchor}"
    keys = [column.key for column in columns]
    wide = pixels([column.width for column in columns[: keys.index(anchor) + 1]])
    return anchor if wide <= HALF_SCREEN else "row"
