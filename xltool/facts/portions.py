"""哪一项是另一项的一部分，因此不会比它大：按比例计分的两个个数，“三公”经费与全部支出。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from xltool.scheme.key import field_key
from xltool.scheme.model import FieldKind, SheetKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xltool.scheme.key import CellKey
    from xltool.scheme.model import MethodSpec, Scheme

_PROPORTIONAL: Final = "proportional"
# 两个数说的不是按比例计分的一件事，由决算报表的表内关系知道的
_KNOWN: Final = (("finance.three_public", "finance.total"),)


class Portion(NamedTuple):
    """`part` 是 `whole` 的一部分。"""

    part: CellKey
    whole: CellKey


@lru_cache(maxsize=16)
def portions(scheme: Scheme) -> tuple[Portion, ...]:
    """一个方案里的各对，依评分表的次序。金额的支出率另有规则，不在内。"""
    known = [
        Portion(field_key(part), field_key(whole))
        for part, whole in _KNOWN
        if scheme.has(part) and scheme.has(whole)
    ]
    counted = (one for item in scheme.indicators for one in _counted(scheme, item.method))
    return tuple(dict.fromkeys((*counted, *known)))


def _counted(scheme: Scheme, method: MethodSpec) -> Iterator[Portion]:
    for way in method.ways:
        yield from _counted(scheme, way)
    if method.name != _PROPORTIONAL:
        return
    names = [str(method.inputs[one]) for one in ("numerator", "denominator")]
    fields = [scheme.field(field_key(one)) for one in names if _typed_once(scheme, one)]
    if len(fields) == len(names) and all(one.kind is FieldKind.INTEGER for one in fields):
        yield Portion(*map(field_key, names))


def _typed_once(scheme: Scheme, name: str) -> bool:
    """是逐项表里的一项。"""
    return scheme.has(name) and scheme.sheet(field_key(name).sheet).kind is SheetKind.FIELDS
