"""下拉列表：各选项和别名、最像的一项。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from xltool.values import nearest_meaning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xltool.scheme.model import Field, Scheme
    from xltool.scheme.options import OptionList


class Options(NamedTuple):
    """一个下拉列表，备好供逐格比对。"""

    values: tuple[str, ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=16)
def option_lists(scheme: Scheme) -> Mapping[str, Options]:
    """方案的各选项表。"""
    return {key: _prepared(options) for key, options in scheme.options.items()}


@lru_cache(maxsize=64)
def every_option(scheme: Scheme, names: tuple[str, ...]) -> Options:
    """上一级没有选时，各二级列表的选项都算。"""
    lists = [_prepared(scheme.options[name]) for name in names]
    values = tuple(dict.fromkeys(value for one in lists for value in one.values))
    return Options(values, tuple(choice for one in lists for choice in one.choices))


def options_of(scheme: Scheme, field: Field) -> Options | None:
    """一项的下拉列表；要看上一级的，各表的选项都算；没有下拉的为空。"""
    if field.options:
        return option_lists(scheme)[field.options]
    lists = tuple(field.options_by.values())
    return every_option(scheme, lists) if lists else None


def _prepared(options: OptionList) -> Options:
    return Options(
        tuple(option.value for option in options.options),
        tuple((option.value, option.aliases) for option in options.options),
    )


def nearest_choice(text: str, options: Options) -> str:
    """最像的选项，写进“请从下拉列表里选……”。"""
    near = nearest_meaning(text, options.values)
    return f"“{near}”" if near else ""
