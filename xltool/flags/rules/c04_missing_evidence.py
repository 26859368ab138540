"""C04 佐证材料缺失。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.target import target_records
from xltool.finding import Severity
from xltool.flags.explaining import EVIDENCE, said
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import lacks_sheet, listing
from xltool.scheme.categories import SHEET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.flags.rule import Case, Judgement


@rule(
    "C04",
    severity=Severity.WARNING,
    remedy="在“佐证材料”栏写明材料名称和文号或所在文件夹；满意度写明调查样本和时间；只写“无”“详见附件”的不算。",
    source="重建：评价机构复核口径“无佐证资料不得分、满意度无资料不得分”；一体化系统有“佐证资料要求”一栏",
    needs=("indicators.evidence",),
    fires="满意度写≥85%，没有列调查问卷；几个指标没有写也只报一处",
    silent="每个指标都写了佐证材料的名称",
)
def missing_evidence(case: Case) -> Iterator[Judgement]:
    """没有佐证材料。

    没有材料的完成值无法核实，复核时按不得分处理。
    """
    facts = case.facts
    records = target_records(facts)
    without = [record for record in records if not said(facts, record, EVIDENCE)]
    listed = any(said(facts, record, EVIDENCE) for record in facts.form_rows)
    form = facts.scheme.score_sheet
    asked = facts.scheme.has(f"{form.key}.{EVIDENCE}")
    if len(without) == len(records) and not listed and (asked or records):
        places = f"{form.name}和绩效指标都" if asked else "绩效指标一行也"
        yield Hit(None, f"{places}没有写佐证材料", sheet=form.key if asked else SHEET)
        return
    if not records:
        yield lacks_sheet(facts, SHEET)
    if without:  # 写了一些的，不比一处也没有写的多报
        rows = listing([record.row for record in without])
        text = f"{len(records)}个指标里{len(without)}个没有写佐证材料：序号{rows}"
        yield Hit(without[0].key(EVIDENCE), text)
