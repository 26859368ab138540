"""该写说明的地方写了没有：几处要问，公式在一栏（隐藏）里只算一次。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.saying import gives_no_reason, says_nothing
from xltool.form.live.check import UNSEEN
from xltool.layout.columns import UNSAID

if TYPE_CHECKING:
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey


def unsaid_cell(refs: Refs, key: CellKey) -> str:
    """说明那一格等于没有写的，这一格是 1。"""
    return refs.cell(key._replace(column=UNSAID.key))


def unsaid(facts: Facts, key: CellKey) -> bool:
    """与 unsaid_cell 同义。"""
    return gives_no_reason(facts.scheme, _seen(facts, key))


def proved(facts: Facts, key: CellKey) -> bool:
    """佐证材料一格写了材料；附件的编号也是。"""
    return not says_nothing(facts.scheme, _seen(facts, key))


def _seen(facts: Facts, key: CellKey) -> str:
    raw = facts.entry(key).raw
    for mark in UNSEEN:
        raw = raw.replace(mark, "")
    return raw
