"""填日期的指标还没有做完：没有日期可填，写“未拨付完”一类的话，达成情况选部分达成或未达成。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.contract.word_lists import UNFINISHED
from xltool.values import Kind

if TYPE_CHECKING:
    from xltool.facts.records import Target
    from xltool.scheme.model import Scheme


def says_unfinished(scheme: Scheme, row: Target) -> bool:
    """预期值是日期，实现值写着还没有做完。"""
    if row.expected.kind is not Kind.DATE or row.actual.kind is Kind.DATE:
        return False
    return any(word in row.actual.raw for word in scheme.words(UNFINISHED))


def claims_finished(scheme: Scheme, row: Target) -> bool:
    """写着没有做完，却选了达成。"""
    return row.tier == scheme.word("tier", "achieved") and says_unfinished(scheme, row)
