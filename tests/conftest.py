"""全部测试共用的设置。"""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

import office_server
import pytest

from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Iterator

# 测试造的对象多、循环引用少：少查几遍垃圾，处理器时间省一成
gc.freeze()
gc.set_threshold(2_000_000, 50, 100)


# 各个测试各做各的，也不动使用者自己的缓存；要试缓存的测试自己打开
os.environ["XLTOOL_CACHE"] = "off"
# 校验器带来了 lxml，使用者多半没有：openpyxl 照没有它的写
os.environ["OPENPYXL_LXML"] = "False"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Iterator[None]:
    """几个进程一起跑时，相邻的测试给同一个进程：造一次的东西不在两边各造一遍。"""
    _share_bytecode(config)
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"
    return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_unconfigure() -> None:
    """收场时 pytest 要把全部对象查五遍，看有没有忘了关的：查一遍就够，几百万个对象不必再看四遍。"""
    gc.collect()
    gc.freeze()


def _share_bytecode(config: pytest.Config) -> None:
    """环境不许在源码旁边写字节码的，写在测试自己的缓存里：测试起几百个进程，免得个个都重新编译。"""
    if not config.pluginmanager.hasplugin("cacheprovider"):
        return
    folder = config.rootpath / config.getini("cache_dir") / "bytecode"
    if sys.dont_write_bytecode and "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(folder)
        sys.dont_write_bytecode = False


def pytest_sessionfinish() -> None:
    """开着的 LibreOffice 关掉。"""
    office_server.stop()


@pytest.fixture
def marking_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """标注就在本进程做，不为一两份起一个进程；在另一个进程里的样子，由不用它的几个测试看。"""
    monkeypatch.setattr("xltool.marking.isolated.WorkerPool", lambda jobs, **_: WorkerPool(jobs))


@pytest.fixture
def marking_elsewhere(marking_here: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - after it
    """与平时一样，标注在另一个进程里做。"""
    monkeypatch.setattr("xltool.marking.isolated.WorkerPool", WorkerPool)
