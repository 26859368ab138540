"""单位在该写的地方写的说明：哪一格的事实，写在哪里；只写“无”“详见附件”一类的不算。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.saying import gives_no_reason, says_nothing
from xltool.facts.using import note_key, reasons_using
from xltool.flags.wording import given
from xltool.scheme.categories import SHEET
from xltool.scheme.contract.judging_words import DIFFERING

if TYPE_CHECKING:
    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey

NOTE, REASON, EVIDENCE = "note", "reason", "evidence"


def words_in(facts: Facts, key: CellKey) -> str:
    """这一格写的话；空着的、占位的、等于没写的为空串。"""
    entry = facts.entry(key)
    text = entry.raw.strip()
    empty = gives_no_reason if {NOTE, REASON} & {*key} else says_nothing
    return text if given(entry) and not empty(facts.scheme, text) else ""


def said(facts: Facts, record: Record, column: str) -> str:
    """这一行的这一栏写的话。"""
    return words_in(facts, record.key(column))


def apart(facts: Facts, record: Record) -> str:
    """这一行的说明里写了与名称相同的另一行怎样分开的，那段话；只说别的事的为空串。"""
    note = said(facts, record, NOTE)
    return note if any(word in note for word in facts.scheme.words(DIFFERING)) else ""


def explanation(facts: Facts, key: CellKey) -> str:
    """对这一格的说明：同一行的“说明”（偏差原因），或用到它的评分表各行的扣分原因。"""
    own = words_in(facts, note_key(facts.scheme, key))
    if own or key.sheet == SHEET:  # 绩效指标的原因逐行写，只有一处
        return own
    return next(
        filter(None, (words_in(facts, row) for row in reasons_using(facts.scheme, key))), ""
    )
