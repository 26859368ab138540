"""测试用：示例的两个报送文件夹，汇总一次、排版一次，各处共用。"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from parity_cells import frozen

from xltool.collection.collect import collect
from xltool.collection.model import Request
from xltool.consolidated.book import consolidated_plan
from xltool.consolidated.sources import make_sources

if TYPE_CHECKING:
    from xltool.collection.model import Collection
    from xltool.consolidated.source import Source
    from xltool.sheets.plan import WorkbookPlan

SAMPLES = Path(__file__).parents[2] / "sample_inputs"
ROSTERS = {"inbox": "名单.xlsx", "mixed": "mixed_名单.xlsx"}


@cache
def collected(folder: str) -> Collection:
    """一个报送文件夹的汇总。"""
    return collect(Request(folder=SAMPLES / folder, roster=SAMPLES / ROSTERS[folder], jobs=1))


@cache
def sources(folder: str) -> tuple[Source, ...]:
    """各种表的各份。"""
    return make_sources(collected(folder), "评分表")


@cache
def plan(folder: str) -> WorkbookPlan:
    """汇总工作簿。"""
    return frozen(consolidated_plan(sources(folder)))
