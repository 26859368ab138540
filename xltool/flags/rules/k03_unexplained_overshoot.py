"""K03 超额未说明。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.direction import unsettled
from xltool.finding import Severity
from xltool.flags.claims import claims_named, claims_of, has_problems, references
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.rules.k02_large_overshoot import WARNING, overshot
from xltool.flags.wording import about, lacks, name_of
from xltool.scheme.categories import SHEET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement


@rule(
    "K03",
    severity=Severity.WARNING,
    remedy="在“{indicators.note}”里写明超额的原因[，或在{claims}表里把它列入“存在问题”]。",
    source="报告：“存在问题”只承认了一个超额指标；重建：外省一体化系统超过130%时偏差原因必填",
    thresholds=(WARNING,),
    needs=("indicators.expected", "indicators.actual"),
    fires="完成率200%，偏差原因空着[，{claims}的“存在问题”里也没有提到这个指标]",
    silent="完成率346.15%，偏差原因写明了[，或{claims}的“存在问题”里写明了这个指标]",
)
def unexplained_overshoot(case: Case) -> Iterator[Judgement]:
    """大幅超额而没有说明。

    超额本身不是错，不说明就看不出是工作做得好还是预期值定得低。
    """
    facts = case.facts
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    doubted = (row for row in rows if unsettled(facts.scheme, row))
    yield from (lacks(facts, row.record.key("operator")) for row in doubted)
    over = [(row, ratio) for row in rows if (ratio := overshot(facts.scheme, row)) is not None]
    admitted = _admitted(facts)
    noted = any(said(facts, record, NOTE) for record in facts.records(SHEET))
    for row, ratio in over:
        if said(facts, row.record, NOTE) or row.record.row in (admitted or ()):
            continue
        if admitted is None and not noted:
            # 两处都没有用起来：不知道报告正文是否说明过
            note = name_of(facts.scheme, row.record.key("note"))
            yield Unjudged(f"{note}，或{claims_named(facts, 'problem')}")
        else:
            both = "偏差原因和“存在问题”里都没有说明"
            where = both if has_problems(facts) else "没有写偏差原因"
            text = f"完成率{percent(ratio)}，{where}"
            yield Hit(row.record.key("note"), about(row, text))


def _admitted(facts: Facts) -> set[str] | None:
    """“存在问题”里点到的指标序号；一条“存在问题”也没有列时为空。

    没有关键数据核对表的方案，只能写在偏差原因里：没有点到的。
    """
    if not has_problems(facts):
        return set()
    known = facts.submission.records.get(SHEET, ())
    problems = claims_of(facts, "problem")
    return {row for record in problems for row in references(record, known)} if problems else None
