"""报告里的绩效指标表：各个指标印的预期值和实现值。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.values import find_unit, parse_measure, unit_of_name
from xltool.values.amounts import amount_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.narrative.outline import Passage, Sentence
    from xltool.narrative.words import Words

TARGET = "目标值"
_NEEDED: Final = ("title", "expected", "actual")


class Shown(NamedTuple):
    """表里的一个数；`target` 是“目标值”或空串。"""

    sentence: Sentence
    title: str
    text: str
    unit: str
    target: str


def indicator_figures(passages: Sequence[Passage], words: Words) -> Iterator[Shown]:
    """各张绩效指标表里的数；不是一个数的值不取，跨页重印的表头略过。"""
    columns: Mapping[str, int] = {}
    table = ("", 0)
    for passage in passages:
        here = (passage.section.label, passage.table)
        if not passage.table:
            continue
        if here != table:
            columns, table = {}, here
        headed = indicator_columns(passage.cells, words)
        if headed:
            columns = headed
        elif columns and len(passage.cells) > max(columns[one] for one in _NEEDED):
            yield from _row(passage, columns)


def indicator_columns(cells: Sequence[str], words: Words) -> dict[str, int]:
    """表头一行里要的各栏；不是表头的为空。"""
    known = {word: key for key, listed in words.columns.items() for word in listed}
    found = {known[cell]: at for at, cell in enumerate(cells) if cell in known}
    return found if found.keys() >= {*_NEEDED} else {}


def _row(passage: Passage, columns: Mapping[str, int]) -> Iterator[Shown]:
    title = passage.cells[columns["title"]].replace("\n", "")
    named = unit_of_name(title)
    apart = columns.get("unit", len(passage.cells))  # 末尾的空格有的程序不存
    beside = find_unit(passage.cells[apart]) if apart < len(passage.cells) else None
    for column, target in (("expected", TARGET), ("actual", "")):
        text = passage.cells[columns[column]].replace("\n", "")
        measure = parse_measure(text)
        amount = amount_of(measure, beside or named)
        if not title or amount is None:
            continue
        if not target and amount.approximate:
            continue  # 实现值写着“≥”，不是一个数（疑点 K05）
        unit = measure.unit or beside or named
        own = measure.unit.name if measure.unit else ""
        shown = text.replace(own, "", 1)  # 15%以下
        sentence = next(
            (one for one in passage.sentences if one.text == text), passage.sentences[0]
        )
        yield Shown(sentence, title, shown, unit.name if unit else "", target)
