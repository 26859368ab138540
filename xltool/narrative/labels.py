"""一句话里各个数说的是什么事：由它前后的字拼出事项，接着上一句说的补上主语。"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xltool.narrative.numbers import numbers_in
from xltool.narrative.outline import unnumbered
from xltool.narrative.respective import Respective, respective
from xltool.values import find_unit, fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.narrative.numbers import Number
    from xltool.narrative.words import Words
    from xltool.values.kinds import MeasureUnit

_CLAUSES: Final = re.compile(r"(?<![0-9]),|,(?![0-9]{3})|[:。!?\n]")
_BRACKET: Final = re.compile(r"\(([^()]{7,}|[^()]*[0-9][^()]*)\)")  # 短的是名称的一部分：出国(境)
_JOINT: Final = re.compile(r"[、及和与]$")
_TIME: Final = re.compile(
    r"(?:截至)?((?:19|20)[0-9]{2})(年度|年)(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:年?[底末初](?=,|$)|以来|内)?"
)
_AGAINST: Final = re.compile("(?:较|比)(?:上年|去年|上一年)[度同期]*")
_QUOTED: Final = re.compile('"([^"]{4,})"')
_IN_YEAR: Final = re.compile("((?:19|20)[0-9]{2})年度")
_LATER: Final = re.compile(r"(?:较|比)(?:19|20)[0-9]{2}年度?")
_EXAMPLES: Final = re.compile(r"^(.*)等$")
_POINT: Final = "分"
_POINTS: Final = re.compile(r"(?:分值|满分)?[0-9.]+分")
_PROJECT: Final = "项目"
_FEWEST: Final = 2  # 一个字说不出是什么事
_OPENING: Final = 12  # 开头没有数的分句，不长于此的才是后面的数说的事
_SHORT: Final = 3  # 短于此的事项单独看不出说的是什么，补上主语
_EDGES: Final = " ,、;:。的"
REACHED: Final = "累计达"
"""接着说的累计数：与本年的数不是一回事。"""


@dataclass(frozen=True, slots=True)
class Figure:
    """一处数据：事项（`label`）、范围（`scope`）、数、哪一年的（没有写的为零）。

    `base` 是不带“同比”一类的事项；`total` 是“其中”前面的那个数在本句里是第几个，没有的为空。
    """

    label: str
    number: Number
    year: int = 0
    scope: str = ""
    part_of: int | None = None
    clause: str = ""

    @property
    def unit(self) -> MeasureUnit | None:
        """认得的单位。"""
        return find_unit(self.number.unit)


@dataclass(frozen=True, slots=True)
class _Piece:
    """一个数和它前后的字。"""

    before: str
    number: Number
    after: str
    joined: bool


def figures_in(
    text: str, words: Words, known: Mapping[str, str] | None = None
) -> tuple[Figure, ...]:
    """一句话里的各处数据，依先后；`known` 是表里有的事项和它的全称，再短也不补主语。"""
    return tuple(_Sentence(words, known or {}).read(unnumbered(text)))


class _Sentence:
    """读一句：记着年份和上一处说的事。"""

    def __init__(self, words: Words, known: Mapping[str, str]) -> None:
        self._words = words
        self._known = known
        # 目标值、实现值的各种叫法与“完成率”一样，说的是前面那件事的另一个数
        self._continued = (*words.continued, *words.columns["expected"], *words.columns["actual"])
        self._year = 0
        self._subject = ""
        self._figures: list[Figure] = []
        self._whole: int | None = None
        self._before = ""
        self._counted: list[Respective] = []  # 前一个分句里的

    def read(self, text: str) -> list[Figure]:
        for part in text.split(";"):
            self._whole = None
            first = len(self._figures)
            for clause in filter(None, _CLAUSES.split(part)):
                including = clause.startswith(self._words.phrases["including"])
                if including and self._whole is None and len(self._figures) > first:
                    self._whole = len(self._figures) - 1
                self._clause(clause)
        return self._figures

    def _clause(self, clause: str) -> None:
        """一个分句；括号里的另看，主语是括号外的那一句。"""
        outer = _BRACKET.sub("", clause)
        time = _TIME.match(self._bare(outer))
        if time:
            self._year = int(time[1])
        elif within := _IN_YEAR.search(_LATER.sub("", outer)):
            self._year = int(within[1])
        elif self._says_last_year(outer):
            self._year = LAST_YEAR
        start = len(self._figures)
        self._read(outer, clause)
        self._counted = [Respective(one.label, one.number) for one in self._figures[start:]]
        if not _has_numbers(outer) and (said := self._label(outer)):
            self._before = said
        quoted = _QUOTED.findall(outer)
        if quoted and not _has_numbers(outer):
            self._subject = quoted[-1]
        kept = self._subject
        for found in _BRACKET.finditer(clause):
            if _has_numbers(found[1]) and not _allotted(found, clause):
                before = clause[: found.start()]
                # 14项（占27.45%）没有验收：接着数写的，说的是整个分句；别的是它前面的那件事
                counted = any(number.end == len(before) for number in numbers_in(before))
                about = outer if counted else before
                self._subject = self._label(_without_numbers(about)) or kept
                self._read(found[1], clause)
                self._subject = kept

    def _read(self, text: str, clause: str) -> None:
        pieces = list(_pieces(text))
        word = next((one for one in self._words.phrases["respectively"] if one in text), "")
        if word:
            for one in respective(text, word, self._before, self._counted, self._label):
                self._figures.append(Figure(one.label, one.number, self._year, clause=clause))
            return
        whole = self._whole
        last = len(pieces) - 1
        shared = pieces[last].after if pieces else ""
        for number, piece in enumerate(pieces):
            after = piece.after
            joined = number < last and pieces[number + 1].joined
            if joined and len(piece.before) + len(after) <= _SHORT:
                after += shared  # 11家企业、16个产品列入目录
            figure = self._figure(piece, after, number, clause)
            if figure is not None:
                self._figures.append(replace(figure, part_of=whole))

    def _figure(self, piece: _Piece, after: str, turn: int, clause: str) -> Figure | None:
        label = self._label(f"{self._named(piece.before)}{after}")
        label = self._known.get(fold(label), label)
        scope, own = "", label
        short = len(label) <= _SHORT or label.startswith(self._continued)
        continued = short and fold(label) not in self._known
        if continued and self._subject and not self._subject.startswith(label or _MISSING):
            own = f"{self._subject}{label}"
            if label.endswith(REACHED[:-1]):
                own += REACHED[-1]
        elif continued and not self._figures and len(self._before) <= _OPENING:
            own = f"{self._before}{label}"  # 政府采购规范，计2分
        elif turn and piece.joined and self._money_before():
            scope = self._figures[-1].label
        elif label.startswith(_PROJECT) and self._before.endswith(_PROJECT):
            scope = self._before  # 引进某某项目，项目投入50亿元：只说那一个项目
        if len(own) < _FEWEST:
            return None
        if not continued:
            self._subject = self._without_end(label)
        return Figure(own, piece.number, self._year, scope, clause=clause)

    def _without_end(self, label: str) -> str:
        """接着说别的数时的主语：“目标值”一类的不带。"""
        end = next((one for one in self._continued if label.endswith(one)), "")
        return self._finished(label.removesuffix(end)) or label

    def _finished(self, label: str) -> str:
        """末尾承接后面的数的字不是事项。"""
        while end := next((one for one in self._words.trailing if label.endswith(one)), ""):
            label = label.removesuffix(end)
        return label

    def _money_before(self) -> bool:
        unit = self._figures[-1].unit if self._figures else None
        return unit is not None and unit.base == "元"

    def _says_last_year(self, text: str) -> bool:
        own = _AGAINST.sub("", text)
        return any(word in own for word in self._words.phrases["last_year"])

    def _named(self, before: str) -> str:
        """举了例子的只留动词：推动鑫辉科技等465家。"""
        found = _EXAMPLES.match(before)
        if not found:
            return before
        verbs = (*self._words.verbs, *self._words.actions)
        return next((verb for verb in verbs if found[1].startswith(verb)), "")

    def _bare(self, text: str) -> str:
        """去掉开头承接的话。"""
        while lead := next((one for one in self._words.leads if text.startswith(one)), ""):
            text = text[len(lead) :].lstrip(_EDGES)
        return text.lstrip(_EDGES)

    def _label(self, text: str) -> str:
        """事项：去掉开头的时间和承接的话、两头的标点。"""
        text = self._bare(_LATER.sub("较上年", text))
        while time := _TIME.match(text):
            if not self._year:
                self._year = int(time[1])
            elif int(time[1]) != self._year:
                break
            text = self._bare(text[time.end() :])
        return _balanced(text.strip(_EDGES))


_MISSING: Final = "\0"
LAST_YEAR: Final = -1
"""“上年”说的那一年。"""


def _balanced(text: str) -> str:
    """断开处留下的半边引号去掉。"""
    if text.count('"') % 2:
        text = text.removesuffix('"') if text.endswith('"') else text.replace('"', "", 1)
    return text


def _allotted(bracket: re.Match[str], clause: str) -> bool:
    """括号里是不是分值：只写着几分，后面另写得了几分：某某率（5分）自评4.73分。"""
    after = clause[bracket.end() :]
    return bool(_POINTS.fullmatch(bracket[1])) and any(
        one.unit == _POINT for one in numbers_in(after)
    )


def _has_numbers(text: str) -> bool:
    return any(True for _ in numbers_in(text))


def _without_numbers(text: str) -> str:
    for number in reversed(list(numbers_in(text))):
        text = text[: number.start] + text[number.end :]
    return text


def _pieces(text: str) -> Iterator[_Piece]:
    """各个数前后的字：后一个数前面的字，前面有顿号、“及”的归后一个，没有的归前后两个。"""
    numbers = list(numbers_in(text))
    before, joined = text[: numbers[0].start] if numbers else "", False
    for at, number in enumerate(numbers):
        if at + 1 == len(numbers):
            yield _Piece(before, number, text[number.end :].partition("、")[0], joined)
            return
        between = text[number.end : numbers[at + 1].start]
        cut = _cut(between)
        if cut is None:
            yield _Piece(before, number, between, joined)
            before, joined = between, False
        else:
            yield _Piece(before, number, between[:cut], joined)
            before, joined = between[cut + 1 :], True


def _cut(between: str) -> int | None:
    """两个数之间从哪里断开：最后一个顿号，或紧挨着后一个数的“及”“和”。"""
    at = between.rfind("、")
    if at >= 0:
        return at
    return len(between) - 1 if _JOINT.search(between) else None
