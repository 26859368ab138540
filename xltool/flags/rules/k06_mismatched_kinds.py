"""K06 值类型不一致。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.days import time_as_number
from xltool.facts.left_out import says_absent, takes_absence
from xltool.facts.unfinished import claims_finished, says_unfinished
from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about
from xltool.scheme.labels import label_of, words_of
from xltool.values import Kind, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_NUMBER, _DAY, _TRUTH, _TEXT, _SEVERAL = "数", "日期", "是否", "文字", "多个数"
_FAMILIES = {
    **dict.fromkeys(
        (Kind.NUM, Kind.PP, Kind.GROWTH, Kind.RANGE, Kind.DUR, Kind.FRAC, Kind.NAMEVAL), _NUMBER
    ),
    Kind.DATE: _DAY,
    **dict.fromkeys((Kind.BOOL, Kind.BOOLSPEC), _TRUTH),
    **dict.fromkeys((Kind.STATE, Kind.QUAL, Kind.TIER), _TEXT),
    **dict.fromkeys((Kind.GRADE, Kind.RANK, Kind.RELATIVE), _TEXT),
    Kind.MULTI: _SEVERAL,
}
# 预期是名次、“不超过上年”的，实现值可以是数；不能用数衡量的，可以填达成档次
_OPEN_TO_NUMBERS = frozenset({Kind.RANK, Kind.RELATIVE})
_OPEN_TO_TIERS = frozenset({_TRUTH, _TEXT})
# 405/411、405-411：一格里两个数，与一个数比不了
_ONE = frozenset({Kind.NUM, Kind.PP, Kind.DUR, Kind.NAMEVAL})
_TWO = frozenset({Kind.RANGE, Kind.FRAC})


@rule(
    "K06",
    severity=Severity.ERROR,
    remedy="{indicators.actual}按{indicators.expected}的类型填：预期是数填一个数，是日期填日期，是“是”填“是”或“否”；没有做完的写“未完成”，不选达成；事实写到“{indicators.note}”。",
    source="重建：预算管理一体化系统的值类型校验；填报说明要求填“是”的另栏举例",
    needs=("indicators.expected", "indicators.actual"),
    fires="预期值“是”，实现值写了一段话",
    silent="预期值“是”，实现值“是”；预期值“有效促进”，实现值写事实",
)
def mismatched_kinds(case: Case) -> Iterator[Judgement]:
    """实现值与预期值不是同一类型。

    预期是数而实现值是文字（或相反），既不能相除，也不能比较，无法计分。
    """
    words = words_of(case.facts.scheme)
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    counted = takes_absence(case.facts.scheme)
    for row in rows:
        if counted and row.expected.number is not None and says_absent(case.facts.scheme, row):
            continue  # 定量的写明不适用，归 K22
        if says_unfinished(case.facts.scheme, row):
            if claims_finished(case.facts.scheme, row):
                said = f"{words.actual}“{quote(row.actual.raw)}”说的是没有做完"
                text = f"{said}，达成情况却选了“{row.tier}”"
                yield Hit(row.record.key("actual"), about(row, text))
            continue
        if column := time_as_number(case.facts.scheme, row):
            yield _timed(case.facts.scheme, row, column)
            continue
        expected, actual = _FAMILIES.get(row.expected.kind), _family(row)
        if expected and actual and not _compatible(row):
            wanted, found = quote(row.expected.raw), quote(row.actual.raw)
            ours = f"{words.actual}“{found}”属于{actual}"
            text = f"{words.expected}“{wanted}”属于{expected}，{ours}，类型不同"
            yield Hit(row.record.key("actual"), about(row, text))


def _timed(scheme: Scheme, row: Target, column: str) -> Hit:
    """2024.10 存成了2024.1，比2024.3小。"""
    said = f"{label_of(scheme, f'indicators.{column}')}“{quote(row.record.entry(column).raw)}”"
    text = f"{said}像是时间，却写成了一个数，当作数比了大小，应写成“{scheme.year}年12月”的样子"
    return Hit(row.record.key(column), about(row, text))


def _family(row: Target) -> str | None:
    """实现值是哪一类；预期是一个数的，两个数是多个数。"""
    two = row.expected.kind in _ONE and row.actual.kind in _TWO
    return _SEVERAL if two else _FAMILIES.get(row.actual.kind)


def _compatible(row: Target) -> bool:
    expected, actual = _FAMILIES[row.expected.kind], _family(row)
    if expected == actual:
        return True
    if row.expected.kind in _OPEN_TO_NUMBERS:
        return actual == _NUMBER
    if expected == _TEXT and actual == _SEVERAL:
        return True  # 写的是有几个数的事实
    return row.actual.kind is Kind.TIER and expected in _OPEN_TO_TIERS
