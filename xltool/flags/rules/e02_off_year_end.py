"""E02 统计时点不是年末。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import NOTE, said
from xltool.flags.rule import Hit, rule
from xltool.flags.spending import FUNDS, has_funds
from xltool.flags.wording import lacks, lacks_sheet, listing
from xltool.scheme.key import field_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from xltool.facts.records import Record
    from xltool.flags.rule import Case, Judgement

_YEAR = field_key("cover.year")
_YEAR_END = (12, 31)


@rule(
    "E02",
    severity=Severity.WARNING,
    remedy="改填评价年度12月31日的实际支出；年后的进度写在“说明”栏。",
    source="报告：支出以决算数为统计口径，而拨付进度截至次年4月18日",
    needs=("funds.as_of", "cover.year"),
    fires="评价2024年度，支出数截至2025-04-18",
    silent="评价2024年度，支出数截至2024-12-31",
)
def off_year_end(case: Case) -> Iterator[Judgement]:
    """支出数的统计截止日不是年末。

    评价的是一个预算年度，次年的支出不能算进来；统计日不一致，各单位也无法比较。
    """
    facts = case.facts
    if not has_funds(facts):
        return
    records, year = facts.records(FUNDS), facts.number(_YEAR)
    if not records:
        yield lacks_sheet(facts, FUNDS)
    groups: dict[date, list[Record]] = {}
    for record in records:
        day = record.day("as_of")
        if day is None:
            yield lacks(facts, record.key("as_of"))
        else:
            groups.setdefault(day, []).append(record)
    if year is None:
        yield lacks(facts, _YEAR)
        return
    for day, group in groups.items():
        if day.year != year or (day.month, day.day) != _YEAR_END:
            names = listing([record.text("name") for record in group])
            message = f"统计截止日{day.isoformat()}不是{year}年12月31日：{names}"
            notes = [said(facts, record, NOTE) for record in group]
            why = "；".join(dict.fromkeys(notes)) if all(notes) else ""
            yield Hit(group[0].key("as_of"), message, explained=why)
