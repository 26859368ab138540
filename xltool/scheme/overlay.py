"""方案的沿用：一个方案写明沿用哪一个，只写不同的地方。

表按键合并；一列表按各自的标识（key、rule、code、title、name）对上，对上的合并，对不上的接在后面；
写 remove = true 的去掉。计分办法和算法整个换掉，不合并；别的一列值也整个换掉。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Data = Mapping[str, Any]

_NAMES = ("key", "rule", "code", "title", "name")  # 一列表里的一项靠哪个键辨认，前面的优先
_WHOLE = frozenset({"method", "computation"})
REMOVE = "remove"


class UnmatchedError(Exception):
    """要去掉的项在所沿用的方案里没有；`path` 是键的路径。"""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def overlaid(base: Data, own: Data, path: str = "") -> dict[str, Any]:
    """沿用 `base`，改成 `own` 所写的。

    Raises:
        UnmatchedError: 要去掉的项本来就没有。
    """
    result = dict(base)
    for key, value in own.items():
        inner = f"{path}.{key}" if path else key
        if isinstance(value, dict) and value.get(REMOVE) is True:
            _take(result, key, inner)
        else:
            result[key] = _combined(result.get(key), value, key, inner)
    return result


def _take(result: dict[str, Any], key: str, path: str) -> None:
    if key not in result:
        raise UnmatchedError(path)
    del result[key]


def _combined(old: object, new: object, key: str, path: str) -> object:
    if key in _WHOLE:
        return new
    if isinstance(old, dict) and isinstance(new, dict):
        return overlaid(old, new, path)
    if isinstance(old, list) and isinstance(new, list):
        name = _name_of(old, new)
        return _listed(old, new, name, path) if name else new
    return new


def _name_of(old: Sequence[object], new: Sequence[object]) -> str:
    """两列表的各项靠哪个键辨认；认不出的整列换掉。"""
    items = [*old, *new]
    if not items or not all(isinstance(item, dict) for item in items):
        return ""
    return next((name for name in _NAMES if all(name in item for item in items)), "")  # type: ignore[operator] # all dicts


def _listed(old: list[Any], new: list[Any], name: str, path: str) -> list[Any]:
    items = {item[name]: item for item in old}
    for item in new:
        inner = f"{path}（{item[name]}）"
        if item.get(REMOVE) is True:
            _take(items, item[name], inner)
        else:
            items[item[name]] = overlaid(items.get(item[name], {}), item, inner)
    return list(items.values())
