"""把报告说的接到一份填报的“关键数据核对”后面，由已有的规则判；单位自己填了的以填的为准。"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from xltool.facts.claims import CLAIMS, KINDS
from xltool.facts.entry import Entry, Told
from xltool.facts.target import indicator_row
from xltool.narrative.claims import ClaimKind, Reading, claims_in
from xltool.narrative.matters import alike, core_of, indicator, matters
from xltool.narrative.wording import wide
from xltool.narrative.words import words_of
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.key import CellKey
from xltool.scheme.model import SheetKind
from xltool.values import find_unit, fold, parse_measure
from xltool.values.amounts import amount_of
from xltool.values.text import narrow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.facts.entry import EntryValue, Submission
    from xltool.facts.view import Facts
    from xltool.narrative.claims import Claim
    from xltool.narrative.matters import Indicator, Matter
    from xltool.narrative.outline import Passage
    from xltool.scheme.model import Scheme

_RECTIFIED: Final = "rectification"
_JOINT: Final = "、"
_ROW: Final = "报告{number}"
_TITLE: Final = 6


@dataclass(frozen=True, slots=True)
class Narrative:
    """一份读好的自评报告。"""

    file: str
    sha256: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """“关键数据核对”的一行。"""

    claim: Claim
    kind: str
    topic: str
    figure: str
    unit: str
    rows: tuple[str, ...]

    @property
    def cells(self) -> dict[str, str]:
        """各栏的字。"""
        return {
            "kind": self.kind,
            "topic": self.topic,
            "figure": self.figure,
            "unit": self.unit,
            "location": self.claim.sentence.where,
            "indicator": _JOINT.join(self.rows),
        }


def takes_claims(scheme: Scheme) -> bool:
    """这种表有没有“关键数据核对”。"""
    return all(map(scheme.has, (f"{CLAIMS}.kind", f"{CLAIMS}.topic", f"{CLAIMS}.figure")))


def with_claims(facts: Facts, narrative: Narrative) -> Submission:
    """接上报告说的以后的填报；这种表没有“关键数据核对”的，原样。"""
    scheme, submission = facts.scheme, facts.submission
    if not takes_claims(scheme):
        return submission
    typed = Typed(facts)
    name = narrative.file.rpartition("/")[2]
    added: dict[CellKey, Entry] = {}
    places: dict[str, str] = {}
    quotes: dict[str, str] = {}
    for line in lines_of(facts, narrative.passages):
        if typed.covers(line):
            continue
        row = _ROW.format(number=len(places) + 1)
        places[row] = f"{name} {line.claim.sentence.where}"
        quotes[row] = wide(line.claim.sentence.text)
        added |= _entries(scheme, row, line.cells)
    rows = (*submission.records.get(CLAIMS, ()), *places)
    return replace(
        submission,
        entries={**submission.entries, **added},
        records={**submission.records, CLAIMS: rows},
        told=Told(places, quotes),
    )


class Typed:
    """单位自己在表里填了的：填了的类别以填的为准；数据一条一条看，同一处、同一件事的以填的为准。"""

    def __init__(self, facts: Facts) -> None:
        self._words = words_of(facts.scheme)
        self._figure = facts.scheme.word(KINDS, ClaimKind.FIGURE.value)
        records = [(one.text("kind") or self._figure, one) for one in facts.records(CLAIMS)]
        self._kinds = {kind for kind, _ in records if kind != self._figure}
        self._figures = [
            (
                self._core(one.text("topic")),
                fold(one.text("location")),
                fold(one.entry("figure").raw),
            )
            for kind, one in records
            if kind == self._figure
        ]

    def covers(self, line: Line) -> bool:
        """报告的这一条，表里填了没有。"""
        if line.kind != self._figure:
            return line.kind in self._kinds
        core, where = self._core(line.topic), fold(line.claim.sentence.where)
        return any(
            alike(core, own) and (where.startswith(place) if place else figure == fold(line.figure))
            for own, place, figure in self._figures
        )

    def _core(self, topic: str) -> str:
        return core_of(narrow(topic), self._words)


def _entries(scheme: Scheme, row: str, cells: Mapping[str, str]) -> dict[CellKey, Entry]:
    found: dict[CellKey, Entry] = {}
    for column, text in cells.items():
        if text and scheme.has(f"{CLAIMS}.{column}"):
            value: EntryValue = (
                parse_measure(text, year=scheme.year) if column == "figure" else text
            )
            found[CellKey(CLAIMS, row, column)] = Entry(value, text)
    return found


def lines_of(facts: Facts, passages: Sequence[Passage]) -> tuple[Line, ...]:
    """报告说的，成为“关键数据核对”的各行，依正文的次序；没有这一类的不列。"""
    scheme = facts.scheme
    words = words_of(scheme)
    claims = claims_in(passages, Reading(words, scheme.year, _known(scheme, facts)))
    indicators = tuple(_indicators(facts))
    figures = [one for one in claims if one.kind is ClaimKind.FIGURE]
    joined = iter(tuple(matters(figures, indicators, words)))
    lines = [
        _line(facts, one, next(joined) if one.kind is ClaimKind.FIGURE else None, indicators)
        for one in claims
    ]
    return tuple(line for line in lines if line.kind and _readable(line))


def _readable(line: Line) -> bool:
    """数据、计数的数读得成一个数。"""
    if line.claim.kind not in (ClaimKind.FIGURE, ClaimKind.COUNT):
        return True
    return amount_of(parse_measure(line.figure), find_unit(line.unit)) is not None


def _line(
    facts: Facts, claim: Claim, matter: Matter | None, indicators: Sequence[Indicator]
) -> Line:
    topic, rows = claim.topic, tuple[str, ...]()
    if matter is not None:
        topic, rows = _dated(matter.topic, claim, facts.scheme.year), matter.rows
        topic += f"({claim.scope})" if claim.scope else ""
    elif claim.kind in (ClaimKind.PROBLEM, ClaimKind.MEASURE):
        rows = tuple(one.row for one in indicators if _says(claim.text, one))
    elif claim.kind is ClaimKind.RECTIFICATION:
        rows = _rectified(facts, claim)
    kind = facts.scheme.word(KINDS, claim.kind.value)
    return Line(claim, kind, wide(topic), wide(claim.figure), claim.unit, rows)


def _dated(topic: str, claim: Claim, year: int) -> str:
    """不是评价年度的，事项前面写明哪一年。"""
    if claim.years == (year,) or any(str(one) in topic for one in claim.years):
        return topic
    return f"{claim.years[0]}年{topic}" if claim.years else topic


def _says(text: str, one: Indicator) -> bool:
    return len(one.title) >= _TITLE and one.title in fold(text)


def _known(scheme: Scheme, facts: Facts) -> dict[str, str]:
    """表里有的事项和全称：逐项表的各项，“年末”可以不写；和绩效指标的名称。"""
    labels = [
        fold(field.label.removeprefix("其中："))
        for sheet in scheme.sheets
        if sheet.kind is SheetKind.FIELDS
        for field in sheet.fields
    ]
    labels += [fold(one.text("title")) for one in facts.records(INDICATORS)]
    ends = words_of(scheme).phrases["year_end"]
    short = {one.removeprefix(end): one for one in labels for end in ends}
    return {**short, **{one: one for one in labels}}


def _indicators(facts: Facts) -> Iterator[Indicator]:
    words = words_of(facts.scheme)
    for record in facts.records(INDICATORS):
        row = indicator_row(facts, record.row)
        unit = row.actual.unit or row.unit or row.expected.unit
        yield indicator(record.row, row.title, unit, words)


def _rectified(facts: Facts, claim: Claim) -> tuple[str, ...]:
    """这一句整改结论说的是上年度整改表的哪几行：凭评价内容认；认不出的空着。"""
    words = words_of(facts.scheme)
    about = core_of(claim.text, words)
    rows = []
    for record in facts.records(_RECTIFIED):
        subject = core_of(fold(record.text("subject")), words)
        if about and subject and (about in subject or subject in about):
            rows.append(record.row)
    return tuple(rows)
