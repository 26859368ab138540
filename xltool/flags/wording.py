"""疑点里共用的说法：格的名字、量的写法、缺什么、是不是占位。"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from xltool.facts.entry import EntryState
from xltool.flags.rule import Unjudged
from xltool.scheme.key import VALUE, CellKey, field_key
from xltool.scheme.labels import label_of
from xltool.scheme.model import FieldKind, SheetKind
from xltool.values import Kind, Measure, fold, plain, quote
from xltool.values.excerpt import MOST_CHOICES, several

if TYPE_CHECKING:
    from decimal import Decimal

    from xltool.facts.entry import Entry
    from xltool.facts.records import Target
    from xltool.facts.view import Facts
    from xltool.scheme.model import Field, Scheme
    from xltool.values import MeasureUnit

# 折叠后再比：全角、大小写、长短横线都一样。“×××”是公开时隐去的姓名电话，不算占位。
_PLACEHOLDER = re.compile(r"\*+|x{2,}|[-_]+")

listing: Final = several  # 几样东西并列，太多时只说前几样


def name_of(scheme: Scheme, key: CellKey) -> str:
    """一格给人看的名字，如 收支与资产 决算支出、绩效目标完成情况 序号3 实现值。"""
    sheet = scheme.sheet(key.sheet)
    column = key.row if key.column == VALUE else key.column
    label = label_of(scheme, f"{key.sheet}.{column}")  # 这种表没有这一栏的，是程序认得的那个名字
    if sheet.kind is not SheetKind.FIELDS:
        return f"{sheet.name} 序号{key.row} {label}"
    if key.column == VALUE:
        return f"{sheet.name} {label}"
    return f"{name_of(scheme, CellKey(key.sheet, key.row))} {label}"


def lacks(facts: Facts, key: CellKey | str) -> Unjudged:
    """因为缺某一格而不能判断。"""
    return Unjudged(name_of(facts.scheme, field_key(key) if isinstance(key, str) else key))


def lacks_direction(facts: Facts, row: Target) -> Unjudged:
    """看不出方向：缺运算符；没有这一栏的表，是预期值里没有写。"""
    asked = facts.scheme.has(f"{row.record.sheet}.operator")
    return lacks(facts, row.record.key("operator" if asked else "expected"))


def lacks_sheet(facts: Facts, sheet: str) -> Unjudged:
    """因为某张表一行也没有填而不能判断。"""
    return Unjudged(facts.scheme.sheet(sheet).name)


def placeholder(entry: Entry) -> bool:
    """只写了 *、XXX、— 之类，等于没填。"""
    return _stands_for_blank(entry.raw)


@lru_cache(maxsize=4096)  # 每条规则都要问一遍同样的格
def _stands_for_blank(raw: str) -> bool:
    return bool(_PLACEHOLDER.fullmatch(fold(raw)))


def error_value(entry: Entry) -> bool:
    """是不是 #DIV/0! 一类的错误值。"""
    value = entry.value
    typed = isinstance(value, Measure) and value.kind is Kind.ERR
    return entry.state is EntryState.ERROR or typed


def given(entry: Entry) -> bool:
    """填了可以用的内容；空白、占位、错误值、没有结果的公式都不算。"""
    if entry.state is not EntryState.VALUE or _stands_for_blank(entry.raw):
        return False
    value = entry.value
    return not (isinstance(value, Measure) and value.kind is Kind.ERR)


def how_to_fill(scheme: Scheme, field: Field) -> str:
    """空着的一格怎样填：这种格收什么，就说什么。"""
    options = scheme.options.get(field.options)
    if field.kind is FieldKind.CHOICE and options:
        return f"从下拉列表里选：{several(options.values, most=MOST_CHOICES)}"
    countable = field.kind.numeric and field.kind is not FieldKind.POINTS
    return "填写；没有发生的填 0" if countable else "填写"


def amount(measure: Measure, unit: MeasureUnit | None) -> str:
    """一个量给人看的写法：数和单位，不带符号。"""
    if measure.number is None or measure.magnitude != 1:
        return quote(measure.raw)
    own = measure.unit or unit
    return f"{plain(measure.number)}{own.name if own else ''}"


def target_of(row: Target) -> str:
    """预期值的数和单位；年中调整过的说明。"""
    return f"{amount(row.expected, row.unit)}{'（调整后）' if row.adjusted else ''}"


def result_of(row: Target) -> str:
    """实现值的数和单位。"""
    return amount(row.actual, row.unit)


def about(row: Target, text: str) -> str:
    """句子前面加上指标名称；没有填名称的照原句。"""
    return f"{quote(row.title)}：{text}" if row.title else text


def money(number: Decimal) -> str:
    """金额，以万元计。"""
    return f"{plain(number)}万元"


def points(number: Decimal) -> str:
    """分数。"""
    return f"{plain(number)}分"
