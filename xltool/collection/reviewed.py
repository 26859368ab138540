"""复核以后的得分：写得对的复核得分代替系统得分，总分、等级、名次随之改变；与汇总里的公式同义。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from xltool.collection.report_slices import SCORES
from xltool.collection.units import ranks
from xltool.collection.verdicts import DUE, NOT_LISTED, SCORE, SCORE_HEADINGS, SETTLED, VERDICTS
from xltool.finding import Severity
from xltool.messages.waivers import WAIVED
from xltool.scoring.catalogue import ready_scheme, totals
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.collection.model import Unit
    from xltool.collection.verdicts import Carried, Opinion, Reviews, Written
    from xltool.scheme.model import Scheme
    from xltool.scoring.scored import Scored

NOT_NUMBER, BELOW, ABOVE = "不是数，没有用", "小于0，没有用", "大于分值，没有用"
NO_REASON = "请写理由"


def counted_as(value: Written) -> str:
    """写的意见计为哪一个；前后的空白不算，没有写的为空串。与疑点清单“计为”一栏的公式同义。"""
    word = " ".join(value.split()) if isinstance(value, str) else NOT_LISTED
    return word if word in ("", *VERDICTS) else NOT_LISTED


def duty_of(label: str, verdict: Written) -> Severity | None:
    """复核以后一条还算哪一级；了结了的、豁免了的为空。退回、通报、各处数的都照这一个。

    `label` 是级别给人看的词：说须改正、退回的，不论原来是哪一级、说明过没有，都是错误；
    已说明的只供核对。
    """
    word = counted_as(verdict)
    if label == WAIVED or word in SETTLED:
        return None
    if word in DUE:
        return Severity.ERROR
    return next((one for one in Severity if one.label == label), Severity.NOTICE)


def opinion_words(kind: str, opinion: Opinion) -> str:
    """一条写了什么，给人看；得分的是复核得分。"""
    names = (SCORE_HEADINGS["verdict"][0] if kind == SCORE else "意见", "理由", "复核人", "日期")
    shown = (plain(one) if isinstance(one, Decimal) else str(one) for one in opinion)
    said = zip(names, shown, strict=True)
    return "，".join(f"{name}“{one}”" for name, one in said if one) or "（清空了）"


class Unlisted(NamedTuple):
    """一条不在列表里的意见：哪个单位的哪一条，写的什么。"""

    unit: str
    item: str
    word: str


def unlisted(units: Sequence[Unit], reviews: Reviews) -> Iterator[Unlisted]:
    """写在疑点清单里而没有计的各条意见。"""
    known = {unit.key: unit for unit in units}
    for (key, which), carried in sorted(reviews.findings.items()):
        value = carried.opinion.value
        if counted_as(value) == NOT_LISTED:
            word = plain(value) if isinstance(value, Decimal) else str(value)
            yield Unlisted(known[key].name, item_words(known[key], which), word)


def item_words(unit: Unit, which: int | str) -> str:
    """一条说的是什么：疑点是第几条，得分是指标编码。"""
    if isinstance(which, str):
        scheme, _ = ready_scheme(unit.scheme)
        return f"{which} {scheme.indicator(which).title}"
    found = unit.notes()[which].finding
    return f"{found.code} {found.where}".strip()


class Reviewed(NamedTuple):
    """一个单位复核以后的：总分、等级、名次、各级得分。"""

    total: Decimal | None
    grade: str
    rank: int | None
    levels: Mapping[str, Decimal | None]


def problem_of(carried: Carried | None, points: Decimal) -> str:
    """一个复核得分哪里不对；对的、没有写的为空串。"""
    value: Written = carried.opinion.value if carried else ""
    if value == "":
        return ""
    if not isinstance(value, Decimal):
        return NOT_NUMBER
    if value < 0:
        return BELOW
    if value > points:
        return ABOVE
    return "" if carried and carried.opinion.reason != "" else NO_REASON


def counted(line: Scored, carried: Carried | None) -> Decimal | None:
    """一个指标计入的得分：复核得分不对的，照系统得分。"""
    value = carried.opinion.value if carried else ""
    usable = problem_of(carried, line.points) in ("", NO_REASON)
    return value if usable and isinstance(value, Decimal) else line.score


def reviewed_units(units: Sequence[Unit], reviews: Reviews) -> dict[str, Reviewed]:
    """采用了的各单位，按单位的 `key`；名次在同一种表里排。"""
    touched = {unit for unit, _ in reviews.scores}
    found = {
        unit.key: _rescored(unit, reviews)
        if unit.key in touched
        else Reviewed(unit.total, unit.grade, None, dict(unit.levels))
        for unit in units
        if unit.adopted
    }
    schemes = {unit.key: unit.scheme for unit in units}
    places = ranks((schemes[key], one.total) for key, one in found.items())
    return {
        key: one._replace(rank=place)
        for (key, one), place in zip(found.items(), places, strict=True)
    }


def _rescored(unit: Unit, reviews: Reviews) -> Reviewed:
    scheme, _ = ready_scheme(unit.scheme)
    lines = unit.slice(SCORES)
    scores = {
        line.code: counted(line, reviews.scores.get((unit.key, line.code)))
        for line in (lines if isinstance(lines, tuple) else ())
    }
    total, levels = totals(scheme, scores)
    shown = {title: _shown(scheme, each) for title, each in levels}
    total = _shown(scheme, total)
    grade = scheme.grade(total) if total is not None else ""
    return Reviewed(total, grade, None, shown)


def _shown(scheme: Scheme, total: Decimal | None) -> Decimal | None:
    """复核人写的分可以有许多位小数，合计照得分的位数。"""
    return None if total is None else scheme.round_points(total)
