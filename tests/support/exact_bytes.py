"""逐字节核对要有的条件：写文件的库是 constraints.txt 里的版本，压缩用的是通常的 zlib。"""

from __future__ import annotations

import re
import zlib
from importlib.metadata import version
from pathlib import Path
from typing import Final

import pytest
from packaging.utils import canonicalize_name

CONSTRAINTS: Final = Path(__file__).parents[2] / "constraints.txt"
WRITER: Final = "xlsxwriter"


def pinned() -> dict[str, str]:
    """constraints.txt 里各个包的版本。"""
    lines = CONSTRAINTS.read_text("utf-8").splitlines()
    found = (re.match(r"([A-Za-z0-9._-]+)==(\S+)", line) for line in lines)
    return {canonicalize_name(one[1]): one[2] for one in found if one}


def _obstacle() -> str:
    if "ng" in zlib.ZLIB_RUNTIME_VERSION:
        return "这个 Python 用的是另一种压缩实现，压出的字节不同"
    wanted, found = pinned()[WRITER], version(WRITER)
    if wanted != found:
        return f"装的是 XlsxWriter {found}，字节照 constraints.txt 的 {wanted} 核对"
    return ""


needs_exact_bytes = pytest.mark.skipif(bool(_obstacle()), reason=_obstacle())
