"""Q04 覆盖缺口。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims, references
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.spending import FUNDS
from xltool.flags.wording import given, lacks_sheet, listing
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement

_TASKS = "tasks"
_PROJECTS = "options.claim_kind.projects"
_SEPARATOR = re.compile("[、,;。]")
_SHORTEST = 4  # 再短的不像一个项目的名称


@rule(
    "Q04",
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="下年度给这项重点任务、项目设绩效指标，已有对应指标的填上序号[；没有自评的{funds}补做自评，或说明不需要自评的依据]。",
    source="报告：2023年度重点绩效评价指出“指标设置不完整”，未包含年初重点工作任务；自评项目没有列专项资金",
    needs=("tasks.indicator", "claims.kind", "indicators"),
    fires="重点任务“行业管理”没有对应的绩效指标，为警告[；{funds}不在自评项目里，为提示]",
    silent="每项重点任务都有对应的指标[，每项{funds}都在自评项目里]",
)
def coverage_gaps(case: Case) -> Iterator[Judgement]:
    """重点任务、自评项目没有绩效指标[，或{funds}没有自评]。

    年初定的重点工作、列名自评的项目[和{funds}]都要有目标、有自评，漏掉的往往正是完成得不好的。
    """
    facts = case.facts
    yield from _tasks(facts)
    if facts.scheme.has(_PROJECTS):
        if facts.scheme.has("claims.indicator"):
            yield from _projects(facts)
        if facts.scheme.has(f"{FUNDS}.name"):
            yield from _funds(facts)


def _tasks(facts: Facts) -> Iterator[Judgement]:
    tasks, known = facts.records(_TASKS), facts.submission.records.get(INDICATORS, ())
    if not tasks:
        yield lacks_sheet(facts, _TASKS)
    elif not known:
        yield lacks_sheet(facts, INDICATORS)
    elif not any(given(task.entry("indicator")) for task in tasks):
        sheet = facts.scheme.sheet(_TASKS)  # 一项也没有填，是没有用这一栏
        yield Unjudged(f"{sheet.name} {sheet.column('indicator').label}")
    else:
        for task in tasks:
            if not references(task, known):
                entry = task.entry("indicator")
                written = f"，填的是“{quote(entry.raw)}”" if given(entry) else ""
                message = f"“{quote(task.text('task'))}”没有对应的绩效指标{written}"
                yield Hit(task.key("indicator"), message)


def _projects(facts: Facts) -> Iterator[Judgement]:
    """列名自评的项目对应哪几个绩效指标；一项也没有填的，是没有用这一栏，不问。"""
    listed, known = claims_of(facts, "projects"), facts.submission.records.get(INDICATORS, ())
    used = known and any(given(one.entry("indicator")) for one in listed)
    for one in listed if used else ():
        if not references(one, known):
            message = f"自评项目“{quote(one.text('topic'))}”没有对应的绩效指标"
            yield Hit(one.key("indicator"), message)


def _funds(facts: Facts) -> Iterator[Judgement]:
    """专项资金一项也不在自评项目里，只报一处。"""
    listed, funds = claims_of(facts, "projects"), facts.records(FUNDS)
    if not listed:
        yield lacks_claims(facts, "projects")
    if not funds:
        yield lacks_sheet(facts, FUNDS)
    if not (listed and funds):
        return
    text = _bare("、".join(record.text("topic") for record in listed))
    items = [item for item in _SEPARATOR.split(text) if len(item) >= _SHORTEST]
    names = [fund.text("name") for fund in funds]
    # 全名在，或名单里的一项是全名的一部分，都算在名单里
    missing = [
        quote(name)
        for name in names
        if _bare(name) not in text and not any(item in _bare(name) for item in items)
    ]
    if missing:
        message = f"列名自评的项目里没有专项资金{listing(missing)}"
        yield Hit(listed[0].key("topic"), message, Severity.NOTICE)


def _bare(text: str) -> str:
    return fold(text).replace('"', "")
