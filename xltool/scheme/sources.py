"""方案文件在哪里：随程序带的，和使用者另给的。"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import resources
from pathlib import Path

from xltool.scheme.problem import SchemeProblem

SUFFIX = ".toml"
LOCAL = "XLTOOL_SCHEMES"  # 环境变量：另给的方案文件或文件夹；工作进程也看得到
_TEXT = "（文件）"


@lru_cache(maxsize=1)
def shipped_ids() -> tuple[str, ...]:
    """随程序带的全部方案，按标识排序。"""
    files = resources.files("xltool") / "schemes"
    names = (item.name for item in files.iterdir() if item.name.endswith(SUFFIX))
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names))


def earlier_id(scheme_id: str, version: str) -> str:
    """早先的一版另有一份方案的，它的标识：原来的标识，接版本。"""
    return f"{scheme_id}-{version.replace('.', '-')}"


def shipped_text(scheme_id: str) -> str:
    """随程序带的一个方案的原文。"""
    return (resources.files("xltool") / "schemes" / f"{scheme_id}{SUFFIX}").read_text("utf-8")


def local_places() -> str:
    """另给的方案在哪里，如环境变量所写。"""
    return os.environ.get(LOCAL, "")


def local_files() -> tuple[Path, ...]:
    """另给的方案文件，按路径排序。"""
    files: set[Path] = set()
    for place in map(Path, filter(None, local_places().split(os.pathsep))):
        files.update(place.glob(f"*{SUFFIX}") if place.is_dir() else (place,))
    return tuple(sorted(files))


def file_text(path: Path) -> str:
    """一个方案文件的原文。

    Raises:
        SchemeProblem: 文件读不了。
    """
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SchemeProblem(path.name, _TEXT, f"读不了：{error}") from error
