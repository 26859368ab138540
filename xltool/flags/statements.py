"""报告里的一个数据说的是哪件事：事项去掉年份、“累计”和末尾括注，相同的才是同一件事。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.values import find_unit, fold, unit_of_name
from xltool.values.amounts import amount_of
from xltool.values.text import tidy

if TYPE_CHECKING:
    from xltool.facts.records import Record
    from xltool.values.amounts import Amount

_YEAR = re.compile("((?:19|20)[0-9]{2})年度?")
# “共”只认句首的，后面跟着“建”“享”一类字的是另一个词（共建、共享）
_TOTAL = re.compile("累计|合计|总计|总共|一共|共计|^共(?![建享同和青产创赢治识性])")
_TRIVIAL = re.compile('["的,、]')
_COUNTED = re.compile("总?(?:数量|户数|家数|个数|数目|金额|数额|数|额)$")
_TARGET = re.compile("目标|预期|计划(?:数|值|完成)")


@dataclass(frozen=True, slots=True)
class Statement:
    """一条“数据”。

    `subject` 和 `years` 相同的是同一件事；`scope` 是事项末尾括号里写的范围；`total` 是写了“累计”
    “共”；`target` 是说的目标而不是结果；`amount` 不是一个数时为空。
    """

    record: Record
    subject: str
    years: tuple[str, ...]
    scope: str
    total: bool
    target: bool
    amount: Amount | None


def read_statement(record: Record, year: int) -> Statement:
    """读一条“数据”；没有写年份的是评价年度 `year` 的。"""
    text, unit = tidy(record.text("topic")), unit_of_name(record.text("topic"))
    figure = record.measure("figure")
    topic = _YEAR.sub("", text.body).lstrip(",、")
    return Statement(
        record=record,
        subject=subject_of(topic),
        years=tuple(dict.fromkeys(_YEAR.findall(text.body + text.note))) or (str(year),),
        scope="" if unit else fold(_YEAR.sub("", text.note)).strip(",、"),
        total=bool(_TOTAL.search(topic) or _TOTAL.search(fold(figure.raw))),
        target=bool(_TARGET.search(topic)),
        amount=amount_of(figure, find_unit(record.text("unit")) or unit),
    )


@lru_cache(maxsize=4096)  # 各单位的报送里多是同样的事项和栏目
def subject_of(topic: str) -> str:
    """说的是哪件事：标点、“累计”、末尾的“数”“数量”都不计。"""
    return _COUNTED.sub("", _TRIVIAL.sub("", fold(_TOTAL.sub("", topic))))
