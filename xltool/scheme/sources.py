"""方案文件在哪里：随程序带的，和使用者另给的。"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Final

from xltool.scheme.problem import WHOLE, SchemeProblem

SUFFIX = ".toml"
LOCAL = "XLTOOL_SCHEMES"  # 环境变量：另给的方案文件或文件夹；工作进程也看得到


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
        data = path.read_bytes()
    except OSError as error:
        raise SchemeProblem(path.name, WHOLE, _unread(error)) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SchemeProblem(path.name, WHOLE, _undecoded(data)) from error


_SAVE_AS: Final = "：用记事本打开，选“另存为”，编码选 UTF-8"


def _unread(error: OSError) -> str:
    """打不开的缘由。"""
    if isinstance(error, FileNotFoundError):
        return "没有这个文件，请核对文件名和所在的文件夹"
    if isinstance(error, IsADirectoryError):
        return "这是文件夹，请写明里面的哪个文件"
    if isinstance(error, PermissionError):
        return "没有读这个文件的权限，或正被别的程序占用"
    return f"读不了这个文件（{error.strerror}）"


def _undecoded(data: bytes) -> str:
    """不是 UTF-8 的，多半是什么、怎样改。"""
    if data.startswith(b"PK"):
        told = "这是 Excel 工作簿，不是方案文件"
        return f"{told}；方案工作簿要先用 xltool scheme import 读回"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return f"不是 UTF-8 编码，像是记事本存成了 Unicode（UTF-16）{_SAVE_AS}"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "不是 UTF-8 编码的文字，请核对是不是方案文件"
    return f"不是 UTF-8 编码，像是记事本存成了 ANSI（GBK）{_SAVE_AS}"
