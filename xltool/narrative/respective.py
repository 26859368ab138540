"""“分别为”后面的几个数各说哪一件：前面并列的几件，件数和个数相同的，依次一件一个；看不准的不取。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.narrative.numbers import numbers_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from xltool.narrative.numbers import Number

_JOINTS: Final = re.compile("[、及和与]")
_BETWEEN: Final = re.compile("[、及和与,]?")
_PLAIN: Final = re.compile("(?:为|是|达到|达|:)*")
_NOTE: Final = re.compile(r"(?:\([^()]*\))?")
_ENDING: Final = 2  # 并列的几件末尾几个字相同：两项资金
_FEWEST: Final = 2


class Respective(NamedTuple):
    """一件事和它的数。"""

    label: str
    number: Number


def respective(
    text: str,
    word: str,
    before: str,
    counted: Sequence[Respective],
    bare: Callable[[str], str],
) -> Iterator[Respective]:
    """一个分句 `text` 里 `word`（分别）后面的各个数；`before` 是它前面没有数的一个分句。

    几件写在同一个分句里（甲率、乙率分别为），或写在前一个分句里，这一句只说是哪一方面
    （甲资金、乙资金没有拨完，拨付进度分别为）；或前一个分句各有一个数（`counted`），这一句接着
    数（发放甲问卷9份、乙问卷8份，分别收回7份和6份）。
    """
    measure, _, rest = text.partition(word)
    numbers = list(numbers_in(text))
    start = len(text) - len(rest)
    if len(numbers) < _FEWEST or numbers[0].start < start or numbers[-1].end != len(text):
        return
    ends = [one.end for one in numbers[:-1]]
    gaps = (text[end : n.start] for end, n in zip(ends, numbers[1:], strict=True))
    if not all(_BETWEEN.fullmatch(gap) for gap in gaps):
        return
    verb = text[start : numbers[0].start]
    verb = verb[_PLAIN.match(verb).end() :]  # type: ignore[union-attr]
    things = _alike(_JOINTS.split(bare(measure)), 1)
    told = verb
    if not bare(measure) and verb and [n.unit for n in numbers] == [c.number.unit for c in counted]:
        things = [one.label for one in counted]
    elif len(things) != len(numbers):
        things, told = _listed(_JOINTS.split(bare(before))), f"{bare(measure)}{verb}"
        if not told:
            return
    if len(things) == len(numbers):
        for thing, number in zip(things, numbers, strict=True):
            yield Respective(f"{thing}{told}", number)


def _alike(parts: list[str], ending: int) -> list[str]:
    """并列的几件：末尾几个字都相同。"""
    return parts if len({part[-ending:] for part in parts}) == 1 else []


def _listed(parts: list[str]) -> list[str]:
    """并列的几件后面还接着谓语的：照头一件的末尾，把谓语断开。"""
    ending = parts[0][-_ENDING:]
    at = parts[-1].rfind(ending)
    if len(parts) < _FEWEST or at < 0:
        return []
    end = at + len(ending)
    note = _NOTE.match(parts[-1], end)
    last = parts[-1][:end]
    alike = _alike([*parts[:-1], last], _ENDING)
    return [*alike[:-1], f"{last}{note[0] if note else ''}"] if alike else []
