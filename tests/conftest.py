"""全部测试共用的设置。"""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

# 测试造的对象多、循环引用少：少查几遍垃圾，处理器时间省一成
gc.freeze()
gc.set_threshold(100_000, 50, 100)


# 各个测试各做各的，也不动使用者自己的缓存；要试缓存的测试自己打开
os.environ["XLTOOL_CACHE"] = "off"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Iterator[None]:
    """几个进程一起跑时，相邻的测试给同一个进程：造一次的东西不在两边各造一遍。"""
    if getattr(config.option, "numprocesses", None) and config.option.dist == "no":
        config.option.dist = "worksteal"
    return (yield)
