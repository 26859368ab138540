"""文字、路径、没有写的：不必载入 pydantic 就看得懂。

Typer 每碰到一个参数都要用 pydantic 换成所要的类型，载入它占去 check 一份文件的五分之一；这里的参数
几乎全是路径、文字和开关。看不懂的（--jobs 的数、不能读的路径）照旧交给 Typer，出错时也由它说。
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

if TYPE_CHECKING:
    from collections.abc import Iterable

_OWN: Final = "_runtime_param"  # Typer 用来换类型的；用到时才造，还没有造的为空
_ASKED: Final = (  # 写了其中一样的，不是平常的参数
    *("parser", "min", "max", "formats"),
    *("exists", "writable", "resolve_path", "allow_dash", "path_type"),
)
_UNKNOWN: Final = object()


def read_plainly(params: Iterable[Any]) -> None:
    """平常的参数自己换；别的版本的 Typer 不是这样换类型的，就照它的。"""
    for param in params:
        if getattr(param, _OWN, _UNKNOWN) is None and hasattr(param, "get_runtime_param"):
            info = param.type_descriptor.parameter_info
            if not any(getattr(info, name, None) for name in _ASKED):
                setattr(param, _OWN, _PlainValue())


class _PlainValue:
    """代替 Typer 换一个参数的类型。"""

    def coerce(self, value: object, param: Any, ctx: Any) -> object:  # noqa: ANN401 - Typer's own
        """换好的值；看不懂的交给 Typer。"""
        several = param.multiple or param.nargs == -1
        if value is None:
            return () if several else None
        found = _plain(value, param.type_descriptor.annotation)
        if found is not _UNKNOWN:
            return found
        setattr(param, _OWN, None)
        try:
            return param.get_runtime_param().coerce(value, param=param, ctx=ctx)
        finally:
            setattr(param, _OWN, self)


def _plain(value: object, kind: object) -> object:
    if get_origin(kind) is list:
        (each,) = get_args(kind)
        if not isinstance(value, (list, tuple)):
            return _UNKNOWN
        found = [_plain(item, each) for item in value]
        return _UNKNOWN if any(item is _UNKNOWN for item in found) else found
    if kind is Path and isinstance(value, str) and "\0" not in value:
        there = os.path.exists(value)  # noqa: PTH110 - what may not be looked at is not there
        return _UNKNOWN if there and not os.access(value, os.R_OK) else Path(value)
    same = kind in {bool, int, str} and type(value) is kind
    return value if same else _UNKNOWN
