"""一句话里可以复算的：写出的算式、其中各项之和、数量乘标准、占比、倍数。"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values import read_equation
from xltool.values.numerals import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xltool.narrative.labels import Figure
    from xltool.narrative.words import Words

_NUMBER: Final = r"[0-9]+(?:\.[0-9]+)?(?:[%‰]|[万亿]?元|[一-鿿]{0,2})"
_WRITTEN: Final = re.compile(f"{_NUMBER}(?:[-+×xX*÷/]{_NUMBER})+=(?:约)?{_NUMBER}")
_FEWEST: Final = 2
_NEARLY: Final = Decimal("0.9")  # 其中各项加起来差得远的，是没有列全，不是算错
_EACH: Final = re.compile("每([一-鿿])")


class Stated(NamedTuple):
    """正文说的一个等式。"""

    topic: str
    text: str
    unit: str


def equations_in(
    text: str, figures: Sequence[Figure], words: Words, *, shares_only: bool = False
) -> Iterator[Stated]:
    """一句里的各个等式；看不准是不是一个等式的不取。"""
    yield from _shares(figures, words)
    if shares_only:
        return
    for found in _WRITTEN.finditer(text):
        if read_equation(found[0]) is not None:
            yield Stated(text[: found.start()].rpartition(",")[2].strip(":("), found[0], "")
    yield from _parts(figures)
    yield from _products(figures, words)
    yield from _multiples(figures, words)


def _number(figure: Figure) -> Decimal | None:
    """确数；写了“超”“约”的为空。"""
    text = figure.number.text
    return decimal_of(text) if text[:1].isdecimal() and text[-1].isdecimal() else None


def _parts(figures: Sequence[Figure]) -> Iterator[Stated]:
    """决算支出26701.65万元，其中基本支出2980.93万元，项目支出23720.72万元。"""
    for at, whole in enumerate(figures):
        parts = [one for one in figures if one.part_of == at]
        unit = whole.number.unit
        numbers = [_number(one) for one in parts if one.number.unit == unit]
        total = _number(whole)
        if len(numbers) < _FEWEST or len(numbers) != len(parts) or not total or None in numbers:
            continue
        added = sum((one for one in numbers if one is not None), Decimal(0))
        if added >= _NEARLY * total:
            shown = "+".join(one.number.text for one in parts)
            yield Stated(whole.label, f"{shown}={whole.number.text}", unit)


def parts_beneath(wholes: Sequence[Figure], parts: Sequence[Figure]) -> Iterator[Stated]:
    """年初预算210万元。其中建设203万元，监理7万元：总数在前一句，各项在“其中”起头的这一句。

    隔了一句，差得远的多半不是一回事，不取；前一句同样单位的有几个数，不知道是哪一个，也不取。
    """
    if not parts:
        return
    unit = parts[0].number.unit
    numbers = [_number(one) for one in parts if one.part_of is None]
    sums = [one for one in wholes if one.number.unit == unit]
    total = _number(sums[0]) if len(sums) == 1 else None
    same = all(one.number.unit == unit for one in parts)
    if len(numbers) < _FEWEST or not (same and total) or None in numbers:
        return
    added = sum((one for one in numbers if one is not None), Decimal(0))
    if _NEARLY * total <= added <= total / _NEARLY:
        shown = "+".join(one.number.text for one in parts)
        yield Stated(sums[0].label, f"{shown}={sums[0].number.text}", unit)


def _products(figures: Sequence[Figure], words: Words) -> Iterator[Stated]:
    """对8户每户补助1000元，共8000元。"""
    for count, each, total in zip(figures, figures[1:], figures[2:], strict=False):
        per = _EACH.search(each.label)
        bases = {one.unit.base if one.unit else "" for one in (each, total)}
        if not per or per[1] != count.number.unit or bases != {"元"}:
            continue
        summed = any(total.label.endswith(word) for word in words.phrases["total"])
        if summed and None not in map(_number, (count, each, total)):
            same = each.number.unit == total.number.unit
            units = ("", "") if same else (each.number.unit, total.number.unit)
            shown = f"{count.number.text}×{each.number.text}{units[0]}"
            yield Stated(total.label, f"{shown}={total.number.text}{units[1]}", total.number.unit)


def _shares(figures: Sequence[Figure], words: Words) -> Iterator[Stated]:
    """14项（占比27.45%）、22项（占比43.14%）：总数应当相同。"""
    shared = [
        (count, share)
        for count, share in pairwise(figures)
        if share.number.unit == "%"
        and share.label.endswith(words.phrases["share"])
        and share.label.startswith(count.label)
        and None not in map(_number, (count, share))
    ]
    for (one, part), (other, other_part) in pairwise(shared):
        if one.number.unit == other.number.unit:
            left = f"{one.number.text}÷{part.number.text}%"
            text = f"{left}={other.number.text}÷{other_part.number.text}%"
            yield Stated(f"{one.label}、{other_part.label}", text, one.number.unit)


def _multiples(figures: Sequence[Figure], words: Words) -> Iterator[Stated]:
    """贷款金额76.61亿元，放大倍数50.96倍，资金池总规模约2亿元。"""
    for at, times in enumerate(figures):
        if not times.label.endswith(words.phrases["multiple"]) or times.number.unit != "倍":
            continue
        money = [one for one in figures if one.unit is not None and one.unit.base == "元"]
        ends = words.phrases["base"]
        based = ([one for one in money if one.label.endswith(word)] for word in ends)
        base = next(filter(None, based), [])
        before = [one for one in figures[:at] if one in money and one not in base]
        if len(base) != 1 or not before:
            continue
        amount = f"{before[-1].number.text}{before[-1].number.unit}"
        shown = f"{base[0].number.text}{base[0].number.unit}"
        text = f"{amount}÷{times.number.text}={shown}"
        yield Stated(base[0].label, text, base[0].number.unit)
