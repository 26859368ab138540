"""A06 指标个数不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.target import target_records
from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import lacks, lacks_sheet
from xltool.scheme.categories import SHEET
from xltool.scheme.key import CellKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_PARTS = {"output_count": "output", "outcome_count": "outcome"}


@rule(
    "A06",
    severity=Severity.ERROR,
    remedy="核对自评报告写的个数与{indicators}表的行数，漏填的补上，写错的改正。",
    source="报告：自评报告写明绩效指标总数、产出指标数和效益指标数",
    needs=(
        *("cover.indicator_count", "cover.output_count", "cover.outcome_count"),
        *("indicators.level1", "options.level1.output", "options.level1.outcome"),
    ),
    fires="封面写产出指标12个，表里只有11个产出指标",
    silent="封面写20、12、8个，表里正是20、12、8个",
)
def wrong_indicator_count(case: Case) -> Iterator[Judgement]:
    """申报的指标个数与表里的行数不符。

    报告说有几个指标，表里就应当有几行；少了的多半是漏报了没有完成的指标。
    """
    facts = case.facts
    records = target_records(facts)
    if not records:
        yield lacks_sheet(facts, SHEET)
        return
    rows, unjudged = split_rows(case, "level1")
    named = sum(bool(record.entry("title").raw) for record in records)  # 与封面的公式数的相同
    counts = {"indicator_count": named}
    for field, option in _PARTS.items() if not unjudged else ():
        level1 = facts.scheme.word("level1", option)
        counts[field] = sum(row.level1 == level1 for row in rows)
    for field, counted in counts.items():
        key = CellKey("cover", field)
        declared = facts.number(key)
        if declared is None:
            yield lacks(facts, key)
        elif declared != counted:
            label = facts.scheme.field(key).label.removeprefix("其中：")
            sheet = facts.scheme.sheet(SHEET).name
            yield Hit(key, f"{label}填{declared}个，{sheet}表里有{counted}个")
    yield from unjudged
