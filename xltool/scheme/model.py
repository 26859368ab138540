"""评分方案的模型：身份、表、填报项、指标、参数、选项、勾稽；全是不可变的数据。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from xltool.scheme.contract.word_lists import RULES_ONLY
from xltool.scheme.fields import Computation, Compute, Field, FieldKind, Sheet, SheetKind
from xltool.scheme.key import DEPARTMENT, FULL_MARKS, STATED_TOTAL, VALUE, field_key
from xltool.values.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from xltool.scheme.key import CellKey
    from xltool.scheme.options import Allocation, Option, OptionList

__all__ = [
    "Check",
    "Computation",
    "Compute",
    "Field",
    "FieldKind",
    "Grade",
    "Indicator",
    "Level",
    "MethodSpec",
    "Override",
    "Parameter",
    "Scheme",
    "Sheet",
    "SheetKind",
]

SUMMED = "indicator_sum"  # 按绩效指标各行得分相加的办法
FREE_WEIGHTS = "free_weights"  # 参数：各类指标的分值由项目逐行自定


@dataclass(frozen=True, slots=True)
class Parameter:
    """一个参数：值、说法、单位（空、分、% 或万元）和来源。`%` 的值以小数存。"""

    key: str
    label: str
    value: Decimal
    unit: str
    origin: str


class Override(NamedTuple):
    """方案改了的一个疑点界限：值和来源；`label` 空着、`unit` 没有的照规则自己的。"""

    value: Decimal
    origin: str
    label: str = ""
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """一个等级：达到 `minimum` 分（含）即为该等级。"""

    name: str
    minimum: Decimal
    origin: str

    @property
    def parameter(self) -> str:
        """分数线在评分参数里的标识。"""
        return f"grade.{self.name}"


@dataclass(frozen=True, slots=True)
class Check:
    """一条勾稽：合计应等于各分项之和（`minus` 里的项相减）。`rule` 是对应的疑点编码。"""

    rule: str
    label: str
    total: CellKey
    plus: tuple[CellKey, ...]
    minus: tuple[CellKey, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """一个三级指标的计分办法：名字、取数的项、参数的标识（在方案参数里查）和来源。

    几种办法取其一的，各种在 `ways`，各有自己的叫法 `title`；它们的参数不在 `parameters`。
    """

    name: str
    inputs: Mapping[str, str | tuple[str, ...]]
    parameters: tuple[str, ...]
    origin: str
    title: str = ""
    ways: tuple[MethodSpec, ...] = ()

    def every(self) -> Iterator[tuple[str, MethodSpec]]:
        """自己和各种办法，连同各自在标识里的一段（.way1）。"""
        yield "", self
        for number, way in enumerate(self.ways, 1):
            yield f".way{number}", way


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """一个三级指标：分值、说明和计分办法。"""

    code: str
    level1: str
    level2: str
    title: str
    points: Decimal
    note: str
    origin: str
    method: MethodSpec


@dataclass(frozen=True, slots=True)
class Level:
    """一级或二级指标及其分值；二级的 `parent` 是一级的名字。

    `headings` 是自评报告里对应一节的标题用词，有一个就算写了；空着是报告不必单写一节。
    """

    title: str
    points: Decimal
    parent: str = ""
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)  # no slots: tables are cached on first use
class Scheme:
    """一份评分方案。

    `work` 是这项工作的名称，如部门整体支出绩效自评；`subject` 是认出评的是谁的各项：
    部门的表是部门名称，项目的表还有项目名称。`thresholds` 是方案改了的疑点界限，
    没有改的照规则自己的，见 thresholds.py。
    """

    id: str
    version: str
    year: int
    title: str
    annex: str
    variant: str
    work: str
    subject: tuple[CellKey, ...]
    issued_by: str
    basis: str
    origin: str
    levels: tuple[Level, ...]
    indicators: tuple[Indicator, ...]
    sheets: tuple[Sheet, ...]
    grades: tuple[Grade, ...]
    parameters: Mapping[str, Parameter]
    thresholds: Mapping[str, Override]
    options: Mapping[str, OptionList]
    checks: tuple[Check, ...]
    essential: frozenset[tuple[str, str]]
    guide: tuple[str, ...]
    file: str
    allocation: Allocation | None = None

    def sheet(self, key: str) -> Sheet:
        """按标识取表。

        Raises:
            KeyError: 没有这张表。
        """
        for sheet in self.sheets:
            if sheet.key == key:
                return sheet
        raise KeyError(key)

    @property
    def of_project(self) -> bool:
        """是不是评项目的：一个部门可以有几份；评部门整体的只有一份。"""
        return self.subject != (DEPARTMENT,)

    @cached_property
    def printed_options(self) -> Mapping[str, OptionList]:
        """印在“选项”表上的：下拉列表，和公式要看的；只有规则看的字眼表不印。"""
        fields = [field for sheet in self.sheets for field in (*sheet.fields, *sheet.extras)]
        chosen = {name for one in fields for name in (one.options, *one.options_by.values())}
        return {key: one for key, one in self.options.items() if key not in RULES_ONLY - chosen}

    @cached_property
    def score_sheet(self) -> Sheet:
        """评分表。"""
        return next(sheet for sheet in self.sheets if sheet.kind is SheetKind.SCORE)

    def indicator(self, code: str) -> Indicator:
        """按编码取三级指标。

        Raises:
            KeyError: 没有这个指标。
        """
        for indicator in self.indicators:
            if indicator.code == code:
                return indicator
        raise KeyError(code)

    def field(self, key: CellKey) -> Field:
        """某一格的填报项。

        Raises:
            KeyError: 没有这一项。
        """
        return self._fields[key.sheet, key.row if key.column == VALUE else key.column]

    def computation(self, key: CellKey) -> Computation | None:
        """某一格的算法；不是自动计算的格为空。"""
        name = key.row if key.column == VALUE else key.column
        return self._computations.get((key.sheet, name))

    def has(self, name: str) -> bool:
        """有没有某张表（funds）、某一项、某一栏（finance.total），或某个选项（options.tier.missed）。"""
        sheet, _, field = name.partition(".")
        if sheet == "options" and field:
            options, _, option = field.partition(".")
            return bool(self.word(options, option))
        if field:
            return (sheet, field) in self._fields
        return any(item.key == sheet for item in self.sheets)

    def listed(self, options: str) -> tuple[Option, ...]:
        """某个选项表的各个选项；没有这个选项表的没有。"""
        known = self.options.get(options)
        return known.options if known else ()

    def words(self, options: str) -> tuple[str, ...]:
        """某个选项表各个选项印出来的字；没有这个选项表的没有。"""
        known = self.options.get(options)
        return known.values if known else ()

    def word(self, options: str, option: str) -> str:
        """某个选项印出来的字；没有这个选项表或这个选项时为空串。"""
        listed = self.options.get(options)
        return listed.word(option) if listed else ""

    @cached_property
    def _fields(self) -> dict[tuple[str, str], Field]:
        return {(s.key, f.key): f for s in self.sheets for f in (*s.fields, *s.extras)}

    @cached_property
    def _computations(self) -> dict[tuple[str, str], Computation]:
        return {key: f.computation for key, f in self._fields.items() if f.computation}

    def allocated(self, code: str) -> bool:
        """某个三级指标的分值是不是随填报而定。"""
        listed = self.allocation.codes if self.allocation else ()
        return code in listed or self.weighed(code)

    @cached_property
    def free_weights(self) -> bool:
        """各类指标的分值是不是由项目逐行自定，合计等于满分。"""
        return FREE_WEIGHTS in self.parameters and self.number(FREE_WEIGHTS) == 1

    def weighed(self, code: str) -> bool:
        """某个三级指标的分值是不是由项目逐行自定。"""
        return self.free_weights and self.indicator(code).method.name == SUMMED

    @cached_property
    def settled(self) -> tuple[Indicator, ...]:
        """分值由项目自定的表上，分值已经定好的三级指标，如预算执行率。"""
        return tuple(one for one in self.indicators if not self.weighed(one.code))

    @cached_property
    def states_total(self) -> bool:
        """自评总分是不是另填一遍的；由各行归拢的不用核对。"""
        return self.has(STATED_TOTAL) and self.computation(field_key(STATED_TOTAL)) is None

    @property
    def full_marks(self) -> Decimal:
        """满分。"""
        return self.number(FULL_MARKS)

    def number(self, parameter: str) -> Decimal:
        """某个参数的值。

        Raises:
            KeyError: 没有这个参数。
        """
        return self.parameters[parameter].value

    def round_points(self, value: Decimal) -> Decimal:
        """先按计算精度、再按得分位数四舍五入，与公式里的两层 ROUND 一致。"""
        return rounded(self.precise(value), int(self.number("score_digits")))

    def precise(self, value: Decimal) -> Decimal:
        """按计算精度四舍五入；比较门槛之前都先这样做。"""
        return rounded(value, int(self.number("working_digits")))

    def grade(self, score: Decimal) -> str:
        """得分对应的等级。"""
        return next(grade.name for grade in self.grades if score >= grade.minimum)
