"""方案里的下拉列表和选项。"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


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
