"""S08 一个指标的分值过重。"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from xltool.facts.computed import percent
from xltool.facts.target import target_rows
from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks, lacks_sheet, points
from xltool.scheme.categories import SHEET
from xltool.scheme.key import FULL_MARKS
from xltool.scheme.thresholds import Threshold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement

SHARE = Threshold(
    "S08.share",
    "一个指标的分值最多占满分的几成",
    Decimal("0.4"),
    "%",
    "假设：财预〔2020〕10号产出50分、效益30分，一类里只设一个指标的才会超过；公开的自评表里有一个指标占90分的",
)


@rule(
    "S08",
    severity=Severity.NOTICE,
    remedy="核对{indicators.points}；一个指标管住大半分数的，下年度拆成几个指标，分开定分值。",
    source="重建：公开的项目支出自评表里有一个指标占90分的；评价机构复核口径“指标设置不完整”",
    thresholds=(SHARE,),
    parameters=(FULL_MARKS,),
    needs=("indicators.points",),
    fires="只设一个数量指标，分值50分，占满分的50%",
    silent="五个产出指标各10分",
)
def dominant_weight(case: Case) -> Iterator[Judgement]:
    """一个指标的分值占得过重。

    大半的分数押在一个指标上，别的做得怎样都不影响得分，自评就只评了一件事。
    """
    facts, scheme = case.facts, case.facts.scheme
    rows, full, limit = target_rows(facts), scheme.full_marks, SHARE.of(scheme)
    if not rows:
        yield lacks_sheet(facts, SHEET)
    for row in rows:
        key = row.record.key("points")
        if row.points is None:
            yield lacks(facts, key)
            continue
        share = scheme.precise(row.points / full)
        if share > limit:
            text = f"分值{points(row.points)}，占满分的{percent(share)}，超过{percent(limit)}"
            yield Hit(key, about(row, text))
