"""一格的说明写在哪里：同一行、全表一处的“说明”；由它得分的三级指标的扣分原因里也可以。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.key import VALUE, CellKey, field_key
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import Scheme

NOTE = "note"


def note_key(scheme: Scheme, key: CellKey) -> CellKey:
    """一格的说明写在哪里：同一行的“说明”，没有这一栏而全表只有一处说明的是那一处。"""
    sheet = scheme.sheet(key.sheet)
    if sheet.kind is SheetKind.FIELDS and any(field.key == NOTE for field in sheet.fields):
        return CellKey(key.sheet, NOTE)
    return key._replace(column=NOTE)


def has_cell(scheme: Scheme, key: CellKey) -> bool:
    """这种表有没有这一格。"""
    return scheme.has(f"{key.sheet}.{key.row if key.column == VALUE else key.column}")


def reasons_using(scheme: Scheme, key: CellKey) -> Iterator[CellKey]:
    """评分表上由这一格得分的各行的扣分原因；隔着一个自动计算的项的也算。"""
    name = key.sheet if key.row.isdecimal() else f"{key.sheet}.{key.row}"
    for indicator in scheme.indicators:
        inputs = indicator.method.inputs.values()
        used = {one for item in inputs for one in ((item,) if isinstance(item, str) else item)}
        used |= {deep for one in used for deep in _computed_from(scheme, one)}
        if name in used:
            yield CellKey(scheme.score_sheet.key, indicator.code, "reason")


def _computed_from(scheme: Scheme, name: str) -> tuple[str, ...]:
    """自动计算的项由哪几项算出；直接填的没有。"""
    known = name.count(".") == 1 and scheme.has(name)
    computation = scheme.computation(field_key(name)) if known else None
    return computation.inputs if computation else ()
