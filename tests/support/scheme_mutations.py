"""一个方案逐处改坏：每个值换成空的、极大的、负的、别处的、只差大小写的、自己的名字。"""

from __future__ import annotations

import tomllib
from copy import deepcopy
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xltool.scheme.writing import scheme_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    Path = tuple[str | int, ...]

_LONG: Final = "长" * 2000
_HUGE: Final = Decimal(10) ** 9
# 只供人看、怎样写都不影响别处的键：换成极长的就够了
_SPOKEN: Final = frozenset(
    ("title", "label", "help", "note", "example", "origin", "issued_by", "basis", "work", "annex")
)


class Mutant(NamedTuple):
    """改了一处的方案：改的是哪里、改成什么；全文用到时才写。"""

    data: dict[str, Any]
    path: Path
    value: object

    @property
    def name(self) -> str:
        """改的是什么，给人看。"""
        return f"{'.'.join(map(str, self.path))} = {str(self.value)[:20]!r}"

    @property
    def text(self) -> str:
        """方案文件的全文。"""
        changed = deepcopy(self.data)
        holder: Any = changed
        for step in self.path[:-1]:
            holder = holder[step]
        holder[self.path[-1]] = self.value
        return scheme_toml(changed, ())


def mutants(text: str, *, spoken: bool = True) -> Iterator[Mutant]:
    """逐处改一个值；`spoken` 是连同只供人看的话。"""
    data = tomllib.loads(text, parse_float=Decimal)
    values = sorted({one for _, one in _leaves(data) if isinstance(one, str) and "." not in one})
    for path, value in _leaves(data):
        if spoken or path[-1] not in _SPOKEN:
            for other in _others(path, value, values):
                yield Mutant(data, path, other)


def _leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for number, inner in enumerate(value):
            yield from _leaves(inner, (*path, number))
    else:
        yield path, value


def _others(path: Path, value: object, values: list[str]) -> Iterator[object]:
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, str):
        yield from ("", _LONG, value.upper(), f"{value} ")
        if path[-1] not in _SPOKEN:
            yield values[sum(map(ord, value)) % len(values)]  # 别处的一个名字
            yield from (value.lower(), f"{value}\n")
    elif isinstance(value, list):
        yield from ([], value[:1], [*value, *value[:1]], value[::-1])
    elif isinstance(value, int | Decimal):
        yield from (Decimal(0), Decimal(-1), _HUGE, value + Decimal("0.5"))
