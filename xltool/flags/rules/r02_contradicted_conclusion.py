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
    elif not facts.records(SHEET):
        yield lacks_sheet(facts, SHEET)
    else:
        for conclusion in found:
            yield from _judged(facts, conclusion)


def _judged(facts: Facts, conclusion: Conclusion) -> Iterator[Judgement]:
    record = conclusion.record
    if conclusion.rows is None:
        yield lacks(facts, record.key("indicator"))
        return
    yield from _counted(facts, record, len(conclusion.rows))
    if not conclusion.state:
        name = name_of(facts.scheme, record.key("topic"))
        yield Unjudged(f"{name}（看不出整改到哪一步）")
    elif conclusion.state == DONE:
        yield from _all_done(facts, record, conclusion.rows)
    else:
        yield from _wording(facts, conclusion, conclusion.rows)


def _counted(facts: Facts, record: Record, listed: int) -> Iterator[Judgement]:
    stated = record.measure("figure").number
    if stated is None:
        yield lacks(facts, record.key("figure"))
    elif stated != listed:
        sheet = facts.scheme.sheet(SHEET).name
        message = f"“{_topic(record)}”写{plain(stated)}项，{sheet}表里对应的有{listed}项"
        yield Hit(record.key("figure"), message)


def _all_done(facts: Facts, record: Record, rows: Sequence[Record]) -> Iterator[Judgement]:
    """说都改了的：进展空着的也算没有改；写了而看不出的不判断。"""
    blank = [row for row in rows if not claimed_state(facts, row) and not _given(row)]
    yield from _unclear(facts, [row for row in rows if row not in blank])
    lacking = _others(facts, rows, DONE)
    if blank:
        lacking.append(f"{_numbers(blank)}没有写整改进展情况")
    if lacking:
        yield Hit(record.key("topic"), f"“{_topic(record)}”，而表里{'，'.join(lacking)}")


def _wording(facts: Facts, conclusion: Conclusion, rows: Sequence[Record]) -> Iterator[Judgement]:
    """说还没有改的：表里写的是另一步，说法不同。"""
    yield from _unclear(facts, rows)
    differing = _others(facts, rows, conclusion.state)
    if differing:
        topic = _topic(conclusion.record)
        message = f"“{topic}”，而表里{'，'.join(differing)}，说法不同"
        yield Hit(conclusion.record.key("topic"), message, Severity.NOTICE)


def _unclear(facts: Facts, rows: Sequence[Record]) -> Iterator[Judgement]:
    yield from (lacks(facts, row.key("status")) for row in rows if not claimed_state(facts, row))


def _others(facts: Facts, rows: Sequence[Record], state: str) -> list[str]:
    """不是这一步的各行，按是哪一步合起来说。"""
    groups: dict[str, list[Record]] = {}
    for row in rows:
        claimed = claimed_state(facts, row)
        if claimed not in ("", state):
            groups.setdefault(claimed, []).append(row)
    return [f"{_numbers(same)}是“{state_name(facts, claimed)}”" for claimed, same in groups.items()]


def _numbers(rows: Sequence[Record]) -> str:
    return f"序号{listing([row.row for row in rows])}"


def _given(row: Record) -> bool:
    return given(row.entry("status")) or given(row.entry("progress"))


def _topic(record: Record) -> str:
    return quote(record.text("topic"))
