"""从方案里读各张表和填报项。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.model import Computation, Compute, Field, FieldKind, Sheet, SheetKind

if TYPE_CHECKING:
    from enum import Enum

    from xltool.scheme.reader import Table


def read_sheet(table: Table) -> Sheet:
    """读一张表。

    Raises:
        SchemeProblem: 缺项、类型不对或有不认识的键。
    """
    sheet = Sheet(
        key=table.text("key"),
        name=table.text("name"),
        kind=SheetKind(_member(table, "kind", SheetKind)),
        title=table.text("title"),
        note=table.text("note", ""),
        fields=tuple(_field(item) for item in table.tables("fields")),
        extras=tuple(_field(item) for item in table.tables("extras", optional=True)),
        capacity=table.integer("capacity", 0),
        anchor=table.text("anchor", ""),
        at_least=table.integer("at_least", 0),
        register=table.text("register", ""),
        page=table.text("page", ""),
        grid=table.texts("grid", optional=True),
        beside=table.texts("beside", optional=True),
    )
    table.done()
    return sheet


def _field(table: Table) -> Field:
    field = Field(
        key=table.text("key"),
        label=table.text("label"),
        kind=FieldKind(_member(table, "kind", FieldKind)),
        code=table.text("code", ""),
        unit=table.text("unit", ""),
        required=table.flag("required"),
        options=table.text("options", ""),
        depends=table.text("depends", ""),
        options_by=_texts_by(table.table("options_by")) if table.has("options_by") else {},
        help=table.text("help"),
        example=table.text("example", ""),
        minimum=table.optional_number("minimum"),
        maximum=table.optional_number("maximum"),
        computation=_computation(table) if table.has("computation") else None,
        width=float(table.number("width")) if table.has("width") else 12,
    )
    table.done()
    return field


def _texts_by(table: Table) -> dict[str, str]:
    return {key: table.text(key) for key in table.keys()}  # noqa: SIM118 - not a dict's


def _computation(table: Table) -> Computation:
    inner = table.table("computation")
    kind = Compute(_member(inner, "kind", Compute))
    result = Computation(kind, inner.texts("inputs", optional=True), inner.text("fallback", ""))
    inner.done()
    return result


def _member(table: Table, key: str, kinds: type[Enum]) -> str:
    value = table.text(key)
    allowed = [str(member.value) for member in kinds]
    if value not in allowed:
        raise table.problem(key, f"“{value}”不在可用的 {'、'.join(allowed)} 之内")
    return value
