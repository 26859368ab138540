"""统计里与上年度相比的各栏：一个单位一行，得分、等级、名次、又出现的问题。"""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from xltool.consolidated.blocks import Slot, points
from xltool.sheets.plan import Formula, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from xltool.collection.earlier import Earlier
    from xltool.consolidated.blocks import Row
    from xltool.consolidated.figures import Figures
    from xltool.consolidated.summary_formulas import Line
    from xltool.sheets.plan import Content


class Compared(NamedTuple):
    """一个单位：汇总里的一行和上年度的。"""

    line: Line
    earlier: Earlier


def compared(figures: Figures) -> tuple[Compared, ...]:
    """上年度有得分的各单位，依汇总的次序。"""
    earlier = figures.source.collection.earlier
    return tuple(
        Compared(line, earlier[line.unit.key])
        for line in figures.summary.lines
        if line.unit.key in earlier
    )


def earlier_slots(figures: Figures, shown: Callable[[Line], str]) -> tuple[Slot[Compared], ...]:
    """各栏；今年的由汇总照单位序号取，排过序也取得对。"""

    def now(key: str, row: Row[Compared]) -> Formula:
        own = row.value.line.reviewed if row.value.line.scored else None
        value = {
            "reviewed": own and own.total,
            "reviewed_grade": own and own.grade,
            "reviewed_rank": own and own.rank,
        }[key]
        found = f"MATCH({row.at('no')},{figures.summed.far('no')},0)"
        cell = f"INDEX({figures.summed.far(key)},{found})"
        return Formula(f'IFERROR(IF({cell}="","",{cell}),"")', "" if value is None else value)

    def change(first: str, second: str, row: Row[Compared]) -> Formula:
        one, other = row.at(first), row.at(second)
        text = f'IF(AND(ISNUMBER({one}),ISNUMBER({other})),{one}-{other},"")'
        values = [value(key, row) for key in (first, second)]
        known = [each for each in values if isinstance(each, Decimal | int)]
        return Formula(text, known[0] - known[1] if len(known) == len(values) else "")

    def value(key: str, row: Row[Compared]) -> Content:
        earlier = row.value.earlier
        if key in ("last", "last_rank"):
            return earlier.score if key == "last" else earlier.rank
        return now({"score": "reviewed", "rank": "reviewed_rank"}[key], row).result

    return (
        Slot("no", "单位序号", lambda row: row.value.line.number),
        Slot("title", "名称", lambda row: shown(row.value.line), role=Role.BODY),
        points("last", "上年得分", lambda row: row.value.earlier.score),
        points("score", "今年复核", partial(now, "reviewed")),
        points("change", "今年-上年", partial(change, "score", "last")),
        Slot("last_grade", "上年等级", lambda row: row.value.earlier.grade),
        Slot("grade", "今年等级", partial(now, "reviewed_grade")),
        Slot("last_rank", "上年名次", lambda row: row.value.earlier.rank),
        Slot("rank", "今年名次", partial(now, "reviewed_rank")),
        Slot("risen", "名次上升", partial(change, "last_rank", "rank")),
        Slot("again", "上年有、今年又有的问题", _again, span=3, role=Role.BODY),
    )


def _again(row: Row[Compared]) -> str:
    """上年的错误、警告，今年又触发的规则。"""
    scored = row.value.line.scored
    if scored is None:
        return ""
    rules = row.value.earlier.rules
    return "、".join(sorted(one for one in rules if scored.notes[one] > scored.waived[one]))
