"""一条缓存的名字：由它取决于的一切定，有一样变了就不是同一条。"""

from __future__ import annotations

import sys
import zlib
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from pyexpat import EXPAT_VERSION
from typing import Final

from xltool import __version__

_COMPILED: Final = "__pycache__"
_LIBRARIES: Final = ("xlsxwriter",)  # 写出的字节取决于它的版本，版本写在它的 __init__ 里


def key_of(*parts: object) -> str:
    """由各样的写法得出的名字；两样不同的，写法不许相同。"""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def program_key() -> str:
    """这个程序：装着的每一个文件的字节（随程序带的方案也在内）、解释器、库。

    Raises:
        OSError: 程序不是一个个文件（如装在压缩包里），或读不了。
    """
    runtime = (sys.version, sys.platform, zlib.ZLIB_RUNTIME_VERSION, EXPAT_VERSION)
    libraries = [_library(name) for name in _LIBRARIES]
    return key_of(__version__, folder_key(Path(__file__).parent.parent), runtime, libraries)


def folder_key(folder: Path) -> str:
    """一个文件夹里每一个文件的名字和字节；编译出的不算。

    Raises:
        OSError: 里面没有文件，或读不了。
    """
    files = [
        (path.relative_to(folder).as_posix(), sha256(path.read_bytes()).digest())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and _COMPILED not in path.parts
    ]
    if not files:
        raise FileNotFoundError(str(folder))
    return key_of(files)


def _library(name: str) -> bytes:
    spec = find_spec(name)  # 不载入它：没有变的一次用不着
    return sha256(Path(spec.origin).read_bytes()).digest() if spec and spec.origin else b""
