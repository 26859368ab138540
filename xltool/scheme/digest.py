"""方案内容的指纹：沿用、改写都算进去以后的样子；同一标识、同一版本而内容改过的，分得出来。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from xltool.scheme.model import Scheme

_LENGTH: Final = 32
_PLACE: Final = "file"  # 读自哪个文件，不是内容


@lru_cache(maxsize=64)  # 方案读入以后不变，一次汇总、一次核对要问好几遍
def scheme_digest(scheme: Scheme) -> str:
    """一份方案的指纹。"""
    return sha256(_text(scheme).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]


def _text(value: object) -> str:
    """内容写成确定的文字：集合排序，其余照次序。"""
    if is_dataclass(value):
        named = ((one.name, getattr(value, one.name)) for one in fields(value))
        parts = [f"{name}={_text(one)}" for name, one in named if name != _PLACE]
        return f"{type(value).__name__}({','.join(parts)})"
    if isinstance(value, Mapping):
        return f"{{{','.join(f'{_text(key)}:{_text(one)}' for key, one in value.items())}}}"
    if isinstance(value, set | frozenset):
        return f"<{','.join(sorted(map(_text, value)))}>"
    if isinstance(value, tuple | list):
        return f"[{','.join(map(_text, value))}]"
    return repr(value)
