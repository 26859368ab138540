"""R01 整改进展空白。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import said
from xltool.flags.rule import Hit, rule
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "R01",
    severity=Severity.ERROR,
    remedy="写明做了什么、到哪一步；还没有开始的写“未开始”和计划时间。",
    source="报告：整改情况表有“整改进展情况”一栏；重建：外省一体化系统整改措施必填",
    needs=("rectification.progress",),
    fires="列了问题、措施和时限，整改进展情况空着",
    silent="整改进展情况写“正在整改。已传达到责任科室……”",
)
def blank_progress(case: Case) -> Iterator[Judgement]:
    """整改进展情况空白。

    上年度指出的问题必须逐条交代整改到哪一步，空白就是没有交代。
    """
    for record in case.facts.records("rectification"):
        if not said(case.facts, record, "progress"):
            problem = quote(record.text("problem") or record.text("subject"))
            yield Hit(record.key("progress"), f"“{problem}”没有写整改进展情况")
