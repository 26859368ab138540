"""K22 定量的指标写不适用。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.left_out import spreads, takes_absence
from xltool.facts.target import absent
from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, target_of
from xltool.scheme.labels import words_of
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "K22",
    severity=Severity.WARNING,
    remedy="{indicators.actual}没有发生的填0；确实不适用的，在“{indicators.note}”里写明为什么，如任务没有下达。",
    source="假设：没有见到规定；写“无”的看不出是没有做、没有发生，还是任务取消了",
    needs=(
        "parameters.not_applicable",
        *("indicators.expected", "indicators.actual", "indicators.note"),
    ),
    fires="预期值20家，实现值写“无”，没有写原因；写了“年中任务取消”的按不适用计，是已说明",
    silent="预期值20家，实现值20家；预期值“无违规”，实现值写“无”",
)
def not_applicable(case: Case) -> Iterator[Judgement]:
    """定量的指标写不适用。

    目标是数，结果却没有数：不写原因不能计分，写了原因的也要有人认可，不能因此少了一个做得不好的。
    """
    facts = case.facts
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows if takes_absence(facts.scheme) else ():
        if not absent(facts, row):
            continue
        words, why = words_of(facts.scheme), said(facts, row.record, NOTE)
        how = "分值摊到同类其余各行" if spreads(facts.scheme) else "得满分"
        end = f"按不适用计，{how}" if row.waived else "没有写为什么不适用，不能计分"
        said_so = f"{words.expected}{target_of(row)}，{words.actual}“{quote(row.actual.raw)}”"
        yield Hit(row.record.key(NOTE), about(row, f"{said_so}，{end}"), explained=why)
