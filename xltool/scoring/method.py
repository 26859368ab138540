"""计分办法的共同部分：取参数、取项、舍入、说缺什么。"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xltool.facts.computed import percent, zero_base
from xltool.scheme.key import field_key
from xltool.scheme.model import FieldKind
from xltool.scoring.deduction import shared
from xltool.scoring.score import Score
from xltool.scoring.shape import Shape
from xltool.values import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from xltool.facts.refs import Refs
    from xltool.facts.view import Facts
    from xltool.scheme.key import CellKey
    from xltool.scoring.deduction import Loss

UNSCORED = "不能计分："


# 各种办法，按名字；有名字的自己登记，合成的（取高的）也从这里取各种办法
REGISTERED: Final[dict[str, type[Method]]] = {}


@dataclass(frozen=True, slots=True)
class Method(Shape, ABC):
    """一个三级指标的计分办法。"""

    def __init_subclass__(cls) -> None:
        """登记有名字的。

        Raises:
            ValueError: 名字重复。
        """
        if "name" in vars(cls):
            if cls.name in REGISTERED:
                raise ValueError(cls.name)
            REGISTERED[cls.name] = cls

    @abstractmethod
    def score(self, facts: Facts) -> Score:
        """算出得分。"""

    @abstractmethod
    def formula(self, refs: Refs) -> str:
        """同样算法的公式（不带等号）；缺数时结果是空串。"""

    @abstractmethod
    def basis(self, refs: Refs) -> tuple[str, bool]:
        """计算依据的公式，以及它是不是比率。"""

    @abstractmethod
    def basis_value(self, facts: Facts) -> Decimal | str | None:
        """计算依据的值，与 basis 的公式同义；算不出时为空。"""

    @abstractmethod
    def sentence(self) -> str:
        """印在评分表上的评分标准，由参数生成。"""

    # ---- 供各办法使用

    def input(self, name: str) -> CellKey:
        """单个取数的项。"""
        return field_key(self.text(name))

    def text(self, name: str) -> str:
        """单个取数的写法。"""
        value = self.indicator.method.inputs[name]
        return value if isinstance(value, str) else value[0]

    def inputs(self, name: str) -> tuple[CellKey, ...]:
        """一列取数的项。"""
        value = self.indicator.method.inputs[name]
        return tuple(map(field_key, (value,) if isinstance(value, str) else value))

    def parameter_key(self, name: str) -> str:
        """本指标某个参数在方案里的标识。"""
        return f"{self.indicator.code}{self.way}.{name}"

    def parameter(self, name: str) -> Decimal:
        """本指标某个参数的值。"""
        return self.scheme.number(self.parameter_key(name))

    def label(self, key: CellKey) -> str:
        """某项印出来的名字。"""
        return self.field(key).label.removeprefix("其中：")

    def scored(
        self,
        value: Decimal,
        trace: str,
        used: tuple[CellKey, ...],
        losses: Iterable[Loss] = (),
        full: Decimal | None = None,
    ) -> Score:
        """舍入并成为得分；计算过程后面接上“=得分”，扣的分摊到各条 `losses`。

        `full` 是随填报而定的分值，不给就是指标的分值。
        """
        points = self.scheme.round_points(value)
        full = self.indicator.points if full is None else full
        digits = int(self.scheme.number("score_digits"))
        return Score(
            self.indicator.code,
            full,
            points,
            f"{trace}={points}",
            used=used,
            deductions=shared(losses, full - points, digits),
        )

    def unscored(self, missing: tuple[CellKey, ...], why: str, used: tuple[CellKey, ...]) -> Score:
        """不能计分：说明缺什么。"""
        return Score(
            self.indicator.code, self.indicator.points, None, f"{UNSCORED}{why}", missing, used
        )

    def lacking(
        self, facts: Facts, missing: tuple[CellKey, ...], used: tuple[CellKey, ...]
    ) -> Score:
        """缺填报项、除数是零而不能计分；零说在它那一格。"""
        zeros = {key: base for key in missing if (base := zero_base(facts, key))}
        said = [f"{self.label(base)}为0，算不出{self.label(key)}" for key, base in zeros.items()]
        names = "、".join(self.label(key) for key in missing if key not in zeros)
        why = "；".join((*said, *([f"缺{names}"] if names else [])))
        return self.unscored(tuple(zeros.get(key, key) for key in missing), why, used)

    def quantity_text(self, key: CellKey, number: Decimal) -> str:
        """某项的数给人看的写法，带单位；比率写成百分数。"""
        field = self.field(key)
        return (
            percent(number) if field.kind is FieldKind.PERCENT else f"{plain(number)}{field.unit}"
        )

    def part(self, share: Decimal) -> str:
        """得几成是几分，给人看的写法。"""
        return plain(self.scheme.round_points(share * self.indicator.points))

    def climb(self, steps: Sequence[tuple[str, Decimal]]) -> str:
        """怎样到更好的档次：只说最近的和最好的；`steps` 由近到远，是怎样做到和得几成。"""
        if not steps:
            return f"已是最好的一档，方案没有能得{self.full}分的档"
        best = max(steps, key=lambda step: step[1])
        wanted = dict.fromkeys((steps[0], best))
        return "；".join(
            f"{how}，可不扣" if share >= 1 else f"{how}，可得{self.part(share)}分"
            for how, share in wanted
        )

    @property
    def full(self) -> str:
        """分值给人看的写法。"""
        return plain(self.indicator.points)

    def rounded(self, refs: Refs, expression: str) -> str:
        """两层舍入：先到计算精度，再到得分位数。"""
        return (
            f"ROUND(ROUND({expression},{refs.parameter('working_digits')}),"
            f"{refs.parameter('score_digits')})"
        )

    def own_points(self, refs: Refs) -> str:
        """公式里本指标的分值。"""
        return refs.points(self.indicator.code)

    def own(self, refs: Refs, name: str) -> str:
        """公式里本指标的某个参数。"""
        return refs.parameter(self.parameter_key(name))
