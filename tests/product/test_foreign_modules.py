"""收来的文件夹里放着什么都不当程序：站在里面执行命令，同名的模块一个也不载入，结果照旧。"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import cli_runner
import pytest

import xltool
from xltool.workers.run import FEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

HOME = Path(xltool.__file__).parents[1]
SAMPLES = Path(__file__).parents[2] / "sample_inputs"
SAMPLE = SAMPLES / "mixed" / "示例市商务局_电商产业园扶持.xlsx"  # 小的一种，标注、汇总都快
SCHEME = "mof-project"
REAL = 8  # 几份里有一份真的表
OWN = "xltool"
WAYS = ("command", "module", "module -P")
# 没有装的、解释器和别的工具会去找的
WANTED = ("sitecustomize", "usercustomize", "lxml", "defusedxml", "IPython", "numexpr", "conftest")
PACKAGES = frozenset({OWN, "multiprocessing", "xml", "json", "openpyxl", "rich"})
PLANT = "open({marks!r} + '/' + __name__, 'w').close()\n"
SCRIPT = "import sys\nfrom xltool.cli import main\nsys.exit(main())\n"
PROBE = "import sys\nprint(*{name.partition('.')[0] for name in sys.modules})\n"


@cache
def loaded_by_python() -> frozenset[str]:
    """python -m 在轮到本程序以前，自己就从当前文件夹里载入的：谁也拦不住。"""
    command = [sys.executable, "-c", f"import runpy\n{PROBE}"]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return frozenset(ran.stdout.split())


@cache
def names() -> frozenset[str]:
    """标准库、装着的库、本程序的各个名字。"""
    found = {*sys.stdlib_module_names, *packages_distributions(), OWN, *WANTED}
    return frozenset(name for name in found if name.isidentifier())


def plant(folder: Path, marks: Path, spared: Iterable[str] = ()) -> None:
    """每个名字都放一个：一载入就留下记号。"""
    marks.mkdir()
    for name in names() - set(spared):
        path = folder / name / "__init__.py" if name in PACKAGES else folder / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PLANT.format(marks=str(marks)), "utf-8")
    (folder / "外来.pth").write_text("import struct\n", "utf-8")
    (folder / "pyproject.toml").write_text("[tool.xltool]\nschemes = '.'\n", "utf-8")


class Stage:
    """一处收来的文件夹，和起命令的几种办法。"""

    def __init__(self, root: Path, way: str) -> None:
        self.inbox = root / "报送"
        self.marks = root / "记号"
        self.inbox.mkdir()
        script = root / "bin" / "xltool"
        script.parent.mkdir()
        script.write_text(SCRIPT, "utf-8")
        ways = {
            "command": [sys.executable, str(script)],
            "module": [sys.executable, "-m", OWN],
            "module -P": [sys.executable, "-P", "-m", OWN],
        }
        self._command = ways[way]
        spared = {*loaded_by_python(), OWN} if way == "module" else ()
        plant(self.inbox, self.marks, spared)

    def run(self, folder: Path, *arguments: str | Path) -> int:
        """站在 `folder` 里执行；照安装的样子，本程序在绝对路径上。"""
        command: Sequence[str] = [*self._command, *map(str, arguments)]
        environment = {**os.environ, "PYTHONPATH": str(HOME), "PYTHONDONTWRITEBYTECODE": "1"}
        environment.pop("PYTHONSAFEPATH", None)
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        assert b"Traceback" not in ran.stderr, ran.stderr.decode()
        return ran.returncode

    def assert_nothing_loaded(self) -> None:
        """没有留下记号。"""
        assert [path.name for path in self.marks.iterdir()] == []


def ways(*daily: str) -> pytest.MarkDecorator:
    """几种起法；平时只起 `daily` 的，其余在 nightly。"""
    marks = {way: () if way in daily else (pytest.mark.nightly,) for way in WAYS}
    return pytest.mark.parametrize("way", [pytest.param(way, marks=marks[way]) for way in WAYS])


def test_the_plants_do_leave_marks(tmp_path: Path) -> None:
    stage = Stage(tmp_path, "command")
    subprocess.run([sys.executable, "-c", "import struct"], cwd=stage.inbox, check=False)
    assert [path.name for path in stage.marks.iterdir()] != []


def received(inbox: Path) -> None:
    """够分给几个进程；每个进程都轮得到真的表。"""
    for number in range(FEW):
        file = inbox / f"{number:03}.xlsx"
        file.write_bytes(b"PK" if number % REAL else SAMPLE.read_bytes())


OPTIONS = ("--exit-zero", "-qq", "-o")


@cache
def collected_elsewhere(inbox: Path, listed: frozenset[str]) -> bytes:  # noqa: ARG001 - a key
    """在别处、本进程里汇总的，就是该有的结果；文件夹里放着的几样相同的只汇总一次。"""
    with TemporaryDirectory() as name:
        book = Path(name) / "汇总.xlsx"
        assert cli_runner.xltool("collect", inbox, "--jobs", "1", *OPTIONS, book).code == 0
        return book.read_bytes()


@pytest.fixture(scope="module")
def same_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("同一处")


@ways(*WAYS)
def test_collect_with_several_processes(way: str, same_place: Path) -> None:
    """各种起法在同一处：汇总里写着收件夹在哪里、略过了哪些。"""
    shutil.rmtree(same_place)
    same_place.mkdir()
    stage = Stage(same_place, way)
    received(stage.inbox)
    inside = same_place / "里" / "汇总.xlsx"
    inside.parent.mkdir()
    assert stage.run(stage.inbox, "collect", ".", "--jobs", "2", *OPTIONS, inside) == 0
    stage.assert_nothing_loaded()
    listed = frozenset(path.name for path in stage.inbox.iterdir())
    assert inside.read_bytes() == collected_elsewhere(stage.inbox, listed)


@pytest.mark.usefixtures("marking_here")  # 在别处做的一份，就在本进程标注
@ways("module")  # 先载入什么、路径怎样清理，与执行哪条命令无关；各种起法由上一个看
def test_a_returned_copy(way: str, tmp_path: Path) -> None:
    stage = Stage(tmp_path, way)
    shutil.copy(SAMPLE, stage.inbox / "甲局.xlsx")
    assert stage.run(stage.inbox, "check", "甲局.xlsx", "--marked", "../里") == 1
    stage.assert_nothing_loaded()
    marked = ("check", stage.inbox / "甲局.xlsx", "--marked", tmp_path / "外")
    assert cli_runner.xltool(*marked).code == 1
    (inside,), (outside,) = (list((tmp_path / name).iterdir()) for name in ("里", "外"))
    assert inside.read_bytes() == outside.read_bytes()


@ways("command")
def test_a_template(way: str, tmp_path: Path) -> None:
    stage = Stage(tmp_path, way)
    assert stage.run(stage.inbox, "template", SCHEME, "-o", "../里") == 0
    stage.assert_nothing_loaded()
    assert cli_runner.xltool("template", SCHEME, "-o", tmp_path / "外").code == 0
    (inside,), (outside,) = (list((tmp_path / name).iterdir()) for name in ("里", "外"))
    assert inside.read_bytes() == outside.read_bytes()
