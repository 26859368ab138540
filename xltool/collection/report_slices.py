"""结论打成包，在进程之间传送、在内存里存放：按登记表各切一片，合起来就是整份。

汇总有几万行，逐表写；每表只拆用得着的一片，一份结论总共只拆一遍。
包里只有平常的元组、字典和字：具名元组逐个打包要慢几倍，几百个格名尤其如此。
包也记在使用者的缓存里，所以打开时只认点名的几种数据（KINDS），别的一概不认。
"""

from __future__ import annotations

import pickle
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple, SupportsBytes, TypeVar, cast
from zlib import compress, decompress

from xltool.address import At, Place
from xltool.assessment.noted import Noted
from xltool.assessment.report import Report
from xltool.cache.loading import kinds_of, load
from xltool.facts.entry import LocatedBlock
from xltool.facts.lineage import Ancestor
from xltool.facts.statements import Statement
from xltool.finding import Finding, Severity
from xltool.flags.peers import PeerRecord, ToldFigure, TypedText
from xltool.flags.rule import Outcome
from xltool.scheme.key import CellKey
from xltool.scoring.scored import Cells, Deducted, Scored

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.facts.typed import Typed

T = TypeVar("T")
HEAD, SCORES, NOTES, PEER_RECORD = "head", "scores", "notes", "peer_record"
_REST = "rest"  # 切剩下的
_FAST = 1
_SMALL = 2_048  # 比这短的不压：省不了多少，起一次头的工夫却一样
_DEFLATED = b"\x78"  # 压过的以此开头，没有压的以 \x80 开头


class Packed(NamedTuple):
    """一份报送的结论，连同各表在报送文件里的位置。"""

    report: Report
    blocks: Mapping[str, LocatedBlock]
    records: Mapping[str, tuple[str, ...]]

    def to_bytes(self) -> bytes:
        """打包；压一压只剩五分之一，费的工夫是打包的十分之一。"""
        parts = {name: _packed(value) for name, value in _slices(self.report, self.records)}
        sliced = replace(self.report, scores=(), notes=(), peer_record=None)
        rest = replace(sliced, contents={}, numbers={}, originals={})
        parts[_REST] = _packed(self._replace(report=rest))
        return pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)


class Head(NamedTuple):
    """结论的概要：各编码有几条问题、各规则的结果、未判的缺什么、各记录表填了哪几行。"""

    codes: Counter[str]
    outcomes: Mapping[str, Outcome]
    unjudged: Mapping[str, tuple[str, ...]]
    records: Mapping[str, tuple[str, ...]]


class SheetSlice(NamedTuple):
    """一张表读出的内容、算出的数和与数不同的原文，按行和栏取。"""

    contents: dict[tuple[str, str], Typed]
    numbers: dict[tuple[str, str], Decimal]
    originals: dict[tuple[str, str], str]

    def value(self, row: str, column: str) -> Typed | None:
        """某一格：自动计算的是算出的数，其余是读出的内容。"""
        key = (row, column)
        return self.numbers.get(key, self.contents.get(key))

    def original(self, row: str, column: str) -> str | None:
        """某一格填的字，与读出的数不同的才有。"""
        return self.originals.get((row, column))


def unpacked(data: SupportsBytes) -> Packed:
    """打开整份：各片合起来。

    Raises:
        TypeError: 不是 `to_bytes` 打的包。
    """
    packed = _parts(data)
    parts = {name: _unpacked(packed[name]) for name in packed if name not in (HEAD, PEER_RECORD)}
    rest = parts[_REST]
    if not isinstance(rest, Packed):
        raise TypeError(_REST)
    sheets = [(name, part) for name, part in parts.items() if isinstance(part, SheetSlice)]
    whole = replace(
        rest.report,
        scores=_scores(parts[SCORES]),
        notes=_notes(parts[NOTES]),
        contents=dict(_keyed((name, part.contents) for name, part in sheets)),
        numbers=dict(_keyed((name, part.numbers) for name, part in sheets)),
        originals=dict(_keyed((name, part.originals) for name, part in sheets)),
    )
    return rest._replace(report=whole)


def one_slice(data: SupportsBytes, name: str) -> object:
    """打开一片。

    HEAD 是 Head，SCORES 是各项得分，NOTES 是问题，PEER_RECORD 是拿去和同批比的，
    表的标识是那张表的 SheetSlice。
    """
    part = _parts(data).get(name)
    if part is None:
        return SheetSlice({}, {}, {})
    value = _unpacked(part)
    return _RESTORED[name](value) if name in _RESTORED else value


