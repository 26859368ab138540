"""docs/分析.md 里由程序生成的一段：导出的各张表有哪些栏。更新：make regenerate。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xltool import frames
from xltool.consolidated.book import parts_of
from xltool.consolidated.columns import with_former
from xltool.consolidated.saved_book import bare_sources
from xltool.scheme.model import FieldKind
from xltool.scoring.catalogue import offered_schemes
from xltool.sheets.plan import NumberFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.consolidated.columns import Column
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Source
    from xltool.scheme.model import Field


def export_columns() -> str:
    """导出的各张表有哪些栏，什么类型、什么单位；与登记表出自同一处。"""
    lines = ["", "| 表 | 类型 | 单位 | 栏 |", "|---|---|---|---|"]
    sources = bare_sources(list(offered_schemes()))
    grouped: dict[tuple[str, str, str], dict[str, None]] = {}
    for table, column, unit in _columns(sources):
        key = (table, frames.TYPES[column.kind], unit)
        grouped.setdefault(key, {})[column.heading] = None
    lines += [
        f"| {table} | {kind} | {unit} | {'、'.join(names)} |"
        for (table, kind, unit), names in grouped.items()
    ]
    return "\n".join([*lines, "", ""])


def _columns(sources: tuple[Source, ...]) -> Iterator[tuple[str, Column[Any], str]]:
    """各张表的各栏和单位。"""
    parts = parts_of(sources)
    for part in parts:
        source = part.source
        for name, register in (("汇总", part.summary.register()), ("得分明细", part.details)):
            for column in _visible(register):
                scored = column.number is NumberFormat.POINTS
                yield name, column, "分" if scored else ""
        for sheet in source.scheme.sheets:
            if not sheet.merged:
                continue
            units = {f"field.{one.key}": _unit_of(one) for one in sheet.fields}
            for column in _visible(part.register(sheet)):
                yield sheet.merged, column, units.get(column.key, "")
    for column in _visible(parts[0].found):
        yield "疑点清单", column, ""


def _visible(register: Register[Any]) -> list[Column[Any]]:
    shown = [one for one in register.columns if one.on_sheet and not one.hidden]
    return with_former(shown, ())[0]


def _unit_of(field: Field) -> str:
    """一项的单位；比率以小数存。"""
    if field.kind is FieldKind.PERCENT:
        return "比率，0.98 是 98%"
    if field.kind is FieldKind.POINTS:
        return "分"
    return field.unit or ("" if field.kind is not FieldKind.DATE else "年-月-日")
