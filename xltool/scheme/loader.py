"""读方案文件；不合规的方案连同文件和键的路径一起拒绝。"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from xltool.scheme.build import build_scheme
from xltool.scheme.contract.defaults import with_own_lists
from xltool.scheme.lint import inspect
from xltool.scheme.overlay import OverlayError, overlaid
from xltool.scheme.problem import NO_SUCH, SchemeProblem
from xltool.scheme.reader import Table
from xltool.scheme.sources import (
    file_text,
    local_files,
    local_places,
    shipped_ids,
    shipped_text,
)
from xltool.scheme.syntax import parsed

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.scheme.model import Scheme

EXTENDS = "extends"  # [scheme] 里写着沿用哪个方案的键


def scheme_ids() -> tuple[str, ...]:
    """可用的全部方案：随程序带的在前，各按标识排序。

    Raises:
        SchemeProblem: 另给的方案文件读不了，或与别的方案同名。
    """
    return (*shipped_ids(), *local_schemes())


def local_schemes() -> dict[str, Path]:
    """另给的方案：标识和所在的文件，按标识排序。

    Raises:
        SchemeProblem: 文件读不了，或与别的方案同名。
    """
    return {scheme_id: path for scheme_id, (path, _) in sorted(_local(local_places()).items())}


@lru_cache(maxsize=4)
def _local(places: str) -> dict[str, tuple[Path, Scheme]]:
    """`places` 里的方案；换了地方就重新读。"""
    del places
    found: dict[str, tuple[Path, Scheme]] = {}
    for path in local_files():
        scheme = load_scheme_file(path)
        if scheme.id in found or scheme.id in shipped_ids():
            raise SchemeProblem(path.name, "scheme.id", taken(scheme.id))
        found[scheme.id] = (path, scheme)
    return found


def taken(scheme_id: str) -> str:
    """标识与别的方案相同，怎样说。"""
    return f"已经有标识是“{scheme_id}”的方案，请换一个"


def load_scheme(scheme_id: str) -> Scheme:
    """按标识取方案。

    Raises:
        SchemeProblem: 没有这个方案，或方案文件有毛病。
    """
    local = _local(local_places())
    return local[scheme_id][1] if scheme_id in local else shipped_scheme(scheme_id)


@lru_cache(maxsize=16)
def shipped_scheme(scheme_id: str) -> Scheme:
    """随程序带的方案；另给的方案坏了也取得到。

    Raises:
        SchemeProblem: 没有这个方案。
    """
    if scheme_id not in shipped_ids():
        known = "、".join(scheme_ids())
        raise SchemeProblem(scheme_id, NO_SUCH, f"没有这个方案；现有：{known}")
    return parse_scheme(shipped_text(scheme_id), f"{scheme_id}.toml")


def load_scheme_file(path: Path) -> Scheme:
    """读一个方案文件。

    Raises:
        SchemeProblem: 文件读不了或有毛病。
    """
    return parse_scheme(file_text(path), path.name)


def parse_scheme(text: str, file: str) -> Scheme:
    """把方案文件的文字读成方案；写了沿用哪个方案的，先取那一个。

    Raises:
        SchemeProblem: 语法不对、缺项、多余的键、分值不合、引用不存在。
    """
    scheme = built_scheme(text, file)
    inspect(scheme, file)
    return scheme


def built_scheme(text: str, file: str) -> Scheme:
    """把方案文件的文字读成方案，不核对分值、引用一类的道理。

    Raises:
        SchemeProblem: 语法不对、缺项、类型不对、多余的键。
    """
    content = scheme_content(text, file)
    return build_scheme(Table(content.data, file, "", named=content.merged))


def base_of(text: str, file: str) -> Scheme | None:
    """一个读得成的方案文件所沿用的方案；不沿用的为空。"""
    base = parsed(text, file)["scheme"].get(EXTENDS)
    return None if base is None else shipped_scheme(base)


class Content(NamedTuple):
    """方案文件的全部内容；`merged` 是沿用的部分已经合进来，各项的次序与文件里的不同。"""

    data: dict[str, Any]
    merged: bool


def scheme_content(text: str, file: str, users: tuple[str, ...] = ()) -> Content:
    """方案文件的全部内容，补好程序自己的选项表；`users` 是正在沿用它的各个方案。

    Raises:
        SchemeProblem: 语法不对，或所沿用的方案不能用。
    """
    data = parsed(text, file)
    head = data.get("scheme")
    if not isinstance(head, dict) or EXTENDS not in head:
        return Content(with_own_lists(data), merged=False)
    base = head.pop(EXTENDS)
    if base not in shipped_ids() or base in users:
        known = "、".join(name for name in shipped_ids() if name not in users)
        raise SchemeProblem(
            file, f"scheme.{EXTENDS}", f"不能沿用“{base}”；可以沿用随程序带的 {known}"
        )
    inherited = scheme_content(shipped_text(base), f"{base}.toml", (*users, base))
    try:
        merged = overlaid(inherited.data, data)
    except OverlayError as error:
        raise SchemeProblem(file, error.path, error.message) from error
    if head.get("id", base) == base:
        raise SchemeProblem(file, "scheme.id", f"要写自己的标识，不能与所沿用的“{base}”相同")
    return Content(with_own_lists(merged), merged=True)
