"""哪几处说的是同一件事：事项、单位、年度都合得上的才是；看不准的各是各的。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.flags.statements import subject_of
from xltool.narrative.labels import REACHED
from xltool.values import find_unit, fold, unit_of_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.narrative.claims import Claim
    from xltool.narrative.words import Words
    from xltool.values.kinds import MeasureUnit

_TOTAL: Final = re.compile("^(?:累计|合计|总计|共计|一共|共)+")
_NOTE: Final = re.compile(r"\([^()]*\)$")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}年度?")
_EDGE: Final = 2  # 头尾各两个字相同，中间多几个字的才可能是同一件事
_SHORTEST: Final = 4
_SHARE: Final = 2 / 3
_TITLE: Final = 6  # 指标名称有这么长，正文里一字不差才认作说的是它


@dataclass(frozen=True, slots=True)
class Indicator:
    """表里的一个绩效指标：序号、名称（折过的）、去掉了动词的名称、单位。"""

    row: str
    title: str
    core: str
    unit: MeasureUnit | None


@dataclass(frozen=True, slots=True)
class Matter:
    """一件事：印的说法、写了“累计”的是 `total`；`rows` 是对应的绩效指标。"""

    topic: str
    rows: tuple[str, ...] = ()


def core_of(text: str, words: Words) -> str:
    """去掉动词、年份、“累计”和末尾括注，剩下的才是那件事。"""
    rest = _YEAR.sub("", _NOTE.sub("", text)) if unit_of_name(text) else _YEAR.sub("", text)
    for word in (*words.verbs, *words.leads):
        rest = rest.replace(word, "")
    return subject_of(rest, words.said) + (REACHED if text.endswith(REACHED) else "")


def indicator(row: str, title: str, unit: MeasureUnit | None, words: Words) -> Indicator:
    """表里的一个绩效指标。"""
    return Indicator(row, fold(title), core_of(fold(title), words), unit)


def matters(
    claims: Sequence[Claim], indicators: Sequence[Indicator], words: Words
) -> Iterator[Matter]:
    """各条数据说的是哪一件事；同一件事用第一处的说法。"""
    found = list(_matters(claims, indicators, words))
    taken = {
        row
        for claim, matter in zip(claims, found, strict=True)
        if _of_goals(claim, words)
        for row in matter.rows
    }
    free = [one for one in indicators if one.row not in taken]
    loose = [
        claim
        for claim, matter in zip(claims, found, strict=True)
        if not matter.rows and _of_one_project(claim, words)
    ]
    for claim, matter in zip(claims, found, strict=True):
        left = _left_over(claim, free, words) if [claim] == loose else ()
        yield Matter(matter.topic, matter.rows or left)


def _matters(
    claims: Sequence[Claim], indicators: Sequence[Indicator], words: Words
) -> Iterator[Matter]:
    known: dict[str, list[_Known]] = {}  # 按头两个字分开，不必逐条比
    subjects: set[str] = set()
    for claim in claims:
        core = core_of(claim.topic, words)
        listed = known.setdefault(core[:_EDGE], [])
        found = next((one for one in listed if _same(one, core, claim)), None)
        if found is None:
            topic = _TOTAL.sub("", claim.topic)
            if subject_of(topic, words.said) in subjects:
                topic += f"{claim.unit}数"  # 39户、90人：一件事的两个数，不能互相比
            found = _Known(core, topic, claim)
            listed.append(found)
            subjects.add(subject_of(topic, words.said))
        total = _TOTAL.match(claim.topic)
        rows = tuple(_rows(claim, core, indicators))
        yield Matter(f"{total[0] if total else ''}{found.topic}", rows)


class _Known(NamedTuple):
    """说过的一件事：去掉动词的、印的说法、头一处。"""

    core: str
    topic: str
    first: Claim


def _same(known: _Known, core: str, other: Claim) -> bool:
    one = known.first
    if one.years != other.years or not _units(find_unit(one.unit), find_unit(other.unit)):
        return False
    return one.scope == other.scope and alike(known.core, core)


def alike(one: str, other: str) -> bool:
    """一样，或只是中间多了几个字：技术改造投资、技术改造设备投资。"""
    if one == other:
        return bool(one)
    short, long = sorted((one, other), key=len)
    if len(short) < max(_SHORTEST, _SHARE * len(long)) or len(long) - len(short) < _EDGE:
        return False  # 只差一个字的常是另一件事：资产、净资产
    if short[:_EDGE] != long[:_EDGE] or short[-_EDGE:] != long[-_EDGE:]:
        return False
    rest = iter(long)
    return all(char in rest for char in short)


def _units(one: MeasureUnit | None, other: MeasureUnit | None) -> bool:
    """同一种单位；家和家次、人和人次也算。"""
    if one is None or other is None:
        return one is other
    return one.base.startswith(other.base) or other.base.startswith(one.base)


def _rows(claim: Claim, core: str, indicators: Sequence[Indicator]) -> Iterator[str]:
    """对应的绩效指标：名称一字不差地写着的，没有再看说的是不是同一件事；有几个的看不准。"""
    text, unit = fold(claim.topic), find_unit(claim.unit)
    named = [one for one in indicators if len(one.title) >= _TITLE and one.title in text]
    if not named:
        named = [one for one in indicators if _units(one.unit, unit) and alike(one.core, core)]
    longest = max((len(one.title) for one in named), default=0)
    best = [one for one in named if len(one.title) == longest]
    if len(best) == 1:
        yield best[0].row


def _of_goals(claim: Claim, words: Words) -> bool:
    """在正文“绩效目标”一节里说的。"""
    titles = "".join(claim.sentence.section.titles)
    return not claim.sentence.table and any(word in titles for word in words.phrases["goals"])


def _of_one_project(claim: Claim, words: Words) -> bool:
    """“绩效目标”一节里说一个项目投入了多少；写明是哪个项目的，范围不同，对不上也只提示。"""
    told = claim.scope and claim.topic.endswith(words.phrases["invested"])
    return bool(told) and _of_goals(claim, words)


def _left_over(claim: Claim, free: Sequence[Indicator], words: Words) -> tuple[str, ...]:
    """别的都对上以后，还没有说到的指标里只有一个说投资的：就是它。"""
    unit, invested = find_unit(claim.unit), words.phrases["invested"]
    left = [
        one.row
        for one in free
        if _units(one.unit, unit) and any(word in one.title for word in invested)
    ]
    return tuple(left) if len(left) == 1 else ()
