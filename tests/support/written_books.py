"""测试用：把清点的结果写成一份汇总。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xltool.excel.consolidated_book import Writing, write_collected
from xltool.excel.output_set import claimed_set
from xltool.workers.pool import WorkerPool

if TYPE_CHECKING:
    from pathlib import Path

    from xltool.collection.model import Collection


def write_consolidated(
    collection: Collection, target: Path, pool: WorkerPool | None = None
) -> Path:
    """写出汇总，返回实际写成的文件；目标被占用或有人存过时换一个名字。"""
    with claimed_set(target) as place:
        return write_collected(collection, place, Writing(pool or WorkerPool(jobs=1))).place.target
