"""旧表的一格在新表的哪里：先看标识，再看名称；单位不同的、对不上的没有去处。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.gathered import typed_key
from xltool.messages import migrating as say
from xltool.migrating.moves import MOVES
from xltool.scheme.key import VALUE, CellKey
from xltool.scheme.model import SheetKind
from xltool.values import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.finding import Message
    from xltool.scheme.model import Field, Scheme, Sheet


class Destination(NamedTuple):
    """去处；没有的 `key` 为空，`note` 说为什么。自动计算的去处不能填，只能比。"""

    key: CellKey | None
    note: Message | None = None
    computed: bool = False


def field_at(scheme: Scheme, key: CellKey) -> Field | None:
    """某一格是哪一项；方案里没有这一格的为空。"""
    sheet = next((one for one in scheme.sheets if one.key == key.sheet), None)
    if sheet is None:
        return None
    if sheet.kind is SheetKind.FIELDS:
        row = _named(sheet.fields, key.row)
        if row is None or key.column == VALUE:
            return row
        return None if row.computation else _named(sheet.extras, key.column)
    known = {one.code for one in scheme.indicators}
    if sheet.kind is SheetKind.SCORE and key.row not in known:
        return None
    return _named(sheet.fields, key.column)


def _named(fields: tuple[Field, ...], name: str) -> Field | None:
    return next((one for one in fields if one.key == name), None)


def destination(old: Scheme, new: Scheme, key: CellKey) -> Destination:
    """旧表的一格填到新表的哪一格。"""
    moved = MOVES.get(old.id, {}).get(key)
    if moved is not None and field_at(new, moved) is not None:
        return Destination(moved, say.MOVED)
    same = _same(old, new, key)
    here, there = field_at(old, key), same and field_at(new, same)
    if same is None or here is None or there is None:
        return _by_label(old, new, key)
    if there.computation is not None:
        source = typed_key(new, same)
        if source != same:
            return Destination(source, say.MOVED)
        return Destination(same, computed=True)
    if here.unit != there.unit:
        return Destination(None, say.OTHER_UNIT)
    renamed = fold(here.label) != fold(there.label)
    return Destination(same, say.RELABELLED if renamed else None)


def _same(old: Scheme, new: Scheme, key: CellKey) -> CellKey | None:
    """标识相同的一格；评分表的一行看三级指标的名称：编码会重排。"""
    if key.sheet != old.score_sheet.key:
        return key
    code = _codes(new).get(fold(old.indicator(key.row).title))
    return CellKey(new.score_sheet.key, code, key.column) if code else None


@lru_cache(maxsize=16)
def _codes(scheme: Scheme) -> dict[str, str]:
    return {fold(one.title): one.code for one in scheme.indicators}


def _by_label(old: Scheme, new: Scheme, key: CellKey) -> Destination:
    """标识换了的：同一张表里名称、种类、单位都相同的只有一项，就是它。"""
    here = field_at(old, key)
    sheet = next((one for one in new.sheets if one.key == key.sheet), None)
    score = old.score_sheet.key
    if here is None or sheet is None or key.sheet == score:
        return Destination(None, say.NO_PLACE)
    found = [
        one
        for one in _fields(sheet, extra=key.column != VALUE)
        if (fold(one.label), one.kind, one.unit) == (fold(here.label), here.kind, here.unit)
        and one.computation is None
    ]
    if len(found) != 1:
        return Destination(None, say.NO_PLACE)
    (one,) = found
    if sheet.kind is SheetKind.FIELDS and key.column == VALUE:
        there = CellKey(sheet.key, one.key)
    else:
        there = key._replace(column=one.key)
    known = field_at(new, there) is not None and field_at(old, there) is None
    return Destination(there, say.BY_LABEL) if known else Destination(None, say.NO_PLACE)


def _fields(sheet: Sheet, *, extra: bool) -> Iterator[Field]:
    listed = sheet.extras if extra and sheet.kind is SheetKind.FIELDS else sheet.fields
    yield from listed
