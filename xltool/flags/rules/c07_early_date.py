"""C07 填报日期在评价年度以内。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import lacks
from xltool.scheme.key import field_key
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

_YEAR, _DATE = field_key("cover.year"), field_key("cover.date")


@rule(
    "C07",
    severity=Severity.WARNING,
    remedy="核对{cover.date}和{cover.year}；填的是全年的结果，年度结束以后才填得出来。",
    source="重建：自评在预算年度终了以后进行；评价机构复核发现填写完成日早于验收日",
    needs=("cover.year", "cover.date"),
    fires="评价2022年度，填报日期2022-06-01",
    silent="评价2024年度，填报日期2025-04-18",
)
def early_date(case: Case) -> Iterator[Judgement]:
    """填报日期在评价年度以内。

    年度还没有结束，全年的支出和完成值填不出来；多半是日期或年度填错了，或把监控的数当作自评。
    """
    facts = case.facts
    year, day = facts.number(_YEAR), facts.day(_DATE)
    if year is None or day is None:
        yield from (lacks(facts, k) for k, v in ((_YEAR, year), (_DATE, day)) if v is None)
    elif day.year <= year:
        yield Hit(_DATE, f"填报日期{day.isoformat()}，{plain(year)}年度还没有结束")
