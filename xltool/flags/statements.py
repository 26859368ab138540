"""报告里的一个数据说的是哪件事：事项去掉年份、“累计”和末尾括注，相同的才是同一件事。"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from xltool.facts.phrases import any_of, ways
from xltool.scheme.contract.judging_words import STATEMENTS
from xltool.values import find_unit, fold, unit_of_name
from xltool.values.amounts import amount_of
from xltool.values.text import tidy

if TYPE_CHECKING:
    from xltool.facts.records import Record
    from xltool.scheme.model import Scheme
    from xltool.values.amounts import Amount

_YEAR = re.compile("((?:19|20)[0-9]{2})年度?")
_TRIVIAL = re.compile('["的,、]')


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


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """一个方案里，事项的哪些字是累计、是目标，末尾哪些字不计。"""

    total: re.Pattern[str]
    ending: re.Pattern[str]
    target: re.Pattern[str]


@lru_cache(maxsize=16)
def said_of(scheme: Scheme) -> Said:
    """一个方案的。"""
    total, unlike, ending, target = (
        ways(scheme, STATEMENTS, one) for one in ("total", "not_total", "ending", "target")
    )
    # “共”只认开头的，“共建”“共享”是另一个词
    first = any_of(tuple(word for word in total if len(word) == 1)).pattern
    others = any_of(tuple(word for word in total if len(word) > 1)).pattern
    return Said(
        re.compile(f"{others}|^(?!{any_of(unlike).pattern})(?:{first})"),
        re.compile(f"(?:{any_of(ending).pattern})$"),
        any_of(target),
    )


def read_statement(record: Record, scheme: Scheme) -> Statement:
    """读一条“数据”；没有写年份的是评价年度的。"""
    text, unit = tidy(record.text("topic")), unit_of_name(record.text("topic"))
    figure = record.measure("figure")
    topic, said = _YEAR.sub("", text.body).lstrip(",、"), said_of(scheme)
    return Statement(
        record=record,
        subject=subject_of(topic, said),
        years=tuple(dict.fromkeys(_YEAR.findall(text.body + text.note))) or (str(scheme.year),),
        scope="" if unit else fold(_YEAR.sub("", text.note)).strip(",、"),
        total=bool(said.total.search(topic) or said.total.search(fold(figure.raw))),
        target=bool(said.target.search(topic)),
        amount=amount_of(figure, find_unit(record.text("unit")) or unit),
    )


@lru_cache(maxsize=4096)  # 各单位的报送里多是同样的事项和栏目
def subject_of(topic: str, said: Said) -> str:
    """说的是哪件事：标点、“累计”、末尾的“数”“数量”都不计。"""
    return said.ending.sub("", _TRIVIAL.sub("", fold(said.total.sub("", topic))))
