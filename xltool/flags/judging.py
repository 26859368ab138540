"""对一份报送逐条判断，并把触发的写成带真实位置的问题。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.claims import CLAIMS
from xltool.finding import MATTER_IN, Finding, Severity, bounded
from xltool.flags.registry import rules_for
from xltool.flags.rule import Hit, Outcome, Verdict
from xltool.flags.statements import said_of, subject_of
from xltool.scheme.key import CellKey
from xltool.scheme.labels import named
from xltool.values.excerpt import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement, Rule


def judge(case: Case, *, in_batch: bool = False) -> tuple[Verdict, ...]:
    """用得着的各条规则对一份报送的结果，依规则的次序；`in_batch` 时留下要放在一批里看的。"""
    used = rules_for(case.facts.scheme)
    return tuple(verdict_of(rule, case) for rule in used if not (in_batch and rule.batch))


def verdict_of(rule: Rule, case: Case) -> Verdict:
    """一条规则的结果：有触发即触发，缺数的部分照样列出。"""
    return verdict(rule, tuple(rule.judge(case)))


def verdict(rule: Rule, judgements: tuple[Judgement, ...]) -> Verdict:
    """由逐处的判断得出一条规则的结果。"""
    hits = tuple(item for item in judgements if isinstance(item, Hit))
    missing = dict.fromkeys(item.missing for item in judgements if not isinstance(item, Hit))
    unhit = Outcome.UNJUDGED if missing else Outcome.PASS
    return Verdict(rule, Outcome.HIT if hits else unhit, hits, tuple(missing))


def findings(verdicts: Iterable[Verdict], facts: Facts) -> tuple[Finding, ...]:
    """触发的逐处写成问题，位置是报送文件里的真实位置。"""
    return tuple(_finding(item.rule, hit, facts) for item in verdicts for hit in item.hits)


def _finding(rule: Rule, hit: Hit, facts: Facts) -> Finding:
    if told := in_report(facts, rule, hit):
        return told
    place = facts.place(hit.key) if hit.key else None
    key = hit.key.sheet if hit.key else hit.sheet
    sheet = ""
    if place:
        sheet = place.sheet
    elif key:  # 报送文件里没有这张表时，用方案里的名字
        block = facts.submission.blocks.get(key)
        sheet = block.sheet if block else facts.scheme.sheet(key).tab
    severity = hit.severity or rule.severity
    return Finding(
        code=rule.code,
        severity=severity,
        message=bounded(hit.message),
        remedy=named(facts.scheme, hit.remedy or rule.remedy),
        file=facts.submission.file,
        sheet=sheet,
        at=place.at if place else None,
        explained=bounded(hit.explained) if severity is Severity.WARNING else "",
    )


def in_report(facts: Facts, rule: Rule, hit: Hit) -> Finding | None:
    """自评报告里的一处：哪个文件、第几节第几段第几句，连同原句；不是报告里的为空。"""
    told = facts.submission.told
    if not (told and hit.key and hit.key.sheet == CLAIMS and hit.key.row in told.places):
        return None
    row = hit.key.row
    matter = subject_of(facts.text(CellKey(CLAIMS, row, "topic")), said_of(facts.scheme))
    where = told.places[row].rpartition(" ")[2]
    return Finding(
        code=rule.code,
        severity=hit.severity or rule.severity,
        message=bounded(f"{hit.message}；原句：“{sentence(told.quotes[row])}”"),
        remedy=named(facts.scheme, hit.remedy or rule.remedy),
        file=facts.submission.file,
        sheet=told.places[row],
        matter=f"{matter}{MATTER_IN}{where}",
    )
