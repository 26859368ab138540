"""由正文认出可以核对的数和话，一条一条标明在哪一句；看不准的不取。"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from xltool.narrative.equations import equations_in, parts_beneath
from xltool.narrative.gaps import GAP
from xltool.narrative.items import MEASURES, PROBLEMS, items_in
from xltool.narrative.labels import LAST_YEAR, figures_in
from xltool.narrative.tables import TARGET, indicator_figures
from xltool.values import Operator, parse_measure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.narrative.labels import Figure
    from xltool.narrative.outline import Passage, Sentence
    from xltool.narrative.words import Words

_YEARS: Final = re.compile("((?:19|20)[0-9]{2})年")
_PROJECTS: Final = re.compile(r"[、和及与]")
_HOW_MANY: Final = re.compile("(?:等)?(?:[0-9]+|[一二两三四五六七八九十]+)?(?:个|项)?(?:项目)?$")
_REQUIRED: Final = (Operator.GE, Operator.LE)
_SHORTEST: Final = 2
_LONGEST: Final = 1_000  # 再长的不是一句话
_MOST: Final = 2_000
"""一份报告最多认这么多条。"""


class ClaimKind(StrEnum):
    """哪一类，与关键数据类别的标识相同。"""

    FIGURE = "figure"
    ARITHMETIC = "arithmetic"
    COUNT = "count"
    PROBLEM = "problem"
    MEASURE = "measure"
    RECTIFICATION = "rectification"
    SECTION = "section"
    PROJECTS = "projects"


_PARTS: Final = {PROBLEMS: ClaimKind.PROBLEM, MEASURES: ClaimKind.MEASURE}


@dataclass(frozen=True, slots=True)
class Claim:
    """报告里的一处：事项、数（连同“超”“约”）、单位、哪一年的，在哪一句。

    `years` 空着的不是一年的数；`text` 是那一类另外要看的：问题、措施的整段话，整改结论说的是
    哪次评价。
    """

    kind: ClaimKind
    topic: str
    sentence: Sentence
    figure: str = ""
    unit: str = ""
    years: tuple[int, ...] = ()
    scope: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """读一份报告要知道的：字眼、评价年度、各表里有的事项和全称。"""

    words: Words
    year: int
    known: Mapping[str, str] = field(default_factory=dict)


def claims_in(passages: Sequence[Passage], reading: Reading) -> tuple[Claim, ...]:
    """一份报告里的全部，依正文的次序。"""
    told = islice(_told(passages, reading), _MOST)
    found = [*told, *_sections(passages, reading.words)]
    return tuple(sorted(found, key=lambda claim: claim.sentence.order))


def _told(passages: Sequence[Passage], reading: Reading) -> Iterator[Claim]:
    for passage in passages:
        if passage.table:
            for sentence in passage.sentences:
                yield from _equations(sentence, reading, shares_only=True)
        else:
            yield from _prose(passage, reading)
    for item in items_in(passages, reading.words):
        yield Claim(_PARTS[item.part], item.topic, item.sentence, text=item.text)
    for sentence, title, text, unit, target in indicator_figures(passages, reading.words):
        topic = f"{title}{target}"
        yield Claim(ClaimKind.FIGURE, topic, sentence, text, unit, (reading.year,))
    for passage in passages:
        if passage.table and _indicator_prose(passage, reading.words):
            for sentence in passage.sentences:
                if "," in sentence.text:
                    yield from _sentence(sentence, reading)


def _prose(passage: Passage, reading: Reading) -> Iterator[Claim]:
    """表格以外的一段。"""
    for sentence in passage.sentences:
        yield from _projects(sentence, reading.words)
        yield from _sentence(sentence, reading)
    for before, sentence in pairwise(passage.sentences):
        yield from _beneath(before, sentence, reading)


def _indicator_prose(passage: Passage, words: Words) -> bool:
    """不是上年度整改表：那里的数是上年的，不与今年的核对。"""
    return not any(
        word in title for title in passage.section.titles for word in words.parts["rectification"]
    )


# ---------------------------------------------------------------- 数据、计数、整改结论


def _sentence(sentence: Sentence, reading: Reading) -> Iterator[Claim]:
    if len(sentence.text) > _LONGEST:
        return
    figures = figures_in(sentence.text, reading.words, reading.known)
    conclusion = _conclusion(sentence, figures, reading.words)
    if conclusion is not None:
        yield conclusion
        return
    for figure in figures:
        yield _figure(sentence, figure, reading)
    yield from _equations(sentence, reading, figures)


def _figure(sentence: Sentence, figure: Figure, reading: Reading) -> Claim:
    words, label, number = reading.words, figure.label, figure.number
    year = {0: reading.year, LAST_YEAR: reading.year - 1}.get(figure.year, figure.year)
    years = tuple(dict.fromkeys(map(int, _YEARS.findall(label)))) or (year,)
    counted = label.endswith(words.counts) and not any(word in label for word in words.partial)
    if parse_measure(number.text).operator in _REQUIRED and not number.text[0].isdecimal():
        label += TARGET  # “不少于2200篇”说的是要求，不是做到了多少
    kind = ClaimKind.COUNT if counted and figure.unit and figure.unit.is_count else ClaimKind.FIGURE
    return Claim(kind, label, sentence, number.text, number.unit, years, figure.scope)


def _conclusion(sentence: Sentence, figures: Sequence[Figure], words: Words) -> Claim | None:
    """上年度整改一节里说发现了几个问题的一句，连同整改到哪一步。"""
    titles = "".join(sentence.section.titles)
    if not figures or not any(word in titles for word in words.parts["rectification"]):
        return None
    first = figures[0]
    found = next((one for one in words.phrases["problems_found"] if first.label.endswith(one)), "")
    if not found:
        return None
    whole = sentence.text.rstrip("。")
    whole = next((whole[len(one) :] for one in words.leads if whole.startswith(one)), whole)
    topic = whole.lstrip(",:") if len(figures) == 1 else first.clause
    number = first.number
    about = first.label.removesuffix(found)
    kind = ClaimKind.RECTIFICATION
    return Claim(kind, topic, sentence, number.text, number.unit, text=about)


# ---------------------------------------------------------------- 算式


def _equations(
    sentence: Sentence,
    reading: Reading,
    figures: Sequence[Figure] | None = None,
    *,
    shares_only: bool = False,
) -> Iterator[Claim]:
    if figures is None and len(sentence.text) > _LONGEST:
        return
    if figures is None:
        figures = figures_in(sentence.text, reading.words, reading.known)
    for one in equations_in(sentence.text, figures, reading.words, shares_only=shares_only):
        yield Claim(ClaimKind.ARITHMETIC, one.topic, sentence, one.text, one.unit)


def _beneath(before: Sentence, sentence: Sentence, reading: Reading) -> Iterator[Claim]:
    """总数在前一句、“其中”各项在这一句的等式。"""
    if not sentence.text.startswith(reading.words.phrases["including"]):
        return
    if max(len(before.text), len(sentence.text)) > _LONGEST:
        return
    wholes, parts = (
        figures_in(one.text, reading.words, reading.known) for one in (before, sentence)
    )
    for one in parts_beneath(wholes, parts):
        yield Claim(ClaimKind.ARITHMETIC, one.topic, sentence, one.text, one.unit)


# ---------------------------------------------------------------- 自评项目、章节


def _projects(sentence: Sentence, words: Words) -> Iterator[Claim]:
    """列名开展自评的项目：对甲和乙两个项目开展了绩效自评。"""
    for phrase in words.phrases["self_evaluated"]:
        before, found, _ = GAP.sub("", sentence.text).partition(phrase)
        _, about, named = before.rpartition("对")
        if not (found and about) or any(one in named for one in words.phrases["whole"]):
            continue
        names = _PROJECTS.split(_HOW_MANY.sub("", named))
        if all(len(name) >= _SHORTEST for name in names):
            count = str(len(names))
            yield Claim(ClaimKind.PROJECTS, "、".join(names), sentence, count, "个")
        return


def _sections(passages: Sequence[Passage], words: Words) -> Iterator[Claim]:
    """“管理效率分析”下面各节的标题，合成一条。"""
    for at, passage in enumerate(passages):
        title, depth = passage.section.title, len(passage.section.numbers)
        if not passage.heading or not any(word in title for word in words.parts["efficiency"]):
            continue
        under = [
            one.section.title
            for one in passages[at + 1 :]
            if one.heading
            and one.section.numbers[:depth] == passage.section.numbers
            and len(one.section.numbers) == depth + 1
        ]
        if under:
            yield Claim(ClaimKind.SECTION, "、".join(under), passage.sentences[0])
        return
