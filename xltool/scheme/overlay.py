"""方案的沿用：一个方案写明沿用哪一个，只写不同的地方。

表按键合并；一列表按各自的标识（key、rule、code、title、name）对上，对上的合并，对不上的接在后面；
写 remove = true 的去掉。计分办法和算法整个换掉，不合并；别的一列值也整个换掉。
改了数的，来源要一起写：沿用来的来源说的是原来的数。
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Data = Mapping[str, Any]

NAMES = ("key", "rule", "code", "title", "name")  # 一列表里的一项靠哪个键辨认，前面的优先
_WHOLE = frozenset({"method", "computation"})
_NUMBERS = ("value", "points", "minimum")  # 有来源的数
REMOVE, ORIGIN = "remove", "origin"


class OverlayError(Exception):
    """沿用时写得不对；`path` 是键的路径，`message` 是怎么不对。"""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}：{message}")
        self.path = path
        self.message = message


def overlaid(base: Data, own: Data, path: str = "") -> dict[str, Any]:
    """沿用 `base`，改成 `own` 所写的。

    Raises:
        OverlayError: 要去掉的项本来就没有，一项写了两次，改了数而没有写来源。
    """
    if ORIGIN in base and ORIGIN not in own:  # 沿用来的来源，不能充作改过的数的来源
        changed = [key for key in _NUMBERS if key in own and own[key] != base.get(key)]
        if changed:
            said = f"改了 {changed[0]}，要一起写明改成这个数的来源"
            raise OverlayError(f"{path}.{ORIGIN}", said)
    result = dict(base)
    for key, value in own.items():
        inner = f"{path}.{key}" if path else key
        if isinstance(value, dict) and value.get(REMOVE) is True:
            _take(result, key, value, inner)
        else:
            result[key] = _combined(result.get(key), value, key, inner)
    return result


def _take(result: dict[str, Any], key: str, item: Data, path: str, name: str = "") -> None:
    """去掉一项；`item` 是写着 remove 的那一项，`name` 是辨认它的键。"""
    if key not in result:
        raise OverlayError(path, "所沿用的方案里没有这一项，不能去掉")
    others = [other for other in item if other not in (REMOVE, name)]
    if others:
        raise OverlayError(f"{path}.{others[0]}", f"写了 {REMOVE} = true 的整项去掉，不要再写别的")
    del result[key]


def _combined(old: object, new: object, key: str, path: str) -> object:
    if key in _WHOLE:
        return new
    if isinstance(new, dict) and (old is None or isinstance(old, dict)):
        return overlaid(old or {}, new, path)
    if isinstance(old, list) and isinstance(new, list):
        name = _name_of(old, new)
        if name:
            return _listed(old, new, name, path)
        # 原来的各项靠这个键辨认的，改的也要写；不然整列就换掉了
        name = _name_of(old, ())
        for number, item in enumerate(new if name else (), 1):
            if not isinstance(item, dict) or name not in item:
                raise OverlayError(f"{path}[{number}]", f"要写 {name}，才知道改的是哪一项")
    return new


def _name_of(old: Sequence[object], new: Sequence[object]) -> str:
    """两列表的各项靠哪个键辨认；认不出的整列换掉。"""
    items = [*old, *new]
    if not items or not all(isinstance(item, dict) for item in items):
        return ""
    return next((name for name in NAMES if all(name in item for item in items)), "")  # type: ignore[operator] # all dicts


def _listed(old: list[Any], new: list[Any], name: str, path: str) -> list[Any]:
    items = {item[name]: item for item in old}
    seen: set[str] = set()
    for number, item in enumerate(new, 1):
        own = item[name]
        if not isinstance(own, str):
            raise OverlayError(f"{path}[{number}].{name}", f"应是文字，现为 {own!r}")
        inner = f"{path}（{own}）"
        if own in seen:
            raise OverlayError(inner, "写了两次，请合成一项")
        seen.add(own)
        if item.get(REMOVE) is True:
            _take(items, own, item, inner, name)
        else:
            items[own] = overlaid(items.get(own, {}), item, inner)
    return list(items.values())
