"""封面上由别的格得出的几项：下发时就写着公式，不用打字；与自评报告写的不同的，照报告改写。"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.address import literal
from xltool.facts.entry import Entry
from xltool.facts.left_out import PART, kinds, mark
from xltool.facts.self_scores import SELF_TOTAL, all_scored, all_scored_formula, self_scores
from xltool.facts.target import indicator_row
from xltool.facts.view import Facts
from xltool.scheme.categories import SHEET
from xltool.scheme.key import SELF_GRADE, field_key
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from xltool.facts.refs import Refs
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field, Scheme

_COUNTS = {
    field_key("cover.indicator_count"): "",
    field_key("cover.output_count"): "output",
    field_key("cover.outcome_count"): "outcome",
}


@lru_cache(maxsize=16)
def derived_keys(scheme: Scheme) -> tuple[CellKey, ...]:
    """一个方案有哪几项；后面的可以看前面的。"""
    return tuple(_keys(scheme))


def _keys(scheme: Scheme) -> Iterator[CellKey]:
    named = {field_key(f"cover.{one.key}") for one in _cover(scheme) if one.computation is None}
    if SELF_TOTAL in named and any(one.key == "self_score" for one in scheme.score_sheet.fields):
        yield SELF_TOTAL
        if SELF_GRADE in named:
            yield SELF_GRADE
    for key, option in _COUNTS.items() if scheme.has(SHEET) else ():
        if key in named and (not option or scheme.word("level1", option)):
            yield key


def _cover(scheme: Scheme) -> tuple[Field, ...]:
    return scheme.sheet("cover").fields if scheme.has("cover") else ()


def derived_value(facts: Facts, key: CellKey) -> Decimal | str | None:
    """得出一项；还得不出的为空。"""
    scheme = facts.scheme
    if key == SELF_TOTAL:
        known = [score for _, score in self_scores(facts)]
        return scheme.round_points(sum(known, Decimal(0))) if known else None
    if key == SELF_GRADE:
        total = facts.number(SELF_TOTAL)
        if total is None or not all_scored(facts):
            return None
        return scheme.grade(max(total, scheme.grades[-1].minimum))
    rows = facts.records(SHEET)
    if not any(one.entry("title").raw for one in rows):
        return None
    counted = [one for one in rows if not indicator_row(facts, one.row).part]
    option = _COUNTS[key]
    if not option:
        return Decimal(sum(bool(one.entry("title").raw) for one in counted))
    wanted = scheme.word("level1", option)
    return Decimal(sum(one.text("level1") == wanted for one in counted))


def derived_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """与 derived_value 同义的公式。"""
    if key == SELF_TOTAL:
        scores = refs.column(scheme.score_sheet.key, "self_score")
        inner = f"ROUND(SUM({scores}),{refs.parameter('working_digits')})"
        return f'IF(COUNT({scores})=0,"",ROUND({inner},{refs.parameter("score_digits")}))'
    if key == SELF_GRADE:
        total = refs.cell(SELF_TOTAL)
        text = literal(scheme.grades[-1].name)
        for grade in reversed(scheme.grades[:-1]):
            text = f"IF({total}>={refs.parameter(grade.parameter)},{literal(grade.name)},{text})"
        ready = f"AND(ISNUMBER({total}),{all_scored_formula(scheme, refs)})"
        return f'IF({ready},{text},"")'
    titles = refs.column(SHEET, "title")
    counted, same = f"COUNTA({titles})", ""
    if option := _COUNTS[key]:
        same = f"{refs.column(SHEET, 'level1')},{refs.option('level1', option)}"
        counted = f"COUNTIFS({same})"
    if PART in kinds(scheme):  # 其中项不是单独的指标
        parts = ",".join(filter(None, (same, refs.column(SHEET, "factor"), mark(refs, PART))))
        counted += f"-COUNTIFS({parts})"
    return f'IF(COUNTA({titles})=0,"",{counted})'


def derived(facts: Facts, keys: Iterable[CellKey]) -> dict[CellKey, Decimal | str]:
    """依次得出几项；得不出的不在其中。"""
    found: dict[CellKey, Decimal | str] = {}
    for key in keys:
        value = derived_value(_with(facts, found), key)
        if value is not None:
            found[key] = value
    return found


def derived_entries(found: Mapping[CellKey, Decimal | str]) -> dict[CellKey, Entry]:
    """得出的几项，照填报读出的样子。"""
    return {
        key: Entry(value, value if isinstance(value, str) else plain(value), formula=True)
        for key, value in found.items()
    }


def _with(facts: Facts, found: Mapping[CellKey, Decimal | str]) -> Facts:
    """连同已经得出的几项。"""
    entries = {**facts.submission.entries, **derived_entries(found)}
    return Facts(facts.scheme, replace(facts.submission, entries=entries))
