"""填报项成为登记表的一栏。"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from xltool.consolidated.columns import Column, Kind
from xltool.form.common import FORMATS
from xltool.scheme.fields import FieldKind
from xltool.sheets.plan import NumberFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.scheme.fields import Field
    from xltool.sheets.plan import Content

T = TypeVar("T")


def field_column(
    field: Field,
    width: float,
    value: Callable[[T], Content],
    *,
    centered: bool = False,
    tall: bool = False,
) -> Column[T]:
    """一栏；标识前面加上 field，不会与登记表自己的栏相混。指标值有数有字，一律是文字。"""
    number = field.kind.numeric and field.kind is not FieldKind.MEASURE
    return Column(
        f"field.{field.key}",
        field.heading,
        width,
        lambda item: value(item.value),
        FORMATS.get(field.kind, NumberFormat.GENERAL),
        centered=centered,
        tall=tall,
        kind=Kind.NUMBER if number else Kind.TEXT,
    )
