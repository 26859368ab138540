"""xltool --version：第一行是版本号，其余是核对字节要知道的。"""

from __future__ import annotations

import platform
import re
import tomllib
import zlib
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from cli_runner import xltool
from packaging.requirements import Requirement

import xltool as program
from xltool.cli import version as told
from xltool.scheme.loader import load_scheme

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]


def test_it_says_what_the_bytes_depend_on() -> None:
    """程序、解释器、pyproject 要的每个库、每个方案和它的指纹。"""
    first, files, python, *others = xltool("--version").out.splitlines()
    assert first == f"xltool {program.__version__}"
    assert re.fullmatch(r"程序文件　sha256 [0-9a-f]{64}", files)
    compression = f"zlib {zlib.ZLIB_RUNTIME_VERSION}"
    assert python.startswith(f"Python {platform.python_version()}，{compression}，expat_")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = sorted(Requirement(one).name for one in project["dependencies"])
    schemes = (ROOT / "xltool" / "schemes").glob("*.toml")
    digests = {one.stem: sha256(one.read_bytes()).hexdigest() for one in schemes}
    listed = [f"{name} {version(name)}" for name in names]
    listed += [
        f"方案 {name} {load_scheme(name).version}　sha256 {digest}"
        for name, digest in sorted(digests.items())
    ]
    assert others == listed


def test_a_program_that_was_not_installed_names_no_libraries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def absent(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(told, "requires", absent)
    lines = xltool("--version").out.splitlines()
    assert [line[:2] for line in lines[3:]] == ["方案"] * (len(lines) - 3)
