"""K01 指标没有完成。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.deadlines import missed_day
from xltool.facts.direction import lower_is_better, unsettled
from xltool.facts.tiers import tier_key
from xltool.facts.unfinished import says_unfinished
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks_direction, result_of, target_of
from xltool.scheme.labels import words_of
from xltool.values import Operator, quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme


@rule(
    "K01",
    severity=Severity.WARNING,
    remedy="在“{indicators.note}”里写明没有完成的原因和改进措施；只写“无”“详见附件”的不算。",
    source="重建：预算管理一体化系统未完成的指标偏差原因必填；文号：财预〔2020〕10号要求分析未完成原因",
    needs=("indicators.expected", "indicators.actual"),
    fires="预期值10家，实现值8家；偏差原因空着的要说明，写了“两家企业迁出本市”的是已说明",
    silent="预期值10家，实现值10家",
)
def unmet_target(case: Case) -> Iterator[Judgement]:
    """指标没有完成。

    没有完成的指标要扣分，也最能说明问题；不写原因，自评就没有起到作用。
    没有写运算符、看不出越大越好还是越小越好的，不判；不是数的选了达成，与实现值相反，归 K23、K06。
    """
    facts = case.facts
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        if unsettled(facts.scheme, row):
            yield lacks_direction(facts, row)
            continue
        fault = shortfall_of(facts.scheme, row)
        if fault and not overclaimed(facts.scheme, row):
            why = said(facts, row.record, NOTE)
            text = fault if why else f"{fault}，没有写偏差原因"
            yield Hit(row.record.key(NOTE), about(row, text), explained=why)


def shortfall_of(scheme: Scheme, row: Target) -> str:
    """没有完成时说出事实；完成的和不能比较的为空串。"""
    if row.target is not None and row.result is not None:
        return _numeric(scheme, row, row.target, row.result)
    if row.tier and row.tier in (scheme.word("tier", "partial"), scheme.word("tier", "missed")):
        return f"达成情况为“{row.tier}”"
    words, expected, actual = words_of(scheme), row.expected, row.actual
    opposite = None not in (expected.truth, actual.truth) and expected.truth != actual.truth
    if missed_day(row) or opposite or says_unfinished(scheme, row):
        wanted, found = quote(expected.raw), quote(actual.raw)
        return f"{words.expected}“{wanted}”，{words.actual}“{found}”，没有达到"
    return ""


def overclaimed(scheme: Scheme, row: Target) -> bool:
    """日期、是否没有达到，却选了达成：得分照档计。"""
    comparable = row.target is not None and row.result is not None
    achieved = tier_key(scheme, row) == "achieved"
    return achieved and not comparable and bool(shortfall_of(scheme, row))


def _numeric(scheme: Scheme, row: Target, target: Decimal, result: Decimal) -> str:
    words = words_of(scheme)
    found, wanted = f"{words.actual}{result_of(row)}", target_of(row)
    if lower_is_better(scheme, row):
        return f"{found}高于{words.ceiling}{wanted}" if result > target else ""
    if target <= 0 and row.operator in (Operator.EQ, Operator.APPROX):
        return f"{found}高于{words.expected}{wanted}" if result > 0 else ""
    if result >= target:
        return ""
    if target <= 0:
        return f"{found}低于{words.expected}{wanted}"
    return f"{found}÷{words.expected}{wanted}={percent(result / target)}，没有完成"
