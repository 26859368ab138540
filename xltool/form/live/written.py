"""自查：写成文字的数（10次、≥95%、前后有空格的）：程序读得出，公式当作一句话，按所选的档计分。

括号以后的话不看：405（年中调整为411）程序读作405。中文写的数（九成、百分之九十五）、全角的数另看。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.saying import is_listed, listed
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import UNSEEN, LiveCheck
from xltool.form.live.values import NOT_NUMBER
from xltool.form.live.wording import DIGITS
from xltool.scheme.categories import SHEET
from xltool.scheme.labels import ACTUAL, EXPECTED, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_COMPARED = (
    *("大于等于", "小于等于", "不低于", "不少于", "不高于", "不超过", "大于", "小于", "达到"),
    *("至少", "以上", "以下", "以内", "左右", "约"),
)
# 去掉数字和这些，只剩单位的，是写成文字的数；长的在前；一个公式里套不下，另一半在 _SPELT
_OF_NUMBERS = (*_COMPARED, *"多余", *DIGITS[:10], *".,。≥≤><=＞＜＝ 　（）()", *UNSEEN)
_SPELT = ("百分之", "百分", *"零一二两三四五六七八九十百千点", *DIGITS[10:], "．")
UNITS = (
    *("", "%", "％", "个", "家", "次", "人", "项", "件", "天", "户", "所", "场", "份", "篇", "名"),
    *("辆", "套", "台", "条", "期", "批", "米", "亩", "吨", "分", "座", "处", "间", "册", "元"),
    *("千", "万", "亿", "万元", "亿元", "人次", "公里"),
)
_TENTHS = "成"
NOTED = f"{SHEET}.note"
WRITTEN = "写成了文字"
_LONGEST = 12
_OF_DAY = 2


def written_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行；符号、单位另有一栏的表才有；预期值是数的，实现值不是数另有一条。"""
    if not {"expected", "actual", "operator", "unit"} <= {field.key for field in sheet.fields}:
        return
    expected, actual, how = (
        label_of(scheme, EXPECTED),
        label_of(scheme, ACTUAL),
        one_number(scheme),
    )
    says = f"{expected}{WRITTEN}，请删去重新输入，{how}，符号另填一栏"
    yield LiveCheck(NOT_NUMBER, Severity.ERROR, says, _expected, _is_expected)
    says = f"{actual}{WRITTEN}，请重新输入，{how}；日期如2024-12-28"
    yield LiveCheck(NOT_NUMBER, Severity.ERROR, says, _actual, _is_actual)


def one_number(scheme: Scheme) -> str:
    """约405、405/411、405（年中调整为411）怎样填。"""
    noted = scheme.has(NOTED)
    return f"只填一个数，单位另写{f'，别的话写在“{label_of(scheme, NOTED)}”' if noted else ''}"


def _number(cell: str) -> str:
    text = f"CLEAN({_before_bracket(cell)})"
    rest, worded = text, text
    for mark in _OF_NUMBERS:
        rest = f'SUBSTITUTE({rest},"{mark}","")'
    for mark in _SPELT:
        worded = f'SUBSTITUTE({worded},"{mark}","")'
    return f"OR({listed(rest, UNITS)},{listed(worded, (*UNITS, _TENTHS))})"


def _is_number(raw: str) -> bool:
    text = "".join(char for char in _without_bracket(raw) if char >= " ")
    rest, worded = text, text
    for mark in _OF_NUMBERS:
        rest = rest.replace(mark, "")
    for mark in _SPELT:
        worded = worded.replace(mark, "")
    return is_listed(rest, UNITS) or is_listed(worded, (*UNITS, _TENTHS))


def _before_bracket(cell: str) -> str:
    """由括号起头的照旧；空着的也找得到，不出错误值。"""
    return f'LEFT({cell},FIND("(",SUBSTITUTE({cell},"（","(")&" (",2)-1)'


def _without_bracket(raw: str) -> str:
    """与 _before_bracket 同义。"""
    return raw[: f"{raw.replace('（', '(')} (".index("(", 1)]


def _short(cell: str) -> str:
    return f"ISTEXT({cell}),LEN({_before_bracket(cell)})<={_LONGEST}"


def _expected(line: Line) -> str:
    """预期值是写成文字的数；单位是日期的，20241231 是日期。"""
    cell, unit = line.at("expected"), line.at("unit")
    ready = f"AND({_short(cell)},{unit}<>{line.refs.option('unit', 'date')})"
    return f"IF({ready},{_number(cell)},FALSE)"


def is_written(judged: Judged) -> bool:
    """预期值、实现值有没有写成文字的：说了要重新输入，就不再要别的。"""
    return _is_expected(judged) or _is_actual(judged)


def _is_expected(judged: Judged) -> bool:
    """与 _expected 同义。"""
    row = indicator_row(judged.facts, judged.row).record
    dated = judged.facts.option(row.text("unit"), "unit", "date")
    return not dated and _is_text(judged, "expected") and _is_number(row.entry("expected").raw)


def _actual(line: Line) -> str:
    cell = line.at("actual")
    ready = f"AND({_short(cell)},ISTEXT({line.at('expected')}))"
    points = f'LEN({cell})-LEN(SUBSTITUTE({cell},".",""))'  # 两个点的是日期，2024.12.28
    return f"IF({ready},IF({points}<{_OF_DAY},{_number(cell)},FALSE),FALSE)"


def _is_actual(judged: Judged) -> bool:
    expected, actual = (judged.facts.entry(judged.key(one)) for one in ("expected", "actual"))
    worded = expected.raw != "" and _measured(judged, "expected") is None
    day = actual.raw.count(".") >= _OF_DAY
    return worded and not day and _is_text(judged, "actual") and _is_number(actual.raw)


def _is_text(judged: Judged, column: str) -> bool:
    raw = judged.raw(column)
    short = len(raw) > 0 and len(_without_bracket(raw)) <= _LONGEST
    return short and _measured(judged, column) is None


def _measured(judged: Judged, column: str) -> Decimal | None:
    return indicator_row(judged.facts, judged.row).record.measure(column).number