def _slices(report: Report, records: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, object]]:
    yield SCORES, [_plain_score(score) for score in report.scores]
    yield NOTES, [_plain_note(note) for note in report.notes]
    yield PEER_RECORD, report.peer_record and _plain_peer_record(report.peer_record)
    sheets: dict[str, SheetSlice] = defaultdict(lambda: SheetSlice({}, {}, {}))
    for (sheet, row, column), value in report.contents.items():
        sheets[sheet].contents[row, column] = value
    for (sheet, row, column), number in report.numbers.items():
        sheets[sheet].numbers[row, column] = number
    for (sheet, row, column), text in report.originals.items():
        sheets[sheet].originals[row, column] = text
    yield from sorted(sheets.items())
    codes = Counter(note.finding.code for note in report.notes)
    yield HEAD, Head(codes, report.outcomes, report.unjudged, records)


def _plain_note(note: Noted) -> tuple[object, ...]:
    """报送里的一条：豁免、复核意见是汇总时才加的，包里没有。"""
    at, key = note.finding.at, note.key
    return (*note.finding[:-1], at and tuple(at), key and tuple(key), *note[3:6])


def _notes(plain: Any) -> tuple[Noted, ...]:  # noqa: ANN401 - what pickle gives
    return tuple(
        Noted(Finding._make((*fields, at and At(*at))), key and CellKey(*key), "", *known)
        for *fields, at, key, place, seen, statement in plain
        for known in ((place, seen, statement),)
    )


def _plain_score(score: Scored) -> tuple[object, ...]:
    *fields, used, cells, deductions = score
    plain = ([tuple(one) for one in each] for each in (used, cells, deductions))
    return (*fields, *plain)


def _scores(plain: Any) -> tuple[Scored, ...]:  # noqa: ANN401 - what pickle gives
    return tuple(
        Scored._make(
            (
                *fields,
                tuple([CellKey(*key) for key in used]),
                tuple([Cells(*run) for run in cells]),
                tuple([Deducted(*one) for one in deductions]),
            )
        )
        for *fields, used, cells, deductions in plain
    )


def _plain_peer_record(peer_record: PeerRecord) -> tuple[object, ...]:
    texts = [(tuple(key), _plain_place(place), text) for key, place, text in peer_record.texts]
    said = [tuple(one) for one in peer_record.statements]
    told = [tuple(one) for one in peer_record.told]
    return peer_record.total, _plain_place(peer_record.place), peer_record.full, texts, said, told


def _peer_record(plain: Any) -> PeerRecord | None:  # noqa: ANN401 - what pickle gives
    if plain is None:
        return None
    total, place, full, texts, said, told = plain
    typed = tuple(TypedText(CellKey(*key), _place(where), text) for key, where, text in texts)
    statements, figures = map(Statement._make, said), map(ToldFigure._make, told)
    return PeerRecord(total, _place(place), full, typed, tuple(statements), tuple(figures))


def _plain_place(place: Place | None) -> tuple[str, int, int] | None:
    return (place.sheet, *place.at) if place else None


def _place(plain: tuple[str, int, int] | None) -> Place | None:
    return Place(plain[0], At(*plain[1:])) if plain else None


def _keyed(
    sheets: Iterable[tuple[str, dict[tuple[str, str], T]]],
) -> Iterator[tuple[CellKey, T]]:
    """各表的格，换回全名；几百个，tuple.__new__ 比 CellKey(...) 快一倍。"""
    new = tuple.__new__
    for name, cells in sheets:
        for (row, column), value in cells.items():
            yield new(CellKey, (name, row, column)), value


_RESTORED = {SCORES: _scores, NOTES: _notes, PEER_RECORD: _peer_record}


def _packed(value: object) -> bytes:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return compress(data, _FAST) if len(data) > _SMALL else data


def _unpacked(data: bytes) -> object:
    return load(decompress(data) if data.startswith(_DEFLATED) else data, KINDS)


def _parts(data: SupportsBytes) -> dict[str, bytes]:
    return cast("dict[str, bytes]", load(bytes(data), {}))


# 包里有的几种数据；添了一种的，这里也要添，不然打不开
KINDS = kinds_of(
    Ancestor,
    Counter,
    Decimal,
    Head,
    LocatedBlock,
    Outcome,
    Packed,
    Report,
    Severity,
    SheetSlice,
    date,
)
