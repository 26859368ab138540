"""方案里的下拉列表和选项。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xltool.scheme.key import CellKey


@dataclass(frozen=True, slots=True)
class Option:
    """一个选项和可以接受的别的写法；`key` 供程序辨认。"""

    key: str
    value: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionList:
    """一个下拉列表。"""

    key: str
    title: str
    options: tuple[Option, ...]

    def value(self, key: str) -> str:
        """某个选项印出来的字。

        Raises:
            KeyError: 没有这个选项。
        """
        return self._values[key]

    def word(self, key: str) -> str:
        """某个选项印出来的字；没有这个选项时为空串。"""
        return self._values.get(key, "")

    @cached_property
    def values(self) -> tuple[str, ...]:
        """各个选项印出来的字。"""
        return tuple(option.value for option in self.options)

    @cached_property
    def _values(self) -> dict[str, str]:
        return {option.key: option.value for option in self.options}


@dataclass(frozen=True, slots=True)
class Allocation:
    """分值随填报而定：封面选了哪一种分法，`codes` 各三级指标就是多少分（财预〔2021〕101号）。

    `field` 是选分法的项，`options` 是各种分法（选项的标识）；没有选时按第一种。
    """

    field: CellKey
    options: tuple[str, ...]
    codes: frozenset[str]

    def parameter(self, code: str, option: str) -> str:
        """某种分法里某个指标的分值在评分参数里的标识。"""
        return f"{code}.allocation_{option}"
