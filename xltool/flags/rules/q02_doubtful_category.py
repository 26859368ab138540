"""Q02 分类疑似不当。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.direction import named_word
from xltool.finding import Severity
from xltool.flags.rows import falls_under, own_unit, split_rows
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about
from xltool.scheme.categories import QUALITY, QUANTITY, SATISFACTION, SUSTAINABLE
from xltool.scheme.contract.judging_words import NOT_QUANTITY, TIMELY
from xltool.scheme.contract.word_lists import UNWANTED
from xltool.scheme.labels import words_of
from xltool.values import Kind, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_PERCENT = "%"


@rule(
    "Q02",
    severity=Severity.WARNING,
    also=(Severity.NOTICE,),
    remedy="核对二级指标：计数的归数量，及时的归时效，金额的归成本或经济效益，满意度用百分比。",
    source="报告：2023年度重点绩效评价指出“指标分类不合理”；重建：评价机构复核口径“三级与二级指标定义不匹配”",
    needs=("indicators.level2", "indicators.title", "indicators.expected"),
    fires="质量指标用“家次”计数为警告；可持续影响指标用“个”计数为提示",
    silent="质量指标“验收合格率≥95%”；数量指标“扶持企业数量≥33家”",
)
def doubtful_category(case: Case) -> Iterator[Judgement]:
    """二级指标的分类疑似不当。

    归错了类，产出和效益各方面就不能反映真实情况，复核时与定义不匹配的指标不得分。
    """
    scheme = case.facts.scheme
    rows, unjudged = split_rows(case, "level2", "title", "expected")
    yield from unjudged
    for row in rows:
        for text, severity in _doubts(scheme, row):
            yield Hit(row.record.key("level2"), about(row, text), severity)


def _doubts(scheme: Scheme, row: Target) -> Iterator[tuple[str, Severity]]:
    # 预期值是一段话的，实现值里的单位说明不了归类
    unit = row.unit if row.expected.kind is Kind.QUAL else own_unit(row)
    name = unit.name if unit else ""
    counted = unit is not None and unit.is_count
    percent = unit is not None and unit.base == _PERCENT
    if falls_under(scheme, row, QUALITY):
        # “系统中断次数 0次”数的是没有做好的，正是质量
        if counted and not named_word(scheme, UNWANTED, row.title):
            yield f"质量指标用“{name}”计数，应归数量指标", Severity.WARNING
        if named_word(scheme, TIMELY, row.title):
            yield "质量指标的名称说的是时间，应归时效指标", Severity.NOTICE
    if falls_under(scheme, row, QUANTITY):
        if unit is not None and (unit.money or percent):
            yield f"数量指标的单位是“{name}”，不是数量", Severity.WARNING
        elif named_word(scheme, NOT_QUANTITY, row.title):
            paid = "或".join(scheme.words(NOT_QUANTITY))
            yield f"数量指标的名称说的是{paid}，应归时效或成本指标", Severity.WARNING
    if falls_under(scheme, row, SUSTAINABLE) and counted:
        yield f"可持续影响指标用“{name}”计数，更像数量指标", Severity.NOTICE
    if falls_under(scheme, row, SATISFACTION) and not percent:
        wanted = f"{words_of(scheme).expected}“{quote(row.expected.raw)}”"
        yield f"满意度的{wanted}不是百分比", Severity.WARNING
