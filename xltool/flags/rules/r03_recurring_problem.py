"""R03 已整改问题复发。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.facts.computed import percent
from xltool.facts.phrases import any_phrase, ways
from xltool.finding import Severity
from xltool.flags.explaining import words_in
from xltool.flags.overshooting import overshot
from xltool.flags.rectifying import DONE, SHEET, conclusions, marked_state
from xltool.flags.rows import split_rows, unquantified
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import given, lacks, lacks_sheet, listing
from xltool.scheme.contract.judging_words import RECURRING
from xltool.scheme.labels import words_of
from xltool.scheme.thresholds import OVERSHOT, Threshold
from xltool.values import quote
from xltool.values.text import narrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.facts.records import Record, Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_LOW, _VAGUE, _AGAIN = "low", "vague", "again"
_THEMES = (_LOW, _VAGUE)


class _Fault(NamedTuple):
    """今年又犯的一处：哪个指标、什么事实；`spans` 是指标名称里的各段字。"""

    text: str
    spans: frozenset[str]


OVERLAP = Threshold(
    "R03.overlap",
    "上年问题说到某个指标：连续相同的字数",
    Decimal(4),
    "字",
    "假设：如“产业共建”四字；少于四字多是“企业”“项目”一类的通用词",
)


@rule(
    "R03",
    severity=Severity.WARNING,
    remedy="在“{rectification.progress}”里接着写明为什么又出现，如“今年超额的是……”；没有改到位的，把“{rectification.status}”改为“正在整改”。",
    source="报告：2023年度指出“项目预期值过于保守”并已整改，2024年度同类项目完成率346.15%；指出“指标值量化不足”，又设“有效促进”",
    thresholds=(OVERSHOT, OVERLAP),
    needs=(
        *("rectification.problem", "rectification.progress", "rectification.status"),
        *("indicators.expected", "indicators.actual"),
        *("options.progress.done", "options.progress.doing", "options.progress.not_started"),
    ),
    fires="上年指出产业共建项目预期值过于保守，已整改，今年“产业共建项目数量”完成率346.15%",
    silent="上年指出预期值过于保守，已整改，今年没有一个指标大幅超额",
)
def recurring_problem(case: Case) -> Iterator[Judgement]:
    """已整改的问题今年又出现。

    上年指出预期值保守、指标没有量化，说是改了，今年的指标还是一样，整改就没有落实。
    """
    facts = case.facts
    rows = facts.records(SHEET)
    if not rows:
        yield lacks_sheet(facts, SHEET)
    yield from (lacks(facts, row.key("problem")) for row in rows if not given(row.entry("problem")))
    raised = [row for row in rows if _themes(facts.scheme, row)]
    if not raised:
        return
    indicators, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    faults = _faults(facts.scheme, indicators)
    done = (item for item in conclusions(facts) if item.state == DONE)
    claimed = {row.row for item in done for row in item.rows or ()}
    for row in raised:
        marked = marked_state(facts, row)
        if not marked and row.row not in claimed:
            yield lacks(facts, row.key("status"))
        elif (marked or DONE) == DONE:
            again = _again(facts.scheme, row, faults)
            if again:
                claim = f"“{quote(row.text('problem'))}”{'' if marked else '报告'}称已整改"
                text = f"{claim}，而今年{listing(again)}"
                yield Hit(row.key("progress"), text, explained=_why(facts, row))


def _why(facts: Facts, row: Record) -> str:
    """“整改进展情况”里说到了今年又出现的，是说明；只说上年改了什么的不是。"""
    progress = words_in(facts, row.key("progress"))
    spoken = progress.replace(f"{facts.scheme.year}年", "今年").replace("本年", "今年")
    return progress if _says(facts.scheme, _AGAIN, spoken) else ""


def _themes(scheme: Scheme, row: Record) -> list[str]:
    """上年的问题说的是哪几类毛病。"""
    problem = row.text("problem")
    return [theme for theme in _THEMES if _says(scheme, theme, problem)]


def _says(scheme: Scheme, what: str, text: str) -> bool:
    return bool(any_phrase(ways(scheme, RECURRING, what)).search(text))


def _faults(scheme: Scheme, indicators: Sequence[Target]) -> dict[str, list[_Fault]]:
    """今年各类毛病出在哪些指标上。"""
    faults: dict[str, list[_Fault]] = {theme: [] for theme in _THEMES}
    for item in indicators:
        name = f"第{item.record.row}号“{quote(item.title)}”"
        ratio = overshot(scheme, item)
        if ratio is not None:
            faults[_LOW].append(_Fault(f"{name}完成率{percent(ratio)}", _spans(scheme, item.title)))
        if unquantified(item):
            vague = f"{name}{words_of(scheme).expected}“{quote(item.expected.raw)}”没有量化"
            faults[_VAGUE].append(_Fault(vague, _spans(scheme, item.title)))
    return faults


def _again(scheme: Scheme, row: Record, faults: dict[str, list[_Fault]]) -> list[str]:
    """上年的问题说到的指标今年又犯的；一个也没有说到的，是一类问题，全部都算。"""
    problem, again = _spans(scheme, row.text("problem")), list[_Fault]()
    for theme in _themes(scheme, row):
        named = [fault for fault in faults[theme] if not problem.isdisjoint(fault.spans)]
        again += named or faults[theme]
    return [fault.text for fault in again]


def _spans(scheme: Scheme, text: str) -> frozenset[str]:
    """文字里连续几个字的各段。"""
    length, plain = int(OVERLAP.of(scheme)), narrow(text)
    ends = range(length, len(plain) + 1)
    return frozenset(plain[end - length : end] for end in ends)
