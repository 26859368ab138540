"""R02 整改结论与表不一致。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.claims import lacks_claims
from xltool.flags.rectifying import DONE, SHEET, claimed_state, conclusions, state_name
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import given, lacks, lacks_sheet, listing, name_of
from xltool.values import plain, quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.flags.rectifying import Conclusion
    from xltool.flags.rule import Case, Judgement


@rule(
    "R02",
    severity=Severity.ERROR,
    also=(Severity.NOTICE,),
    remedy="逐条核对整改台账：没有整改完的不写“均已完成”，个数和各条的进展改成一致。",
    source="报告：写“发现问题4项，均已完成整改”，而表里一项的进展空着；重建：财会监督案例“自评表与整改说明口径不一致”",
    needs=(
        *("rectification.progress", "rectification.status"),
        *("claims.kind", "claims.topic", "claims.figure", "claims.indicator"),
        "options.claim_kind.rectification",
        *("options.progress.done", "options.progress.doing", "options.progress.not_started"),
    ),
    fires="报告写4项均已完成整改，表里有一项没有写进展，或只有3项，为错误；"
    "报告写暂无整改进展，表里写正在整改，为提示",
    silent="报告写4项均已完成整改，表里4项都是已整改",
)
def contradicted_conclusion(case: Case) -> Iterator[Judgement]:
    """报告的整改结论与整改情况表不一致。

    结论说都改了而表里有没改的，或项数对不上，整改就没有真正落实；说法不同的，看不出究竟到了哪一步。
    """
    facts = case.facts
    found = conclusions(facts)
    if not found:
        yield lacks_claims(facts, "rectification")
        return
    if not facts.records(SHEET):
        yield lacks_sheet(facts, SHEET)
        return
    for conclusion in found:
        record, rows = conclusion.record, conclusion.rows
        if rows is None:
            yield lacks(facts, record.key("indicator"))
            continue
        number = record.measure("figure").number
        if number is None:
            yield lacks(facts, record.key("figure"))
        elif number != len(rows):
            written = f"“{quote(record.text('topic'))}”写{plain(number)}项"
            listed = f"{facts.scheme.sheet(SHEET).name}表里对应的有{len(rows)}项"
            yield Hit(record.key("figure"), f"{written}，{listed}")
        yield from _reached(facts, conclusion, rows)


def _reached(facts: Facts, conclusion: Conclusion, rows: Sequence[Record]) -> Iterator[Judgement]:
    """说都改了的，进展空着的也算没有改；说还没有改的，表里写的是另一步，是说法不同。"""
    key = conclusion.record.key("topic")
    if not conclusion.state:
        yield Unjudged(f"{name_of(facts.scheme, key)}（看不出整改到哪一步）")
        return
    done, blank = conclusion.state == DONE, list[str]()
    others: dict[str, list[str]] = {}
    for row in rows:
        claimed = claimed_state(facts, row)
        if claimed and claimed != conclusion.state:
            others.setdefault(claimed, []).append(row.row)
        elif not claimed and done and not any(given(row.entry(c)) for c in ("status", "progress")):
            blank.append(row.row)
        elif not claimed:
            yield lacks(facts, row.key("status"))

    found = [f"序号{listing(same)}是“{state_name(facts, one)}”" for one, same in others.items()]
    if blank:
        found.append(f"序号{listing(blank)}没有写整改进展情况")
    if found:
        message = f"“{quote(conclusion.record.text('topic'))}”，而表里{'，'.join(found)}"
        yield Hit(key, message) if done else Hit(key, f"{message}，说法不同", Severity.NOTICE)
