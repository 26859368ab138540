"""汇总表下面的小计：名单上写了归口的，一个归口一行，最后是全部；得分是平均，问题数是合计。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.collection.printed import SUBTOTAL, WHOLE
from xltool.consolidated.averages import mean, numbers
from xltool.consolidated.columns import FIRST_ROW
from xltool.consolidated.grouping import same_as
from xltool.consolidated.losses import rounded_text
from xltool.sheets.plan import Formula

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from xltool.consolidated.columns import Column, Value
    from xltool.consolidated.grouping import Grouping
    from xltool.consolidated.register import Register
    from xltool.consolidated.source import Source
    from xltool.consolidated.summary_formulas import Line
    from xltool.sheets.plan import Content


def subtotals(
    source: Source, register: Register[Line], grouping: Grouping, named: str
) -> Iterator[Mapping[str, Content]]:
    """各行，由上到下；`named` 是写名称的一栏，小计的名字写在那里。"""
    columns = [one for one in register.on_sheet if one.averaged or one.summed]
    items = list(register.lines())
    values = {one.key: [one.data(item) for item in items] for one in columns}
    groups = [grouping.of(item.value.unit) for item in items]
    first = FIRST_ROW + max(register.count, 1) + 1
    for number, group in enumerate((*grouping.names, ""), first):
        chosen = [n for n, one in enumerate(groups) if group in ("", one)]
        row: dict[str, Content] = {named: f"{SUBTOTAL}{group}" if group else WHOLE}
        if group:
            row["group"] = group
        for column in columns:
            own = [values[column.key][n] for n in chosen]
            cell = register.places.at(number, "group").absolute if group else ""
            row[column.key] = _Subtotal(source, register, cell).of(column, own)
        yield row


class _Subtotal:
    """一行小计；`group` 是写着归口的格，空着的是全部。"""

    def __init__(self, source: Source, register: Register[Line], group: str) -> None:
        self._source, self._register, self._group = source, register, group

    def of(self, column: Column[Line], values: Sequence[Value]) -> Formula:
        """一栏的平均或合计。"""
        area = self._register.area(column.key).absolute
        groups = self._register.area("group").absolute
        only = f"{groups},{same_as(self._group)}"
        if column.summed:
            text = f"SUMIFS({area},{only})" if self._group else f"SUM({area})"
            return Formula(text, sum(int(str(one)) for one in values if one not in (None, "")))
        found = numbers(values)
        result = self._source.scheme.round_points(mean(found)) if found else ""
        count, total = f"COUNT({area})", f"AVERAGE({area})"
        if self._group:  # 负的也是数，与全部的数法一样
            count = f'(COUNTIFS({only},{area},">=0")+COUNTIFS({only},{area},"<0"))'
            total = f"SUMIFS({area},{only})/{count}"
        return Formula(f'IF({count}=0,"",{rounded_text(self._source, total)})', result)
