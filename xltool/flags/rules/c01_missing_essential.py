"""C01 必填缺失、占位或错误值。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.derived import derived_keys, derived_value
from xltool.facts.entry import EntryState
from xltool.facts.target import may_be_blank
from xltool.finding import Severity
from xltool.flags.rule import Hit, rule
from xltool.flags.spending import has_funds
from xltool.flags.wording import error_value, how_to_fill, placeholder
from xltool.scheme.categories import SHEET
from xltool.scheme.key import CellKey
from xltool.values import quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.entry import Entry
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement

_HAS_FUNDS = CellKey("cover", "has_funds")


@rule(
    "C01",
    severity=Severity.ERROR,
    remedy="补填这一格，不要留空、画线或留着样例；数没有发生的填0。",
    source="重建：预算管理一体化系统的必填校验；公开的绩效目标审核工具把未删的“*”“XXX”列为不合规",
    fires="实现值空着，或只写“XXX”“—”，或是“#DIV/0!”",
    silent="实现值写0：零是数，不是空白",
)
def missing_essential(case: Case) -> Iterator[Judgement]:
    """必填项空缺、占位或错误值。

    封面和绩效指标的必填项是计分和核对的起点，空着、留着样例或是错误值，其他结论都不可靠。
    [“{cover.has_funds}”填的与所用的表不合，整张表都要重填。]
    """
    facts = case.facts
    for key in _essential_keys(facts):
        fault = _fault(facts.entry(key))
        if fault and not may_be_blank(facts, key) and not _waits(facts, key):
            field = facts.scheme.field(key)
            how = f"请{how_to_fill(facts.scheme, field)}；不要留空、画线或留着样例。"
            yield Hit(key, f"{field.label}{fault}", remedy=how)
    if facts.scheme.has(SHEET) and not facts.records(SHEET):
        yield Hit(None, "一个绩效指标也没有填", sheet=SHEET, remedy="至少填一行绩效指标。")
    if facts.scheme.has("cover.has_funds"):
        answer = facts.text(_HAS_FUNDS)
        expected = facts.scheme.word("yes_no", "yes" if has_funds(facts) else "no")
        if answer and expected and answer != expected:
            message = f"是否有专项资金填“{answer}”，而所用的是“{facts.scheme.variant}”的表"
            how = f"换用对应的表填报；是选错了的，改选“{expected}”。"
            yield Hit(_HAS_FUNDS, message, remedy=how)


def _essential_keys(facts: Facts) -> Iterator[CellKey]:
    """方案所列的必填项，依表和栏的次序；绩效指标的逐行都要。"""
    for sheet in facts.scheme.sheets:
        wanted = [f.key for f in sheet.fields if (sheet.key, f.key) in facts.scheme.essential]
        if sheet.key == SHEET:
            records = facts.records(SHEET)
            yield from (record.key(column) for record in records for column in wanted)
        else:
            yield from (CellKey(sheet.key, row) for row in wanted)


def _waits(facts: Facts, key: CellKey) -> bool:
    """由别的格得出的，那些格还没有填齐：先补那些，公式自己会出结果。"""
    blank = facts.entry(key).state in (EntryState.BLANK, EntryState.NO_RESULT)
    return blank and key in derived_keys(facts.scheme) and derived_value(facts, key) is None


def _fault(entry: Entry) -> str:
    if entry.state is EntryState.BLANK:
        return "没有填"
    if error_value(entry):
        return f"是错误值“{quote(entry.raw)}”"
    if entry.state is EntryState.NO_RESULT:
        return "的公式没有算出结果"
    return f"只有占位符“{quote(entry.raw)}”" if placeholder(entry) else ""
