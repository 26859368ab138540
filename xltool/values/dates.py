"""日期的写法：某一天、某月、季度、半年、年底，以及“……前”这样的期限。"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final, NamedTuple

from xltool.messages import values as say
from xltool.values.numerals import chinese_digits, small_integer

_YEAR = "(?P<year>(?:19|20)[0-9]{2}|[一二][〇○零一二三四五六七八九]{3})"
_NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_PERIOD = (
    f"(?P<month>{_NUMBER})月份?(?:(?P<day>{_NUMBER})[日号])?"
    "|第?(?P<quarter>[一二三四1-4])季度|(?P<three>前三)季度|(?P<half>[上下])半年"
)
_TAIL = (
    "(?P<part>底|末|初|上旬|中旬|下旬)?(?P<before>以前|之前|前|以内|之内|内|止)?"
    "(?P<done>全部完成|完成|完工|竣工|到位|拨付)?"
)
_HEAD = "(?P<head>≤|<=|不晚于|不迟于|截至|截止到|截止|于|在)?"
_WORDED = re.compile(
    f"{_HEAD}(?:{_YEAR}年度?|当年|本年度?|今年)?(?:{_PERIOD}|(?P<whole>年底|年末|年内|全年|年终|底|末|内))?{_TAIL}"
)
_DASHED = re.compile(
    rf"{_HEAD}(?P<year>(?:19|20)[0-9]{{2}})(?P<sep>[-/.])(?P<month>[0-9]{{1,2}})"
    rf"(?:(?P=sep)(?P<day>[0-9]{{1,2}})日?)?{_TAIL}"
)
_SPAN = re.compile(
    r"(?P<first>(?:[0-9]{4}年)?[0-9]{1,2}(?:月(?:[0-9]{1,2}日)?)?)[-~至—–到]"
    r"(?P<last>(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?.{0,6})"
)
_HEADS_OF_LIMIT = ("≤", "<=", "不晚于", "不迟于", "截至", "截止到", "截止")
_DECEMBER: Final = 12
_YEAR_ENDS: Final = ("年底", "年末", "年终", "底", "末")
_PART_FROM: Final = {"中旬": 11, "下旬": 21, "底": 21, "末": 21}
_LONGEST: Final = 32


class Phrase(NamedTuple):
    """读出的日期写法；没有写的部分为空。"""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None  # 整段时间（季度、半年、全年）的最后一个月
    months: int = 1  # 整段时间有几个月
    limit: bool = False  # 是期限，不是某一天
    before: bool = False  # 写了“前”
    part: str = ""

    @property
    def only_month(self) -> bool:
        """写到月为止的一个月。"""
        whole = self.day is None and self.last_month is None and not self.part
        return whole and None not in (self.year, self.month)

    @property
    def complete(self) -> bool:
        """年月日都写了，又不是期限。"""
        return None not in (self.year, self.month, self.day) and not self.limit

    def last_day(self, year: int | None = None) -> date | None:
        """这段时间的最后一天；缺年份时用 `year`，定不下来则为空。"""
        year = self.year or year
        if year is None or self.part == "初":
            return None
        month = self.month or self.last_month or _DECEMBER
        try:
            last = monthrange(year, month)[1]
            return date(year, month, self.day or {"上旬": 10, "中旬": 20}.get(self.part, last))
        except ValueError:
            return None

    def first_day(self, year: int | None = None) -> date | None:
        """这段时间最早的一天；只写到月的，是那个月的1日。"""
        last = self._replace(part="").last_day(year)
        if last is None or self.day:
            return last
        return date(last.year, last.month - self.months + 1, _PART_FROM.get(self.part, 1))

    @property
    def possible(self) -> bool:
        """历法上有这样的月和日（没有写年份时按闰年算）。"""
        return self._replace(part="").last_day(2024) is not None

    def notices(self, deadline: date | None) -> tuple[str, ...]:
        """读法里要说明的地方。"""
        if not self.possible:
            return (say.NO_SUCH_DAY,)
        if self.part == "初":
            return (say.NO_EXACT_DAY,)
        if self.before and self.day is None and deadline is not None:
            shown = f"{deadline.year}年{deadline.month}月{deadline.day}日"
            return (say.WHOLE_PERIOD.format(day=shown),)
        return ()


def _small(text: str | None) -> int | None:
    """月或日；写法不成数的当作 0，好让它在历法上不存在。"""
    if not text:
        return None
    number = small_integer(text)
    return 0 if number is None else number


def _last_month(parts: dict[str, str | None]) -> int | None:
    quarter = parts.get("three") or parts.get("quarter")
    if quarter:
        return 3 * (small_integer(quarter.removeprefix("前")) or 0)
    half = parts.get("half")
    if half:
        return _DECEMBER if half == "下" else _DECEMBER // 2
    return _DECEMBER if parts.get("whole") else None


def _months(parts: dict[str, str | None]) -> int:
    """整段时间有几个月。"""
    if parts["month"] or parts.get("whole") in _YEAR_ENDS:
        return 1
    if parts.get("three"):
        return 9
    if parts.get("quarter"):
        return 3
    return _DECEMBER // 2 if parts.get("half") else _DECEMBER


def _phrase(found: re.Match[str]) -> Phrase:
    parts = found.groupdict()
    last_month = _last_month(parts)
    part = parts["part"] or ""
    year = parts["year"] or ""
    return Phrase(
        year=int(year) if year.isdecimal() else chinese_digits(year),
        month=_small(parts["month"]),
        day=_small(parts["day"]),
        last_month=last_month,
        months=_months(parts),
        limit=bool(
            parts["before"]
            or parts["done"]
            or part in ("底", "末")
            or last_month
            or parts["head"] in _HEADS_OF_LIMIT
        ),
        before=(parts["before"] or "").endswith("前"),
        part=part,
    )


def read_phrase(body: str) -> Phrase | None:
    """整段文字恰好是一个日期写法时的读法（文字已整理过）。"""
    if len(body) > _LONGEST:
        return None
    found = _WORDED.fullmatch(body)
    if found and (found["year"] or found["month"] or _last_month(found.groupdict())):
        return _phrase(found) if found["whole"] not in ("底", "末", "内") or found["year"] else None
    found = _DASHED.fullmatch(body)
    if found and (found["day"] or 1 <= int(found["month"]) <= _DECEMBER):
        return _phrase(found) if found["day"] or found["sep"] != "." else None
    # 起止两个日期，取止的一个：2024年1月至12月
    found = _SPAN.fullmatch(body)
    last = read_phrase(found["last"]) if found else None
    if found is None or last is None:
        return None
    year = last.year or (int(found["first"][:4]) if "年" in found["first"] else None)
    return last._replace(year=year, limit=True)
