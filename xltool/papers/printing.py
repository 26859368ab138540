"""公文里怎样印填报的一项：金额两位小数，比率写成百分数，指标值连着运算符和单位；没有填的请人补充。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.narrative.gaps import gap
from xltool.scheme.categories import SHEET as INDICATORS
from xltool.scheme.model import FieldKind
from xltool.season.letter import day_text
from xltool.values import Kind, excel_number, plain
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from xltool.facts.records import Record
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field

NO_AMOUNT: Final = "-"  # 没有金额的，表里画一横
_CENT: Final = 2
_PART: Final = "其中："
_GOALS: Final = ("expected", "actual", "adjusted")


def label_of(field: Field) -> str:
    """一项叫什么：不带“其中：”。"""
    return field.label.removeprefix(_PART)


def percent(share: Decimal) -> str:
    """比率，如 75.70%、100%。"""
    number = rounded(share * 100, _CENT)
    return f"{plain(number)}%" if number == number.to_integral_value() else f"{number:.2f}%"


def points(value: Decimal | None) -> str:
    """得分；没有的画一横。"""
    return "—" if value is None else f"{rounded(value, _CENT):.2f}"


def money(amount: Decimal) -> str:
    """金额：至少两位小数，更细的照填的写。"""
    exact = plain(amount)
    return exact if len(exact.partition(".")[2]) > _CENT else f"{amount:.2f}"


def one_value(facts: Facts, field: Field, key: CellKey) -> str:
    """逐项表的一项；没有填的请人补充。"""
    number, day = facts.number(key), facts.day(key)
    text = _number(field, number) if number is not None else _other(facts, key, day)
    return text or gap(label_of(field))


def record_value(facts: Facts, field: Field, record: Record) -> str:
    """记录表的一栏；没有填而必填的请人补充，没有金额的画一横。"""
    key = record.key(field.key)
    if record.sheet == INDICATORS and field.key in _GOALS:
        text = _goal(record, field.key)
    elif field.computation or field.kind is FieldKind.PERCENT:
        number = record.number(field.key)
        text = record.entry(field.key).raw if number is None else _number(field, number)
    else:
        text = _other(facts, key, record.day(field.key))
    if text or field.kind is FieldKind.MONEY:
        return text or NO_AMOUNT
    return gap(label_of(field)) if field.required else ""


def _number(field: Field, number: Decimal) -> str:
    if field.kind is FieldKind.PERCENT:
        return percent(number)
    return money(number) if field.kind is FieldKind.MONEY else plain(number)


def _other(facts: Facts, key: CellKey, day: date | None) -> str:
    """日期照公文的写法，其余照填的原文，只去掉两头的空白。"""
    return day_text(day) if day else facts.entry(key).raw.strip()


def _goal(record: Record, column: str) -> str:
    """指标值：数和运算符、单位分三格填的，接在一起；照着印的原样，等号不写。"""
    measure, raw = record.measure(column), record.entry(column).raw.strip()
    if measure.kind is not Kind.NUM or measure.number is None or not _bare(raw):
        return raw
    operator = record.text("operator") if column != "actual" else ""
    shown = plain(measure.number)
    unit = measure.unit.name if measure.unit else record.text("unit")
    return f"{'' if operator == '=' else operator}{shown}{unit}"


def _bare(raw: str) -> bool:
    """只有一个数，没有写单位。"""
    try:
        excel_number(raw)
    except ValueError:
        return False
    return True
