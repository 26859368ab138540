"""“存在的问题”“改进措施”两部分里的一条一条：编了号的一节、一段，或“一是”“二是”。"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.narrative.gaps import GAP
from xltool.narrative.outline import unnumbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xltool.narrative.outline import Passage, Section, Sentence
    from xltool.narrative.words import Words

PROBLEMS, MEASURES, RECTIFICATION = "problems", "measures", "rectification"
_PARTS: Final = (PROBLEMS, MEASURES, RECTIFICATION)
_ORDINAL: Final = "[一二三四五六七八九十]{1,3}是"
_ITEM: Final = re.compile(f"^{_ORDINAL}")
_LISTED: Final = re.compile(f"(?:(?<=[:;,])|^)(?={_ORDINAL})")
_NOTHING: Final = 3  # “无。”不是问题
_LEAD: Final = 20  # 段首的“改进措施:”，再长的是正文


class Item(NamedTuple):
    """一条：哪一部分的，头一句，整条的话（头一句和后面的说明）。"""

    part: str
    sentence: Sentence
    topic: str
    text: str


class _Piece(NamedTuple):
    """一句里的一截；`listed` 是不是“一是”起头的。"""

    sentence: Sentence
    text: str
    listed: bool


def items_in(passages: Sequence[Passage], words: Words) -> Iterator[Item]:
    """依正文的次序；引出各条的话、各条的说明不另算。"""
    told = [
        (part, depth, one)
        for one in passages
        if not one.table and (found := _part(one, words)) is not None
        for part, depth in (found,)
    ]
    for (part, depth, _), group in groupby(
        told, lambda one: (one[0], one[1], _top(one[2].section, one[1]))
    ):
        yield from _of_part(part, depth, [one for _, _, one in group], words)


def _part(passage: Passage, words: Words) -> tuple[str, int] | None:
    """在哪一部分里，由第几级标题定的；标题说了不止一部分的，看段首写的“改进措施:”。

    说上年度的不算：那是整改情况。“问题和整改情况”一章里的“整改情况”说的是这一年的措施。
    """
    titles, told, depth = passage.section.titles, set[str](), 0
    raised = False
    for level, title in enumerate(titles, 1):
        here = _told(title, words)
        # 已经在一部分里的，“整改措施落实不到位”是其中一条，“下一步改进措施”才是另一部分
        if here and (len(told) != 1 or title.endswith(_words(here, words))):
            raised |= PROBLEMS in told
            told, depth = here, level
    if any(word in title for title in titles[:depth] for word in words.phrases["last_year"]):
        return None
    if told == {RECTIFICATION} and raised:
        told = {MEASURES}
    if len(told) > 1:
        lead, colon, _ = passage.text.partition(":")
        told = _told(lead, words) if colon and len(lead) <= _LEAD else set()
    return (told.pop(), depth) if len(told) == 1 and told != {RECTIFICATION} else None


def _told(title: str, words: Words) -> set[str]:
    """一个标题说的是哪几部分。"""
    return {part for part in _PARTS if any(word in title for word in words.parts[part])}


def _words(parts: set[str], words: Words) -> tuple[str, ...]:
    return tuple(word for part in parts for word in words.parts[part])


def _top(section: Section, depth: int) -> tuple[str, ...]:
    return section.numbers[:depth]


def _of_part(part: str, depth: int, passages: Sequence[Passage], words: Words) -> Iterator[Item]:
    """一部分里的各条：编了号的每一节一条；没有编号的，每段一条。"""
    for numbers, group in groupby(passages, lambda one: one.section.numbers[: depth + 1]):
        own = list(group)
        if len(numbers) > depth:
            yield from _numbered(part, own, words)
        else:
            yield from _paragraphs(part, [one for one in own if not one.heading], words)


def _numbered(part: str, passages: Sequence[Passage], words: Words) -> Iterator[Item]:
    """编了号的一节是一条，下面的是说明；“某某方面”只是把几条归在一起。"""
    first, rest = passages[0], passages[1:]
    if first.heading and rest and first.text.endswith(words.phrases["aspect"]):
        depth = len(first.section.numbers)
        yield from _of_part(part, depth, rest, words)
        return
    if len(first.text) > _NOTHING:
        sentences = (sentence for one in passages for sentence in one.sentences)
        yield from _items(part, [_Piece(one, one.text, listed=False) for one in sentences], words)


def _paragraphs(part: str, passages: Sequence[Passage], words: Words) -> Iterator[Item]:
    """没有编号的各段：列了“一是”“二是”的，一是一条，前面的话不算；没有列的一段一条。"""
    pieces = [list(_pieces(one.sentences)) for one in passages if len(one.text) > _NOTHING]
    if any(piece.listed for one in pieces for piece in one):
        pieces = [list(one) for one in _runs(piece for one in pieces for piece in one)]
    for found in pieces:
        yield from _items(part, found, words)


def _items(part: str, pieces: Sequence[_Piece], words: Words) -> Iterator[Item]:
    """一条，还没有写的不算；说问题的话里“下一步”起头的一句起，是它的措施。"""
    measures = words.parts[MEASURES]
    later = (n for n, one in enumerate(pieces) if n and one.text.startswith(measures))
    end = next(later, len(pieces)) if part == PROBLEMS else len(pieces)
    for own, told in ((part, pieces[:end]), (MEASURES, pieces[end:])):
        if told:
            lead, colon, rest = told[0].text.partition(":")
            named = colon and rest and len(lead) <= _LEAD and _told(lead, words)
            topic = unnumbered(rest if named else told[0].text).rstrip("。;,")
            if not GAP.fullmatch(topic):
                yield Item(own, told[0].sentence, topic, "".join(one.text for one in told))


def _pieces(sentences: Iterable[Sentence]) -> Iterator[_Piece]:
    for sentence in sentences:
        for text in filter(None, _LISTED.split(sentence.text)):
            yield _Piece(sentence, text, _ITEM.match(text) is not None)


def _runs(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """“一是”起头的一截，连同它后面的；头一个“一是”前面的不算。"""
    run: list[_Piece] = []
    for piece in pieces:
        if piece.listed:
            if run:
                yield run
            run = [piece]
        elif run:
            run.append(piece)
    if run:
        yield run
