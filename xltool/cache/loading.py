"""打开打成包的数据：只造得出点名的几种数据，别的一概不认，包里写什么都不会执行。

pickle 的包里可以写“调用某某函数”；这里要用到的函数和类都先到点名的表里去找，找不到就拒绝。
"""

from __future__ import annotations

import pickle
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Kinds: TypeAlias = "Mapping[tuple[str, str], type]"


def kinds_of(*classes: type) -> Kinds:
    """点名的几种数据；只放造出来没有别的作用的。"""
    return {(one.__module__, one.__qualname__): one for one in classes}


def load(data: bytes, kinds: Kinds) -> object:
    """打开一个包。

    Raises:
        pickle.UnpicklingError: 包里有没有点名的。
    """
    return _Loader(data, kinds).load()


class _Loader(pickle.Unpickler):
    def __init__(self, data: bytes, kinds: Kinds) -> None:
        super().__init__(BytesIO(data))
        self._kinds = kinds

    def find_class(self, module: str, name: str) -> type:
        try:
            return self._kinds[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None

    def persistent_load(self, _: object) -> object:
        raise pickle.UnpicklingError
