"""X02 声明的个数与列表不符。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.phrases import has_any, ways
from xltool.finding import Severity
from xltool.flags.claims import claims_of, lacks_claims
from xltool.flags.rule import Hit, Unjudged, rule
from xltool.flags.wording import given, lacks, lacks_sheet, name_of
from xltool.scheme.categories import LEVEL1, LEVEL2, level2_lists
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.contract.judging_words import COUNTED_LISTS
from xltool.scheme.key import CellKey
from xltool.values import plain, quote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from xltool.facts.records import Record
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_LISTS = ("tasks", INDICATORS, "funds")


@rule(
    "X02",
    severity=Severity.NOTICE,
    remedy="核对报告写的个数和所列的各项，漏列的补上，写错的改正。",
    source="报告：写重点工作任务5个，而所列的是六项",
    needs=("claims.kind", "claims.topic", "claims.figure", "options.claim_kind.count"),
    fires="报告写重点工作任务5个，重点任务表里有6项",
    silent="报告写产出指标12个，绩效目标完成情况表里正是12个产出指标",
)
def wrong_list_count(case: Case) -> Iterator[Judgement]:
    """报告写的个数与所列的项数不符。

    说有几项，就应当列出几项；对不上，不是漏列就是沿用了旧稿。
    """
    facts, scheme = case.facts, case.facts.scheme
    known = {sheet.key for sheet in scheme.sheets}
    records = claims_of(facts, "count")
    if not records:
        yield lacks_claims(facts, "count")
    for record in records:
        key, stated = record.key("figure"), record.measure("figure")
        if not given(record.entry("figure")):
            yield lacks(facts, key)
            continue
        if stated.number is None or stated.operator is not None:
            yield Unjudged(f"{name_of(scheme, key)}（“{quote(stated.raw)}”不是确定的个数）")
            continue
        topic = record.text("topic")
        sheets = [sheet for sheet in _LISTS if _counts(scheme, sheet, topic)]
        if len(sheets) != 1 or sheets[0] not in known:  # 说到几张表，或方案里没有
            name = name_of(scheme, record.key("topic"))
            listed = [scheme.word(COUNTED_LISTS, sheet) for sheet in _LISTS if sheet in known]
            *others, last = listed or ["哪张表"]
            either = f"{'、'.join(others)}还是{last}" if others else last
            yield Unjudged(f"{name}（看不出数的是{either}）")
        elif not facts.records(sheets[0]):
            yield lacks_sheet(facts, sheets[0])
        else:
            yield from _compared(case, record, stated.number, sheets[0])


def _counts(scheme: Scheme, sheet: str, topic: str) -> bool:
    """事项说的是不是这张表的个数。"""
    words, others = (ways(scheme, COUNTED_LISTS, f"{no}{sheet}") for no in ("", "not_"))
    return has_any(words, topic, others)


def _compared(case: Case, record: Record, stated: Decimal, sheet: str) -> Iterator[Judgement]:
    facts, topic = case.facts, record.text("topic")
    column, value = _class_of(facts.scheme, topic) if sheet == INDICATORS else ("", "")
    rows = facts.records(sheet)
    if column:
        yield from (lacks(facts, row.key(column)) for row in rows if not row.text(column))
        rows = tuple(row for row in rows if row.text(column) == value)
    if stated != len(rows):
        listed = f"{facts.scheme.sheet(sheet).name}表里{value}有{len(rows)}项"
        yield Hit(record.key("figure"), f"“{quote(topic)}”写{plain(stated)}个，{listed}")


def _class_of(scheme: Scheme, topic: str) -> tuple[str, str]:
    """只数某一级、某一类指标的：看哪一栏、是哪个字；数全部指标的为空。"""
    # 先看二级再看一级：“经济效益指标”里也有“效益”两个字
    level1 = ""
    if scheme.has(f"{INDICATORS}.{LEVEL1}"):
        level1 = scheme.field(CellKey(INDICATORS, LEVEL1)).options
    for column, lists in ((LEVEL2, level2_lists(scheme)), (LEVEL1, (level1,))):
        for options in filter(None, lists):
            for option in scheme.options[options].options:
                if option.value in topic:
                    return column, option.value
    return "", ""
