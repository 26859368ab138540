"""各个命令的测试合用的：一份报送和它的汇总。"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cli_forms import write
from cli_runner import xltool
from collection_builder import submission

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def one_collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """一份报送和它的汇总，只造一次；用的人抄一份去改。"""
    folder = tmp_path_factory.mktemp("汇总")
    (folder / "报送").mkdir()
    write(folder / "报送", "甲局.xlsx", submission("甲局", "101"))
    assert xltool("collect", folder / "报送", "-o", folder / "汇总.xlsx").code == 1
    return folder
