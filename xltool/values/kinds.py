"""填报值的种类、比较符号、单位，以及读出的一个指标值。"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

# 位数足够，乘上数量级也不会舍入；不受调用处的精度设置影响
EXACT = Context(prec=60)
_ONE = Decimal(1)


class Kind(StrEnum):
    """填报值的种类。"""

    NUM = "NUM"  # 数（带或不带单位）
    PP = "PP"  # 百分点
    GROWTH = "GROWTH"  # 同比、较上年的增减
    RANGE = "RANGE"  # 区间
    DUR = "DUR"  # 时长
    DATE = "DATE"  # 日期、期限
    BOOL = "BOOL"  # 是、否
    BOOLSPEC = "BOOLSPEC"  # “是/否”：说明应填是或否
    STATE = "STATE"  # 规范、及时、已完成……
    TIER = "TIER"  # 达成、部分达成、未达成
    GRADE = "GRADE"  # 优秀、A级……
    RANK = "RANK"  # 全省前三、第1……
    FRAC = "FRAC"  # 14/51
    RELATIVE = "RELATIVE"  # 不超过上年、零增长……
    QUAL = "QUAL"  # 其他文字
    NAMEVAL = "NAMEVAL"  # 名称=数
    MULTI = "MULTI"  # 几个数写在一格
    NA = "NA"  # 空白、不适用
    ERR = "ERR"  # #DIV/0! 之类


class Operator(StrEnum):
    """比较符号。"""

    GE = "≥"
    LE = "≤"
    GT = ">"
    LT = "<"
    EQ = "="
    APPROX = "≈"

    @property
    def reverse(self) -> bool:
        """越小越好的方向。"""
        return self in (Operator.LE, Operator.LT)


class Direction(StrEnum):
    """增减的方向。"""

    UP = "增"
    DOWN = "减"


class Family(StrEnum):
    """单位的类别。"""

    MONEY = "金额"
    COUNT = "计数"
    RATIO = "比率"
    POINT = "百分点"
    TIME = "时间"
    SCORE = "分级"
    PHYSICAL = "度量"


@dataclass(frozen=True, slots=True)
class MeasureUnit:
    """一个单位：`name` 如所写，`base` 是基本单位，乘以 `factor` 就换算成基本单位。"""

    name: str
    base: str
    factor: Decimal = _ONE
    family: Family = Family.COUNT

    @property
    def is_count(self) -> bool:
        """数个数的单位，只会是整数（个、家、人次……）。"""
        return self.family is Family.COUNT

    @property
    def money(self) -> bool:
        """金额总数的单位（元、万元……）；元/家 不算。"""
        return self.family is Family.MONEY and "/" not in self.base


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """读出的一个指标值（预期值或实现值）。

    `raw` 是原文，`note` 是末尾括注；`number`、`upper` 按所写的单位，不乘数量级。
    `operator` 为空表示没有写比较符号。`notices` 逐条记下读的时候作过的换算。
    """

    raw: str
    kind: Kind
    operator: Operator | None = None
    number: Decimal | None = None
    unit: MeasureUnit | None = None
    magnitude: Decimal = _ONE  # 只写了“万”“亿”而没有单位时的数量级
    upper: Decimal | None = None
    direction: Direction | None = None
    begins: date | None = None  # 日期写法最早是哪一天；写到月的是1日
    deadline: date | None = None  # 最晚是哪一天
    truth: bool | None = None
    tier: str | None = None
    name: str = ""
    note: str = ""
    notices: tuple[str, ...] = ()
