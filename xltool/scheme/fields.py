"""方案里的表和填报项：类型、算法、各栏。"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


REGISTER_LENGTH: Final = 8  # 汇总里的表名还要接上表种和版本
NOT_MERGED: Final = "不列"
MOST_ROWS: Final = 1000  # 一张记录表最多几行，收表时最多读几行


class FieldKind(StrEnum):
    """填报项的类型；金额以万元计，比率以小数存（0.98）而按百分数显示。"""

    TEXT = "text"
    CHOICE = "choice"
    SUGGESTION = "suggestion"  # 有下拉，也可另填
    INTEGER = "integer"
    NUMBER = "number"
    POINTS = "points"
    MONEY = "money"
    PERCENT = "percent"
    DATE = "date"
    MONTH = "month"  # 年月日，只写年月的是那个月的1日
    MEASURE = "measure"  # 指标值：数、日期或文字，见 docs/来源.md §7

    @property
    def dated(self) -> bool:
        """是否以日期存放。"""
        return self in (FieldKind.DATE, FieldKind.MONTH)

    @property
    def numeric(self) -> bool:
        """是否以数存放。"""
        return self in _NUMERIC

    @property
    def free(self) -> bool:
        """是否由人写字，可长可短。"""
        return not (self is FieldKind.CHOICE or self.dated or self.numeric)


_NUMERIC = frozenset(
    {
        FieldKind.INTEGER,
        FieldKind.NUMBER,
        FieldKind.POINTS,
        FieldKind.MONEY,
        FieldKind.PERCENT,
    }
)


class SheetKind(StrEnum):
    """表的三种：逐项（一行一项）、记录（可增行）、评分表（一行一个三级指标）。"""

    FIELDS = "fields"
    RECORDS = "records"
    SCORE = "form"  # 方案文件里一直写作 form


class Compute(StrEnum):
    """自动计算的项用哪种算法。"""

    RATIO = "ratio"  # 甲÷乙；缺甲或乙时用 fallback
    CHANGE = "change"  # |甲−乙|÷乙
    GROWTH = "growth"  # (甲−乙)÷乙，减少是负数
    SUM = "sum"  # 各项之和，缺一项就算不出
    DIFFERENCE = "difference"  # 甲减去其余各项
    CAPPED = "capped"  # 限在 0 和 1 之间的甲
    COMPLETION = "completion"  # 指标完成率
    FACTOR = "factor"  # 指标得分率
    EARNED = "earned"  # 指标得分：本行分值×得分率
    GATHERED = "gathered"  # 自评得分由逐行填的归拢：评分表一行的，或全部的


@dataclass(frozen=True, slots=True)
class Computation:
    """自动计算的算法和所用的项（同表的栏，或“表.项”）。"""

    kind: Compute
    inputs: tuple[str, ...] = ()
    fallback: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """一个填报项，或一个自动计算的项。

    `depends` 与 `options_by` 用于二级下拉：上一级选了什么，用哪个选项表。
    """

    key: str
    label: str
    kind: FieldKind
    code: str = ""
    unit: str = ""
    required: bool = False
    options: str = ""
    depends: str = ""
    options_by: Mapping[str, str] = field(default_factory=dict)
    help: str = ""
    example: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    computation: Computation | None = None
    width: float = 12

    @property
    def heading(self) -> str:
        """印在表头或项目栏里的字；单位写在这里，不写在格里。"""
        return f"{self.label}（{self.unit}）" if self.unit else self.label


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """一张表。

    逐项表：`fields` 一行一项，`extras` 是各行共有的附加栏；记录表和评分表：`fields` 是各栏，
    记录表可填 `capacity` 行，`anchor` 是判断一行是否已填的栏，
    `at_least` 是至少要填几行。`register` 是汇总里各单位这张表接在一起的登记表叫什么，
    没有写的用表名，不要的写“不列”。
    `page` 是几张表印在一页上时那一页叫什么，`grid` 是逐项表在页上的各行（见 grid.py），
    `beside` 是记录表里排在页外、不印的栏。
    """

    key: str
    name: str
    kind: SheetKind
    title: str
    note: str = ""
    fields: tuple[Field, ...] = ()
    extras: tuple[Field, ...] = ()
    capacity: int = 0
    anchor: str = ""
    at_least: int = 0
    register: str = ""
    page: str = ""
    grid: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def merged(self) -> str:
        """汇总里各单位的这张表接在一起叫什么；评分表另有得分明细，和方案不要的一样，是空串。"""
        if self.kind is SheetKind.SCORE or self.register == NOT_MERGED:
            return ""
        return self.register or self.name[:REGISTER_LENGTH]

    @property
    def tab(self) -> str:
        """填在哪一个工作表：印在一页上的是那一页。"""
        return self.page or self.name

    def column(self, key: str) -> Field:
        """按标识取栏。

        Raises:
            KeyError: 没有这一栏。
        """
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def prose(self) -> bool:
        """是不是各项全要写成段的话的逐项表。"""
        return self.kind is SheetKind.FIELDS and all(f.kind is FieldKind.TEXT for f in self.fields)

    @property
    def columns(self) -> tuple[Field, ...]:
        """各行共有的栏：逐项表为附加栏，其余为全部栏。"""
        return self.extras if self.kind is SheetKind.FIELDS else self.fields
