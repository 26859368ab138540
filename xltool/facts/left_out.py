"""不单独计分的行：“其中”各项是上一条的一部分，写明不适用的没有可比的数；程序和公式含义相同。

方案没有写的照旧：“其中”各行不收，写不适用的不认（参数 sub_rows、not_applicable）。
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.facts.cells import cell
from xltool.facts.entry import EntryState
from xltool.facts.saying import among, among_formula, says_nothing_formula
from xltool.scheme.categories import SHEET
from xltool.scheme.completing import NOT_APPLICABLE, SPREAD, SUB_ROWS, flagged
from xltool.scheme.contract import word_lists
from xltool.scheme.contract.lists import LEFT_OUT

if TYPE_CHECKING:
    from xltool.facts.records import Record, Target
    from xltool.facts.refs import Refs
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Scheme

PART, ABSENT = "part", "not_applicable"
_PART_NEEDS = frozenset({"title", "expected", "actual"})  # 其中项要填的；其余看它的上一条
_SPACES = (" ", "　")


def takes_parts(scheme: Scheme) -> bool:
    """收不收“其中”各项。"""
    return flagged(scheme, SUB_ROWS)


def takes_absence(scheme: Scheme) -> bool:
    """写明不适用的认不认。"""
    return NOT_APPLICABLE in scheme.parameters and scheme.number(NOT_APPLICABLE) > 0


def spreads(scheme: Scheme) -> bool:
    """写明不适用的，分值是不是摊到同类其余各行。"""
    return NOT_APPLICABLE in scheme.parameters and scheme.number(NOT_APPLICABLE) == SPREAD


def is_part(scheme: Scheme, record: Record) -> bool:
    """这一行是不是“其中”项：名称这样开头，自己没有分值（没有结果的公式也是写了的）。"""
    weightless = record.entry("points").state is EntryState.BLANK
    return weightless and names_part(scheme, record.text("title"))


def names_part(scheme: Scheme, title: str) -> bool:
    """名称是不是“其中……”一类；不收其中项的表没有这一类。"""
    if not takes_parts(scheme):
        return False
    for space in _SPACES:
        title = title.replace(space, "")
    return title.startswith(scheme.words(word_lists.PARTS))


def says_absent(scheme: Scheme, row: Target) -> bool:
    """实现值写的是不适用。"""
    return among(scheme, word_lists.NOT_APPLICABLE, row.actual.raw)


def left_out(scheme: Scheme, row: Target) -> str:
    """不单独计分的是哪一种（LEFT_OUT 的选项）；要计分的为空串。"""
    if row.part:
        return PART
    return ABSENT if row.waived and spreads(scheme) else ""


def kinds(scheme: Scheme) -> tuple[str, ...]:
    """这个方案会有哪几种；没有得分率一栏的，表上无处可印，没有。"""
    if not scheme.has(f"{SHEET}.factor"):
        return ()
    known = {PART: takes_parts(scheme), ABSENT: spreads(scheme)}
    return tuple(kind for kind, taken in known.items() if taken)


def spared(scheme: Scheme, column: str) -> tuple[str, ...]:
    """哪几种行可以不填绩效指标表的这一栏，虽然别的行必填。"""
    free = {PART: column not in _PART_NEEDS, ABSENT: column == "self_score"}
    return tuple(kind for kind in kinds(scheme) if free[kind])


# ---------------------------------------------------------------- 公式


def part_formula(scheme: Scheme, key: CellKey, refs: Refs) -> str:
    """与 is_part 同义；只在收“其中”各项时用。"""
    title = cell(key, refs, "title")
    for space in _SPACES:
        title = f'SUBSTITUTE({title},"{space}","")'
    words = (refs.option(word_lists.PARTS, one.key) for one in scheme.listed(word_lists.PARTS))
    begins = f"OR({','.join(f'LEFT({title},LEN({word}))={word}' for word in words)})"
    if not scheme.has(f"{SHEET}.points"):
        return begins
    return f'AND({begins},{cell(key, refs, "points")}="")'


def absent_formula(scheme: Scheme, key: CellKey, refs: Refs, target: str) -> str:
    """写明不适用而且认的；不能相除、没有选达成情况时才问。"""
    unsaid = says_nothing_formula(scheme, cell(key, refs, "note"), refs)
    return f"AND({_absence(scheme, key, refs, target)},NOT({unsaid}))"


def says_absent_formula(scheme: Scheme, key: CellKey, refs: Refs, target: str) -> str:
    """定量的指标，实现值写了不适用；不能相除、没有选达成情况时才问。"""
    return f"AND({_absence(scheme, key, refs, target)})"


def _absence(scheme: Scheme, key: CellKey, refs: Refs, target: str) -> str:
    absent = among_formula(scheme, word_lists.NOT_APPLICABLE, cell(key, refs, "actual"), refs)
    dated = f"{cell(key, refs, 'unit')}={refs.option('unit', 'date')}"
    return f"ISNUMBER({target}),NOT({dated}),{absent}"


def mark(refs: Refs, kind: str) -> str:
    """得分率一栏印的字。"""
    return refs.option(LEFT_OUT, kind)
