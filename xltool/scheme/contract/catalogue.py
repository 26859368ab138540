"""约定的总目录：按名字找，问一个方案有没有。"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xltool.scheme.contract.lists import OPTIONS
from xltool.scheme.contract.parameters import PARAMETERS
from xltool.scheme.contract.sheets import COVER, MONEY, OTHERS, SCORE
from xltool.scheme.contract.targets import TARGETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from xltool.scheme.contract.need import Need, When

SHEETS: Final = (*COVER, *SCORE, *TARGETS, *MONEY, *OTHERS)
NEEDS: Final[Mapping[str, Need]] = {need.name: need for need in (*SHEETS, *OPTIONS, *PARAMETERS)}

_PARAMETERS: Final = "parameters."


def columns_when(sheet: str, when: When) -> tuple[str, ...]:
    """某张表在某种时候非有不可的各栏，依约定的次序。"""
    return tuple(_rest(f"{sheet}.", when))


def options_when(when: When) -> dict[str, list[str]]:
    """某种时候非有不可的各选项，按选项表。"""
    lists: dict[str, list[str]] = {}
    for name in _rest("options.", when):
        options, _, option = name.partition(".")
        lists.setdefault(options, []).append(option)
    return lists


def parameter_names() -> tuple[str, ...]:
    """共用参数，不含有几档写几个的（末尾是 N）。"""
    names = (name.removeprefix(_PARAMETERS) for name in NEEDS if name.startswith(_PARAMETERS))
    return tuple(name for name in names if not name.endswith("N"))


def parameters_when(when: When) -> tuple[str, ...]:
    """某种时候非有不可的各参数。"""
    return tuple(_rest(_PARAMETERS, when))


def _rest(stem: str, when: When) -> Iterator[str]:
    for name, need in NEEDS.items():
        if need.when is when and name.startswith(stem):
            yield name.removeprefix(stem)
