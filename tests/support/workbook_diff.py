"""两份工作簿差在哪里：一格一行，给人看。"""

from __future__ import annotations

import io
from itertools import takewhile
from typing import TYPE_CHECKING, Final

import openpyxl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

_WHOLE: Final = 160  # 这么长的照原样印
_AROUND: Final = 20


def changes(old: bytes, new: bytes) -> Iterator[str]:
    """内容不同的各格，和多了、少了的工作表；公式比的是公式。"""
    before, after = (openpyxl.load_workbook(io.BytesIO(data)) for data in (old, new))
    for name in dict.fromkeys((*before.sheetnames, *after.sheetnames)):
        if name not in after.sheetnames:
            yield f"- {name}（整张表）"
        elif name not in before.sheetnames:
            yield f"+ {name}（整张表）"
        else:
            yield from _cells(before[name], after[name])


def _cells(old: Worksheet, new: Worksheet) -> Iterator[str]:
    before, after = _contents(old), _contents(new)
    for place in sorted(before.keys() | after.keys()):
        if before.get(place) != after.get(place):
            at = new.cell(*place).coordinate
            yield f"  {new.title}!{at} {_change(repr(before.get(place)), repr(after.get(place)))}"


def _change(old: str, new: str) -> str:
    """长公式只印不同的一段，连同前后几个字。"""
    if max(len(old), len(new)) <= _WHOLE:
        return f"{old} → {new}"
    head = _same(old, new)
    tail = _same(old[head:][::-1], new[head:][::-1])
    before, after = (_short(text[head : len(text) - tail]) for text in (old, new))
    start, end = max(head - _AROUND, 0), len(old) - tail
    return f"…{old[start:head]}〔{before} → {after}〕{old[end : end + _AROUND]}…"


def _same(one: str, other: str) -> int:
    """头几个字相同。"""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _short(text: str) -> str:
    return text if len(text) <= _WHOLE else f"{text[:_WHOLE]}……共{len(text)}字"


def _contents(sheet: Worksheet) -> dict[tuple[int, int], object]:
    return {
        (cell.row, cell.column): cell.value
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
