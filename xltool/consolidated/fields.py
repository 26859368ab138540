"""填报项成为登记表的一栏；数照读出的写，填的字与数不同的，原文在旁边一栏。"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from xltool.consolidated.columns import Column, Kind
from xltool.finding import bounded
from xltool.form.common import CENTERED, FORMATS
from xltool.scheme.fields import FieldKind
from xltool.sheets.plan import NumberFormat

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from xltool.consolidated.columns import Item
    from xltool.consolidated.source import Scored
    from xltool.scheme.fields import Field
    from xltool.sheets.plan import Content

T = TypeVar("T")

# 数有多宽由它是哪一种数定，字有多宽由这一栏要写多少字定
_WIDTHS = {
    FieldKind.INTEGER: 8.0,
    FieldKind.NUMBER: 10.0,
    FieldKind.POINTS: 8.0,
    FieldKind.MONEY: 11.5,
    FieldKind.PERCENT: 9.0,
    FieldKind.DATE: 12.0,
    FieldKind.MONTH: 11.0,
    FieldKind.CHOICE: 9.0,
}
_TEXT = 14.0  # 一项一格的短文字，如姓名
PROSE = 44.0  # 写成段的话


def width_of(field: Field) -> float:
    """一项一格的栏有多宽。"""
    return _WIDTHS.get(field.kind, _TEXT)


def field_column(field: Field, width: float, value: Callable[[T], Content]) -> Column[T]:
    """一栏；标识前面加上 field，不会与登记表自己的栏相混。指标值有数有字，一律是文字。"""
    number = field.kind.numeric and field.kind is not FieldKind.MEASURE
    return Column(
        f"field.{field.key}",
        field.heading,
        width,
        lambda item: value(item.value),
        FORMATS.get(field.kind, NumberFormat.GENERAL),
        centered=field.kind in CENTERED,
        tall=True,
        kind=Kind.NUMBER if number else Kind.TEXT,
    )


def file_column(scored: Callable[[T], Scored]) -> Column[T]:
    """来自哪个文件。"""
    return Column("file", "来源文件", 30, lambda item: scored(item.value).unit.file, tall=True)


def original_column(
    fields: Iterable[Field], written: Callable[[T, Field], str | None]
) -> Column[T]:
    """填的字与读出的数不同的，照原文，写明是哪一项；都相同的空着。"""
    listed = tuple(fields)

    def content(item: Item[T]) -> str:
        texts = ((field.label, written(item.value, field)) for field in listed)
        return bounded("；".join(f"{label}：{text}" for label, text in texts if text))

    return Column("original", "原文（与数不同的）", 19, content, tall=True)
