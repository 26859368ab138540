"""大幅超额：超过了多少、写没有写过原因；超额和没有说明是一件事，只报一处。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.claims import CLAIMS
from xltool.facts.computed import percent
from xltool.flags.claims import claims_of, has_problems, references
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import forward_ratio
from xltool.flags.wording import result_of, target_of
from xltool.scheme.categories import SHEET
from xltool.scheme.labels import named, words_of
from xltool.scheme.thresholds import OVERSHOT

_NOTED = f"“{{{SHEET}.{NOTE}}}”"
TOLD_IN = f"{_NOTED}[或{{{CLAIMS}}}的“存在问题”]"
"""超额的原因写在哪里：与 explained 看的同样几处。"""

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.scheme.model import Scheme


def overshot(scheme: Scheme, row: Target) -> Decimal | None:
    """大幅超额、须说明的完成率；没有超过界限的为空。"""
    ratio = forward_ratio(scheme, row)
    return ratio if ratio is not None and ratio > OVERSHOT.of(scheme) else None


def working(scheme: Scheme, row: Target, ratio: Decimal) -> str:
    """完成率的算式。"""
    words = words_of(scheme)
    return f"{words.actual}{result_of(row)}÷{words.expected}{target_of(row)}={percent(ratio)}"


def told_in(facts: Facts) -> str:
    """照这种表自己的叫法；看不出“存在问题”点到了谁的，只说偏差原因。"""
    return named(facts.scheme, TOLD_IN if has_problems(facts) else _NOTED)


def explained(facts: Facts, row: Target) -> bool | None:
    """超额的原因写了没有：写在偏差原因，或“存在问题”里点到了它。

    两处都没有用起来的，不知道报告正文是否说明过，为空；没有关键数据核对表的方案，只能写在偏差原因里。
    """
    if said(facts, row.record, NOTE):
        return True
    if not has_problems(facts):
        return False
    known, problems = facts.submission.records.get(SHEET, ()), claims_of(facts, "problem")
    if any(row.record.row in references(one, known) for one in problems):
        return True
    noted = any(said(facts, record, NOTE) for record in facts.records(SHEET))
    return False if problems or noted else None
