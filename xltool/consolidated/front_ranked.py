"""首页里由名次取的几段：失分最多的指标，得分最高、最低的。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from xltool.consolidated.blocks import Slot, points
from xltool.consolidated.overview import ranked
from xltool.consolidated.total_slots import total_of
from xltool.sheets.plan import Formula, NumberFormat, Role

if TYPE_CHECKING:
    from xltool.consolidated.blocks import Block, Row
    from xltool.consolidated.part import Part
    from xltool.consolidated.summary_formulas import Line


LONG, LINE = 9, 8  # 超过几个字的分两行，头一行几个字


def grade_of(key: str, line: Line) -> str:
    """系统的、复核以后的等级；没有得分的空着。"""
    if key == "grade":
        return line.unit.grade
    return line.reviewed.grade if line.reviewed else ""


def loss_slots(pool: Block[Any], *, several: bool) -> tuple[Slot[int], ...]:
    """失分最多的指标的各栏；几种表合在一起时，指标后面写明是哪一种表的。"""

    def found(key: str, row: Row[int]) -> Formula:
        return ranked(pool, row.at("no"), row.value, key)

    def title(row: Row[int]) -> Formula:
        own, form = _in_lines(found("title", row)), found("form", row) if several else None
        if form is None:
            return own
        text = f'{own.text}&CHAR(10)&"（"&{form.text}&"）"'
        return Formula(text, f"{own.result}\n（{form.result}）")

    return (
        Slot("no", "序号", lambda row: row.value, span=2),
        Slot("title", "三级指标", title, span=5, role=Role.BODY),
        points("loss", "平均失分", partial(found, "loss"), 2),
        Slot("rate", "得分率", partial(found, "rate"), NumberFormat.PERCENT, 2),
    )


def _in_lines(name: Formula) -> Formula:
    """长的分两行：右边的图也用这几格，名称一行放不下，整张图就缩小。"""
    said = str(name.result)
    text = f"IF(LEN({name.text})>{LONG},REPLACE({name.text},{LINE + 1},0,CHAR(10)),{name.text})"
    return Formula(text, f"{said[:LINE]}\n{said[LINE:]}" if len(said) > LONG else said)


def end_slots(part: Part, *, lowest: bool) -> tuple[Slot[int], ...]:
    """最高、最低的几个：由汇总里的次序取。"""
    order, whole = part.summed.far("order"), part.statistics.whole
    lines = {line.number: line for line in part.summary.lines}
    ordered = {nth: lines[number] for number, nth in part.summary.orders.items()}

    def place(row: Row[int]) -> str:
        own = row.at("no")
        return f"MATCH({f'1+COUNT({order})-{own}' if lowest else own},{order},0)"

    def line(row: Row[int]) -> Line | None:
        return ordered.get(len(ordered) + 1 - row.value if lowest else row.value)

    def name(row: Row[int]) -> Formula:
        own = line(row)
        text = f'IFERROR({whole.named_at(place(row))},"")'
        return Formula(text, whole.shown(own) if own else "")

    def found(key: str, value: Any, row: Row[int]) -> Formula:  # noqa: ANN401
        own = line(row)
        text = f'IFERROR(INDEX({part.summed.far(key)},{place(row)}),"")'
        return Formula(text, value(own) if own else "")

    return (
        Slot("no", "序号", lambda row: row.value, span=2),
        Slot(
            "name",
            part.source.who,
            name,
            span=4,
            role=Role.BODY,
        ),
        points("score", "复核得分", partial(found, "reviewed", partial(total_of, "reviewed")), 2),
        Slot(
            "grade", "等级", partial(found, "reviewed_grade", partial(grade_of, "reviewed")), span=2
        ),
    )
