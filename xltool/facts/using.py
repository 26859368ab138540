"""说明写在哪里：一格的，同一行、全表一处的“说明”，或用到它的扣分原因；扣了分的，得分所由来的各处。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.scheme.categories import SHEET as TARGETS
from xltool.scheme.categories import level1_of
from xltool.scheme.key import VALUE, CellKey, field_key
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.model import MethodSpec, Scheme

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


class ShortRows(NamedTuple):
    """一张记录表里比率 `column` 没有得满的各行；`equals` 是只看哪个一级指标，如 level1.output。"""

    sheet: str
    column: str
    equals: str = ""


@lru_cache(maxsize=1024)
def reason_sources(scheme: Scheme, code: str) -> tuple[ShortRows | CellKey, ...]:
    """评分表一行扣了分，除了本行的扣分原因，原因还可以写在得分所由来的哪几处，一处写了就够。

    看几行得分的，是没有得满的各行的说明；由几格得分的，是头一格有的说明；取一列的（逐项看有没有
    做到），说不上该写在哪一项，没有。几种办法取其一的，各种办法的都算；这种表没有的说明不在内。
    """
    ways = (spec for _, spec in scheme.indicator(code).method.every())
    found = (_source(scheme, spec) for spec in ways)
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _source(scheme: Scheme, spec: MethodSpec) -> ShortRows | CellKey | None:
    rows = _rows_of(scheme, spec)
    if rows is not None:
        return rows if scheme.has(f"{rows.sheet}.{NOTE}") else None
    single = (name for name in spec.inputs.values() if isinstance(name, str))
    named = (name for name in single if name.count(".") == 1 and scheme.has(name))
    notes = (note_key(scheme, field_key(name)) for name in named)
    return next((note for note in notes if has_cell(scheme, note)), None)


def _rows_of(scheme: Scheme, spec: MethodSpec) -> ShortRows | None:
    """由一张记录表的各行得分的，是哪些行。"""
    if level1_of(scheme, spec):
        return ShortRows(TARGETS, "factor", str(spec.inputs["equals"]))
    sheet = str(spec.inputs.get("sheet", ""))
    return ShortRows(sheet, str(spec.inputs["column"])) if scheme.has(sheet) else None


def reasons_using(scheme: Scheme, key: CellKey) -> Iterator[CellKey]:
    """评分表上由这一格得分的各行的扣分原因；隔着一个自动计算的项的也算。"""
    name = key.sheet if key.row.isdecimal() else f"{key.sheet}.{key.row}"
    for indicator in scheme.indicators:
        used = {one for _, spec in indicator.method.every() for one in _names(spec)}
        used |= {deep for one in used for deep in _computed_from(scheme, one)}
        if name in used:
            yield CellKey(scheme.score_sheet.key, indicator.code, "reason")


def _names(spec: MethodSpec) -> Iterator[str]:
    """一种办法取的各个数，照方案写的次序。"""
    for item in spec.inputs.values():
        yield from (item,) if isinstance(item, str) else item


def _computed_from(scheme: Scheme, name: str) -> tuple[str, ...]:
    """自动计算的项由哪几项算出；直接填的没有。"""
    known = name.count(".") == 1 and scheme.has(name)
    computation = scheme.computation(field_key(name)) if known else None
    return computation.inputs if computation else ()
