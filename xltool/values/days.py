"""普通栏目的日期：文字写的完整年月日，以及表格里的日期序号。"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, ROUND_HALF_UP
from typing import TYPE_CHECKING, Final

from xltool.messages import values as say
from xltool.values.dates import Phrase, read_phrase
from xltool.values.excerpt import quote
from xltool.values.kinds import Kind
from xltool.values.measure import parse_measure
from xltool.values.reading import Reading, failed, unfilled
from xltool.values.text import narrow, tidy

if TYPE_CHECKING:
    from decimal import Decimal

_EIGHT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
# 年月日之间写了别的符号：2025—4—18、2025、4、18、2025 4 18
_PARTED = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})[ –—―~～、_\\]([0-9]{1,2})[ –—―~～、_\\]([0-9]{1,2})(?![0-9])"
)
_DAY_MISSING = re.compile(r"[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}$")
_SERIAL = re.compile(r"[3-5][0-9]{4}(?:\.[0-9]+)?")
_TIME = re.compile(r"(?<=[0-9日号])[ T]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?Z?\s*$")
_ISO = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?(?P<utc>Z)?)?"
)
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
_BEIJING: Final = timedelta(hours=8)
_HOUR, _SECONDS = 60, 86400
_LAST_SERIAL: Final = 2958465  # 9999-12-31
_LAST_SERIAL_1904: Final = 2957003
LIKELY_SERIALS: Final = (20_000, 80_000)  # 1954 至 2119 年的日期序号
_LEAP_BUG: Final = 60  # 表格软件以为 1900 年 2 月有 29 日


def _whole(text: str, phrase: Phrase, year: int | None, *, month: bool) -> Reading[date]:
    if month and phrase.only_month:  # 与电子表格自己的读法相同
        phrase = phrase._replace(day=1)
    assumed = phrase.year is None and year is not None
    if assumed:
        phrase = phrase._replace(year=year)
    if phrase.limit or phrase.part:
        return failed(text, say.DEADLINE)
    if not phrase.complete:
        return failed(text, say.PARTIAL_DATE)
    day = phrase.last_day()
    if day is None:
        return failed(text, say.NO_SUCH_DATE)
    return Reading(day, (say.YEAR_ASSUMED.format(year=year),) if assumed else (), raw=text)


def read_date(text: str, *, year: int | None = None, month: bool = False) -> Reading[date]:
    """读一个完整的日期；只有月日时用 `year`，给了才算完整；`month` 的只写年月也行，是1日。"""
    measure = parse_measure(text)
    empty: Reading[date] | None = unfilled(text, measure)
    if empty is not None:
        return empty
    if measure.kind is Kind.ERR:
        return failed(text, say.ERROR_VALUE, expected="完整的年月日")
    narrowed = narrow(text)
    timeless = _TIME.sub("", narrowed)
    written = text if timeless == narrowed else timeless
    tidied = tidy(_DAY_MISSING.sub(r"\g<0>日", _PARTED.sub(r"\1-\2-\3", written)))
    notices = tidied.notices + (() if timeless == narrowed else (say.TIME_DROPPED,))
    if tidied.note:
        notices += (say.NOTE_DROPPED.format(note=quote(tidied.note)),)
    eight = _EIGHT.fullmatch(tidied.body)
    phrase = (
        Phrase(int(eight[1]), int(eight[2]), int(eight[3])) if eight else read_phrase(tidied.body)
    )
    if phrase is None:
        return failed(text, say.SERIAL_TEXT if _SERIAL.fullmatch(tidied.body) else say.NOT_DATE)
    reading = _whole(text, phrase, year, month=month)
    return replace(reading, notices=notices + reading.notices) if reading.value else reading


def serial_date(serial: Decimal, *, date_1904: bool) -> date | None:
    """日期序号对应的日子，时刻略去；不在表格软件的日期范围内则为空。"""
    if not serial.is_finite() or not 0 <= serial <= _LAST_SERIAL + 1:
        return None
    days = int(serial.to_integral_value(ROUND_FLOOR))
    if date_1904:
        return date(1904, 1, 1) + timedelta(days) if days <= _LAST_SERIAL_1904 else None
    if days in (0, _LEAP_BUG) or days > _LAST_SERIAL:
        return None
    return date(1899, 12, 31 if days < _LEAP_BUG else 30) + timedelta(days)


def iso_day(text: str) -> date | None:
    """文件里写成文字的日期（2025-04-11、2025-04-11T00:00:00Z）是哪一天；带 Z 的换成北京时间。"""
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    try:
        moment = datetime.fromisoformat(found["day"])
        if found["utc"]:
            clock = timedelta(hours=int(found["hour"]), minutes=int(found["minute"]))
            moment += clock + _BEIJING
    except (ValueError, OverflowError):  # 没有这一天，或到了一万年
        return None
    return moment.date()


def day_serial(day: date, *, date_1904: bool) -> int:
    """某一天的日期序号。"""
    return (day - (_FIRST_DAY_1904 if date_1904 else _FIRST_DAY)).days


def clock(serial: Decimal) -> str:
    """存成时刻的数照填的样子写：0.0548611 → 1:19，1.5 → 36:00，带秒的 1:19:30。"""
    seconds = int((serial * _SECONDS).to_integral_value(ROUND_HALF_UP))
    hours, minutes = divmod(seconds // _HOUR, _HOUR)
    shown = f"{hours}:{minutes:02d}"
    return f"{shown}:{seconds % _HOUR:02d}" if seconds % _HOUR else shown
