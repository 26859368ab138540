"""部门的自评报告填什么：评分表里有的写成话和表，只有人写得出的标出来请人补充。"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from xltool.facts.target import indicator_row
from xltool.flags.claims import claims_of
from xltool.flags.rectifying import DONE, claimed_state, state_name
from xltool.flags.rectifying import SHEET as RECTIFICATION
from xltool.narrative.gaps import gap
from xltool.papers.analysis import level_items
from xltool.papers.printing import label_of, one_value, percent, record_value
from xltool.papers.repeating import Listed
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.key import DEPARTMENT, CellKey
from xltool.scheme.model import SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from xltool.assessment.report import Report
    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.papers.filling import Values
    from xltool.scheme.model import Scheme

NUMBER, TITLE, CONTENT = "序号", "标题", "内容"
YEAR, SELF, FORM, NOTICE = "年度", "自称", "评分表名称", "通知"
PROJECTS, SUMMARY = "自评项目", "整改小结"
PROBLEMS, MEASURES = "存在问题", "改进措施"
FUNDS: Final = "专项资金小结"
TOTAL, OUTPUTS, OUTCOMES, TASKS = "指标总数", "产出指标数", "效益指标数", "重点任务数"
GOALS: Final = "绩效目标数据"
_COUNTS: Final = {OUTPUTS: "output", OUTCOMES: "outcome"}
_OWN: Final = (YEAR, SELF, FORM, NOTICE, PROJECTS, SUMMARY, FUNDS, TOTAL, *_COUNTS, TASKS)
_OFFICES: Final = "局委办厅院校馆会"
_NUMERALS: Final = "零一两三四五六七八九十"
_TASKS: Final = "tasks"  # 头两栏是任务和完成情况，连成一段
_FUNDS_SHEET: Final = "funds"
_GOAL_SECTION: Final = "一（三）"


def placeholders(schemes: Iterable[Scheme]) -> tuple[str, ...]:
    """模板里认得的各个名称：各表各项、各栏照它们印的叫法。"""
    names = dict.fromkeys(_OWN)
    for scheme in schemes:
        for sheet in scheme.sheets:
            if sheet.kind is not SheetKind.SCORE:
                names |= dict.fromkeys(f"{sheet.name}.{label_of(one)}" for one in sheet.fields)
            if sheet.kind is SheetKind.RECORDS:
                names[f"{sheet.name}.{NUMBER}"] = None
            if sheet.key == _TASKS:
                names[f"{sheet.name}.{CONTENT}"] = None
        for level in scheme.levels:
            if not level.parent:
                names |= dict.fromkeys(f"{level.title}.{one}" for one in (NUMBER, TITLE, CONTENT))
    for own in (PROBLEMS, MEASURES, GOALS):
        names |= dict.fromkeys(f"{own}.{one}" for one in (NUMBER, CONTENT))
    return tuple(names)


def report_values(facts: Facts, report: Report, known: Iterable[str]) -> Values:
    """各个名称的内容；`known` 里这种表没有的，是清单的没有一条，是一项的请人补充。"""
    scheme = facts.scheme
    values: dict[str, str | tuple[str, ...] | Listed | bytes] = {}
    for sheet in scheme.sheets:
        if sheet.kind is SheetKind.FIELDS:
            for field in sheet.fields:
                name = f"{sheet.name}.{label_of(field)}"
                values[name] = one_value(facts, field, CellKey(sheet.key, field.key))
        elif sheet.kind is SheetKind.RECORDS:
            values[sheet.name] = _records(facts, sheet.key)
    for level in scheme.levels:
        if not level.parent:
            values[level.title] = _numbered(level_items(facts, report, level))
    values[PROBLEMS] = _numbered({CONTENT: text} for text in _problems(facts))
    measures = (one.text("topic").rstrip("。") for one in claims_of(facts, "measure"))
    values[MEASURES] = _numbered({CONTENT: f"{one}。"} for one in measures)
    values[GOALS] = _numbered({CONTENT: text} for text in _goals(facts))
    values |= _sentences(facts)
    sheets = {sheet.name for sheet in scheme.sheets if sheet.kind is SheetKind.FIELDS}
    for name in known:
        head, _, label = name.partition(".")
        if name not in values and head not in values:
            values |= {name: gap(label)} if head in sheets else {head: Listed(())}
    return values


def _records(facts: Facts, sheet: str) -> Listed:
    fields = facts.scheme.sheet(sheet).fields
    items = [
        {label_of(field): record_value(facts, field, record) for field in fields}
        for record in facts.records(sheet)
    ]
    if sheet == _TASKS:
        for item in items:
            sentences = [text.rstrip("。") for text in list(item.values())[:2]]
            item[CONTENT] = "".join(f"{one}。" for one in sentences if one)
    return _numbered(items)


def _numbered(items: Iterable[Mapping[str, str]]) -> Listed:
    return Listed(tuple({NUMBER: str(n), **item} for n, item in enumerate(items, 1)))


def _sentences(facts: Facts) -> dict[str, str | tuple[str, ...]]:
    """不在哪一格、由几格得出的。"""
    scheme, records = facts.scheme, facts.records(INDICATORS)
    year = facts.number("cover.year")
    counts = {
        name: sum(one.text("level1") == scheme.word("level1", key) for one in records)
        for name, key in _COUNTS.items()
    }
    return {
        YEAR: str(int(year) if year is not None else scheme.year),
        SELF: _self_name(facts.text(DEPARTMENT).strip()),
        FORM: scheme.title.removeprefix(f"{scheme.year}年度"),
        NOTICE: scheme.basis,
        PROJECTS: _projects([one.text("topic") for one in claims_of(facts, "projects")]),
        TOTAL: str(len(records)),
        **{name: str(count) for name, count in counts.items()},
        TASKS: str(len(facts.records(_TASKS))),
        FUNDS: _funds(facts),
        SUMMARY: tuple(_rectified(facts)) or ("无。",),
    }


def _funds(facts: Facts) -> str:
    """专项资金表前面的一句；没有专项资金的不写。"""
    count = len(facts.records(_FUNDS_SHEET)) if facts.scheme.has(_FUNDS_SHEET) else 0
    return f"本部门专项资金{count}项，支出情况如下表（金额单位：万元）：" if count else ""


def _self_name(department: str) -> str:
    return f"我{department[-1]}" if department[-1:] in tuple(_OFFICES) else "我单位"


def _projects(topics: Sequence[str]) -> str:
    """自评了哪几个项目，如 甲和乙两个项目。"""
    names = [name.strip() for topic in topics for name in topic.split("、") if name.strip()]
    if not names:
        return gap("开展了绩效自评的项目")
    listed = "和".join(filter(None, ("、".join(names[:-1]), names[-1])))
    count = len(names)
    return f"{listed}{_NUMERALS[count] if count < len(_NUMERALS) else count}个项目"


def _goals(facts: Facts) -> Iterator[str]:
    """关键数据核对里写明出自“部门整体支出绩效目标情况”的数。"""
    for record in claims_of(facts, "figure"):
        if record.text("location").startswith(_GOAL_SECTION):
            figure = record.entry("figure").raw.strip()
            yield f"{record.text('topic')}{figure}{record.text('unit')}"


def _problems(facts: Facts) -> Iterator[str]:
    """存在的问题：单位自己列出的；没有完成、大幅超额的指标；没有支完的专项资金。"""
    for record in claims_of(facts, "problem"):
        yield f"{record.text('topic').rstrip('。')}。"
    if facts.scheme.has(f"{INDICATORS}.completion"):
        yield from _missed_targets(facts)
    if facts.scheme.has(f"{_FUNDS_SHEET}.rate"):
        yield from _unspent_funds(facts)


def _missed_targets(facts: Facts) -> Iterator[str]:
    """没有完成、大幅超额的指标，各一句。"""
    limit = facts.scheme.number("over_limit")
    names = {field.key: field for field in facts.scheme.sheet(INDICATORS).fields}
    for record in facts.records(INDICATORS):
        rate = record.number("completion")
        if rate is None or _as_wanted(indicator_row(facts, record.row), rate, limit):
            continue
        expected, actual = (record_value(facts, names[k], record) for k in ("expected", "actual"))
        why = record.text("note").strip().rstrip("。") or gap("原因")
        yield (
            f"“{record.text('title')}”预期值{expected}，实现值{actual}，"
            f"完成率{percent(rate)}：{why}。"
        )


def _unspent_funds(facts: Facts) -> Iterator[str]:
    """没有支完的专项资金，各一句；没有统计截止日一栏的不说截至哪天。"""
    dated = facts.scheme.has(f"{_FUNDS_SHEET}.as_of")
    for record in facts.records(_FUNDS_SHEET):
        rate = record.number("rate")
        if rate is not None and rate < 1:
            day = ""
            if dated:
                column = facts.scheme.sheet(_FUNDS_SHEET).column("as_of")
                day = f"截至{record_value(facts, column, record)}"
            why = record.text("note").strip().rstrip("。") or gap("没有支完的原因")
            yield f"{record.text('name')}{day}支出进度{percent(rate)}：{why}。"


def _as_wanted(row: Target, rate: Decimal, limit: Decimal) -> bool:
    """完成了，也没有大幅超额；越小越好的，没有超过就是完成。"""
    return rate <= 1 if row.reverse else 1 <= rate <= limit


def _rectified(facts: Facts) -> Iterator[str]:
    """上年度整改的小结：一个评价一句，各问题整改到哪一步数表里的。"""
    records = facts.records(RECTIFICATION)
    for subject, found in groupby(records, key=lambda one: one.text("subject").strip()):
        states = [claimed_state(facts, one) for one in found]
        total = len(states)
        if all(state == DONE for state in states):
            yield f"{subject}发现问题{total}项，均已完成整改。"
            continue
        counts = [
            f"{state_name(facts, state) if state else '没有写明进展的'}{states.count(state)}项"
            for state in dict.fromkeys(states)
        ]
        yield f"{subject}发现问题{total}项，其中{'，'.join(counts)}。"
