"""移到下一年度的表去：仍然是真的搬过去，预填的只是起头，上年的答案不当作今年的。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.flags.rectifying import DONE, SHEET, claimed_state
from xltool.migrating.places import field_at
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.key import VALUE, CellKey
from xltool.values import quote

if TYPE_CHECKING:
    from xltool.facts.view import Facts
    from xltool.scheme.model import Field, Scheme

STAYING: Final = {
    "cover": (
        *("department", "department_code", "project", "agency", "has_funds", "allocation"),
        *("filler", "phone", "leader", "finance_leader", "subordinates"),
    )
}
"""一年一年不变的各项，按表。"""
STARTS: Final = {
    INDICATORS: (
        "level1",
        "level2",
        "title",
        "operator",
        "expected",
        "unit",
        "special",
        "points",
    ),
    "funds": ("name",),
    SHEET: ("subject", "amount", "problem", "measure", "due"),
}
"""照上年的预填、供起头的各栏，按记录表。"""
_GOAL: Final = ("operator", "expected", "unit")
_EXPECTED, _ACTUAL = "expected", "actual"
_LAST: Final = "_last"  # 新表里填上年数的一项，标识接这个尾巴


def rectified(facts: Facts) -> frozenset[str]:
    """整改表里已经整改了的各行：下一年度不再列。"""
    rows = facts.records(SHEET)
    return frozenset(row.row for row in rows if claimed_state(facts, row) == DONE)


def stays(key: CellKey, done: frozenset[str]) -> bool:
    """旧表的一格在下一年度还能不能用；`done` 是已经整改了的各行。"""
    if key.sheet in STARTS:
        return key.column in STARTS[key.sheet] and not (key.sheet == SHEET and key.row in done)
    return key.column == VALUE and key.row in STAYING.get(key.sheet, ())


def last_key(new: Scheme, key: CellKey, field: Field) -> CellKey | None:
    """旧表的一个数（`field` 是那一项），在新表作为上年的数填在哪里；没有这样的格的为空。"""
    there = key._replace(row=f"{key.row}{_LAST}")
    found = field_at(new, there) if key.column == VALUE else None
    fits = found is not None and found.computation is None and found.unit == field.unit
    return there if fits else None


def beside(facts: Facts, new: Scheme) -> dict[CellKey, str]:
    """今年的各个预期值旁边要看的：上年预期多少、做到多少；凭序号，与起头的各行对着。"""
    if not (new.has(f"{INDICATORS}.{_EXPECTED}") and facts.scheme.has(f"{INDICATORS}.{_ACTUAL}")):
        return {}
    found: dict[CellKey, str] = {}
    for record in facts.records(INDICATORS):
        raw = {name: record.entry(name).raw.strip() for name in (*_GOAL, _ACTUAL)}
        if raw[_ACTUAL]:
            goal = "".join(raw[name] for name in _GOAL)
            expected = f"预期{quote(goal)}，" if goal else ""
            said = f"上年{expected}实现{quote(raw[_ACTUAL])}。"
            found[CellKey(INDICATORS, record.row, _EXPECTED)] = said
    return found
