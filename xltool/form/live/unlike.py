"""自查：预期值与实现值不是同一类：一边是一句话，一边是数、“是”；一边是日期，一边是数、一句话。

只认一定读不成别的：话里没有数字、年月日和比上年的字，日期由某年起头；程序认得的更多。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.days import DAY_UNIT
from xltool.facts.saying import is_listed, listed
from xltool.facts.target import indicator_row
from xltool.finding import Severity
from xltool.form.live.check import LiveCheck
from xltool.form.live.claims import single
from xltool.form.live.wording import ANSWERS, DIGITS, has_word, names, one_of
from xltool.scheme.contract.word_lists import UNFINISHED
from xltool.scheme.labels import ACTUAL, EXPECTED, label_of
from xltool.values import LIKELY_SERIALS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

# 有其中一个的，可能读成数、日期、名次、是否、“不超过上年”，或等于没有填
_DOUBTFUL = (*DIGITS, *"零一二两三四五六七八九十百年平首列增（(ne/□", "预算")
_FIRST = tuple("不无未空暂没略×—－-/*＊_…")
_SHORTEST = 4
_ENDS = tuple("日月底前")
_DONE = tuple(
    f"{already}{how}完成" for already in ("", "已") for how in ("", "按期", "按时", "如期", "全部")
)


def unlike_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行；其中项不看。"""
    if not {"title", "expected", "actual", "unit", "factor"} <= {
        field.key for field in sheet.fields
    }:
        return
    names_of = label_of(scheme, ACTUAL), label_of(scheme, EXPECTED)
    says = "{}与{}不是同一类：是数的填数，是日期的填日期，没有做完写“未完成”".format(*names_of)
    yield single(scheme, LiveCheck(("K06",), Severity.ERROR, says, _unlike, _is_unlike))


def unfinished_checks(scheme: Scheme, sheet: Sheet) -> Iterator[LiveCheck]:
    """绩效指标的一行：填日期的写着没有做完，却选了达成。"""
    if not {"title", "expected", "actual", "factor", "tier"} <= {one.key for one in sheet.fields}:
        return
    tier = sheet.column("tier").label
    says = f"{label_of(scheme, ACTUAL)}写着没有做完，{tier}不能选达成"
    yield single(scheme, LiveCheck(("K06",), Severity.ERROR, says, _claimed, _is_claimed))


def _claimed(line: Line) -> str:
    chosen = f"{line.at('tier')}={line.refs.option('tier', 'achieved')}"
    expected, (first, last) = line.at("expected"), LIKELY_SERIALS
    unit = f"{line.at('unit')}={line.refs.option(*DAY_UNIT)}"
    stored = f"AND({unit},{expected}>={first},{expected}<={last})"
    dated = f"IF(ISNUMBER({expected}),{stored},{_dated(line, expected)})"
    return f"IF({chosen},AND({dated},{_unfinished(line)}),FALSE)"


def _is_claimed(judged: Judged) -> bool:
    scheme, actual = judged.facts.scheme, judged.raw("actual")
    row = indicator_row(judged.facts, judged.row).record
    number = row.measure("expected").number
    chosen = judged.raw("tier") == scheme.word("tier", "achieved")
    said = names(actual, scheme.words(UNFINISHED)) and not _is_dated(scheme, actual)
    if not chosen or not said:
        return False
    if number is None:
        return _is_dated(scheme, row.entry("expected").raw)
    return judged.facts.option(row.text("unit"), *DAY_UNIT) and not _is_no_day(number)


def _unfinished(line: Line) -> str:
    """写着没有做完，不是日期。"""
    actual = line.at("actual")
    said = has_word(actual, line.scheme.words(UNFINISHED))
    return f"AND({said},NOT({_dated(line, actual)}))"


def _worded(cell: str) -> str:
    """一定是一句话。"""
    first = f'ISNUMBER(FIND(LEFT({cell},1),"{"".join(_FIRST)}"))'
    read = has_word(cell, _DOUBTFUL)
    return f"IF(LEN({cell})>={_SHORTEST},NOT(OR({first},{read})),FALSE)"


def _is_worded(text: str) -> bool:
    return len(text) >= _SHORTEST and not text.startswith(_FIRST) and not names(text, _DOUBTFUL)


def _dated(line: Line, cell: str) -> str:
    """2024年10月31日前 一类。"""
    year = one_of(f"LEFT({cell},5)", _years(line.scheme))
    return f"AND({year},{one_of(f'RIGHT({cell},1)', _ENDS)})"


def _is_dated(scheme: Scheme, text: str) -> bool:
    return text.startswith(_years(scheme)) and text.endswith(_ENDS)


def _years(scheme: Scheme) -> tuple[str, ...]:
    return tuple(f"{year}年" for year in range(scheme.year - 1, scheme.year + 3))


def _unlike(line: Line) -> str:
    expected, actual = line.at("expected"), line.at("actual")
    first, last = LIKELY_SERIALS  # 在这之间的，格式可能是日期
    number = f"OR(N({actual})<{first},N({actual})>{last})"
    answer, done = (listed(actual, words) for words in (ANSWERS, _DONE))
    other = f"AND({_worded(actual)},NOT({has_word(actual, line.scheme.words(UNFINISHED))}))"
    to_day = f"IF(ISNUMBER({actual}),{number},OR({answer},{done},{other}))"
    to_words = f"OR(ISNUMBER({actual}),{answer},{_dated(line, actual)})"
    either = f"IF({_dated(line, expected)},{to_day},IF({to_words},{_worded(expected)},FALSE))"
    unit = f"{line.at('unit')}={line.refs.option('unit', 'date')}"
    no_day = f"AND({unit},{_dated(line, actual)},OR({expected}<{first},{expected}>{last}))"
    found = f"IF(ISNUMBER({expected}),{no_day},{either})"
    return f'IF(OR({expected}="",{actual}=""),FALSE,{found})'


def _is_unlike(judged: Judged) -> bool:
    scheme, row = judged.facts.scheme, indicator_row(judged.facts, judged.row).record
    expected, actual = row.measure("expected"), row.measure("actual")
    if not expected.raw or not actual.raw:
        return False
    if expected.number is not None:  # 单位不是日期的，实现值不是数另有一条
        unit = judged.facts.option(row.text("unit"), "unit", "date")
        return unit and _is_no_day(expected.number) and _is_dated(scheme, actual.raw)
    if _is_dated(scheme, expected.raw):
        if actual.number is not None:
            return _is_no_day(actual.number)
        if is_listed(actual.raw, ANSWERS) or is_listed(actual.raw, _DONE):
            return True
        return _is_worded(actual.raw) and not names(actual.raw, scheme.words(UNFINISHED))
    asked = actual.number is not None or actual.raw in ANSWERS or _is_dated(scheme, actual.raw)
    return asked and _is_worded(expected.raw)


def _is_no_day(number: Decimal) -> bool:
    first, last = LIKELY_SERIALS
    return not first <= number <= last
