"""一个计分办法要方案写哪些取数和参数；核对方案写得够不够、对不对、有没有多余的。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from xltool.scheme.bounds import percent_problem
from xltool.scheme.key import field_key
from xltool.scheme.problem import SchemeProblem
from xltool.scheme.references import reference_problem

if TYPE_CHECKING:
    from xltool.scheme.key import CellKey
    from xltool.scheme.model import Field, Indicator, Scheme

_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Shape:
    """一个三级指标的取数和参数。

    `needs` 是方案里必须写的取数，其中 `several` 可以写一列，`numeric` 要指向数，`chosen` 要指向
    有选项表的项；`wants` 是必须写的参数（不带序号），其中 `numbered` 写一列；
    `optional` 是可以不写的参数；`nests` 说明由几种办法合成，`allocates` 说明分值可以随填报而定。
    """

    scheme: Scheme
    indicator: Indicator
    way: str = ""  # 几种办法之一的，是其中哪一种：.way1

    name: ClassVar[str]
    needs: ClassVar[tuple[str, ...]] = ()
    several: ClassVar[tuple[str, ...]] = ()
    numeric: ClassVar[tuple[str, ...]] = ()
    chosen: ClassVar[tuple[str, ...]] = ()
    wants: ClassVar[tuple[str, ...]] = ()
    numbered: ClassVar[tuple[str, ...]] = ()
    optional: ClassVar[tuple[str, ...]] = ()
    nests: ClassVar[bool] = False
    allocates: ClassVar[bool] = False

    def check(self) -> None:
        """核对方案给的取数和参数够不够、对不对。

        Raises:
            SchemeProblem: 缺取数或参数，或有多余的。
        """
        self._check_inputs()
        self._check_parameters()
        if self.indicator.method.ways and not self.nests:
            raise self.problem("ways", f"{self.name} 不由几种办法合成，不要写")
        # 分值随填报而定的，评分标准和算法里都不能有写死的分值
        if self.scheme.allocated(self.indicator.code) and not self.allocates:
            raise self.problem("name", f"{self.name} 的分值不能随分法而定")

    def _check_inputs(self) -> None:
        inputs = self.indicator.method.inputs
        if set(inputs) != set(self.needs):
            message = f"{self.name} 要写 {'、'.join(self.needs)}，不能多也不能少"
            raise self.problem("inputs", message)
        for name, value in inputs.items():
            if isinstance(value, tuple) and name not in self.several:
                raise self.problem(f"inputs.{name}", "应是一项，现为一列")
            if name in (*self.numeric, *self.chosen):
                for dotted in (value,) if isinstance(value, str) else value:
                    self._check_field(name, dotted)

    def _check_field(self, name: str, dotted: str) -> None:
        """取数的项要存在，类型要合用。"""
        path = f"inputs.{name}"
        try:
            key = field_key(dotted)
        except ValueError:
            raise self.problem(path, f"没有填报项“{dotted}”") from None
        message = reference_problem(self.scheme, key)
        if message:
            raise self.problem(path, message)
        field = self.field(key)
        if name in self.numeric and not field.kind.numeric:
            raise self.problem(path, f"“{dotted}”要是数，现为 {field.kind}")
        if name in self.chosen and not field.options:
            raise self.problem(path, f"“{dotted}”要有选项表，现为 {field.kind}")

    def _check_parameters(self) -> None:
        names = [parameter_name(key) for key in self.indicator.method.parameters]
        if {name.rstrip(_DIGITS) for name in names} - set(self.optional) != set(self.wants):
            wanted = "、".join(self.wants) or "（没有参数）"
            raise self.problem("parameters", f"{self.name} 要写 {wanted}，不能多也不能少")
        for key, name in zip(self.indicator.method.parameters, names, strict=True):
            stem = name.rstrip(_DIGITS)
            if said := percent_problem(self.scheme.parameters[key]):
                raise self.problem(f"parameters.{name}", said)
            if (stem in self.numbered) != (stem != name):
                kind = "一列" if stem in self.numbered else "一个数"
                raise self.problem(f"parameters.{stem}", f"应是{kind}")
        numbers = {
            stem: {name.removeprefix(stem) for name in names if name.rstrip(_DIGITS) == stem}
            for stem in self.numbered
        }
        for stem, found in numbers.items():
            if found != numbers[self.numbered[0]]:
                raise self.problem(f"parameters.{stem}", f"要与 {self.numbered[0]} 一一对应")

    def problem(self, path: str, message: str) -> SchemeProblem:
        """方案里本计分办法的毛病；`path` 从 method 往下写。"""
        full = f"indicators.{self.indicator.code}.method{self.way}.{path}"
        return SchemeProblem(self.scheme.file, full, message)

    def field(self, key: CellKey) -> Field:
        """某项的定义。"""
        return self.scheme.field(key)


def parameter_name(key: str) -> str:
    """参数标识里的名字和序号：07.limit1 → limit1。"""
    return key.rpartition(".")[2]
