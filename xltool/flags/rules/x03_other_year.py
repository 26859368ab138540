"""X03 指标写的年份不是评价年度。"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks
from xltool.scheme.key import field_key
from xltool.scheme.labels import words_of
from xltool.values import plain, quote
from xltool.values.text import narrow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement

# “较2021年增长”“比2021年”说的是基数，不是评价的年度
_YEAR = re.compile("(?<![0-9较比于对])(20[0-9]{2})(?:年|[-./][0-9])")
_COVER = field_key("cover.year")


@rule(
    "X03",
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="核对年份；沿用了别的年度的指标的，改成评价年度的；确实跨年的，在“{indicators.note}”里写明。",
    source="重建：评价机构复核发现沿用上年的表、年份没有改；公开的2022年度自评表里有“2021年11月30日前完成”",
    needs=("cover.year", "indicators.title", "indicators.expected"),
    fires="评价2024年度，预期值写“2021年11月30日前”，为警告；只在名称里写别的年份的，为提示",
    silent="评价2024年度，预期值写“2024年11月30日前”；“较2021年增长5%”",
)
def other_year(case: Case) -> Iterator[Judgement]:
    """指标写的年份不是评价年度。

    评价的是一个预算年度；目标写着别的年份，多半是沿用了旧表，完成情况就无从谈起。
    """
    facts = case.facts
    rows, unjudged = split_rows(case, "title", "expected")
    yield from unjudged
    year = facts.number(_COVER)
    if year is None:
        yield lacks(facts, _COVER)
        return
    words, wanted = words_of(facts.scheme), plain(year)
    for row in rows:
        target, title = _years(row, "expected"), frozenset(_YEAR.findall(narrow(row.title)))
        why = said(facts, row.record, NOTE)
        if target and wanted not in target:
            text = f"{words.expected}“{quote(row.expected.raw)}”不是评价年度{wanted}年的"
            yield Hit(row.record.key("expected"), about(row, text), explained=why)
        elif title and wanted not in title and not target:
            text = f"名称里的年份不是评价年度{wanted}年"
            yield Hit(row.record.key("title"), about(row, text), Severity.NOTICE)


def _years(row: Target, column: str) -> frozenset[str]:
    """写出的年份，读成期限的连同期限的年份。"""
    measure = row.record.measure(column)
    found = set(_YEAR.findall(narrow(measure.raw)))
    if found and measure.deadline is not None:
        found.add(str(measure.deadline.year))
    return frozenset(found)
