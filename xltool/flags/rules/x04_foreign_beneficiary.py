"""X04 满意度的对象别处没有提到。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.target import target_rows
from xltool.finding import Severity
from xltool.flags.rows import falls_under
from xltool.flags.rule import Hit, rule
from xltool.flags.wording import about, lacks, lacks_sheet
from xltool.scheme.categories import SATISFACTION, SHEET
from xltool.scheme.contract.word_lists import BENEFICIARIES
from xltool.scheme.key import DEPARTMENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement
    from xltool.scheme.model import Scheme

_LEFT_OUT = frozenset({"note", "evidence", "tier", "unit", "level1", "level2"})


@rule(
    "X04",
    severity=Severity.NOTICE,
    remedy="核对满意度的对象；照抄了别的单位的表的，改成自己的服务对象，并核对其他各处。",
    source="重建：评价机构复核发现从别的单位的模板照抄，满意度对象写着“受益老年人”",
    needs=("cover.department", "indicators.level2", "indicators.title"),
    fires="工业项目的满意度写“受益老年人满意度”，别处没有一处提到老年人、养老",
    silent="养老服务项目写“受益老年人满意度”",
)
def foreign_beneficiary(case: Case) -> Iterator[Judgement]:
    """满意度的对象在别处没有提到。

    对象与部门、项目、目标和其他指标都对不上，多半是从别的单位的表照抄的，调查也就没有做过。
    """
    facts, scheme = case.facts, case.facts.scheme
    if not facts.text(DEPARTMENT):
        yield lacks(facts, DEPARTMENT)
    rows = target_rows(facts)
    if not rows:
        yield lacks_sheet(facts, SHEET)
    if not (rows and facts.text(DEPARTMENT)):
        return
    for row in rows:
        for words in _objects(scheme, row):
            others = _elsewhere(facts, row)
            if not any(word in text for word in words for text in others):
                named = next(word for word in words if word in row.title)
                text = f"对象“{named}”在本表别处没有提到，核对是不是照抄了别的单位的"
                yield Hit(row.record.key("title"), about(row, text))


def _objects(scheme: Scheme, row: Target) -> Iterator[tuple[str, ...]]:
    """名称里写的服务对象，连同相关的字眼。"""
    if falls_under(scheme, row, SATISFACTION):
        for option in scheme.listed(BENEFICIARIES):
            words = (option.value, *option.aliases)
            if any(word in row.title for word in words):
                yield words


def _elsewhere(facts: Facts, row: Target) -> tuple[str, ...]:
    """这个指标以外写的话：封面、目标、其他指标、任务、资金。"""
    return tuple(
        entry.raw
        for key, entry in facts.submission.entries.items()
        if (key.sheet, key.row) != (SHEET, row.record.row) and key.column not in _LEFT_OUT
    )
