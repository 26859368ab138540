"""K23 选的达成情况与数、日期相反。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import unsettled
from xltool.facts.tiers import tier_key
from xltool.facts.unfinished import says_unfinished
from xltool.finding import Severity
from xltool.flags.rows import split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.rules.k01_unmet_target import overclaimed, shortfall_of
from xltool.flags.wording import about, lacks_direction, target_of
from xltool.scheme.labels import words_of
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "K23",
    severity=Severity.NOTICE,
    also=(Severity.WARNING,),
    remedy="核对{indicators.actual}和“达成情况”，哪一个填错了改哪一个；用数衡量的可以不选，晚于期限的改选部分达成或未达成，写明原因。",
    source="假设：数和所选的档自相矛盾，至少一处不对；用数衡量的照数计分，选的档不起作用；日期、是否照选的档计分",
    needs=("indicators.expected", "indicators.actual", "indicators.tier"),
    fires="预期值≥95%，实现值60%，达成情况选“达成年度指标”；实现值98%的，选“未达成年度指标且效果较差”；预期值2024年11月30日前，实现值2024年12月5日，选“达成年度指标”",
    silent="预期值≥95%，实现值60%，达成情况空着，或选“部分达成年度指标并具有一定效果”",
)
def tier_against_number(case: Case) -> Iterator[Judgement]:
    """选的达成情况与数、日期相反。

    数没有达到却选了达成，或达到了却选了没有达成；得分照数计，多半是实现值填错了，或档是照抄的。
    日期晚于期限、应“是”而“否”，却选了达成的，得分照档计，是警告；写了原因也还是不相符。
    """
    scheme, words = case.facts.scheme, words_of(case.facts.scheme)
    rows, unjudged = split_rows(case, "expected", "actual")
    yield from unjudged
    for row in rows:
        tier = tier_key(scheme, row)
        if not tier:
            continue
        if row.target is None or row.result is None:
            if overclaimed(scheme, row) and not says_unfinished(scheme, row):  # 没有做完的归 K06
                text = f"{shortfall_of(scheme, row)}，达成情况却选了“{row.tier}”"
                yield Hit(row.record.key("tier"), about(row, text), Severity.WARNING)
            continue
        if unsettled(scheme, row):
            yield lacks_direction(case.facts, row)
            continue
        short = bool(shortfall_of(scheme, row))
        if short == (tier == "achieved"):
            how = "没有达到" if short else "达到了"
            found = f"{words.actual}“{quote(row.actual.raw)}”{how}{words.expected}{target_of(row)}"
            yield Hit(row.record.key("tier"), about(row, f"{found}，达成情况却选了“{row.tier}”"))
