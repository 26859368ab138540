"""模块从哪里载入：当前文件夹不在其中，用的人照绝对路径给的还在。"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest
import worker_jobs as jobs

import xltool
from xltool.workers.import_path import leave_out_current_folder
from xltool.workers.pool import WorkerPool
from xltool.workers.run import run_all

HOME = str(Path(xltool.__file__).parents[1])
SUPPORT = Path(jobs.__file__).parent


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """可以随便改的模块路径。"""
    monkeypatch.setattr(sys, "path", list(sys.path))
    return sys.path


def test_a_worker_sees_no_current_folder(
    tmp_path: Path, path: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", str(tmp_path / "绝对"), "相对"]))
    path[:0] = ["", "."]
    with WorkerPool(1, apart=True) as pool:
        ((seen, safe, given, main),) = run_all(pool, jobs.surroundings, [None])
    assert {"", ".", str(tmp_path)}.isdisjoint(seen)
    assert (safe, given, main) == ("1", str(tmp_path / "绝对"), False)
    assert path[:2] == ["", "."]
    assert "PYTHONSAFEPATH" not in os.environ
    assert os.environ["PYTHONPATH"].endswith("相对")


def test_a_worker_loads_this_very_program(tmp_path: Path, path: list[str]) -> None:
    """另一处也有一份的，载入的是主进程用的这一份；标准库还在它前面。"""
    (tmp_path / "xltool").mkdir()
    while HOME in path:
        path.remove(HOME)
    path.append(str(tmp_path))
    with WorkerPool(1, apart=True) as pool:
        ((seen, *_),) = run_all(pool, jobs.surroundings, [None])
    assert seen.index(os.path.dirname(os.__file__)) < seen.index(HOME)  # noqa: PTH120
    assert seen.index(HOME) < seen.index(str(tmp_path))


def test_what_follows_the_current_folder_is_left_out(
    tmp_path: Path, path: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept, relative = str(tmp_path / "绝对"), str(tmp_path / "相对")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([kept, "相对", ""]))
    path[:] = [str(tmp_path), kept, relative, str(tmp_path), "", "lib"]
    leave_out_current_folder(as_module=True)
    assert path == [kept]


def test_an_absolute_path_is_the_users_own_wish(
    tmp_path: Path, path: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path[:] = ["/程序所在", str(tmp_path)]
    leave_out_current_folder(as_module=True)
    assert path == ["/程序所在", str(tmp_path)]


KILLED = """
import os, sys, worker_jobs
from xltool.workers.pool import WorkerPool
from xltool.workers.run import run_all
with WorkerPool(2) as pool:
    run_all(pool, worker_jobs.slow, ["一"] * 200, progress=lambda *_: print("读", flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="没有这些信号")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=lambda one: one.name)
@pytest.mark.parametrize("begun", [False, True])
def test_workers_of_a_killed_process_end_without_a_word(
    number: signal.Signals, *, begun: bool
) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([HOME, str(SUPPORT)])}
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    if begun:
        assert child.stdout.readline().strip() == "读".encode()
    else:
        sleep(0.5)  # 正在起工作进程
    child.send_signal(number)
    _, said = child.communicate(timeout=60)  # 工作进程都结束了，管道才关
    assert child.returncode == -number
    assert said == b""
