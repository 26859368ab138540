"""xltool --version：核对写出的字节要知道的——程序、解释器、各个库、各个方案。"""

from __future__ import annotations

import platform
import re
import zlib
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from pyexpat import EXPAT_VERSION
from typing import TYPE_CHECKING, Final

import xltool
from xltool.cache.key import folder_key
from xltool.scheme.loader import shipped_scheme
from xltool.scheme.sources import shipped_ids, shipped_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME: Final = "xltool"
_PACKAGE: Final = re.compile("[A-Za-z0-9._-]+")


def version_lines() -> Iterator[str]:
    """第一行只有版本号，其余一行一样；两台机器上各行都相同的，同样的文件写出同样的字节。"""
    yield f"{_NAME} {xltool.__version__}"
    yield f"程序文件　sha256 {folder_key(Path(xltool.__file__).parent)}"
    yield f"Python {platform.python_version()}，zlib {zlib.ZLIB_RUNTIME_VERSION}，{EXPAT_VERSION}"
    for name in _libraries():
        yield f"{name} {version(name)}"
    for scheme_id in shipped_ids():
        digest = sha256(shipped_text(scheme_id).encode()).hexdigest()
        yield f"方案 {scheme_id} {shipped_scheme(scheme_id).version}　sha256 {digest}"


def _libraries() -> list[str]:
    """运行时用的各个库，照装着的程序自己写的；没有装、直接从源码运行的，不知道。"""
    try:
        wanted = [one for one in requires(_NAME) or () if "extra ==" not in one]
    except PackageNotFoundError:
        return []
    found = (_PACKAGE.match(one) for one in wanted)
    return sorted(one[0] for one in found if one)
