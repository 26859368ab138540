"""自评报告的各项分析：一个二级指标一段，写出各三级指标的自评得分、所依据的数和材料、扣分的原因。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.narrative.gaps import gap
from xltool.papers.printing import label_of, one_value
from xltool.scheme.key import CellKey
from xltool.scheme.model import FieldKind, SheetKind
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.assessment.report import Report
    from xltool.facts.view import Facts
    from xltool.scheme.model import Level
    from xltool.scoring.scored import Scored

_CHOICES: Final = (FieldKind.CHOICE, FieldKind.SUGGESTION, FieldKind.TEXT)
_BESIDE: Final = {"evidence": "佐证材料", "note": "说明"}


def level_items(facts: Facts, report: Report, level: Level) -> Iterator[dict[str, str]]:
    """一个一级指标之下，各二级指标一段：标题和内容。"""
    lines = {line.code: line for line in report.scores}
    for own in facts.scheme.levels:
        if own.parent == level.title:
            codes = (one.code for one in facts.scheme.indicators if one.level2 == own.title)
            said = [_indicator(facts, lines[code]) for code in codes if code in lines]
            yield {"标题": own.title, "内容": "".join(said)}


def _indicator(facts: Facts, line: Scored) -> str:
    """一个三级指标一句；没有填的各项合成一处，请人补充。"""
    indicator, row = facts.scheme.indicator(line.code), facts.scheme.score_sheet.key
    missing = ["自评得分"] if line.self_score is None else []
    own = "" if line.self_score is None else f"自评{plain(line.self_score)}分"
    said = [f"{indicator.title}（{plain(line.points)}分）{own}", *_facts(facts, line, missing)]
    reason = facts.entry(CellKey(row, line.code, "reason")).raw.strip().rstrip("。")
    if reason:
        said.append(f"扣分原因和说明：{reason}")
    elif line.self_score is not None and line.self_score < line.points:
        missing.append("扣分原因")
    if evidence := facts.entry(CellKey(row, line.code, "evidence")).raw.strip().rstrip("。"):
        said.append(f"佐证材料：{evidence}")
    said += [gap("、".join(missing))] if missing else []
    return f"{'；'.join(said)}。"


def _facts(facts: Facts, line: Scored, missing: list[str]) -> Iterator[str]:
    """所依据的各项，照填的写，没有填的记在 `missing`；绩效指标、专项资金另有表，不在这里重复。"""
    for key in line.used:
        if facts.scheme.sheet(key.sheet).kind is not SheetKind.FIELDS:
            continue
        field, row = facts.scheme.field(key), CellKey(key.sheet, key.row)
        label = label_of(field)
        value = one_value(facts, field, row)
        if value == gap(label):
            missing.append(label)
            continue
        joint = "：" if field.kind in _CHOICES else ""
        beside = (
            (word, facts.entry(CellKey(key.sheet, key.row, name)).raw.strip().rstrip("。"))
            for name, word in _BESIDE.items()
        )
        more = "，".join(f"{word}：{text}" for word, text in beside if text)
        yield f"{label}{joint}{value}{field.unit}{f'（{more}）' if more else ''}"
