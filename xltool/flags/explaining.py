"""单位在该写的地方写的说明：哪一格的事实，写在哪里；只写“无”“详见附件”一类的不算。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.saying import says_nothing
from xltool.flags.wording import given
from xltool.scheme.categories import SHEET
from xltool.scheme.key import CellKey, field_key
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.scheme.model import Scheme

NOTE, REASON, EVIDENCE = "note", "reason", "evidence"


def words_in(facts: Facts, key: CellKey) -> str:
    """这一格写的话；空着的、占位的、等于没写的为空串。"""
    entry = facts.entry(key)
    text = entry.raw.strip()
    return text if given(entry) and not says_nothing(facts.scheme, text) else ""


def said(facts: Facts, record: Record, column: str) -> str:
    """这一行的这一栏写的话。"""
    return words_in(facts, record.key(column))


def explanation(facts: Facts, key: CellKey) -> str:
    """对这一格的说明：同一行的“说明”（偏差原因），或用到它的评分表各行的扣分原因。"""
    own = words_in(facts, note_key(facts.scheme, key))
    if own or key.sheet == SHEET:  # 绩效指标的原因逐行写，只有一处
        return own
    return next(filter(None, (said(facts, row, REASON) for row in _rows_using(facts, key))), "")


def note_key(scheme: Scheme, key: CellKey) -> CellKey:
    """一格的说明写在哪里：同一行的“说明”，没有这一栏而全表只有一处说明的是那一处。"""
    shared = CellKey(key.sheet, NOTE)
    sheet = scheme.sheet(key.sheet)
    if sheet.kind is SheetKind.FIELDS and any(field.key == NOTE for field in sheet.fields):
        return shared
    return key._replace(column=NOTE)


def _rows_using(facts: Facts, key: CellKey) -> Iterator[Record]:
    """评分表上由这一格（这张记录表）得分的各行；隔着一个自动计算的项的也算。"""
    name = key.sheet if key.row.isdecimal() else f"{key.sheet}.{key.row}"
    for indicator in facts.scheme.indicators:
        inputs = indicator.method.inputs.values()
        used = {one for item in inputs for one in ((item,) if isinstance(item, str) else item)}
        used |= {deep for one in used for deep in _computed_from(facts, one)}
        if name in used:
            yield facts.record(facts.scheme.score_sheet.key, indicator.code)


def _computed_from(facts: Facts, name: str) -> tuple[str, ...]:
    """自动计算的项由哪几项算出；直接填的没有。"""
    known = name.count(".") == 1 and facts.scheme.has(name)
    computation = facts.scheme.computation(field_key(name)) if known else None
    return computation.inputs if computation else ()
