"""交付的门槛：格式、写法、类型，以及装好的包里方案齐全。"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import requires
from pathlib import Path

import pytest
from exact_bytes import pinned
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]

# 从安装包里取，不从源码取：看到的必须是安装的人会得到的
_FROM_WHEEL = """
import sys
sys.path.insert(0, sys.argv[1])
import xltool
from xltool.scoring.catalogue import ready_schemes
assert xltool.__file__.startswith(sys.argv[1]), xltool.__file__
print(*(scheme.id for scheme in ready_schemes()))
"""


def run(*arguments: str | Path, cwd: Path = ROOT) -> str:
    """执行一个开发用的程序；失败时把它说的话都印出来。"""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("arguments", [("format", "--check"), ("check",)], ids=" ".join)
def test_ruff(arguments: tuple[str, ...]) -> None:
    run("-m", "ruff", *arguments, "xltool", "tests")


def test_mypy() -> None:
    run("-m", "mypy")


def test_constraints_name_every_package_at_a_version_that_is_allowed() -> None:
    """pyproject 要的、它们又要的，constraints.txt 里都有，不低于下限，也就是装着的。"""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    versions, seen = pinned(), set()
    while waiting:
        wanted = Requirement(waiting.pop())
        name = canonicalize_name(wanted.name)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        assert wanted.specifier.contains(versions[name]), f"{wanted}，写的是 {versions[name]}"
        if name not in seen:
            seen.add(name)
            waiting += requires(name) or ()
    assert versions.keys() - seen <= {"tzdata"}, "constraints.txt 里有用不到的"


def test_the_wheel_holds_the_schemes_and_no_tests(tmp_path: Path) -> None:
    run("-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    shipped = sorted(path.stem for path in (ROOT / "xltool" / "schemes").glob("*.toml"))
    assert shipped
    assert sorted(Path(name).stem for name in names if name.endswith(".toml")) == shipped
    assert not [name for name in names if name.startswith(("tests/", "sample_inputs/"))]
    printed = run("-c", _FROM_WHEEL, wheel, cwd=tmp_path)
    assert printed.split() == shipped
