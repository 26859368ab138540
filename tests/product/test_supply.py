"""从哪里来、装哪一版：上下限、散列值、许可、更新记录里的各版。"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from exact_bytes import pinned
from licences import licence
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import xltool

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NEEDED = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
LOCKED = re.compile(
    r"^([a-z0-9-]+)==(\S+)(?: ; ([^\\\n]+?))? \\\n((?:    --hash=sha256:\S+[ \\\n]*)+)",
    re.MULTILINE,
)
HEADING = re.compile(r"^## (\d+\.\d+\.\d+)(?:（(\d{4}-\d\d-\d\d)）)?$", re.MULTILINE)


@pytest.mark.parametrize("needed", NEEDED, ids=str)
def test_each_dependency_has_a_floor_and_a_ceiling(needed: Requirement) -> None:
    """上限刚好在试过的最高的一版之上：再往上还没有发布。"""
    bounds = {one.operator: Version(one.version) for one in needed.specifier}
    assert bounds.keys() == {">=", "<"}
    tried, ceiling = Version(pinned()[canonicalize_name(needed.name)]), bounds["<"]
    assert bounds[">="] <= tried < ceiling
    released = len(ceiling.release)  # 写了几段，就只比试过的大一
    assert ceiling.release[:-1] == tried.release[: released - 1]
    assert ceiling.release[-1] == tried.release[released - 1] + 1


def test_the_lock_names_what_is_pinned_with_a_hash_for_each_file() -> None:
    locked = {one[1]: one for one in LOCKED.finditer(LOCK)}
    assert len(locked) == len(re.findall("^[a-z0-9-]+==", LOCK, re.MULTILINE))
    build = {Requirement(line).name for line in PROJECT["build-system"]["requires"]}
    assert {canonicalize_name(one.name) for one in NEEDED} | build <= locked.keys()
    versions = pinned()
    only_there = {name for name in locked if name not in versions}
    assert {name: locked[name][3] for name in only_there} == {"colorama": "sys_platform == 'win32'"}
    wrong = {name for name, one in locked.items() if one[2] != versions.get(name, one[2])}
    assert not wrong
    for one in locked.values():
        hashes = re.findall(r"sha256:(\S+)", one[4])
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in hashes), one[1]


def test_nothing_says_where_packages_come_from() -> None:
    """从哪里取由装的人定。"""
    for name in ("requirements.lock", "constraints.txt", "pyproject.toml", "Makefile"):
        text = (ROOT / name).read_text("utf-8")
        assert not re.search(r"https?://|index-url=|find-links=", text), name


def test_each_package_that_is_pinned_says_its_licence() -> None:
    told = {name: licence(name) for name in pinned() if name != "tzdata"}
    assert {name for name, words in told.items() if words in {"没有装", "没有写"}} == set()


def test_releases_are_named_and_dated() -> None:
    """最上面的就是程序的版本；只有它可以还没有日期：还没有发布。"""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    headings = HEADING.findall(text)
    assert len(headings) == len(re.findall("^## ", text, re.MULTILINE))
    versions = [Version(number) for number, _ in headings]
    assert str(versions[0]) == xltool.__version__
    assert versions == sorted(set(versions), reverse=True)
    days = [day for _, day in headings if day]
    assert len(days) >= len(headings) - 1
    assert [date.fromisoformat(day) for day in days] == sorted(map(date.fromisoformat, days))[::-1]
