"""结论打成包，在进程之间传送、在内存里存放：按登记表各切一片，合起来就是整份。

汇总有几万行，逐表写；每表只拆用得着的一片，一份结论总共只拆一遍。
包只在本程序的进程之间传送，从不来自文件。
"""

from __future__ import annotations

import pickle
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from zlib import compress, decompress

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from xltool.collection.report import Report
    from xltool.facts.entry import Block
    from xltool.facts.typed import Typed
    from xltool.flags.rule import Outcome
    from xltool.scheme.key import CellKey

HEAD, SCORES, NOTES, STANDING = "head", "scores", "notes", "standing"
_REST = "rest"  # 切剩下的
_FAST = 1


class Packed(NamedTuple):
    """一份报送的结论，连同各表在报送文件里的位置。"""

    report: Report
    blocks: Mapping[str, Block]
    records: Mapping[str, tuple[str, ...]]

    def to_bytes(self) -> bytes:
        """打包；压一压只剩五分之一，费的工夫是打包的十分之一。"""
        parts = {name: _packed(value) for name, value in _slices(self.report)}
        rest = replace(self.report, scores=(), notes=(), contents={}, numbers={}, standing=None)
        parts[_REST] = _packed(self._replace(report=rest))
        return pickle.dumps(parts, pickle.HIGHEST_PROTOCOL)


class Head(NamedTuple):
    """结论的概要：各编码有几条问题、各规则的结果、各记录表有几条。"""

    codes: Counter[str]
    outcomes: Mapping[str, Outcome]
    records: Mapping[str, int]


class SheetSlice(NamedTuple):
    """一张表读出的内容和算出的数。"""

    contents: Mapping[CellKey, Typed]
    numbers: Mapping[CellKey, Decimal]


def unpacked(data: bytes) -> Packed:
    """打开整份：各片合起来。

    Raises:
        TypeError: 不是 `to_bytes` 打的包。
    """
    parts = {name: _unpacked(part) for name, part in _parts(data).items()}
    rest, scores, notes = parts[_REST], parts[SCORES], parts[NOTES]
    if not (isinstance(rest, Packed) and isinstance(scores, tuple) and isinstance(notes, tuple)):
        raise TypeError(_REST)
    sheets = [part for part in parts.values() if isinstance(part, SheetSlice)]
    whole = replace(
        rest.report,
        scores=scores,
        notes=notes,
        contents={key: value for part in sheets for key, value in part.contents.items()},
        numbers={key: value for part in sheets for key, value in part.numbers.items()},
    )
    return rest._replace(report=whole)


def one_slice(data: bytes, name: str) -> object:
    """打开一片：HEAD 是 Head，SCORES 是各项得分，NOTES 是问题，表的标识是那张表的 SheetSlice。"""
    part = _parts(data).get(name)
    return SheetSlice({}, {}) if part is None else _unpacked(part)


def _slices(report: Report) -> Iterator[tuple[str, object]]:
    yield SCORES, report.scores
    yield NOTES, report.notes
    yield STANDING, report.standing
    sheets = sorted({key.sheet for key in (*report.contents, *report.numbers)})
    for sheet in sheets:
        contents = {key: value for key, value in report.contents.items() if key.sheet == sheet}
        numbers = {key: value for key, value in report.numbers.items() if key.sheet == sheet}
        yield sheet, SheetSlice(contents, numbers)
    codes = Counter(note.finding.code for note in report.notes)
    yield HEAD, Head(codes, report.outcomes, _record_counts(report))


def _record_counts(report: Report) -> dict[str, int]:
    """各记录表有几条；写回后的行号从 1 连着排，最大的就是条数。"""
    counts: Counter[str] = Counter()
    for key in report.contents:
        if key.row.isdecimal():
            counts[key.sheet] = max(counts[key.sheet], int(key.row))
    return dict(counts)


def _packed(value: object) -> bytes:
    return compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), _FAST)


def _unpacked(data: bytes) -> object:
    return pickle.loads(decompress(data))  # noqa: S301 - our own bytes, never from a file


def _parts(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = pickle.loads(data)  # noqa: S301 - our own bytes
    return parts
