"""从方案里读各张表和填报项。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.model import Computation, Compute, Field, FieldKind, Sheet, SheetKind

if TYPE_CHECKING:
    from xltool.scheme.reader import Table


def read_sheet(table: Table) -> Sheet:
    """读一张表；缺项、类型不对、不认识的键记在 `table` 里。"""
    key, kind = table.text("key"), SheetKind(table.member("kind", [*SheetKind]))
    home = key if kind is SheetKind.FIELDS else ""
    sheet = Sheet(
        key=key,
        name=table.text("name"),
        kind=kind,
        title=table.text("title"),
        note=table.text("note", ""),
        fields=tuple(_field(item, home) for item in table.tables("fields")),
        extras=tuple(_field(item, "") for item in table.tables("extras", optional=True)),
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


def _field(table: Table, home: str) -> Field:
    """读一项；`home` 是它所在的逐项表，别的表空着。"""
    field = Field(
        key=table.text("key"),
        label=table.text("label"),
        kind=FieldKind(table.member("kind", [*FieldKind])),
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
        computation=_computation(table, home) if table.has("computation") else None,
        width=float(table.number("width")) if table.has("width") else 12,
    )
    table.done()
    return field


def _texts_by(table: Table) -> dict[str, str]:
    return {key: table.text(key) for key in table.keys()}  # noqa: SIM118 - not a dict's


def _computation(table: Table, home: str) -> Computation:
    """读一种算法。逐项表里同表的项只写栏名，也成为“表.项”：一项一行，没有同一行的别的栏。"""
    inner = table.table("computation")
    kind = Compute(inner.member("kind", [*Compute]))
    inputs = tuple(_full(name, home) for name in inner.texts("inputs", optional=True))
    result = Computation(kind, inputs, _full(inner.text("fallback", ""), home))
    inner.done()
    return result


def _full(name: str, home: str) -> str:
    return f"{home}.{name}" if home and name and "." not in name else name
