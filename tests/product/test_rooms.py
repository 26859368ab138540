"""各房间的先后：左边的不引用右边的；写表格的库只在 excel/ 里，读外来文件不用它们。"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import xltool

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

PACKAGE = Path(xltool.__file__).parent
# 同一组里的可以互相引用；编号小的不得引用编号大的
ROOMS = (
    ("address", "finding", "messages"),
    ("xlsx",),
    ("workers", "cache"),
    ("schemes", "scheme", "values"),
    ("headings",),
    ("facts",),
    ("scoring", "layout"),
    ("sheets",),
    ("form",),
    ("intake",),
    ("flags",),
    ("narrative",),
    ("soundness",),
    ("assessment",),
    ("collection",),
    ("consolidated", "migrating", "scheme_book", "season"),
    ("excel", "marking", "papers"),
    ("verifying",),
    ("frames",),
    ("cli", "__main__"),
)
RANK = {room: rank for rank, group in enumerate(ROOMS) for room in group}
LIBRARIES = {
    "xlsxwriter": {"excel"},
    "openpyxl": {"marking"},
    "pandas": {"frames"},
    "typer": {"cli"},
    "click": {"cli"},
    "rich": {"cli"},
}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


class Parsed(NamedTuple):
    """一个文件里的引用，和各个函数的名字、行数。"""

    imports: list[ast.Import | ast.ImportFrom]
    functions: list[tuple[str, int]]


@cache
def parsed(path: Path) -> Parsed:
    found = Parsed([], [])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.imports.append(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            found.functions.append((node.name, length))
    return found


def imports(path: Path) -> list[str]:
    names: list[str] = []
    for node in parsed(path).imports:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif node.module:
            names.append(node.module)
    return names


FILES = sorted(path for path in PACKAGE.rglob("*.py") if room_of(path) != "__init__")


def test_rooms_look_left_only() -> None:
    assert {room_of(path) for path in FILES} <= set(RANK), "新房间要排好次序"
    wrong = [
        f"{path.relative_to(PACKAGE)} 不得引用 {name}"
        for path in FILES
        for name in imports(path)
        if not _allowed(room_of(path), name)
    ]
    assert wrong == []


def _allowed(room: str, name: str) -> bool:
    """这个房间可不可以引用它。"""
    package, *parts = name.split(".")
    if package == "xltool" and parts and parts[0] in RANK:
        return RANK[parts[0]] <= RANK[room]
    return room in LIBRARIES.get(package, {room})


def test_messages_look_at_nothing_but_findings() -> None:
    for path in sorted((PACKAGE / "messages").glob("*.py")):
        own = [name for name in imports(path) if name.startswith("xltool.")]
        assert set(own) <= {"xltool.finding", "xltool.address"}, path


def test_no_archive_is_ever_extracted() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        assert ".extractall(" not in text, path
        assert ".extract(" not in text, path


def test_files_go_round_in_no_circle() -> None:
    """连只作类型的引用也不许成圈：先读哪个文件都读得懂。"""
    modules = {_module(path): path for path in PACKAGE.rglob("*.py")}
    graph = {name: _imported(path, modules.keys()) for name, path in modules.items()}
    circles = {found for found in _components(graph) if len(found) > 1}
    circles |= {frozenset({name}) for name, others in graph.items() if name in others}
    assert circles == set()


@pytest.mark.parametrize(
    ("graph", "circles"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, set()),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, {frozenset("abc")}),
        ({"a": {"b"}, "b": {"a"}, "c": {"d", "a"}, "d": {"c"}}, {frozenset("ab"), frozenset("cd")}),
    ],
)
def test_circles_are_found(graph: dict[str, set[str]], circles: set[frozenset[str]]) -> None:
    assert {found for found in _components(graph) if len(found) > 1} == circles


def _module(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, modules: Collection[str]) -> set[str]:
    """引用了哪些文件；`from 包 import 文件` 引用的是那个文件。"""
    found: set[str] = set()
    for node in parsed(path).imports:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        else:
            assert node.level == 0, f"{path} 用了相对引用"
            named = (f"{node.module}.{alias.name}" for alias in node.names)
            found |= {name if name in modules else f"{node.module}" for name in named}
    return found & set(modules)


def _components(graph: dict[str, set[str]]) -> set[frozenset[str]]:
    """强连通分量：互相到得了的算一个。"""
    reach = {name: _reachable(graph, name) for name in graph}
    return {
        frozenset({name} | {other for other in reach[name] if name in reach[other]})
        for name in graph
    }


def _reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - found
        found |= new
        waiting += new
    return found


HARD_STOP = 300
LONGEST_FUNCTION = 50


def test_files_and_functions_stay_small() -> None:
    assert list(_too_long()) == []


def _too_long() -> Iterator[str]:
    for path in FILES:
        text, name = path.read_text("utf-8"), path.relative_to(PACKAGE)
        if len(text.splitlines()) > HARD_STOP:
            yield f"{name} 超过 {HARD_STOP} 行"
        for function, length in parsed(path).functions:
            if length > LONGEST_FUNCTION:
                yield f"{name} 的 {function} 有 {length} 行"
