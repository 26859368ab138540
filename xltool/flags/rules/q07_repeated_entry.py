"""Q07 同一项重点任务或专项资金列了两次。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.finding import Severity
from xltool.flags.explaining import apart
from xltool.flags.rule import NAMED_ROWS, Hit, rule
from xltool.flags.wording import lacks_sheet
from xltool.scheme.key import CellKey
from xltool.scheme.naming import named_sheets
from xltool.values import fold, quote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.flags.rule import Case, Judgement

_TRIVIAL = str.maketrans("", "", '"、,。;:·')


@rule(
    "Q07",
    severity=Severity.WARNING,
    remedy="留一行，金额、完成情况并在一起[；{funds}分批下达的，名称里写明批次，或在“说明”里写明有什么不同，如“第二批另行下达”]。",
    source="重建：评价机构复核口径，重复设置的只计其一；专项资金逐项平均计分，列两次就计两次",
    needs=(NAMED_ROWS,),
    fires="重点任务里“扩大学位供给”列了两行",
    silent="“扩大学位供给”“加强教师培训”各一行",
)
def repeated_entry(case: Case) -> Iterator[Judgement]:
    """同一项[{tasks}][或{funds}]列了两次。

    一件事列两次，个数、金额和平均分都会多算一次；两行写的不一样的，必有一行不对。
    """
    facts = case.facts
    for sheet, column in named_sheets(facts.scheme):
        yield from _repeated(facts, sheet.key, column)


def _repeated(facts: Facts, sheet: str, column: str) -> Iterator[Judgement]:
    records = facts.records(sheet)
    if not records:
        yield lacks_sheet(facts, sheet)
    first: dict[str, Record] = {}
    label = facts.scheme.field(CellKey(sheet, column)).label
    for record in records:
        name = record.text(column)
        before = first.setdefault(fold(name).translate(_TRIVIAL), record)
        if name and before is not record:
            text = f"{label}“{quote(name)}”与序号{before.row}重复"
            yield Hit(record.key(column), text, explained=apart(facts, record))
