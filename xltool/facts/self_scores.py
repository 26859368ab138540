"""评分表上单位自评的得分。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.key import STATED_TOTAL, field_key

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Record
    from xltool.facts.view import Facts

SELF_SCORE = "self_score"
SELF_TOTAL = field_key(STATED_TOTAL)


def self_scores(facts: Facts) -> tuple[tuple[Record, Decimal], ...]:
    """填了自评得分的各行和得分。"""
    pairs = ((record, record.number(SELF_SCORE)) for record in facts.form_rows)
    return tuple((record, score) for record, score in pairs if score is not None)
