"""评分表上单位自评的得分。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.scheme.key import SELF_SCORE, STATED_TOTAL, field_key

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.records import Record
    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.model import Scheme

SELF_TOTAL = field_key(STATED_TOTAL)


def self_scores(facts: Facts) -> tuple[tuple[Record, Decimal], ...]:
    """填了自评得分的各行和得分。"""
    pairs = ((record, record.number(SELF_SCORE)) for record in facts.form_rows)
    return tuple((record, score) for record, score in pairs if score is not None)


def all_scored(facts: Facts) -> bool:
    """评分表各行都有自评得分：没有填全的，合计还说不上是哪一等。"""
    return all(record.number(SELF_SCORE) is not None for record in facts.form_rows)


def all_scored_formula(scheme: Scheme, refs: Refs) -> str:
    """与 all_scored 同义。"""
    scores = refs.column(scheme.score_sheet.key, SELF_SCORE)
    return f"COUNT({scores})=ROWS({scores})"
