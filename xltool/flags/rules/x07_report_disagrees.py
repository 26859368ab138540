"""X07 报告里的数与项目自己的表不同。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.phrases import any_of, longest_first
from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims
from xltool.flags.placed import Placed, stated
from xltool.flags.projects import mentioned
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.rules.x01_conflicting_figures import APPROXIMATE, ROUNDING, conflict
from xltool.flags.statements import read_statement
from xltool.flags.wording import money
from xltool.scheme.contract.judging_words import FILLER
from xltool.scheme.contract.word_lists import COMMON_NAMES, PLANNED, SPENT
from xltool.values import find_unit, quote
from xltool.values.amounts import Amount, lacks_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from xltool.facts.view import Facts
    from xltool.flags.peers import Sums
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

CODE = "X07"
_MONEY = find_unit("万元")


@rule(
    CODE,
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="核对报告、{claims}和这个项目自己的表，改成同一个数；范围、口径不同的，在“事项”末尾用括号写明。",
    source="重建：评价机构部门级勾稽，部门的表、项目的表、报告三处的数要一致",
    thresholds=(ROUNDING, APPROXIMATE),
    needs=(
        *("claims.kind", "claims.topic", "claims.figure", "claims.unit"),
        "options.claim_kind.figure",
    ),
    batch=True,
    fires="报告写“河道清淤整治支出600万元”，同一部门报来的项目表全年执行数607.6万元",
    silent="报告写607.6万元、约608万元；说的是这个项目里的一部分（河道清淤整治监理费）；同批里没有这个项目的表的，不判",
)
def report_disagrees(case: Case) -> Iterator[Judgement]:
    """报告里的数与项目自己的表不同。

    自评报告说一个项目安排了多少、花了多少，项目自己的表也有这个数；两处不一样，必有一处不实。
    """
    if case.peers is None:
        yield Unjudged("同批的项目支出自评表（汇总时才比）")
    else:
        yield from told_otherwise(case.facts, case.peers.projects)


def told_otherwise(facts: Facts, projects: Mapping[str, Sums]) -> Iterator[Judgement]:
    """报告里的各个数，与同一部门报来的各个项目的表。"""
    scheme, met = facts.scheme, False
    records = claims_of(facts, "figure")
    if not records:
        yield lacks_claims(facts, "figure")
        return
    for record in records if projects else ():
        statement = read_statement(record, scheme)
        known = mentioned(scheme, statement.subject, projects.values())
        if known is None or statement.target or statement.years != (str(scheme.year),):
            continue
        project, rest = known
        label, number = _meant(scheme, rest, project)
        if number is None or statement.amount is None or _MONEY is None:
            continue
        met = True
        shown = f"“{quote(project.name)}”项目自己的表{label}{money(number)}"
        there = Placed(Amount(number, _MONEY.factor, _MONEY, None), shown, record.key("figure"))
        said = stated(statement, statement.amount)
        if lacks_unit(statement.amount, there.amount):
            yield Unjudged(f"“{quote(record.text('topic'))}”的计量单位")
        elif differing := conflict(scheme, said, there):
            text = f"{quote(record.text('topic'))}：报告写{said.shown}，{shown}；{differing.why}"
            mild = differing.severity is Severity.NOTICE
            yield Hit(said.key, text, Severity.NOTICE if mild else None)
    if not met:
        yield Unjudged("报告里说到同批项目安排、支出的数")


def _meant(scheme: Scheme, rest: str, project: Sums) -> tuple[str, Decimal | None]:
    """除了项目的名字还说了什么：花了多少、安排多少；还说了别的（监理费）的都不是。"""
    words = {one: scheme.words(one) for one in (SPENT, PLANNED, COMMON_NAMES)}
    left = rest
    for word in longest_first(word for listed in words.values() for word in listed):
        left = left.replace(word, "")
    if any_of(scheme.words(FILLER)).sub("", left):
        return "", None
    if any(word in rest for word in words[SPENT]):
        return "全年执行数", project.paid
    if any(word in rest for word in words[PLANNED]):
        return "全年预算数", project.planned
    return "", None
