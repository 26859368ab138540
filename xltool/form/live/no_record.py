"""自查：记录表里不是记录的行：合计、表尾的注、省略号、只写了“无”的；它们缺什么不算，前三样说一句。

程序认得的更多（intake/no_records），这里只认一定不是记录的。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.saying import is_listed, listed, says_nothing, says_nothing_formula
from xltool.finding import Severity
from xltool.form.live.check import Guard, LiveCheck
from xltool.form.live.wording import one_of
from xltool.messages import form as say
from xltool.values.words import NO_RECORDS

if TYPE_CHECKING:
    from xltool.form.live.check import Judged, Line
    from xltool.scheme.model import Scheme, Sheet

_NOTES = ("注：", "注:", "备注：", "备注:")
_SPACES = (" ", "　")


def started(scheme: Scheme, sheet: Sheet) -> Guard:
    """开了头、不是“无”“合计”一类的行才看缺什么。"""

    def formula(line: Line) -> str:
        name = line.at(sheet.anchor)
        none = says_nothing_formula(scheme, name, line.refs)
        alone = f'AND({_count(sheet, line)}=1,{name}<>"",{none})'
        return f"IF({_count(sheet, line)}=0,FALSE,NOT(OR({alone},{_extra(sheet, line)})))"

    def holds(judged: Judged) -> bool:
        written, name = _written(sheet, judged), judged.raw(sheet.anchor)
        alone = written == 1 and name != "" and says_nothing(scheme, name)
        return written > 0 and not alone and not _is_extra(sheet, judged)

    return Guard(formula, holds)


def not_record(sheet: Sheet) -> LiveCheck:
    """合计和注：不是一条记录，却被表里的公式算了进去。"""
    says = "这一行是合计、表尾的话或省略号，不是一条记录，请清空"
    return LiveCheck(
        (say.NOT_RECORD.code,),
        Severity.WARNING,
        says,
        lambda line: _extra(sheet, line),
        lambda judged: _is_extra(sheet, judged),
    )


def _own(sheet: Sheet) -> list[str]:
    return [field.key for field in sheet.fields if field.computation is None]


def _count(sheet: Sheet, line: Line) -> str:
    return f"COUNTA({','.join(map(line.at, _own(sheet)))})"


def _written(sheet: Sheet, judged: Judged) -> int:
    return sum(judged.raw(one) != "" for one in _own(sheet))


def _extra(sheet: Sheet, line: Line) -> str:
    name = line.at(sheet.anchor)
    bare = name
    for space in _SPACES:
        bare = f'SUBSTITUTE({bare},"{space}","")'
    by_size = {size: [note for note in _NOTES if len(note) == size] for size in (2, 3)}
    notes = ",".join(one_of(f"LEFT({name},{size})", said) for size, said in by_size.items())
    note = f"IF(OR({notes}),{_count(sheet, line)}=1,FALSE)"
    none = listed(bare, NO_RECORDS)
    return f'IF({name}="",FALSE,IF({none},TRUE,{note}))'


def _is_extra(sheet: Sheet, judged: Judged) -> bool:
    name = judged.raw(sheet.anchor)
    bare = name
    for space in _SPACES:
        bare = bare.replace(space, "")
    if is_listed(bare, NO_RECORDS):
        return True
    return name.startswith(_NOTES) and _written(sheet, judged) == 1
