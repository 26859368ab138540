"""随机排的例子排多少：平时够看出常见的错，XLTOOL_TEST_TIMES 放大它（make nightly 放大三十倍）。"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, TypeVar

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES: Final = int(os.environ.get("XLTOOL_TEST_TIMES", "1"))
_Test = TypeVar("_Test", bound="Callable[..., None]")


def drawn(count: int) -> Callable[[_Test], _Test]:
    """排 `count` 个例子的性质测试。"""
    limits = settings(
        max_examples=count * TIMES, deadline=None, suppress_health_check=list(HealthCheck)
    )

    def decorated(test: _Test) -> _Test:
        return pytest.mark.drawn(limits(test))

    return decorated
