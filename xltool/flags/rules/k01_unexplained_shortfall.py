"""K01 未完成无原因。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.direction import lower_is_better
from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, given, result_of, target_of
from xltool.scheme.labels import words_of
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme


@rule(
    "K01",
    severity=Severity.ERROR,
    remedy="在“{indicators.note}”里写明没有完成的原因和改进措施。",
    source="重建：预算管理一体化系统未完成的指标偏差原因必填；文号：财预〔2020〕10号要求分析未完成原因",
    needs=("indicators.expected", "indicators.actual"),
    fires="预期值10家，实现值8家，偏差原因空着",
    silent="实现值8家，偏差原因写“两家企业迁出本市”",
)
def unexplained_shortfall(case: Case) -> Iterator[Judgement]:
    """没有完成而不写原因。

    没有完成的指标要扣分，也最能说明问题；不写原因，自评就没有起到作用。
    """
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        fault = _shortfall(case.facts.scheme, row)
        if fault and not given(row.record.entry("note")):
            yield Hit(row.record.key("note"), about(row, f"{fault}，没有写偏差原因"))


def _shortfall(scheme: Scheme, row: Target) -> str:
    """没有完成时说出事实；完成的和不能比较的为空串。"""
    if row.target is not None and row.result is not None:
        return _numeric(scheme, row)
    if row.tier and row.tier in (scheme.word("tier", "partial"), scheme.word("tier", "missed")):
        return f"达成情况为“{row.tier}”"
    words, expected, actual = words_of(scheme), row.expected, row.actual
    late = expected.deadline and actual.deadline and actual.deadline > expected.deadline
    opposite = None not in (expected.truth, actual.truth) and expected.truth != actual.truth
    if late or opposite:
        wanted, found = quote(expected.raw), quote(actual.raw)
        return f"{words.expected}“{wanted}”，{words.actual}“{found}”，没有达到"
    return ""


def _numeric(scheme: Scheme, row: Target) -> str:
    if row.target is None or row.result is None:
        return ""
    words = words_of(scheme)
    found, wanted = f"{words.actual}{result_of(row)}", target_of(row)
    if lower_is_better(scheme, row):
        over = row.result > row.target
        return f"{found}高于{words.ceiling}{wanted}" if over else ""
    if row.result >= row.target:
        return ""
    if row.target <= 0:
        return f"{found}低于{words.expected}{wanted}"
    ratio = percent(row.result / row.target)
    return f"{found}÷{words.expected}{wanted}={ratio}，没有完成"
