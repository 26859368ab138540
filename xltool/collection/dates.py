"""填报日期可不可信：程序不看现在是哪一天，只与评价年度、截止日期和同一批的比，结果才可以重复。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from xltool.messages import versions as say
from xltool.scoring.catalogue import ready_scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from xltool.collection.model import Summary

# 假设：一次收表连同退回补报不过四个月；不到五份的，看不出多数在什么时候
MOST_DAYS: Final = 120
_ENOUGH: Final = 5


def limit_of(deadline: date | None, until: date | None) -> date | None:
    """一个单位的截止日期：批准缓报的照缓报的那一天，比截止日期还早的不算；都没有的没有。"""
    return max(filter(None, (deadline, until)), default=None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """拿来比的：截止日期（没有就空着），各方案居中的填报日期（份数太少的没有）。"""

    deadline: date | None
    medians: Mapping[str, date]

    def limit(self, until: date | None) -> date | None:
        """批准缓报到 `until` 的单位的截止日期。"""
        return limit_of(self.deadline, until)

    def late(self, summary: Summary, until: date | None) -> int | None:
        """填报日期比截止日期晚几天，没有晚的是 0；没有期限的、没有填的、可疑的不知道。"""
        limit, day = self.limit(until), summary.date
        if limit is None or day is None or self.doubt(summary):
            return None
        return max(0, (day - limit).days)

    def doubt(self, summary: Summary) -> str:
        """填报日期为什么可疑；不可疑的、没有填的为空串。"""
        day = summary.date
        if day is None:
            return ""
        scheme, _ = ready_scheme(summary.scheme)
        if day.year <= scheme.year:
            return say.BEFORE_YEAR_END.format(year=scheme.year)
        most, median = timedelta(days=MOST_DAYS), self.medians.get(summary.scheme)
        if self.deadline is not None and day - self.deadline > most:
            limit = self.deadline.isoformat()
            return say.AFTER_DEADLINE.format(deadline=limit, days=MOST_DAYS)
        if day.year > scheme.year + 1 and self.deadline is None:
            return say.AFTER_NEXT_YEAR.format(year=scheme.year)
        if median is not None and abs(day - median) > most:
            return say.FAR_FROM_OTHERS.format(median=median.isoformat(), days=MOST_DAYS)
        return ""


def calendar_of(summaries: Iterable[Summary], deadline: date | None) -> Calendar:
    """由全部报送得出；有偶数份的，取居中两个里早的。"""
    days: dict[str, list[date]] = {}
    for summary in summaries:
        if summary.date is not None:
            days.setdefault(summary.scheme, []).append(summary.date)
    medians = {
        scheme: sorted(each)[(len(each) - 1) // 2]
        for scheme, each in days.items()
        if len(each) >= _ENOUGH
    }
    return Calendar(deadline, medians)
